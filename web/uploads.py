"""Files of a form, as app/ takes them; checked there by what they are."""

from collections.abc import Sequence

from fastapi import UploadFile

from app.attachments import MAX_BYTES, MAX_FILES, Upload
from domain.errors import InputError


def uploads(files: Sequence[UploadFile] | None) -> tuple[Upload, ...]:
    """What was chosen; a field left empty comes as a file without a name. Raises InputError."""
    chosen = [file for file in files or () if file.filename]
    if len(chosen) > MAX_FILES:
        raise InputError(f"附件有{len(chosen)}个，最多{MAX_FILES}个。请打包成一个 zip。")
    return tuple(Upload(name=file.filename or "", data=file.file.read(MAX_BYTES + 1)) for file in chosen)
