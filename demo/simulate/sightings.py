"""What each night's look at a subject had to show, from the planted year and the rubric's text alone.

Written anew, day by day, without the product's judges: no import of monitors, scoring, domain.events or app.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from demo.simulate.portal import backed_up, visible
from demo.simulate.year import (
    FIRST_DAY,
    UNREADABLE,
    Feed,
    ListPage,
    Package,
    Publication,
    Weather,
    Year,
    YearUnit,
)
from domain.units import ColumnKind

OK, BREACH, SUSPECTED, UNKNOWN = "ok", "breach", "suspected", "unknown"
FORTNIGHT, HALF_YEAR = 14, 6
SHUT = frozenset({Weather.DOWN, Weather.BROKEN, Weather.CHALLENGE})
"""Weather in which no page of the host opens, a document's neither."""
LATE_DOCUMENTS = 7
"""Documents of the month before are looked at for so many days of the next."""
SYNC_DAYS = 2


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at one subject for one test. `newest`: the newest date known by then."""

    at: datetime
    day: date
    verdict: str
    newest: date | None = None
    held: bool = False


def half_year_before(day: date) -> date:
    """Six calendar months earlier, clamped at the month's end."""
    year, month = (
        (day.year, day.month - HALF_YEAR) if day.month > HALF_YEAR else (day.year - 1, day.month + 6)
    )
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError(day)


def in_time(newest: date, day: date, kind: ColumnKind) -> bool:
    """两周内 (the fourteenth day is in time), 6个月内."""
    if kind is ColumnKind.NEWS:
        return (day - newest).days <= FORTNIGHT
    return newest >= half_year_before(day)


def late(unit: YearUnit, day: date, kind: ColumnKind) -> str:
    """What lateness is: a person's to judge while the unit itself is younger than the limit."""
    young = unit.valid_from is not None and in_time(unit.valid_from, day, kind)
    return SUSPECTED if young else BREACH


def valid(unit: YearUnit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (
        unit.valid_to is None or day <= unit.valid_to
    )


def column_nights(year: Year, page: ListPage, unit: YearUnit) -> Iterator[tuple[date, datetime, Weather]]:
    for day in year.days():
        if valid(unit, day) and (page.valid_from is None or page.valid_from <= day):
            yield day, year.look_at(page, day), year.weather(page, day)


def seen_rows(page: ListPage, at: datetime, day: date, weather: Weather) -> list[Publication] | None:
    """The rows a look shows; None when nothing could be read, [] for an empty column."""
    if weather in UNREADABLE or weather is Weather.GONE:
        return None
    if weather is Weather.BLANK:
        return []
    rows = visible(page, at)
    return backed_up(rows, day) if weather is Weather.BACKUP else rows


def stale_own(year: Year, page: ListPage, unit: YearUnit) -> list[Sight]:
    """A unit's own column: removed rows count; a page whose newest row is older than before says nothing."""
    known: date | None = None
    found = []
    for day, at, weather in column_nights(year, page, unit):
        rows = seen_rows(page, at, day, weather)
        verdict = UNKNOWN
        if rows is not None and not rows:
            fresh = known is not None and in_time(known, day, page.kind)
            verdict = UNKNOWN if fresh else SUSPECTED
        elif rows:
            shown = max(row.shown for row in rows)
            known = max(shown, known or shown)
            if shown == known:
                verdict = OK if in_time(known, day, page.kind) else late(unit, day, page.kind)
        found.append(Sight(at, day, verdict, known))
    return found


def stale_shared(year: Year, page: ListPage, unit: YearUnit) -> list[Sight]:
    """The shared column, for one of its units: rows it signed, of the last half year or seen to appear."""
    known: date | None = None
    newest_page: date | None = None
    names = {unit.name, *unit.aliases}
    opened = False
    found = []
    for day, at, weather in column_nights(year, page, unit):
        rows = seen_rows(page, at, day, weather)
        verdict = UNKNOWN
        if rows:
            shown = max(row.shown for row in rows)
            backwards = newest_page is not None and shown < newest_page
            newest_page = max(shown, newest_page or shown)
            mine = [row.shown for row in rows if row.publisher in names]
            if not opened:
                mine = [on for on in mine if on >= half_year_before(day)]
            known = max([*mine, *([known] if known else [])], default=None)
            opened = True
            if not backwards:
                fresh = known is not None and in_time(known, day, page.kind)
                verdict = OK if fresh else late(unit, day, page.kind)
        found.append(Sight(at, day, verdict, known))
    return found


def directory(year: Year, page: ListPage, unit: YearUnit) -> list[Sight]:
    """是否开通信息公开目录: missing or empty from the beginning is suspected; later it says nothing."""
    good = False
    found = []
    for day, at, weather in column_nights(year, page, unit):
        rows = seen_rows(page, at, day, weather)
        if rows:
            verdict = OK
        elif (weather is Weather.GONE or rows == []) and not good:
            verdict = SUSPECTED
        else:
            verdict = UNKNOWN
        good = good or bool(rows)
        found.append(Sight(at, day, verdict))
    return found


def documents(
    year: Year, page: ListPage, unit: YearUnit, awaited: Mapping[int, set[date]]
) -> Iterator[tuple[Publication, list[Sight]]]:
    """The column's documents of the year with their looks, until all labels were there.

    `awaited`: nights on which a notice waits for a document, which is then opened by itself.
    """
    sights: dict[int, list[Sight]] = {}
    complete: set[int] = set()
    known: dict[int, Publication] = {}
    names = {unit.name, *unit.aliases}
    for day, at, weather in column_nights(year, page, unit):
        rows = seen_rows(page, at, day, weather)
        overdue = _late_document(page, rows or [], day)
        known.update((row.number, row) for row in rows or [])
        for row in sorted(known.values(), key=lambda one: one.shown):
            listed = rows is not None and (row is overdue or _is_due(page, row, day, sights))
            waited = day in awaited.get(row.number, ()) and weather not in SHUT
            other = page.unit_id is None and row.publisher not in names
            if other or row.shown < (page.valid_from or FIRST_DAY) or row.number in complete:
                continue
            if listed or waited:
                lacks = bool(row.missing) and at < row.mended
                if not lacks:
                    complete.add(row.number)
                sights.setdefault(row.number, []).append(Sight(at, day, BREACH if lacks else OK))
    yield from ((known[number], looks) for number, looks in sights.items())


def _is_due(page: ListPage, row: Publication, day: date, sights: dict[int, list[Sight]]) -> bool:
    """Own columns: documents of the month, looked at every night; shared ones are read once."""
    if page.unit_id is None:
        return row.number not in sights and (row.shown >= half_year_before(day))
    first = (day - timedelta(days=LATE_DOCUMENTS)).replace(day=1)
    return first <= row.shown <= day


def _late_document(page: ListPage, rows: list[Publication], day: date) -> Publication | None:
    """The newest row of an own column is opened once more while it is late."""
    if not rows or page.unit_id is None:
        return None
    newest = max(row.shown for row in rows)
    if in_time(newest, day, page.kind):
        return None
    return next(row for row in rows if row.shown == newest)


def account(year: Year, feed: Feed, unit: YearUnit) -> list[Sight]:
    """超过两周未更新: proved only by a bridge that shows everything and has synced of late."""
    known: date | None = None
    found = []
    for day in year.days():
        if not valid(unit, day):
            continue
        at, weather = year.look_at(feed, day), year.weather(feed, day)
        verdict = UNKNOWN
        synced = min(at, feed.synced_until)
        posts = [post for post in feed.posts if post <= synced]
        if weather is Weather.FAIR and posts:
            newest = max(posts).date()
            known = max(newest, known or newest)
            if (day - known).days <= FORTNIGHT:
                verdict = OK
            elif feed.full_coverage and at - synced <= timedelta(days=SYNC_DAYS):
                verdict = late(unit, day, ColumnKind.NEWS)
        found.append(Sight(at, day, verdict, known))
    return found


def app(year: Year, package: Package, unit: YearUnit) -> list[Sight]:
    """移动客户端无法下载: a page or nothing where the package should be; a server error says nothing."""
    says = {Weather.FAIR: OK, Weather.HTML: BREACH, Weather.GONE: BREACH}
    return [
        Sight(year.look_at(package, day), day, says.get(year.weather(package, day), UNKNOWN))
        for day in year.days()
        if valid(unit, day)
    ]


def with_holds(
    year: Year, columns: dict[str, list[list[Sight]]], read: dict[str, set[date]]
) -> dict[str, list[list[Sight]]]:
    """Where five, and thirty in a hundred, of a host's answered columns turn in a night, a person decides.

    `columns`: by subject, the sights of each of its cases; `read`: the days on which it could be read.
    """
    pages = {page.subject_id: page for page in year.lists}
    turned: dict[tuple[str, date], set[str]] = {}
    for subject, cases in columns.items():
        for sights in cases:
            before = UNKNOWN
            for sight in sights:
                if sight.verdict in {BREACH, SUSPECTED} and before == OK:
                    turned.setdefault((pages[subject].host, sight.day), set()).add(subject)
                before = sight.verdict if sight.verdict != UNKNOWN else before
    mass = {
        (subject, day)
        for (host, day), subjects in turned.items()
        if len(subjects) >= 5
        and len(subjects) * 10 >= 3 * sum(day in read[s] for s in read if pages[s].host == host)
        for subject in subjects
    }
    return {
        subject: [[replace(s, held=(subject, s.day) in mass) for s in sights] for sights in cases]
        for subject, cases in columns.items()
    }
