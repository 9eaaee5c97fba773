"""Paging a list back until it shows rows older than the window."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from crawler.answers import Answer, Ask
from crawler.extract.list_page import read_list
from crawler.visit import Visit, override_of
from domain.clock import local_day
from domain.readings import ListReading, ListRow, PageState

HALF_A_YEAR = 184
"""Days for which the usual limit of pages is meant; longer windows may take as many times more."""

URGENT_PAGES = 3
"""Pages of a list while someone waits on the phone."""

OLD_ROWS = 3
"""So many last dated rows of a page must be older than the window: one may stand out of order."""


async def paged_back(visit: Visit, first: ListReading, answer: Answer) -> tuple[ListReading, bool]:
    """All rows back over the window, and whether it is covered.

    Covered: older rows came into sight, or the last page of a pager that was followed. A first page
    without a next one proves nothing: its pager may not have been recognised. A list from old to new is
    read to its last page.
    """
    until = local_day(answer.fetched_at) - timedelta(days=visit.look.window_days)
    pages_at_once = min(URGENT_PAGES, visit.limits.pages) if visit.urgent else visit.limits.pages
    rows = {row.key: row for row in first.rows}
    visited = {visit.look.url, answer.final_url}
    most = pages_at_once * max(1, -(-visit.look.window_days // HALF_A_YEAR))
    reading, pages = first, 1
    while _goes_on(reading, _with(first, rows)) or not _reached(reading, until):
        url = reading.next_url
        if url is None or url in visited or not visit.may_open(url):
            return _with(first, rows), pages > 1 and url is None
        if pages >= most:
            return _with(first, rows), False
        visited.add(url)
        reading, pages = await _next_page(visit, url), pages + 1
        new = {row.key: row for row in reading.rows if row.key not in rows}
        if reading.state is not PageState.OK or not new:
            return _with(first, rows), False
        rows |= new
    return _with(first, rows), True


def oldest_first(reading: ListReading) -> bool:
    """Whether more dates rise than fall down the list: then its newest rows stand on the last page.

    Some rows pinned above newer ones, or out of order, do not turn a list round.
    """
    dates = [row.published_on for row in reading.rows if row.published_on is not None]
    pairs = list(pairwise(dates))
    return sum(one < after for one, after in pairs) > sum(one > after for one, after in pairs)


async def _next_page(visit: Visit, url: str) -> ListReading:
    answer = await visit.fetch(Ask(url=url, urgent=visit.urgent))
    if answer.failure is not None:
        return ListReading(state=answer.failure.state, why=answer.failure.why)
    return read_list(
        answer.body, answer.final_url or url, seen_at=answer.fetched_at, content_type=answer.content_type,
        override=override_of(visit),
    )  # fmt: skip


def _goes_on(reading: ListReading, so_far: ListReading) -> bool:
    return reading.next_url is not None and oldest_first(so_far)


def _reached(reading: ListReading, until: date) -> bool:
    dates = [row.published_on for row in reading.rows if row.published_on is not None]
    last = dates[-OLD_ROWS:]
    return bool(last) and all(day < until for day in last)


def _with(first: ListReading, rows: dict[str, ListRow]) -> ListReading:
    return replace(first, rows=tuple(rows.values()))
