"""The attachments of one event: of its appeals, of what its unit reported, of the looks it rests on."""

from app.appeals import found
from app.attachments import Upload
from app.office import Office
from domain.errors import InputError


def event_file(office: Office, event_id: int, sha256: str) -> Upload:
    """An attachment by its hash, under the name it was given with.

    Raises InputError (unknown event, none of the event's own attachments, content lost).
    """
    event = found(office, event_id)
    files = [file for appeal in event.appeals for file in appeal.files]
    files += [file for one in office.archive.feedback(event_id=event_id) for file in one.files]
    rests_on = [*(one.observation_id for one in event.sightings), event.closed_by]
    looks = office.archive.looks_by_id([number for number in rests_on if number is not None])
    files += [file for look in looks.values() for file in look.files]
    ref = next((file for file in files if file.sha256 == sha256), None)
    if ref is None:
        raise InputError(f"事件 {event_id} 没有这个附件。")
    data = office.archive.body(ref.sha256)
    if data is None:
        raise InputError(f"附件 {ref.name} 的内容不在库中（sha256 {ref.sha256}）。请从备份恢复。")
    return Upload(name=ref.name, data=data)
