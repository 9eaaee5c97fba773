"""What every unit must have lost by the year's end, and for which breaches: from the planted year alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha1

from demo.simulate import sightings
from demo.simulate.pages import href
from demo.simulate.portal import LABELLED, url_of
from demo.simulate.sightings import BREACH, OK, SUSPECTED, Sight
from demo.simulate.year import BEIJING, ListPage, Year, YearUnit
from domain.units import ColumnKind

APART = timedelta(hours=20)
RATES = {
    "A1-10": Decimal(2), "A1-11a": Decimal(2), "A1-11b": Decimal(2), "A1-12": Decimal("0.5"),
    "A1-18a": Decimal(2), "A1-20a": Decimal(2), "A1-20b": Decimal(2), "A2-10a": Decimal(1),
    "A2-10b": Decimal(1),
}  # fmt: skip
"""每监控到1次扣几分; A1-10 and A1-12 state no rate: what the rubric file proposes, the person follows."""
FULL = {
    "A1-10": Decimal(2), "A1-11": Decimal(6), "A1-12": Decimal(4), "A1-18": Decimal(8), "A1-20": Decimal(6),
    "A2-10": Decimal(6),
}  # fmt: skip
BY_PERSON = frozenset({"A1-10", "A1-12"})
ONCE = frozenset({"A1-10", "A1-12"})
"""A directory is open or not, a document was complete or not: once a year."""
STALE_TEST = {
    ColumnKind.NEWS: "A1-18a", ColumnKind.ANNOUNCEMENTS: "A1-11a", ColumnKind.POLICY: "A1-11b",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Charge:
    """“1次”."""

    unit: str
    clause: str
    test: str
    subject: str
    month: str
    points: Decimal


@dataclass(slots=True)
class Breach:
    """A stretch of looks that showed the same lapse, ended by a look that showed it mended."""

    sights: list[Sight]
    closed: Sight | None = None

    def waits_at(self, moment: datetime) -> bool:
        """Whether, by what was seen before a moment, only a person may count it."""
        if any(s.held for s in self.sights if s.at < moment):
            return True
        sure = self.sure_at(moment)
        return len(sure) < len([s for s in self.sights if s.at < moment]) and second(proven(sure)) is None

    def sure_at(self, moment: datetime) -> list[Sight]:
        """The looks that no row dated before them, but seen later, contests by a moment."""
        before = [s for s in self.sights if s.at < moment]
        end, last = self.closed, self.sights[-1]
        if end is None or end.at >= moment or end.newest is None:
            return before
        newer = last.newest is None or end.newest > last.newest
        return [s for s in before if not newer or s.day <= end.newest]


def proven(sights: list[Sight]) -> list[Sight]:
    return [s for s in sights if s.verdict == BREACH]


def charges(year: Year) -> tuple[Charge, ...]:
    """Everything that must cost points by the last day, nothing else may."""
    cases = (Case(year, *case) for case in _cases(year))
    return tuple(sorted(charge for case in cases for charge in _charged(case)))


def deducted(found: Iterable[Charge]) -> dict[tuple[str, str], Decimal]:
    """(unit, clause) -> points lost: 扣完为止."""
    sums: dict[tuple[str, str], Decimal] = {}
    for one in found:
        key = (one.unit, one.clause)
        sums[key] = min(sums.get(key, Decimal(0)) + one.points, FULL[one.clause])
    return sums


def _cases(year: Year) -> Iterator[tuple[str, str, str, list[Sight]]]:
    """(unit, test, subject, looks) of everything that is judged."""
    units = {unit.id: unit for unit in year.units}
    yield from _column_cases(year, units)
    for page in year.lists:
        if page.kind in LABELLED:
            for unit in _units_of(year, page):
                for row, sights in sightings.documents(year, page, unit):
                    yield unit.id, "A1-12", _document_id(page, href(row)), sights
    for feed in year.feeds:
        unit = units[feed.unit_id]
        yield (
            unit.id,
            f"A{unit.annex}-{20 if unit.annex == 1 else 10}a",
            feed.subject_id,
            sightings.account(year, feed, unit),
        )
    for package in year.packages:
        unit = units[package.unit_id]
        yield (
            unit.id,
            f"A{unit.annex}-{20 if unit.annex == 1 else 10}b",
            package.subject_id,
            sightings.app(year, package, unit),
        )


def _column_cases(year: Year, units: dict[str, YearUnit]) -> Iterator[tuple[str, str, str, list[Sight]]]:
    """Columns, with what turned on many of a host in one night held for a person."""
    cases: dict[str, list[tuple[str, str]]] = {}
    looks: dict[str, list[list[Sight]]] = {}
    for page in year.lists:
        for unit in _units_of(year, page):
            test = STALE_TEST.get(page.kind, "A1-10")
            judge = sightings.directory if test == "A1-10" else sightings.stale_own
            if page.unit_id is None:
                judge = sightings.stale_shared
            cases.setdefault(page.subject_id, []).append((unit.id, test))
            looks.setdefault(page.subject_id, []).append(judge(year, page, unit))
    read = {page.subject_id: _read_days(year, page) for page in year.lists}
    held = sightings.with_holds(year, looks, read)
    for subject, pairs in cases.items():
        for (unit_id, test), sights in zip(pairs, held[subject], strict=True):
            yield unit_id, test, subject, sights


def _read_days(year: Year, page: ListPage) -> set[date]:
    owner = next((unit for unit in year.units if unit.id == page.unit_id), None)
    return {
        day for day in year.days()
        if sightings.seen_rows(page, year.look_at(page, day), day, year.weather(page, day)) is not None
        and (owner is None or sightings.valid(owner, day))
        and (page.valid_from is None or page.valid_from <= day)
    }  # fmt: skip


def _units_of(year: Year, page: ListPage) -> list[YearUnit]:
    if page.unit_id is None:
        return [unit for unit in year.units if unit.shares]
    return [unit for unit in year.units if unit.id == page.unit_id]


def _document_id(page: ListPage, where: str) -> str:
    url = url_of(page) + where[2:]
    return f"document:{sha1(url.encode(), usedforsecurity=False).hexdigest()[:16]}"


def breaches(sights: Iterable[Sight]) -> Iterator[Breach]:
    current: Breach | None = None
    for sight in sights:
        if sight.verdict in {BREACH, SUSPECTED}:
            current = current or Breach([])
            current.sights.append(sight)
        elif sight.verdict == OK and current is not None:
            current.closed = sight
            yield current
            current = None
    if current is not None:
        yield current


@dataclass(frozen=True, slots=True)
class Case:
    """One unit x test x subject with all its looks."""

    year: Year
    unit: str
    test: str
    subject: str
    sights: list[Sight]


def _charged(case: Case) -> Iterator[Charge]:
    months: set[str] = set()
    test = case.test
    for breach in breaches(case.sights):
        confirmed = confirmed_by(breach, test, case.year)
        if confirmed is None:
            continue
        for month in _months(confirmed):
            if month in months or (test in ONCE and months):
                continue
            months.add(month)
            yield Charge(case.unit, test.rstrip("abc"), test, case.subject, month, RATES[test])


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The look that confirmed a breach, and the looks that count for later months."""

    look: Sight
    counting: list[Sight]


def confirmed_by(breach: Breach, test: str, year: Year) -> Confirmed | None:
    """What confirmed the breach by the year's last day: the second of two looks, or one and a person."""
    end = datetime.combine(year.last_day + timedelta(days=1), time(0), BEIJING)
    by_itself = second(proven(breach.sure_at(end)))
    if test not in BY_PERSON and not breach.waits_at(end) and by_itself is not None:
        return Confirmed(by_itself, breach.sure_at(end))
    for moment in year.decisions():
        before = [s for s in breach.sights if s.at <= moment]
        if before and _is_asked(breach, test, moment, before):
            return Confirmed(second(before) or before[-1], breach.sights)
    return None


def _is_asked(breach: Breach, test: str, moment: datetime, before: list[Sight]) -> bool:
    """Whether on that day the breach waits for a person: what the machine may not count by itself."""
    return test in BY_PERSON or breach.waits_at(moment) or not proven(before)


def second(sights: list[Sight]) -> Sight | None:
    """The first look on another day and at least 20 hours after the first."""
    for sight in sights:
        if sight.at - sights[0].at >= APART and sight.day != sights[0].day:
            return sight
    return None


def _months(confirmed: Confirmed) -> Iterator[str]:
    """The confirming look's month; each later one with two looks of its own that confirm each other."""
    first = f"{confirmed.look.day:%Y-%m}"
    yield first
    later = {f"{s.day:%Y-%m}" for s in confirmed.counting if s.at > confirmed.look.at}
    for month in sorted(later - {first}):
        if second([s for s in confirmed.counting if f"{s.day:%Y-%m}" == month]) is not None:
            yield month
