"""Deadlines in working days, by the State Council's yearly holiday arrangement (chinesecalendar).

Beyond the last year arranged, Monday to Friday are taken for working days and the result is marked
uncertain: the document prints it as 待核, because holidays and make-up days of that year are not known.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

LAST_KNOWN_YEAR: int = max(holidays).year


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time (until 24:00 in Beijing). `certain` False: 待核."""

    on: date
    certain: bool


def known(day: date) -> bool:
    """Whether the holidays of that year are arranged."""
    return day.year <= LAST_KNOWN_YEAR


def working_day(day: date) -> bool:
    """Whether offices work on that day; past the known years Monday to Friday."""
    return bool(is_workday(day)) if known(day) else day.weekday() < 5


def working_days_after(start: date, days: int) -> Deadline:
    """The day so many working days after `start`, which itself does not count. `days` ≥ 1."""
    if days < 1:
        raise ValueError(f"{days} working days: give at least 1")
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= working_day(day)
    return Deadline(day, known(day))
