"""When the demo happens: three nights across a month's end, then the office's working days."""

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
"""The demo's own clock: it must not err with the product's."""

MONTH, MONTH_FIRST_DAY = "2026-09", date(2026, 9, 1)
"""The month that is closed and told of; the third night belongs to the next one."""

NIGHTS = (
    datetime(2026, 9, 29, 2, 0, tzinfo=BEIJING),
    datetime(2026, 9, 30, 2, 0, tzinfo=BEIJING),
    datetime(2026, 10, 1, 2, 0, tzinfo=BEIJING),
)
DECIDED_AT = datetime(2026, 10, 2, 9, 0, tzinfo=BEIJING)
CLOSED_AT = datetime(2026, 10, 3, 9, 0, tzinfo=BEIJING)
"""A month may be closed 48 h after its end."""
ISSUED_AT = datetime(2026, 10, 9, 9, 0, tzinfo=BEIJING)


def night_of(at: datetime) -> int:
    """0, 1, 2: the last night that has begun (the first one also before it)."""
    return max((number for number, night in enumerate(NIGHTS) if night <= at), default=0)


def before_night(number: int) -> datetime:
    """The afternoon before a night: late enough for the night before not to have seen it."""
    return NIGHTS[number] - timedelta(hours=11)
