"""What the console's users decide: at once, or for the office's own units proposed to a second person.

Appeals, events and marks go through the same functions as the commands; only who signs is found otherwise.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.appeals import decide_appeal, found, refuse_partial
from app.attachments import Upload, attachments
from app.decisions import decide, refuse_decision
from app.joint import Matter, agree, propose, said, waiting
from app.marks import Said, mark, refuse_mark, score_year
from app.office import Office
from app.signing import unit_of
from domain.clock import local_day
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, Event
from domain.records import AppealOutcome, Deed, DeedStep, Mark
from domain.users import User
from storage.files import refs, refs_json


def takes_two(office: Office, unit_id: str) -> bool:
    """Whether decisions about the unit take two persons."""
    unit = unit_of(office, unit_id)
    return unit is not None and unit.office_own


def appeal_of(event_id: int) -> Matter:
    return Matter(deed=Deed.APPEAL, subject=f"event:{event_id}", name=f"事件 {event_id} 的申诉")


def decision_on(event_id: int) -> Matter:
    return Matter(deed=Deed.DECISION, subject=f"event:{event_id}", name=f"事件 {event_id} ")


def mark_of(unit_id: str, clause_id: str, year: int) -> Matter:
    return Matter(deed=Deed.MARK, subject=f"mark:{unit_id}/{clause_id}/{year}", name=f"{clause_id} 的评分")


def rule(office: Office, event_id: int, outcome: AppealOutcome, *, user: User, reason: str) -> None:
    """Decide an appeal, or propose the decision to a second person.

    Raises InputError (unknown event, no reason), RefusedError (no open appeal, the same person, one that
    is proposed already).
    """
    event = found(office, event_id)
    if not takes_two(office, event.unit_id):
        decide_appeal(office, event_id, outcome, by=user.person, reason=said(reason))
        return
    if event.open_appeal is None:
        raise RefusedError(f"事件 {event_id} 没有待决定的申诉。")
    refuse_partial(event, event.open_appeal, user.person)
    propose(office, appeal_of(event_id), {"outcome": outcome.value}, user=user, reason=reason)


def appeal_proposal(office: Office, event: Event) -> DeedStep | None:
    """The decision on the event's appeal that waits for a second person; None: nothing."""
    return waiting(office, appeal_of(event.id or 0)) if event.open_appeal is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody decides about an event; `seen`: its stamp on the page."""

    kind: DecisionKind
    reason: str
    points: Decimal | None = None
    until: date | None = None
    seen: str = ""


def decide_event(office: Office, event_id: int, ruling: Ruling, *, user: User) -> bool:
    """Decide it, or propose the decision to a second person: then False, nothing is decided yet.

    Raises what `decide` raises, RefusedError where one is proposed already.
    """
    event = found(office, event_id)
    if not takes_two(office, event.unit_id):
        decide(
            office, event_id, ruling.kind, by=user.person, reason=ruling.reason, points=ruling.points,
            until=ruling.until, seen=ruling.seen,
        )  # fmt: skip
        return True
    refuse_decision(event, ruling.kind, ruling.points, ruling.until, ruling.seen)
    what = {
        "kind": ruling.kind.value, "points": _text(ruling.points), "until": _text(ruling.until),
        "decided": len(event.decisions),
    }  # fmt: skip
    propose(office, decision_on(event_id), what, user=user, reason=ruling.reason)
    return False


def mark_clause(
    office: Office, unit_id: str, clause_id: str, said: Said, *, user: User, year: int | None = None
) -> Mark | Matter:
    """Mark a clause, or for the office's own units propose it to a second person: then what waits.

    Raises what `mark` raises, RefusedError where one is proposed already.
    """
    unit = office.unit(unit_id)
    if not unit.office_own:
        return mark(office, unit.id, clause_id, said, year=year)
    scored = score_year(year, local_day(office.now()))
    refuse_mark(office, unit, clause_id, said.points, scored)
    kept, contents = attachments(said.files)
    what = {"points": _text(said.points), "files": refs_json(kept)}
    matter = mark_of(unit.id, clause_id, scored)
    propose(office, matter, what, user=user, reason=said.reason, contents=contents)
    return matter


def sign_appeal(office: Office, event_id: int, seen: int, *, user: User) -> None:
    """Sign the proposed decision on an appeal. Raises what `agree` and `decide_appeal` do."""
    _refuse_settled(found(office, event_id))

    def do(first: DeedStep) -> Event:
        outcome = AppealOutcome(first.what["outcome"])
        return decide_appeal(office, event_id, outcome, by=first.by, reason=first.reason, second=user.person)

    agree(office, appeal_of(event_id), seen, do, user=user)


def sign_decision(office: Office, event_id: int, seen: int, *, user: User, stamp: str = "") -> None:
    """Sign the proposed decision. `stamp`: the event as the second person saw it.

    Raises what `agree` and `decide` do, RefusedError when something else was decided since it was proposed.
    """

    def do(first: DeedStep) -> Event:
        if len(found(office, event_id).decisions) != first.what["decided"]:
            raise RefusedError(f"事件 {event_id} 在拟定之后已有别的决定。请不同意，或重新拟定。")
        points, until = first.what["points"], first.what["until"]
        return decide(
            office, event_id, DecisionKind(first.what["kind"]), by=first.by, reason=first.reason,
            points=Decimal(points) if points is not None else None,
            until=date.fromisoformat(until) if until is not None else None,
            second=user.person, seen=stamp,
        )  # fmt: skip

    agree(office, decision_on(event_id), seen, do, user=user)


def sign_mark(office: Office, matter: Matter, seen: int, *, user: User) -> None:
    """Sign the proposed mark. Raises what `agree` and `mark` do."""
    unit_id, clause_id, year = matter.subject.partition(":")[2].rsplit("/", 2)

    def do(first: DeedStep) -> Mark:
        points = first.what["points"]
        whole = Said(
            points=Decimal(points) if points is not None else None, by=first.by, reason=first.reason,
            second=user.person, files=tuple(proposed_files(office, first)),
        )  # fmt: skip
        return mark(office, unit_id, clause_id, whole, year=int(year))

    agree(office, matter, seen, do, user=user)


def proposed_files(office: Office, first: DeedStep) -> list[Upload]:
    """The attachments as they were proposed. Raises InputError where one is kept no longer."""
    made = []
    for ref in refs(first.what["files"]):
        data = office.archive.body(ref.sha256)
        if data is None:
            raise InputError(f"附件 {ref.name} 的内容不在库中。请收回后重新拟定。")
        made.append(Upload(name=ref.name, data=data))
    return made


def _refuse_settled(event: Event) -> None:
    if event.open_appeal is None:
        raise RefusedError(f"事件 {event.id} 没有待决定的申诉。")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
