"""What share of the looks due at a unit's own subjects was answered: from every night's weather.

Each night every column, account and app is due once. So are documents: of 通知公告 and 政策文件 those of the
month until all labels were there, of a list that is late the newest once more, and what a notice waits for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from demo.simulate.sightings import LATE_DOCUMENTS, SHUT, in_time, seen_rows, valid
from demo.simulate.year import (
    BEIJING,
    UNREADABLE,
    Feed,
    ListPage,
    Package,
    Publication,
    Thing,
    Weather,
    Year,
    YearUnit,
)
from domain.units import ColumnKind

ASKED_OF_DOCUMENTS = frozenset({ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY})
MOVING = ASKED_OF_DOCUMENTS | {ColumnKind.NEWS}
"""Columns that can be late."""
CLOSED = frozenset({Weather.DOWN, Weather.BROKEN, Weather.GONE})
"""Weather in which a list gives no page at all, so that nothing is known to be due of its documents."""
OPEN = {
    Feed: frozenset({Weather.FAIR}),
    Package: frozenset({Weather.FAIR, Weather.HTML, Weather.GONE}),
}


@dataclass(slots=True)
class Waited:
    """Documents of noticed breaches: the nights each is waited for, and from when no longer (withdrawn)."""

    nights: Mapping[int, set[date]]
    lifted: Mapping[int, datetime] = field(default_factory=dict)

    def on(self, row: Publication, day: date) -> bool:
        gone = self.lifted.get(row.number)
        over = gone is not None and gone < datetime.combine(day, time(0), BEIJING)
        return day in self.nights.get(row.number, ()) and not over


def coverage(year: Year, unit: YearUnit, waited: Waited) -> Decimal | None:
    """Answered of due, three decimals; None when nothing was due."""
    due, answered = tally(year, unit, waited)
    return (Decimal(answered) / due).quantize(Decimal("0.001")) if due else None


def tally(year: Year, unit: YearUnit, waited: Waited) -> tuple[int, int]:
    """How many looks were due, and how many of them were answered."""
    looks = [
        look
        for thing in year.things
        if thing.unit_id == unit.id
        for look in (*_own(year, thing, unit), *_documents(year, thing, unit, waited))
    ]
    return len(looks), sum(looks)


def _nights(year: Year, thing: Thing, unit: YearUnit) -> Iterator[tuple[date, Weather]]:
    begins = thing.valid_from if isinstance(thing, ListPage) else None
    for day in year.days():
        if valid(unit, day) and (begins is None or begins <= day):
            yield day, year.weather(thing, day)


def _own(year: Year, thing: Thing, unit: YearUnit) -> Iterator[bool]:
    for _, weather in _nights(year, thing, unit):
        if isinstance(thing, ListPage):
            yield weather not in UNREADABLE | {Weather.GONE}
        else:
            yield weather in OPEN[type(thing)]


def _documents(year: Year, thing: Thing, unit: YearUnit, waited: Waited) -> Iterator[bool]:
    """Whether each document opened on a night could be read."""
    if not isinstance(thing, ListPage):
        return
    known: dict[int, Publication] = {}
    complete: set[int] = set()
    listed = dict(_nights(year, thing, unit))
    for day in year.days():
        at, weather = year.look_at(thing, day), year.weather(thing, day)
        opened: dict[int, Publication] = {}
        if day in listed and weather not in CLOSED:
            rows = seen_rows(thing, at, day, weather) or []
            known.update((row.number, row) for row in rows)
            opened.update((row.number, row) for row in _late(thing, rows, day))
            opened.update(
                (n, row) for n, row in known.items() if n not in complete and _is_due(thing, row, day)
            )
        opened.update((n, row) for n, row in known.items() if n not in complete and waited.on(row, day))
        for row in opened.values():
            read = weather not in SHUT
            if read and (not row.missing or at >= row.mended):
                complete.add(row.number)
            yield read


def _is_due(page: ListPage, row: Publication, day: date) -> bool:
    first = (day - timedelta(days=LATE_DOCUMENTS)).replace(day=1)
    return page.kind in ASKED_OF_DOCUMENTS and first <= row.shown <= day


def _late(page: ListPage, rows: list[Publication], day: date) -> Iterator[Publication]:
    newest = max((row.shown for row in rows), default=None)
    if newest is not None and page.kind in MOVING and not in_time(newest, day, page.kind):
        yield next(row for row in rows if row.shown == newest)
