"""Copies of the shipped Word templates, for an office to edit."""

from pathlib import Path

from app.month_files import folder
from domain.errors import InputError, RefusedError
from notices.files import shipped_templates


def copy_templates(out: Path) -> tuple[Path, ...]:
    """Write them into a folder. Raises RefusedError rather than overwrite one that is there."""
    folder(out)
    files = {out / name: content for name, content in shipped_templates().items()}
    there = [file for file in files if file.exists()]
    if there:
        raise RefusedError(f"{there[0]} 已经存在，不覆盖。请用 --out 另选文件夹，或者先把它移走。")
    for file, content in files.items():
        try:
            file.write_bytes(content)
        except OSError as error:
            raise InputError(f"{file} 不能写入：{error.strerror}。请用 --out 另选文件夹。") from error
    return tuple(files)
