"""Deadlines in working days, by the State Council's yearly holiday arrangement (chinesecalendar).

The office's own entries (DIR/holidays.yaml) go before it. Beyond the last year arranged, Monday to Friday
are taken for working days and the result is marked uncertain: the document prints it as 待核, because
holidays and make-up days of that year are not known.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays as arranged

from domain.workdays import NO_CHANGES, Holidays

LAST_KNOWN_YEAR: int = max(arranged).year


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day in time (until 24:00 in Beijing). `certain` False: 待核."""

    on: date
    certain: bool


def known(day: date, holidays: Holidays = NO_CHANGES) -> bool:
    """Whether the holidays of that year are arranged, or entered whole by the office."""
    return day.year <= LAST_KNOWN_YEAR or day.year in holidays.complete_years


def working_day(day: date, holidays: Holidays = NO_CHANGES) -> bool:
    """Whether offices work on that day: as the office entered it, else the calendar.

    Past the calendar's years Monday to Friday.
    """
    if day in holidays.days_off:
        return False
    if day in holidays.working_days:
        return True
    return bool(is_workday(day)) if day.year <= LAST_KNOWN_YEAR else day.weekday() < 5


def working_days_after(start: date, days: int, holidays: Holidays = NO_CHANGES) -> Deadline:
    """The day so many working days after `start`, which itself does not count. `days` ≥ 1."""
    if days < 1:
        raise ValueError(f"{days} working days: give at least 1")
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= working_day(day, holidays)
    return Deadline(day, known(day, holidays))
