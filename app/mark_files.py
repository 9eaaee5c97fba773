"""The attachments of a unit's marks."""

from app.attachments import Upload
from app.office import Office
from domain.errors import InputError


def mark_file(office: Office, unit_id: str, sha256: str) -> Upload:
    """An attachment by its hash, under the name it was given with.

    Raises InputError (unknown unit, attached to none of the unit's marks, content lost).
    """
    unit = office.unit(unit_id)
    files = (file for mark in office.archive.marks(unit_id=unit.id) for file in mark.files)
    ref = next((file for file in files if file.sha256 == sha256), None)
    if ref is None:
        raise InputError(f"{unit.name}的人工评分没有这个附件。")
    data = office.archive.body(ref.sha256)
    if data is None:
        raise InputError(f"附件 {ref.name} 的内容不在库中（sha256 {ref.sha256}）。请从备份恢复。")
    return Upload(name=ref.name, data=data)
