"""Breaches as a person would count them: what confirms one, which months it costs. From looks alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.simulate.sightings import BREACH, OK, SUSPECTED, Sight
from demo.simulate.year import Year

APART = timedelta(hours=20)
BY_PERSON = frozenset({"A1-10", "A1-12", "A1-04"})
"""Tests whose rate the rubric does not state, or whose verdict it leaves to people."""


@dataclass(slots=True)
class Breach:
    """A stretch of looks that showed the same lapse, ended by a look that showed it mended, if only for a
    while."""

    sights: list[Sight]
    closed: Sight | None = None

    @property
    def began(self) -> datetime:
        return self.sights[0].at

    def waits_at(self, moment: datetime) -> bool:
        """Whether, by what was seen before a moment, only a person may count it."""
        if any(s.held and not self._proven_before(s) for s in self.sights if s.at < moment):
            return True
        sure = self.sure_at(moment)
        return len(sure) < len([s for s in self.sights if s.at < moment]) and second(proven(sure)) is None

    def _proven_before(self, held: Sight) -> bool:
        """What two looks proved before is not undone by a night whose looks a person has to judge."""
        return second([s for s in proven(self.sights) if s.at < held.at]) is not None

    def sure_at(self, moment: datetime) -> list[Sight]:
        """The looks that no row dated before them, but seen later, contests by a moment."""
        before = [s for s in self.sights if s.at < moment and not (s.held and self._proven_before(s))]
        end, last = self.closed, self.sights[-1]
        if end is None or end.at >= moment or end.newest is None:
            return before
        newer = last.newest is None or end.newest > last.newest
        return [s for s in before if not newer or s.day <= end.newest]


def proven(sights: list[Sight]) -> list[Sight]:
    return [s for s in sights if s.verdict == BREACH]


def breaches(sights: Iterable[Sight]) -> Iterator[Breach]:
    current: Breach | None = None
    for sight in sights:
        if sight.verdict in {BREACH, SUSPECTED}:
            if current is not None and sight.newest and sight.newest >= current.sights[-1].day:
                current.closed = sight  # updated since: that lapse had ended, this is another
                yield current
                current = None
            current = current or Breach([])
            current.sights.append(sight)
        elif sight.verdict == OK and current is not None:
            current.closed = sight
            yield current
            current = None
    if current is not None:
        yield current


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The look that confirmed a breach, and the looks that count for later months."""

    look: Sight
    counting: list[Sight]


def confirmed_by(breach: Breach, test: str, year: Year, until: datetime) -> Confirmed | None:
    """What confirmed the breach by a moment, whichever came first: the second of two looks, or a person."""
    second_look = second(proven(breach.sure_at(until)))
    by_itself = None if test in BY_PERSON or breach.waits_at(until) else second_look
    for moment in year.decisions():
        before = [s for s in breach.sights if s.at <= moment]
        open_yet = moment < until and (by_itself is None or moment < by_itself.at)
        if open_yet and before and _is_asked(breach, test, moment, before):
            return Confirmed(second(before) or before[-1], breach.sights)
    return Confirmed(by_itself, breach.sure_at(until)) if by_itself is not None else None


def _is_asked(breach: Breach, test: str, moment: datetime, before: list[Sight]) -> bool:
    """Whether on that day the breach waits for a person: what the machine may not count by itself."""
    return test in BY_PERSON or breach.waits_at(moment) or not proven(before)


def second(sights: list[Sight]) -> Sight | None:
    """The first look on another day and at least 20 hours after the first."""
    for sight in sights:
        if sight.at - sights[0].at >= APART and sight.day != sights[0].day:
            return sight
    return None


def months_of(confirmed: Confirmed) -> Iterator[str]:
    """The confirming look's month; each later one with two looks of its own that confirm each other."""
    first = f"{confirmed.look.day:%Y-%m}"
    yield first
    later = {f"{s.day:%Y-%m}" for s in confirmed.counting if s.at > confirmed.look.at}
    for month in sorted(later - {first}):
        if second([s for s in confirmed.counting if f"{s.day:%Y-%m}" == month]) is not None:
            yield month
