"""What to look at: registry and what the archive knows in, planned looks out. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha1
from types import MappingProxyType
from typing import TypeAlias

from domain.clock import Month, local_day, months_before
from domain.looks import Look, PlannedLook, SeenRow, Validators
from domain.readings import LABELS, DocumentReading, LabelState, ListRow, PageState
from domain.units import Account, App, Column, ColumnKind, Registry, Subject, SubjectKind

SHARED_WINDOW_MONTHS = 6
"""Rows of shared columns are looked at for all units when dated or first seen in this window."""

LATE_DAYS = 7
"""Documents of the month before stay due this long, so that one dated on its last day is not missed."""

LABELLED = frozenset({ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY})

JANUARY = timedelta(days=31)
"""Kinds counted by the year are read back to the year of the day so long ago: all January the year before."""

Clocks: TypeAlias = Mapping[str, tuple[str, ...]]
"""Column kind -> the clocks ("14d", "6m") by which the loaded rubrics judge it."""


NO_CLOCKS: Clocks = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What earlier looks told of a subject. `seen_on`: day of its last good look, None: never seen well.

    `newest_on`: newest row date it showed; `covered`: its list has been paged back over its window.
    """

    seen_on: date | None = None
    newest_on: date | None = None
    covered: bool = False
    validators: Validators | None = None


UNKNOWN = Known()


def plan_looks(
    registry: Registry,
    *,
    day: date,
    known: Mapping[str, Known],
    clocks: Clocks = NO_CLOCKS,
    units: Sequence[str] = (),
    yearly: Collection[str] = frozenset(),
) -> tuple[PlannedLook, ...]:
    """Every subject valid on the day, once: columns, accounts, apps. `units`: only these units' own.

    `yearly`: kinds of columns whose items are counted over a year.
    """
    subjects = [s for s in registry.subjects if _due(s, registry, day, units)]
    return tuple(
        _by_the_year(s, day, known.get(s.subject_id, UNKNOWN))
        if isinstance(s, Column) and s.kind.value in yearly
        else _planned(s, day, known.get(s.subject_id, UNKNOWN), clocks)
        for s in subjects
    )


def plan_unit(registry: Registry, unit_id: str, *, day: date, check_id: int) -> tuple[PlannedLook, ...]:
    """The unit's own subjects for an on-demand check: first pages only, unconditional, shared columns not."""
    return tuple(
        PlannedLook(
            subject_id=look.subject_id,
            kind=look.kind,
            url=look.url,
            unit_id=unit_id,
            source=look.source,
            check_id=check_id,
            reason="按需检查",
        )  # fmt: skip
        for look in plan_looks(registry, day=day, known={}, units=(unit_id,))
    )


def _due(subject: Subject, registry: Registry, day: date, units: Sequence[str]) -> bool:
    if (units and subject.unit_id not in units) or (isinstance(subject, Account) and subject.by_hand):
        return False
    unit_valid = subject.unit_id is None or registry.unit(subject.unit_id).valid_on(day)
    return unit_valid and subject.valid_on(day)


def _planned(subject: Subject, day: date, known: Known, clocks: Clocks) -> PlannedLook:
    match subject:
        case Column():
            return PlannedLook(
                subject_id=subject.subject_id, kind=SubjectKind.COLUMN, url=subject.url,
                unit_id=subject.unit_id, validators=_validators(subject, day, known, clocks),
                window_days=_window_days(subject, day, known), reason="每日巡查",
            )  # fmt: skip
        case Account():
            return PlannedLook(
                subject_id=subject.subject_id, kind=SubjectKind.ACCOUNT, url=subject.url,
                unit_id=subject.unit_id, source=subject.source, reason="每日巡查",
            )  # fmt: skip
        case App():
            return PlannedLook(
                subject_id=subject.subject_id, kind=SubjectKind.APP, url=subject.package_url,
                unit_id=subject.unit_id, reason="每日巡查",
            )  # fmt: skip


def _by_the_year(column: Column, day: date, known: Known) -> PlannedLook:
    """A column whose items are counted over a year: whole (only 200 may accuse), back to its first day."""
    window = max((day - year_from(day)).days, _window_days(column, day, Known()))
    return PlannedLook(
        subject_id=column.subject_id, kind=SubjectKind.COLUMN, url=column.url, unit_id=column.unit_id,
        window_days=_since(window, day, known), reason="每日巡查",
    )  # fmt: skip


def year_from(day: date) -> date:
    """The first day that still matters to a yearly count on `day`."""
    return date((day - JANUARY).year, 1, 1)


def _since(window: int, day: date, known: Known) -> int:
    """The whole window, or once that was covered only back to the last good look."""
    if known.covered and known.seen_on is not None:
        return min(window, (day - known.seen_on).days + 1)
    return window


def _validators(column: Column, day: date, known: Known, clocks: Clocks) -> Validators | None:
    """A 304 may acquit, never accuse: sent only while the last reading stays in time over tomorrow.

    A shared column is judged for each unit by its own newest row, so its list is always fetched whole; so is
    one that the registry tells how to read, since the reading stored may have been made in another way.
    """
    if column.shared or column.reading is not None or known.newest_on is None or known.validators is None:
        return None
    tomorrow = day + timedelta(days=1)
    return None if late(column, known.newest_on, tomorrow, clocks) else known.validators


def late(column: Column, newest_on: date, day: date, clocks: Clocks) -> bool:
    """Would a newest date be late on the day, by the column's own clock or a rubric's for its kind?"""
    return any(lapsed(one, newest_on, day) for one in (column.clock, *clocks.get(column.kind.value, ())))


def lapsed(clock: str, newest_on: date, day: date) -> bool:
    """Is `newest_on` out of time on `day`? Clock "14d", "6m", "1y" or "none"; the limit itself is in time."""
    if clock == "none":
        return False
    count, unit = int(clock[:-1]), clock[-1]
    if unit == "d":
        return (day - newest_on).days > count
    return newest_on < months_before(day, count * (12 if unit == "y" else 1))


def _window_days(column: Column, day: date, known: Known) -> int:
    """How far to page back: the whole window first, later only to where the last good look stood."""
    if column.kind not in LABELLED and not column.shared:
        return 0
    if column.shared:
        window = (day - months_before(day, SHARED_WINDOW_MONTHS)).days
    else:
        window = (day - _documents_from(day)).days
    return _since(window, day, known)


def _documents_from(day: date) -> date:
    """The first day whose documents in own columns are due on `day`."""
    return Month.of_day(day - timedelta(days=LATE_DAYS)).first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsKnown:
    """What is known of a column's documents: rows seen earlier, the last look at each document."""

    rows: Sequence[SeenRow] = ()
    looks: Mapping[str, Look] = field(default_factory=dict)  # document subject id -> its last look
    since: date | None = None  # shared columns: the first day whose rows matter, None: the usual window


def plan_documents(
    column: Column, shown: Iterable[ListRow], known: DocumentsKnown, *, day: date, budget: int
) -> tuple[PlannedLook, ...]:
    """The column's documents to look at, newest first, at most `budget`.

    Own 通知公告/政策文件: rows of the month, until read with all labels. Shared columns: rows dated in
    the window, undated, or that appeared since the first crawl, until read once.
    """
    if column.kind not in LABELLED and not column.shared:
        return ()
    first_day = min((local_day(row.first_seen_at) for row in known.rows), default=day)
    rows: dict[str, date | None] = {
        row.key: row.published_on
        for row in known.rows
        if row.url and _wanted(column, row, day, first_day, known.since)
    }
    earlier = {row.key for row in known.rows}
    for row in shown:
        appeared = row.key not in earlier and (bool(known.rows) or row.published_on is None)
        in_window = _in_window(column, row.published_on, day, known.since)
        if row.url and (in_window or (column.shared and appeared)):
            rows[row.key] = row.published_on
    due = [key for key in rows if _needs_look(column, known.looks.get(document_id(key)))]
    due.sort(key=lambda key: rows[key] or date.min, reverse=True)
    return tuple(document_look(column, key) for key in due[:budget])


def _wanted(column: Column, row: SeenRow, day: date, first_day: date, since: date | None) -> bool:
    if _in_window(column, row.published_on, day, since):
        return True
    seen_on = local_day(row.first_seen_at)
    open_still = seen_on > first_day or row.published_on is None  # undated: it may be anybody's, of any day
    return column.shared and open_still and seen_on >= months_before(day, SHARED_WINDOW_MONTHS)


def _in_window(column: Column, published_on: date | None, day: date, since: date | None) -> bool:
    if published_on is None or published_on > day:
        return False
    if not column.shared:
        return published_on >= _documents_from(day)
    start = months_before(day, SHARED_WINDOW_MONTHS)
    return published_on >= min(start, since or start)


def _needs_look(column: Column, last: Look | None) -> bool:
    if last is None or last.state is not PageState.OK or not isinstance(last.reading, DocumentReading):
        return True
    labels = last.reading.labels
    complete = all(labels.get(name) in {LabelState.VALUE, LabelState.DECLARED_NONE} for name in LABELS)
    return not column.shared and not complete


def document_look(column: Column, url: str, *, check_id: int | None = None) -> PlannedLook:
    """A look at a document of a column."""
    return PlannedLook(
        subject_id=document_id(url), kind=SubjectKind.DOCUMENT, url=url, unit_id=column.unit_id,
        parent_id=column.subject_id, check_id=check_id, reason="栏目中的文件",
    )  # fmt: skip


def document_id(url: str) -> str:
    """Subject id of the document at an address (without fragment)."""
    return f"{SubjectKind.DOCUMENT}:{sha1(url.encode(), usedforsecurity=False).hexdigest()[:16]}"
