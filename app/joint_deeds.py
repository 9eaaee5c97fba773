"""What the console's users decide: at once, or for the office's own units proposed to a second person.

Appeals, events and marks go through the same functions as the commands; only who signs is found otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.appeals import decide_appeal, found, refuse_partial
from app.attachments import Upload, attachments
from app.decisions import decide, refuse_decision
from app.joint import Matter, agree, propose, said, waiting
from app.marks import Said, mark, refuse_mark
from app.office import Office
from app.signing import unit_of
from app.words import DECISIONS
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


def mark_clause(  # noqa: PLR0913 - the facts of a mark
    office: Office, unit_id: str, clause_id: str, *, points: Decimal | None, user: User, reason: str,
    files: Sequence[Upload] = (),
) -> None:  # fmt: skip
    """Propose a mark of one of the office's own units (None: to take it back) to a second person.

    Raises what `mark` raises, RefusedError where one is proposed already.
    """
    unit, year = office.unit(unit_id), local_day(office.now()).year
    if not unit.office_own:
        raise RefusedError(f"{unit.name}的评分由一人作出，请在条款页评分。")
    refuse_mark(office, unit, clause_id, points, year)
    kept, contents = attachments(files)
    what = {"points": _text(points), "files": refs_json(kept)}
    matter = mark_of(unit.id, clause_id, year)
    propose(office, matter, what, user=user, reason=reason, contents=contents)


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
            second=user.person, files=tuple(_files(office, first)),
        )  # fmt: skip
        return mark(office, unit_id, clause_id, whole, year=int(year))

    agree(office, matter, seen, do, user=user)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A deed that waits for a second person: what it is about, where it is signed, and what is proposed."""

    step: DeedStep
    about: str
    link: str
    what: str


def proposals(office: Office) -> list[Proposal]:
    """All that wait; decisions on appeals only while the appeal is open."""
    made = (_proposal(office, step) for step in office.archive.proposals())
    return [one for one in made if one is not None]


def told(step: DeedStep) -> str:
    """What is proposed, in words."""
    match step.deed:
        case Deed.APPEAL:
            return str(step.what["outcome"])
        case Deed.DECISION:
            points, until = step.what["points"], step.what["until"]
            more = f"，扣 {points} 分" if points else f"至 {until}" if until else ""
            return f"{DECISIONS[DecisionKind(step.what['kind'])]}{more}"
    return f"评 {step.what['points']} 分" if step.what["points"] is not None else "取消评分"


def _proposal(office: Office, step: DeedStep) -> Proposal | None:
    named = step.subject.partition(":")[2]
    if step.deed is Deed.MARK:
        unit_id, clause_id, _ = named.rsplit("/", 2)
        unit = unit_of(office, unit_id)
        about = f"{unit.name if unit else unit_id} {clause_id}"
        return Proposal(step=step, about=about, link=f"/scores/{unit_id}/{clause_id}/joint", what=told(step))
    event = office.archive.event(int(named))
    if event is None or (step.deed is Deed.APPEAL and event.open_appeal is None):
        return None
    page = f"/events/{named}/appeal" if step.deed is Deed.APPEAL else f"/events/{named}"
    about = f"事件 {named} 的申诉" if step.deed is Deed.APPEAL else f"事件 {named}"
    return Proposal(step=step, about=about, link=page, what=told(step))


def proposed_file(office: Office, matter: Matter, sha256: str) -> tuple[str, bytes]:
    """Name and content of an attachment of the waiting proposal. Raises InputError for one it has not."""
    first = waiting(office, matter)
    kept = refs(first.what["files"]) if first is not None else ()
    data = office.archive.body(sha256)
    name = next((one.name for one in kept if one.sha256 == sha256), None)
    if name is None or data is None:
        raise InputError("没有这个附件。请回到评分页面刷新。")
    return name, data


def _files(office: Office, first: DeedStep) -> list[Upload]:
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
