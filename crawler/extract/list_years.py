"""Years for dates shown without one: from the row's address, a heading, the rows beside it, the page's meta.

Never from the day of the look alone: that day is only a bound. A row no evidence speaks for stays undated.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from crawler.extract.dates import first_date, on_day
from crawler.extract.list_rows import Found
from crawler.extract.list_trace import Days, ListTrace
from crawler.extract.page_tree import Page
from crawler.extract.path_dates import moment_in_path


def settle_years(
    page: Page, rows: Sequence[Found], today: date, trace: ListTrace | None = None
) -> list[date | None]:
    """Every row's date; a missing year from its address, a heading above it, the rows beside it, the meta."""
    latest = today + timedelta(days=1)
    days: list[date | tuple[int, int] | None] = [_day_by_itself(row, latest) for row in rows]
    _note(trace, "链接网址里的日期", days)
    if any(isinstance(one, tuple) for one in days):
        _years_by_heading(page, rows, days, latest)
    _note(trace, "列表上方的年份标题", days)
    first = next((at for at, one in enumerate(days) if isinstance(one, tuple)), None)
    if first is not None and not any(isinstance(one, date) for one in days):
        made = [day for name, content in page.metas() if (day := _made_on(name, content)) and day <= latest]
        pair = days[first]
        if made and isinstance(pair, tuple):
            days[first] = latest_before(*pair, max(made)) or pair
    _note(trace, "网页的生成时间", days)
    settled = from_rows(days, latest)
    settled = settled if _is_certain(days, settled) else [None] * len(settled)
    _note(trace, "前后各行的年份", settled)
    return settled


MAX_STEP = 180
"""Days between two rows from which an inferred year is as likely as the one beside it."""


def _is_certain(days: Sequence[tuple[int, int] | date | None], settled: Sequence[date | None]) -> bool:
    """Whether every inferred year follows: rows in order, newest first, without a step of half a year.

    In an unsorted list, or behind a pinned row, any year would be a guess, and then so is the newest date.
    """
    for at, day in enumerate(days):
        if not isinstance(day, tuple):
            continue
        own = settled[at]
        before = settled[at - 1] if at else None
        following = settled[at + 1] if at + 1 < len(settled) else None
        if own is None or (before and not 0 <= (before - own).days <= MAX_STEP):
            return False
        if following and not 0 <= (own - following).days <= MAX_STEP:
            return False
    return True


def _day_by_itself(row: Found, latest: date) -> date | tuple[int, int] | None:
    mark = row.mark
    if mark is None or mark.year:
        return mark.on if mark else None
    moment = moment_in_path(row.href)
    near = nearest(mark.month, mark.day, moment, latest) if moment else None
    if moment and near and abs(near - moment).days <= MAX_STORED_APART:
        return near
    return (mark.month, mark.day)


MAX_STORED_APART = 60
"""Days between a row's date and its address's; farther apart the address tells another story."""


_YEAR_HEADING = re.compile(r"^\W*((?:19|20)\d\d)\s*年?(?:度|\s*\d{1,2}\s*月)?\W*$")
_GENERATED = re.compile(
    r"maketime|htmlgeneratetime|lastmodified|pubdate|publishdate|生成时间|createdate", re.I
)


def _years_by_heading(
    page: Page, rows: Sequence[Found], days: list[date | tuple[int, int] | None], latest: date
) -> None:
    """Give rows below a heading that names a year, outside links, that year."""
    headings = _year_headings(page, rows)
    for at, row in enumerate(rows):
        pair = days[at]
        year = next((year for index, year in reversed(headings) if index < row.index), None)
        if year and isinstance(pair, tuple) and (day := on_day(year, *pair)) and day <= latest:
            days[at] = day


ABOVE, FARTHER = 12, 24
"""Runs of text above the first row among which its heading stands, and among which a filter may begin."""


def _year_headings(page: Page, rows: Sequence[Found]) -> list[tuple[int, int]]:
    """Place and year of each heading, in the page's order; labels of a filter are none."""
    places = [row.index for row in rows]
    start = max(0, min(places) - FARTHER)
    runs: list[list[tuple[int, int]]] = []
    row_before = -1
    for text in page.texts[start : max(places)]:
        if text.link is not None or text.rest is not None or not (said := _YEAR_HEADING.match(text.text)):
            continue
        above = max((place for place in places if place < text.index), default=-1)
        if not runs or above != row_before:
            runs.append([])
        runs[-1].append((text.index, int(said[1])))
        row_before = above
    headings = [one for at, run in enumerate(runs) for one in _without_filter(run, runs[at + 1 :])]
    return [one for one in headings if one[0] >= min(places) - ABOVE]


def _without_filter(
    run: list[tuple[int, int]], following: Sequence[list[tuple[int, int]]]
) -> list[tuple[int, int]]:
    """What of the years that no row parts is a heading: several different ones are a filter.

    Where an older year follows below, the list is in groups, and the last of them is its group's heading.
    """
    if len({year for _, year in run}) == 1:
        return run
    return run[-1:] if following and following[0][-1][1] < run[-1][1] else []


def _made_on(name: str, content: str) -> date | None:
    if not _GENERATED.search(name) and not _GENERATED.search(content):
        return None
    found = first_date(content)
    return found.on if found else None


def nearest(month: int, day: int, to: date, latest: date) -> date | None:
    """The month and day in the year that brings them nearest to a moment, not after `latest`."""
    days = [one for year in (to.year - 1, to.year, to.year + 1) if (one := on_day(year, month, day))]
    days = [one for one in days if one <= latest] or days
    return min(days, key=lambda one: abs(one - to), default=None)


def latest_before(month: int, day: int, bound: date) -> date | None:
    """The last such day not after the bound (29 February may be years back)."""
    for year in range(bound.year, bound.year - 9, -1):
        one = on_day(year, month, day)
        if one and one <= bound:
            return one
    return None


def from_rows(days: Sequence[tuple[int, int] | date | None], latest: date) -> list[date | None]:
    """Give (month, day) pairs the year of the rows beside them, in a list sorted by date, newest first.

    `days`: per row a date (known), a pair (year missing) or None. Lists that are not sorted are left as they
    are: every pair must fit between its neighbours within a year.
    """
    filled: list[date | None] = [one if isinstance(one, date) else None for one in days]
    for step in (1, -1):
        known: date | None = None
        order = range(len(days)) if step == 1 else range(len(days) - 1, -1, -1)
        for at in order:
            one = days[at]
            if filled[at] is not None:
                known = filled[at]
            elif isinstance(one, tuple) and known is not None:
                filled[at] = _older(one, known) if step == 1 else _newer(one, known, latest)
                known = filled[at]
    return filled


def _older(pair: tuple[int, int], known: date) -> date | None:
    day = on_day(known.year, *pair)
    if day is None or day > known + timedelta(days=60):
        return on_day(known.year - 1, *pair)
    return day


def _newer(pair: tuple[int, int], known: date, latest: date) -> date | None:
    day = on_day(known.year, *pair)
    if day is None or day < known - timedelta(days=60):
        following = on_day(known.year + 1, *pair)
        return following if following and following <= latest else day
    return day


def _note(trace: ListTrace | None, step: str, days: Days) -> None:
    if trace is not None:
        trace.years.append((step, tuple(days)))
