"""Days, months and limits, all cut in Asia/Shanghai. Nothing here reads the clock."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeAlias
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present moment, aware; app/ passes one in wherever waiting is the subject."""


def local_day(at: datetime) -> date:
    """The Beijing calendar day of an aware moment. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"naive datetime {at!r}: attach a zone before asking for its day")
    return at.astimezone(BEIJING).date()


def day_start(day: date) -> datetime:
    """The first moment of a Beijing day, in UTC."""
    return datetime.combine(day, time(0), BEIJING).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The first moment after a Beijing day, in UTC (24:00 of that day)."""
    return day_start(day + timedelta(days=1))


@lru_cache(maxsize=4096)
def months_before(day: date, months: int) -> date:
    """The day so many calendar months earlier, clamped at the month's end (31 Aug - 6 = 28/29 Feb)."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in Beijing."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1990 <= self.year <= 2200):
            raise ValueError(f"no such month: {self.year}-{self.number}")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2026-10`. Raises ValueError naming the form."""
        try:
            year, number = text.split("-")
            return cls(int(year), int(number))
        except ValueError:
            raise ValueError(f"{text!r} is not a month; write it like 2026-10") from None

    @classmethod
    def of(cls, at: datetime) -> "Month":
        return cls.of_day(local_day(at))

    @classmethod
    def of_day(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def start(self) -> datetime:
        """First moment, UTC."""
        return day_start(self.first_day)

    @property
    def end(self) -> datetime:
        """First moment after the month, UTC."""
        return day_end(self.last_day)

    def next(self) -> "Month":
        return Month.of_day(self.last_day + timedelta(days=1))

    def previous(self) -> "Month":
        return Month.of_day(self.first_day - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"
