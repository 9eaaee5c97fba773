"""Appeals of the office's own units: one person proposes the decision, another, logged in himself, signs.

Nobody gives two names: each step is recorded under the user who took it (domain.md §8.3.11).
"""

from app.appeals import decide_appeal, found, refuse_partial
from app.office import Office
from app.signing import people, unit_of
from domain.errors import InputError, RefusedError
from domain.events import Event
from domain.records import Appeal, AppealOutcome, AppealStep, JointStep
from domain.users import User

LONGEST = 1000


def takes_two(office: Office, event: Event) -> bool:
    """Whether decisions about the event's unit take two persons."""
    unit = unit_of(office, event.unit_id)
    return unit is not None and unit.office_own


def rule(office: Office, event_id: int, outcome: AppealOutcome, *, user: User, reason: str) -> Event:
    """Decide an appeal; where that takes two persons, propose the decision to a second one.

    Raises InputError (unknown event, no reason), RefusedError (no open appeal, the same person, one that
    is proposed already).
    """
    event = found(office, event_id)
    if not takes_two(office, event):
        return decide_appeal(office, event_id, outcome, by=user.person, reason=_said(reason))
    if proposal(office, event) is not None:
        raise RefusedError(f"事件 {event_id} 的申诉已有拟定的决定，正等第二人会签。")
    refuse_partial(event, _open(event), user.person)
    last = next(reversed(office.archive.steps(event_id)), None)
    _add(office, JointStep.PROPOSED, outcome, event_id, user, _said(reason), last)
    return event


def agree(office: Office, event_id: int, seen: int, *, user: User) -> Event:
    """Sign, as another person, the proposal numbered `seen`: the appeal is decided with both names.

    Raises InputError (unknown event), RefusedError (no such proposal any more, the same person).
    """
    event = found(office, event_id)
    first = _proposed(office, event, seen)
    if same(first, user):
        raise RefusedError(f"{user.person}拟定了这个决定，须由另一个人登录后会签。")
    with office.archive.together():
        _add(office, JointStep.AGREED, first.outcome, event_id, user, first.reason, first)
        return decide_appeal(
            office, event_id, first.outcome, by=first.by, reason=first.reason, second=user.person
        )


def refuse(office: Office, event_id: int, seen: int, *, user: User, reason: str) -> None:
    """End the proposal numbered `seen`: another person disagrees, or who proposed it takes it back.

    The appeal waits for a decision again. Raises InputError, RefusedError (no such proposal any more).
    """
    event = found(office, event_id)
    first = _proposed(office, event, seen)
    step = JointStep.TAKEN_BACK if same(first, user) else JointStep.REFUSED
    _add(office, step, first.outcome, event_id, user, _said(reason), first)


def proposal(office: Office, event: Event) -> AppealStep | None:
    """What waits for a second person; None: nothing."""
    if event.open_appeal is None:
        return None
    last = next(reversed(office.archive.steps(event.id)), None)
    return last if last is not None and last.step is JointStep.PROPOSED else None


def same(first: AppealStep, user: User) -> bool:
    """Whether the user, or the person behind it, proposed it."""
    return first.user == user.name or bool(people(first.by) & people(user.person))


def _proposed(office: Office, event: Event, seen: int) -> AppealStep:
    _open(event)
    first = proposal(office, event)
    if first is None or first.id != seen:
        raise RefusedError(f"事件 {event.id} 的申诉刚刚有了变化。请看过新的情况再决定。")
    return first


def _open(event: Event) -> Appeal:
    if event.open_appeal is None:
        raise RefusedError(f"事件 {event.id} 没有待决定的申诉。")
    return event.open_appeal


def _said(reason: str) -> str:
    if not reason.strip() or len(reason) > LONGEST:
        raise InputError(f"请写明理由（不超过 {LONGEST} 字），将记入日志。")
    return reason.strip()


def _add(  # noqa: PLR0913, PLR0917 - the facts of a step
    office: Office, step: JointStep, outcome: AppealOutcome, event_id: int, user: User, reason: str,
    after: AppealStep | None,
) -> None:  # fmt: skip
    made = AppealStep(
        event_id=event_id, step=step, outcome=outcome, reason=reason, user=user.name, by=user.person,
        at=office.moment(None),
    )  # fmt: skip
    office.archive.add_step(made, after=after.id if after is not None else None)
