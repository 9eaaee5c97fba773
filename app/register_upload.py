"""A register workbook that somebody uploaded: kept by its hash between the preview and the saving."""

import re
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from app.office import Office
from domain.errors import InputError, StorageError

FOLDER = "register-uploads"
KEPT_FOR = timedelta(hours=12)
LARGEST = 20_000_000
ZIP = b"PK\x03\x04"


def keep_upload(office: Office, content: bytes) -> str:
    """Its hash, by which kept_upload finds it. Raises InputError (no workbook, too large), StorageError."""
    if not content:
        raise InputError("没有选择文件。请选择一个 .xlsx 工作簿。")
    if len(content) > LARGEST or not content.startswith(ZIP):
        raise InputError("这不是 .xlsx 工作簿，或者太大。请用 Excel 或 WPS 另存为 .xlsx（不超过 20 MB）。")
    name = sha256(content).hexdigest()
    home = office.settings.dir / "data" / FOLDER
    try:
        home.mkdir(parents=True, exist_ok=True)
        before = (office.clock() - KEPT_FOR).timestamp()
        for old in home.glob("*.xlsx"):
            if old.stat().st_mtime < before:
                old.unlink(missing_ok=True)
        (home / f"{name}.xlsx").write_bytes(content)
    except OSError as error:
        raise StorageError(f"{home}：写不进去（{error.strerror}）。请检查磁盘空间和写权限。") from error
    return name


def kept_upload(office: Office, name: str) -> Path:
    """The workbook of a hash. Raises InputError when it is no longer there."""
    path = office.settings.dir / "data" / FOLDER / f"{name}.xlsx"
    if not re.fullmatch(r"[0-9a-f]{64}", name) or not path.is_file():
        raise InputError("上传的文件已经清除。请再上传一次。")
    return path
