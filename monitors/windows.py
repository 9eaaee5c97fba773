"""Windows of a year: which score year a look judges, and until when items count. All in Beijing days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.clock import day_end, local_day
from domain.rubric import Test

GRACE = timedelta(hours=6)
"""Items dated in time may come into sight so long after the last day's end (design.md §4.12)."""

AFTERMATH = timedelta(days=31)
"""So long after a year's end its final state is still what looks judge: through all of January."""


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day in time, both included, and the score year they belong to."""

    year: int
    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def last_named(self) -> str:
        return f"{self.last.month}月{self.last.day}日"

    def over(self, at: datetime) -> bool:
        """Whether everything in time must be visible at the moment: 24:00 of the last day and the grace."""
        return at >= day_end(self.last) + GRACE


def window_at(test: Test, at: datetime) -> Window:
    """The window a look at the moment judges.

    Without `due` it is the year of the day 31 days earlier, to 31 December: in January the year before.
    With `due` (MM-DD, clamped at the month's end) it is the running year, from 1 January to that day.
    """
    day, due = local_day(at), test.due()
    if due is None:
        year = (day - AFTERMATH).year
        return Window(year, date(year, 1, 1), date(year, 12, 31))
    month, last = due
    return Window(
        day.year, date(day.year, 1, 1), date(day.year, month, min(last, monthrange(day.year, month)[1]))
    )
