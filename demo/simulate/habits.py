"""How units publish over the year: regular, on the limit, careless, silent for weeks. All from one Random."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from demo.simulate.year import BEIJING, FIRST_DAY, NIGHTS

LAST_DAY = FIRST_DAY + timedelta(days=NIGHTS - 1)
SPRING_FESTIVAL = (date(2026, 2, 14), date(2026, 2, 24))
NATIONAL_DAY = (date(2026, 10, 1), date(2026, 10, 8))
HOLIDAYS = (SPRING_FESTIVAL, NATIONAL_DAY)

GAPS = {
    "busy": (1, 6),
    "weekly": (4, 10),
    "limit": (13, 14),  # the fourteenth day is in time
    "careless": (6, 19),
    "notices": (10, 45),
    "slow notices": (40, 200),
}
"""Days from one publication to the next, by habit."""


def days_of(random: Random, habit: str, first: date) -> Iterator[date]:
    """Days of publication from `first` to the year's end."""
    low, high = GAPS[habit]
    day = first
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=random.randint(low, high))


def with_silence(random: Random, days: list[date], longest: int) -> list[date]:
    """The days without those of a stretch of 15 days and more, somewhere in the year."""
    start = FIRST_DAY + timedelta(days=random.randint(0, NIGHTS - 20))
    end = start + timedelta(days=random.randint(15, longest))
    return [day for day in days if not start <= day <= end]


def without_holidays(days: list[date]) -> list[date]:
    """Nobody publishes on the long holidays: what is due then is done on the first day after."""
    moved = set()
    for day in days:
        free = next((one for one in HOLIDAYS if one[0] <= day <= one[1]), None)
        moved.add(free[1] + timedelta(days=1) if free else day)
    return sorted(moved)


def in_office_hours(random: Random, day: date) -> datetime:
    """A moment of the day between 08:00 and 18:00, or seldom shortly before midnight."""
    if random.random() < 0.05:
        return datetime.combine(day, time(23, random.randint(30, 59)), BEIJING)
    return datetime.combine(day, time(random.randint(8, 17), random.randint(0, 59)), BEIJING)
