"""Dates from documents: for lists that show none, and beside a newest date that would be a lapse."""

from dataclasses import replace
from datetime import datetime

from crawler.plan import document_id, late
from crawler.spiders.documents import see_document
from crawler.visit import Visit
from domain.clock import local_day
from domain.looks import Observation, PlannedLook
from domain.readings import DatedBy, DocumentReading, ListReading, ListRow, PageState
from domain.units import Column, SubjectKind

URGENT_UNDATED = 2
"""Documents opened for rows without a date while someone waits on the phone."""


async def dated(
    visit: Visit, reading: ListReading, seen_at: datetime
) -> tuple[ListReading, list[Observation]]:
    """The list completed by what its documents say of their dates, and the looks at these documents.

    Undated list: its first documents are opened; UNDATED stays only when none of them shows a date.
    Newest row late: its document is opened once more, so that another date is on record (design.md §4.6),
    and those of rows without a date: they may be newer.
    """
    may_open = [row for row in reading.rows if visit.may_open(row.url)]
    budget = min(visit.limits.undated, URGENT_UNDATED) if visit.urgent else visit.limits.undated
    if reading.state is PageState.UNDATED:
        return await _complete(visit, reading, may_open[:budget])
    if not is_late(visit, reading, seen_at):
        return reading, []
    newest_on = reading.newest_on(seen_at)
    newest = [row for row in may_open if row.published_on == newest_on][:1]
    undated = [row for row in may_open if row.published_on is None]
    return await _complete(visit, reading, [*newest, *undated[:budget]])


def is_late(visit: Visit, reading: ListReading, seen_at: datetime) -> bool:
    """Would the newest date read be a lapse of the unit's own column, by any clock that judges it?"""
    column, newest_on = visit.subject, reading.newest_on(seen_at)
    if not isinstance(column, Column) or column.shared or newest_on is None:
        return False
    return reading.state is PageState.OK and late(column, newest_on, local_day(seen_at), visit.clocks)


async def _complete(
    visit: Visit, reading: ListReading, rows: list[ListRow]
) -> tuple[ListReading, list[Observation]]:
    looks: list[Observation] = []
    better: dict[str, ListRow] = {}
    for row in rows:
        [look] = await see_document(replace(visit, look=_look(visit.look, row), subject=None))
        looks.append(look)
        if isinstance(look.reading, DocumentReading) and look.reading.state is PageState.OK:
            better[row.key] = _row_with(row, look.reading)
    completed = tuple(better.get(row.key, row) for row in reading.rows)
    found = sum(row.published_on is None and _is_dated(better.get(row.key)) for row in rows)
    if reading.state is PageState.UNDATED and found:
        why = "列表未显示日期，日期取自所链接的文件页面"
        return replace(reading, rows=completed, state=PageState.OK, why=why), looks
    why = f"{reading.why}；另有{found}条的日期取自所链接的文件页面" if found else reading.why
    return replace(reading, rows=completed, why=why), looks


def _is_dated(row: ListRow | None) -> bool:
    return row is not None and row.published_on is not None


def _look(column: PlannedLook, row: ListRow) -> PlannedLook:
    url = row.key if row.key.startswith("http") else row.url or row.key
    return PlannedLook(
        subject_id=document_id(url), kind=SubjectKind.DOCUMENT, url=url, unit_id=column.unit_id,
        parent_id=column.subject_id, check_id=column.check_id, reason="核对列表日期",
    )  # fmt: skip


def _row_with(row: ListRow, document: DocumentReading) -> ListRow:
    """The row with its document's date, as its own where it had none, else as another candidate."""
    candidates = list(document.others)
    on, source = document.published_on, document.date_source
    if on is not None and source is not None:  # without a source it is 发文日期: no publication date
        candidates.insert(0, DatedBy(on=on, source=source))
        if row.published_on is None:
            row = replace(row, published_on=on, date_source=source)
    others = {one: None for one in (*row.others, *candidates) if one.on != row.published_on}
    return replace(row, others=tuple(others))
