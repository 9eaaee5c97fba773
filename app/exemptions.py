"""What is exempt and until when, the first to end first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.event_list import Listed, listed
from app.office import Office
from domain.clock import local_day
from domain.events import Decision, DecisionKind, EventState
from domain.queries import EventQuery

MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """An exempt event with the decision that exempts it. `left`: days until it ends, below 0: ended."""

    shown: Listed
    decision: Decision
    left: int | None


def exemptions(office: Office) -> Sequence[Exemption]:
    """All that count now, and those that ended without another decision."""
    query = EventQuery(states=frozenset({EventState.EXEMPT}))
    events, _ = office.archive.event_page(query, first=0, count=MOST)
    today = local_day(office.now())
    found = []
    for event in events:
        made = [one for one in event.decisions if one.kind is DecisionKind.EXEMPT]
        if made:
            left = (made[-1].until - today).days if made[-1].until else None
            found.append(Exemption(shown=listed(office, event), decision=made[-1], left=left))
    return sorted(found, key=lambda one: (one.decision.until or date.max, one.shown.event.id or 0))
