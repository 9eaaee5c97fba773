"""What waits for a second person: listed for those who may sign it, told in words, signed by its number."""

from dataclasses import dataclass

from app.clues import withheld
from app.joint import Matter, refuse, same
from app.joint_deeds import appeal_of, decision_on, mark_of, sign_appeal, sign_decision, sign_mark
from app.joint_looks import adoption_of, attestation_of, sign_adoption, sign_attestation
from app.naming import subject_named
from app.office import Office
from app.signing import unit_of
from app.words import DECISIONS
from domain.errors import InputError
from domain.events import DecisionKind, Event
from domain.records import Deed, DeedStep, FileRef, JointStep
from domain.users import DECIDERS, User
from storage.files import refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A deed that waits for a second person: what it is about, where it is signed, and what is proposed."""

    step: DeedStep
    about: str
    link: str
    what: str


def proposals(office: Office, user: User | None = None) -> list[Proposal]:
    """All that wait, or those the user may know of; decisions on appeals only while the appeal is open."""
    steps = [step for step in office.archive.proposals() if user is None or _shown(office, step, user)]
    return [
        Proposal(step=step, about=about(office, step), link=link_of(step), what=told(step))
        for step in steps
        if _stands(office, step)
    ]


def proposal(office: Office, number: int, user: User) -> DeedStep:
    """The proposal of that number, waiting or not. Raises InputError where the user knows of none."""
    step = office.archive.step(number)
    if step is None or step.step is not JointStep.PROPOSED or not _shown(office, step, user):
        raise InputError(f"没有第 {number} 号拟定的决定。")
    return step


def what_came(office: Office, first: DeedStep) -> DeedStep | None:
    """The step that ended the proposal; None while it waits."""
    after = (
        one for one in office.archive.steps(first.deed, first.subject) if (one.id or 0) > (first.id or 0)
    )
    return next(after, None)


def signers(office: Office, first: DeedStep) -> list[User]:
    """Who can sign: those who decide, except the person who proposed it."""
    known = (one for one in office.archive.users() if one.role in DECIDERS and one.disabled_at is None)
    return [one for one in known if not same(first, one)]


def sign(office: Office, first: DeedStep, *, user: User, stamp: str = "") -> None:
    """Sign the proposal and do what it says. `stamp`: the event as the signer saw it.

    Raises InputError, RefusedError (waits no longer, the same person, what the deed itself refuses).
    """
    seen, named = first.id or 0, first.subject.partition(":")[2]
    match first.deed:
        case Deed.APPEAL:
            sign_appeal(office, int(named), seen, user=user)
        case Deed.DECISION:
            sign_decision(office, int(named), seen, user=user, stamp=stamp)
        case Deed.MARK:
            sign_mark(office, matter_of(first), seen, user=user)
        case Deed.ADOPTION:
            sign_adoption(office, int(named), seen, user=user)
        case Deed.ATTESTATION:
            sign_attestation(office, named, seen, user=user)


def disagree(office: Office, first: DeedStep, *, user: User, reason: str) -> None:
    """End the proposal; who proposed it takes it back. Raises InputError, RefusedError (waits no longer)."""
    refuse(office, matter_of(first), first.id or 0, user=user, reason=reason)


def matter_of(step: DeedStep) -> Matter:
    named = step.subject.partition(":")[2]
    match step.deed:
        case Deed.APPEAL:
            return appeal_of(int(named))
        case Deed.DECISION:
            return decision_on(int(named))
        case Deed.ADOPTION:
            return adoption_of(int(named))
        case Deed.ATTESTATION:
            return attestation_of(named)
    unit_id, clause_id, year = named.rsplit("/", 2)
    return mark_of(unit_id, clause_id, int(year))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a proposal is about, by its numbers."""

    event: int | None = None
    check: int | None = None
    subject: str | None = None
    unit: str | None = None
    clause: str | None = None
    year: int | None = None


def matter_parts(step: DeedStep) -> Parts:
    named = step.subject.partition(":")[2]
    match step.deed:
        case Deed.APPEAL | Deed.DECISION:
            return Parts(event=int(named))
        case Deed.ADOPTION:
            return Parts(check=int(named))
        case Deed.ATTESTATION:
            return Parts(subject=named)
    unit_id, clause_id, year = named.rsplit("/", 2)
    return Parts(unit=unit_id, clause=clause_id, year=int(year))


def event_of(office: Office, step: DeedStep) -> Event | None:
    """The event that is decided; None where it is about something else."""
    if step.deed not in {Deed.APPEAL, Deed.DECISION}:
        return None
    return office.archive.event(int(step.subject.partition(":")[2]))


def unit_id_of(office: Office, step: DeedStep) -> str:
    """The unit concerned; "" where it is gone."""
    named = step.subject.partition(":")[2]
    match step.deed:
        case Deed.APPEAL | Deed.DECISION:
            event = event_of(office, step)
            return event.unit_id if event is not None else ""
        case Deed.ADOPTION:
            return office.archive.check(int(named)).unit_id
        case Deed.ATTESTATION:
            return (office.registry.subject(named).unit_id or "") if office.registry.watches(named) else ""
    return named.split("/")[0]


def about(office: Office, step: DeedStep) -> str:
    """What the proposal is about, for people."""
    named, unit = step.subject.partition(":")[2], _unit(office, unit_id_of(office, step))
    match step.deed:
        case Deed.APPEAL:
            return f"{unit}事件 {named} 的申诉"
        case Deed.DECISION:
            return f"{unit}事件 {named}"
        case Deed.ADOPTION:
            return f"{unit}的第 {named} 次即时检查"
        case Deed.ATTESTATION:
            return f"{unit}“{subject_named(office, named)[0]}”的人工核实"
    return f"{unit} {named.split('/')[1]}"


def told(step: DeedStep) -> str:
    """What is proposed, in words."""
    what = step.what
    match step.deed:
        case Deed.APPEAL:
            return str(what["outcome"])
        case Deed.DECISION:
            points, until = what["points"], what["until"]
            more = f"，扣 {points} 分" if points else f"至 {until}" if until else ""
            return f"{DECISIONS[DecisionKind(what['kind'])]}{more}"
        case Deed.ADOPTION:
            return "采用"
        case Deed.ATTESTATION:
            if what["works"] is not None:
                return "可以下载" if what["works"] else "无法下载"
            return f"最新一条日期为 {what['newest_on']}"
    return f"评 {what['points']} 分" if what["points"] is not None else "取消评分"


def files_of(step: DeedStep) -> tuple[FileRef, ...]:
    """What was attached to the proposal."""
    return refs(step.what.get("files", ()))


def proposed_file(office: Office, first: DeedStep | None, sha256: str) -> tuple[str, bytes]:
    """Name and content of an attachment of a proposal. Raises InputError for one it has not."""
    name = next((one.name for one in files_of(first) if one.sha256 == sha256), None) if first else None
    data = office.archive.body(sha256) if name is not None else None
    if name is None or data is None:
        raise InputError("没有这个附件。请刷新后再看。")
    return name, data


def _shown(office: Office, step: DeedStep, user: User) -> bool:
    event = event_of(office, step)
    return event is None or not withheld(office, user, event)


def _stands(office: Office, step: DeedStep) -> bool:
    if step.deed not in {Deed.APPEAL, Deed.DECISION}:
        return True
    event = event_of(office, step)
    return event is not None and (step.deed is Deed.DECISION or event.open_appeal is not None)


def link_of(step: DeedStep) -> str:
    """Where the console has it signed."""
    named = step.subject.partition(":")[2]
    match step.deed:
        case Deed.APPEAL:
            return f"/events/{named}/appeal"
        case Deed.DECISION:
            return f"/events/{named}"
        case Deed.MARK:
            unit_id, clause_id, _ = named.rsplit("/", 2)
            return f"/scores/{unit_id}/{clause_id}/joint"
    return f"/proposals/{step.id}"


def _unit(office: Office, unit_id: str) -> str:
    unit = unit_of(office, unit_id)
    return unit.name if unit is not None else unit_id
