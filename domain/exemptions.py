"""What a person let off: until when, and which looks accuse nobody."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest

from domain.clock import local_day
from domain.events import DecisionKind, Event


def exempt_until(events: Iterable[Event]) -> date | None:
    """The last day of the case's exemptions in force: no look up to it accuses."""
    return max((event.exempt_until for event in events if event.exempt_until), default=None)


def exempt_spans(events: Iterable[Event]) -> tuple[tuple[datetime, date], ...]:
    """All exemptions of the case, in order: looks after a decision, up to its last day, accuse nobody.

    The next decision about the event ends it.
    """
    made = {
        (one.at, min(one.until, local_day(later.at)) if later is not None else one.until)
        for event in events
        for one, later in zip_longest(event.decisions, event.decisions[1:])
        if one.kind is DecisionKind.EXEMPT and one.until
    }
    return tuple(sorted(made))
