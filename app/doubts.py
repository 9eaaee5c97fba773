"""Back-dating and sudden updates, for named people: tasks and `zwgk events --doubts`; never scored."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.gather import considered
from app.office import Office
from app.rectification import noticed
from domain.clock import local_day
from domain.clues import without_ids
from domain.looks import Look, SeenRow
from domain.units import Column
from monitors.case import History
from monitors.doubts import back_dated, sudden

TASK_DAYS = 3
"""A row dated so long before a look that missed it becomes a task; less may be an office's usual pace."""

RECENT = timedelta(days=30)
"""So long a doubt stays a task."""

BACK_DATED, SUDDEN = "back_dated", "sudden_update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One remark. `kind`: BACK_DATED or SUDDEN; `on`: the day first seen; `days`: how far back dated."""

    kind: str
    unit_id: str | None
    subject_id: str
    subject: str
    on: date
    days: int
    sentence: str


def doubts(office: Office, unit_id: str | None = None) -> list[Doubt]:
    """All doubts about columns that are judged, of one unit or all, by day."""
    periods = _periods(office)
    found = [
        doubt
        for column in office.registry.subjects
        if isinstance(column, Column) and (unit_id is None or column.unit_id == unit_id)
        for doubt in _of_column(column, *_seen(office, column), periods.get(column.subject_id, ()))
    ]
    return sorted(found, key=lambda one: (one.on, one.subject_id, one.sentence))


def _seen(office: Office, column: Column) -> tuple[Sequence[Look], Sequence[SeenRow]]:
    return considered(office.archive.looks_of(column.subject_id), column), office.archive.rows_of(
        column.subject_id
    )


def _of_column(
    column: Column, looks: Sequence[Look], rows: Sequence[SeenRow], periods: Iterable[tuple[date, date]]
) -> Iterator[Doubt]:
    if not looks:
        return
    judged = [row for row in rows if row.first_seen_at >= looks[0].at]
    yield from _back_dated(column, looks, judged)
    for first, last in periods:
        for day, count in sudden(looks, judged, first, last).items():
            sentence = f"“{column.name}”{day}一天内新见{count}条，正在通报后的整改期内，疑似突击更新"
            yield _doubt(SUDDEN, column, day, 0, sentence)


def _back_dated(column: Column, looks: Iterable[Look], rows: Iterable[SeenRow]) -> Iterator[Doubt]:
    for one in back_dated(looks, rows):
        sentence = (
            f"“{column.name}”的《{without_ids(one.row.title)}》注明{one.row.published_on}，{local_day(one.row.first_seen_at)}才首次见到；"
            f"{local_day(one.missed_by.at)}的监测（记录号{one.missed_by.id}）没有这一条，疑似倒填日期"
        )
        yield _doubt(BACK_DATED, column, local_day(one.row.first_seen_at), one.days, sentence)


def _doubt(kind: str, column: Column, on: date, days: int, sentence: str) -> Doubt:
    return Doubt(
        kind=kind, unit_id=column.unit_id, subject_id=column.subject_id, subject=column.name, on=on,
        days=days, sentence=sentence,
    )  # fmt: skip


def _periods(office: Office) -> dict[str, list[tuple[date, date]]]:
    """By subject: the days from a notice that names it to its deadline."""
    found: dict[str, list[tuple[date, date]]] = {}
    for notice in noticed(office):
        for subject_id in {item.subject_id for item in notice.items}:
            found.setdefault(subject_id, []).append((notice.row.issued_on, notice.row.deadline))
    return found


def open_tasks(office: Office, seen: Mapping[Column, History], at: datetime) -> None:
    """Put recent doubts before the office, and close the tasks of those that are no longer recent."""
    periods = _periods(office) if seen else {}
    for column, history in seen.items():
        rows = [row for row in history.rows if row.first_seen_at > at - RECENT]
        found = [
            one
            for one in _of_column(column, history.looks, rows, periods.get(column.subject_id, ()))
            if one.kind == SUDDEN or one.days >= TASK_DAYS
        ]
        for kind in (BACK_DATED, SUDDEN):
            told = "；".join(one.sentence for one in found if one.kind == kind)
            if told:
                office.archive.open_task(kind, column.subject_id, told, unit_id=column.unit_id, at=at)
            else:
                office.archive.close_task(kind, column.subject_id, unit_id=column.unit_id, at=at)
