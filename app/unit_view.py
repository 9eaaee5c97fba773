"""Units as the console shows them: the list, and one unit's columns and accounts as they stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.board import Board
from app.office import Office
from app.paging import Paged, paged
from app.warnings import Due, Unclear
from app.words import PAGE_STATES
from domain.clock import local_day
from domain.looks import Look
from domain.readings import AccountReading, PackageReading
from domain.scores import ScoreSheet
from domain.units import Account, App, Column, Subject, Unit

KINDS = {Column: "栏目", Account: "账号", App: "应用"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """`sheet` None: not assessed today."""

    unit: Unit
    sheet: ScoreSheet | None
    open: int
    watched: int
    next: Due | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """One thing that is watched. `newest_on`: day of its newest item, `age`: days since, by today.

    `said`: how the last look went; `next`: when it lapses; `trial`: looked at, not yet judged.
    """

    subject: Subject
    kind: str
    about: str
    url: str
    newest_on: date | None
    age: int | None
    seen_at: datetime | None
    said: str
    why: str
    next: Due | None
    unclear: Unclear | None
    trial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    unit: Unit
    sheet: ScoreSheet | None
    subjects: Sequence[SubjectRow]
    due: Sequence[Due]


def unit_page(office: Office, board: Board, words: str = "", page: int = 1) -> Paged[UnitRow]:
    """The page (from 1 on) of the units valid today whose name has the words in it, in registry order."""
    found = paged(units_named(office, board, words), page)
    rows = unit_rows(office, board, found.rows)
    return Paged(rows=rows, total=found.total, at=found.at, pages=found.pages)


def units_named(office: Office, board: Board, words: str) -> list[Unit]:
    """Every unit valid today whose name has the words in it, in registry order."""
    return [
        unit
        for unit in office.registry.units
        if unit.valid_on(board.day) and any(words.strip() in name for name in (unit.name, *unit.aliases))
    ]


def unit_rows(office: Office, board: Board, units: Iterable[Unit]) -> list[UnitRow]:
    counts = office.archive.open_counts()
    return [
        UnitRow(
            unit=unit, sheet=board.sheets.get(unit.id), open=counts.get(unit.id, 0),
            watched=len(office.registry.subjects_of(unit.id)), next=board.first_of(unit.id),
        )
        for unit in units
    ]  # fmt: skip


def unit_view(office: Office, board: Board, unit_id: str) -> UnitView:
    """One unit's page. Raises InputError for an unknown unit."""
    unit = office.unit(unit_id)
    today = local_day(office.now())
    subjects = office.registry.subjects_of(unit.id)
    looks = office.archive.newest_looks(subject.subject_id for subject in subjects)
    unclear = {one.subject_id: one for one in board.unclear(unit.id)}
    rows = [
        _row(subject, looks.get(subject.subject_id), today, board.next_for(subject.subject_id, unit.id),
             unclear.get(subject.subject_id))
        for subject in subjects
        if subject.valid_on(today)
    ]  # fmt: skip
    return UnitView(unit=unit, sheet=board.sheets.get(unit.id), subjects=rows, due=board.due(30, unit.id))


def _row(
    subject: Subject, look: Look | None, today: date, due: Due | None, unclear: Unclear | None
) -> SubjectRow:
    newest = _newest(look, due)
    return SubjectRow(
        subject=subject, kind=KINDS[type(subject)], about=_about(subject),
        url=subject.package_url if isinstance(subject, App) else subject.url,
        newest_on=newest, age=(today - newest).days if newest is not None else None,
        seen_at=look.at if look else None, said=_said(look), why=look.why if look else "还没有监测",
        next=due, unclear=unclear, trial=subject.monitored_from is None,
    )  # fmt: skip


def _newest(look: Look | None, due: Due | None) -> date | None:
    """By the last look that answered; else by the last finding that did."""
    shown = newest_shown(look) if look is not None else None
    return shown or (due.newest_on if due is not None else None)


def newest_shown(look: Look) -> date | None:
    """Day of the newest item the look showed: a list's row or an account's post."""
    if look.newest_on is None and isinstance(look.reading, AccountReading):
        post = look.reading.newest(look.at)
        return local_day(post.published_at) if post is not None else None
    return look.newest_on


def _said(look: Look | None) -> str:
    if look is None:
        return "未看"
    if isinstance(look.reading, PackageReading):
        return {"ok": "可以下载", "broken": "无法下载"}.get(look.reading.verdict, "无法判定")
    return PAGE_STATES[look.state]


def _about(subject: Subject) -> str:
    match subject:
        case Column():
            return subject.kind.value
        case Account():
            return subject.platform
        case App():
            return subject.store.value
