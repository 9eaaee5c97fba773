"""A saved page as it was received, for people to look at."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.attachments import Upload
from app.explain import explain
from app.office import Office
from domain.errors import InputError
from domain.looks import Look

CHARSET = re.compile(r"""charset=["']?\s*([\w-]{3,20})""", re.IGNORECASE)
ALIASES = {"gb2312": "gb18030", "gbk": "gb18030"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """What a site answered a look. `markup`: it is a web page; else only its text can be shown."""

    text: str
    markup: bool
    url: str
    at: datetime
    sha256: str


def saved(office: Office, event_id: int, look_id: int) -> SavedPage | Upload:
    """The page saved by a look that an event rests on; of a person's look the first file he attached.

    Raises InputError (no such look, nothing kept).
    """
    look = _look(office, event_id, look_id)
    body = office.archive.body(look.body_sha256) if look.body_sha256 else None
    if body is None or look.body_sha256 is None:
        raise InputError(f"第 {look_id} 条监测记录没有保存页面（没有应答，或不是网页）。")
    if look.files:
        return Upload(name=look.files[0].name, data=body)
    headers = office.archive.observation(look_id).headers
    said = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    text = _text(body, said)
    return SavedPage(
        text=text, markup="<" in text[:2000] and "json" not in said and "xml;" not in said,
        url=look.url, at=look.at, sha256=look.body_sha256,
    )  # fmt: skip


def _look(office: Office, event_id: int, look_id: int) -> Look:
    look = next((one.look for one in explain(office, event_id).looks if one.look.id == look_id), None)
    if look is None:
        raise InputError(f"事件 {event_id} 没有用到第 {look_id} 条监测记录。")
    return look


def event_file(office: Office, event_id: int, look_id: int, sha256: str) -> Upload:
    """A file attached to a look that the event rests on. Raises InputError."""
    return look_file(office, _look(office, event_id, look_id).id, sha256)


def look_file(office: Office, look_id: int, sha256: str) -> Upload:
    """A file attached to a person's look. Raises InputError (no such look, not attached to it)."""
    ref = next((one for one in office.archive.look(look_id).files if one.sha256 == sha256), None)
    data = office.archive.body(sha256) if ref is not None else None
    if ref is None or data is None:
        raise InputError(f"第 {look_id} 条监测记录没有这个附件。")
    return Upload(name=ref.name, data=data)


def _text(body: bytes, said: str) -> str:
    """Decoded as its server or its own head says, else as UTF-8, else as Chinese of old."""
    named = CHARSET.search(said) or CHARSET.search(body[:2000].decode("ascii", "replace"))
    name = named[1].lower() if named else "utf-8"
    for encoding in (ALIASES.get(name, name), "utf-8", "gb18030"):
        try:
            return body.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace")
