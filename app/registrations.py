"""What each unit is registered for, kind by kind: shown, recorded and corrected in the files under units/.

A record counts from its day until a newer one of the same kind; so what changes is recorded anew, and only
what was wrong is corrected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.office import Office
from app.register import rewritten, writing
from app.register_edit import CHANGED, FORM
from app.register_view import held, version_of
from config.document import Document
from config.mistakes import wrong_keys
from config.register_fields import REGISTERED_AS, REGISTRATIONS, UNITS, Field
from config.register_text import shown, value_of
from config.rewrite import AddEntry, Edit, SetKey
from domain.errors import InputError, RefusedError
from domain.register import CellProblem, Fate, WorkbookError
from domain.units import NEW_MEDIA, Column, RegistrationState, Unit
from notices.register_cells import CellError, cell_text

KEY = "registrations"
KINDS = tuple(next(one for one in REGISTRATIONS.fields if one.key == "kind").labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """A kind of one unit. `records`: as forms show them, the newest first, those of days to come too;
    `state`: of the one in force, "" for none; `watched`: what is watched."""

    kind: str
    records: Sequence[Mapping[str, str]]
    state: str
    watched: Sequence[str]

    @property
    def standing(self) -> str:
        """已开设, 未开通, 不涉及 or 未登记: own columns and accounts need no record."""
        if self.state:
            return self.state
        return REGISTERED_AS[RegistrationState.MONITORED] if self.watched else "未登记"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecords:
    """`document`: the unit's file."""

    unit: Unit
    rows: Sequence[KindRow]
    document: Document

    @property
    def file(self) -> str:
        return self.document.path.name

    @property
    def version(self) -> str:
        """Reads the file: a list of units does not ask."""
        return version_of(self.document)

    def kinds(self, standing: str) -> list[str]:
        return [row.kind for row in self.rows if row.standing == standing]


def unit_records(office: Office, unit_id: str) -> UnitRecords:
    """Raises InputError for an unknown unit, ConfigError."""
    one, document = held(office.settings.dir, UNITS, unit_id)
    records = [_cells(record) for record in one.data.get(KEY) or ()]
    newest_first = sorted(records, key=lambda cells: cells["since"], reverse=True)
    watched = _watched(office, unit_id)
    rows = [
        KindRow(
            kind=kind, records=[cells for cells in newest_first if cells["kind"] == kind],
            state=REGISTERED_AS[now.state] if (now := office.registration(unit_id, kind)) else "",
            watched=watched.get(kind, ()),
        )
        for kind in KINDS
    ]  # fmt: skip
    return UnitRecords(unit=office.unit(unit_id), rows=rows, document=document)


def record(office: Office, unit_id: str, kind: str, since: str) -> Mapping[str, str] | None:
    """The record of that kind and day as a form shows it, None where there is none."""
    rows = unit_records(office, unit_id).rows
    return next((one for row in rows for one in row.records if _key(one) == (kind, since)), None)


def save_record(
    office: Office,
    unit_id: str,
    cells: Mapping[str, str],
    *,
    over: tuple[str, str] | None,
    seen: str,
    by: str,
) -> None:
    """Record, or correct the record of that kind and day (`over`); logged.

    `seen`: the version of the file as the form showed it. Raises WorkbookError (fields are wrong),
    RefusedError (the file changed), InputError (no such unit or record), ConfigError, StorageError.
    """
    texts = _texts(cells)
    entry = {f.key: value_of(f, texts[f.key]) for f in REGISTRATIONS.fields if texts[f.key]}
    _check(texts, entry)
    folder = office.settings.dir
    with writing():
        one, document = held(folder, UNITS, unit_id)
        if version_of(document) != seen:
            raise RefusedError(
                f"{document.path.name} 在您打开本页以后有了变化，没有保存。"
                "请记下要写的内容，重新打开本页再写。"
            )
        there = [_cells(record) for record in one.data.get(KEY) or ()]
        place = _place(there, over)
        if _key(texts) in [_key(cells) for number, cells in enumerate(there) if number != place]:
            raise _wrong("since", "这一天已经登记过这一类", "请改日期；要改那一条的，请打开它来改")
        edits: list[Edit] = [AddEntry(loc=one.loc, key=KEY, entry=entry)]
        if place is not None:
            edits = list(_corrections((*one.loc, KEY, place), there[place], texts, entry))
        if not edits:
            return
        rewritten(folder, document.path, edits, office.clock)
    old = there[place] if place is not None else {}
    payload = {
        "fate": (Fate.CHANGED if old else Fate.NEW).value, "name": texts["kind"],
        "unit": str(one.data.get("name")),
        "fields": {
            key: [old.get(key, ""), text] for key, text in texts.items() if old.get(key, "") != text
        },
    }  # fmt: skip
    office.archive.append_log(CHANGED, f"{KEY}:{unit_id}", payload, actor=by, at=office.clock())


def _cells(written: Mapping[str, Any]) -> dict[str, str]:
    return {f.key: shown(f, written.get(f.key)) for f in REGISTRATIONS.fields}


def _key(cells: Mapping[str, str]) -> tuple[str, str]:
    return cells["kind"], cells["since"]


def _place(there: Sequence[Mapping[str, str]], over: tuple[str, str] | None) -> int | None:
    if over is None:
        return None
    for number, cells in enumerate(there):
        if _key(cells) == over:
            return number
    raise InputError("没有这条登记。可能已被改掉，请回到列表刷新。")


def _corrections(
    loc: tuple[str | int, ...], old: Mapping[str, str], texts: Mapping[str, str], entry: Mapping[str, Any]
) -> list[SetKey]:
    keys = [one.key for one in REGISTRATIONS.fields]
    return [
        SetKey(loc=loc, key=key, value=entry.get(key), after=tuple(reversed(keys[:place])))
        for place, key in enumerate(keys)
        if old[key] != texts[key]
    ]


def _texts(cells: Mapping[str, str]) -> dict[str, str]:
    """Raises WorkbookError for what cannot be taken."""
    texts, problems = {}, []
    for one in REGISTRATIONS.fields:
        try:
            texts[one.key] = cell_text(one, cells.get(one.key, ""))
        except CellError as error:
            problems.append(CellProblem(FORM, 1, one.heading, error.what, error.way_out))
    if problems:
        raise WorkbookError(problems)
    return texts


def _check(texts: Mapping[str, str], entry: Mapping[str, Any]) -> None:
    needed = ["kind", "state", "since"]
    if entry.get("state") == RegistrationState.NOT_APPLICABLE:
        needed += ["reason", "by"]
    problems = [_problem(_field(key), "没有填写", "请填上") for key in needed if not texts[key]]
    if problems:
        raise WorkbookError(problems)
    wrong = [_problem(_field(key), *said) for key, *said in wrong_keys(REGISTRATIONS.model, entry)]
    if wrong:
        raise WorkbookError(wrong)


def _field(key: str) -> Field:
    return next(one for one in REGISTRATIONS.fields if one.key == key)


def _wrong(key: str, what: str, way_out: str) -> WorkbookError:
    return WorkbookError([_problem(_field(key), what, way_out)])


def _problem(field: Field, what: str, way_out: str) -> CellProblem:
    return CellProblem(FORM, 1, field.heading, what, way_out)


def _watched(office: Office, unit_id: str) -> dict[str, list[str]]:
    """By kind, the names of what is watched of the unit itself."""
    found: dict[str, list[str]] = {}
    for subject in office.registry.subjects_of(unit_id):
        kind = subject.kind.value if isinstance(subject, Column) else NEW_MEDIA
        found.setdefault(kind, []).append(subject.name)
    return found
