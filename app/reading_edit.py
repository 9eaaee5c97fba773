"""A column's `reading` (selectors, date pattern, reason): tried on the live page, then written down."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from app.office import Office
from app.portal_looks import try_list
from app.register import rewritten, writing
from app.register_edit import CHANGED, FORM
from app.register_view import held, version_of
from config.document import read_text
from config.mistakes import wrong_keys
from config.register_fields import COLUMNS, READING
from config.rewrite import Edit, SetKey, in_braces
from domain.errors import RefusedError
from domain.overrides import ListOverride
from domain.readings import PageState
from domain.register import CellProblem, Fate, WorkbookError

KEY = "reading"
READ = frozenset({PageState.OK, PageState.UNDATED})
KEYS = tuple(one.key for one in READING.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """`cells`: all blank for a column that is read without; `version`: of its file."""

    name: str
    url: str
    cells: Mapping[str, str]
    file: str
    version: str

    @property
    def told(self) -> bool:
        return any(self.cells.values())


def registered_reading(office: Office, column_id: str) -> Registered:
    """Raises InputError for an unknown column, ConfigError."""
    one, document = held(office.settings.dir, COLUMNS, column_id)
    written = one.data.get(KEY) or {}
    return Registered(
        name=str(one.data.get("name")), url=str(one.data.get("url")), file=document.path.name,
        cells={key: str(written.get(key) or "") for key in KEYS}, version=version_of(document),
    )  # fmt: skip


def tried(office: Office, column_id: str, cells: Mapping[str, str]) -> tuple[Mapping[str, Any], str]:
    """The live page read as the form says, and the stamp that `save_reading` wants ("" if nothing was read).

    Raises WorkbookError (fields are wrong), InputError, RefusedError, CrawlError (the page cannot be had).
    """
    told, there = _told(cells), registered_reading(office, column_id)
    found = try_list(office, there.url, told)
    return found, _stamp(there.url, told) if found["state"] in READ else ""


def save_reading(
    office: Office, column_id: str, cells: Mapping[str, str], *, stamp: str, seen: str, by: str
) -> None:
    """Write it, once tried with just these fields (`stamp`) and the file is as shown (`seen`); logged.

    Raises WorkbookError, InputError (no such column), RefusedError (not tried, changed), ConfigError,
    StorageError.
    """
    told = _told(cells)
    if stamp != _stamp(registered_reading(office, column_id).url, told):
        raise RefusedError("这样的写法还没有试读成功。请先试读，读出的条目对了再保存。")
    _write(office, column_id, {key: value for key, value in asdict(told).items() if value}, seen=seen, by=by)


def drop_reading(office: Office, column_id: str, *, seen: str, by: str) -> None:
    """Back to reading it without; logged. Raises as `save_reading` does."""
    _write(office, column_id, {}, seen=seen, by=by)


def _write(office: Office, column_id: str, entry: dict[str, str], *, seen: str, by: str) -> None:
    folder = office.settings.dir
    with writing():
        one, document = held(folder, COLUMNS, column_id)
        if version_of(document) != seen:
            raise RefusedError(
                f"{document.path.name} 在您打开本页以后有了变化，没有保存。"
                "请记下要写的内容，重新打开本页再写。"
            )
        old = one.data.get(KEY) or {}
        if dict(old) == entry:
            return
        rewritten(
            folder, document.path, _edits(read_text(document.path)[0], one.loc, old, entry), office.clock
        )
    fields = {
        key: [old.get(key, ""), entry.get(key, "")] for key in KEYS if old.get(key, "") != entry.get(key, "")
    }
    payload = {
        "fate": Fate.CHANGED.value,
        "name": str(one.data.get("name")),
        "unit": one.unit_id,
        "fields": fields,
    }
    office.archive.append_log(CHANGED, f"columns:{column_id}", payload, actor=by, at=office.clock())


def _edits(
    text: str, loc: tuple[str | int, ...], old: Mapping[str, str], entry: dict[str, str]
) -> list[Edit]:
    """A mapping over several lines is changed line by line, so that its comments stay."""
    inside = (*loc, KEY)
    if not old or not entry or in_braces(text, inside):
        after = tuple(one.key for one in reversed(COLUMNS.fields) if one.key != "unit")
        return [SetKey(loc=loc, key=KEY, value=entry or None, after=after)]
    return [
        SetKey(loc=inside, key=key, value=entry.get(key), after=tuple(reversed(KEYS[:place])))
        for place, key in enumerate(KEYS)
        if old.get(key) != entry.get(key)
    ]


def _told(cells: Mapping[str, str]) -> ListOverride:
    """Raises WorkbookError for what cannot be used."""
    entry = {key: cells.get(key, "").strip() for key in KEYS}
    given = {key: value for key, value in entry.items() if value}
    headings = {one.key: one.heading for one in READING.fields}
    needed = [key for key in ("rows", "reason") if key not in given]
    problems = [CellProblem(FORM, 1, headings[key], "没有填写", "请填上") for key in needed]
    if not problems:
        wrong = wrong_keys(READING.model, given)
        problems = [CellProblem(FORM, 1, headings.get(key, ""), what, way) for key, what, way in wrong]
    if problems:
        raise WorkbookError(problems)
    return ListOverride(**given)


def _stamp(url: str, told: ListOverride) -> str:
    return sha256(repr((url, told)).encode()).hexdigest()
