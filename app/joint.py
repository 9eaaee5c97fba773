"""Deeds of two persons: one proposes, another, logged in himself, signs; nobody gives two names.

Each step is recorded under the user who took it (domain.md §8.3.11). What the deeds are: app.joint_deeds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.office import Office
from app.signing import people
from domain.errors import InputError, RefusedError
from domain.records import Deed, DeedStep, JointStep
from domain.users import User

LONGEST = 1000
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What is decided by two. `name`: for people, like “事件 12 的申诉”."""

    deed: Deed
    subject: str
    name: str


def waiting(office: Office, matter: Matter) -> DeedStep | None:
    """The proposal that waits for a second person; None: nothing."""
    last = _last(office, matter)
    return last if last is not None and last.step is JointStep.PROPOSED else None


def propose(
    office: Office, matter: Matter, what: Mapping[str, Any], *, user: User, reason: str,
    contents: Mapping[str, bytes] | None = None,
) -> None:  # fmt: skip
    """Raises InputError (no reason), RefusedError (one is proposed already)."""
    last = _last(office, matter)
    if last is not None and last.step is JointStep.PROPOSED:
        raise RefusedError(f"{matter.name}已有拟定的决定，正等第二人会签。")
    made = _step(office, matter, JointStep.PROPOSED, what, user, said(reason))
    office.archive.add_step(made, after=last.id if last is not None else None, contents=contents)


def agree(office: Office, matter: Matter, seen: int, do: Callable[[DeedStep], T], *, user: User) -> T:
    """Sign, as another person, the proposal numbered `seen`, and `do` it: both or neither.

    Raises RefusedError (no such proposal any more, the same person), and what `do` raises.
    """
    with office.archive.together():
        first = _proposed(office, matter, seen)
        if same(first, user):
            raise RefusedError(f"{user.person}拟定了这个决定，须由另一个人登录后会签。")
        made = _step(office, matter, JointStep.AGREED, first.what, user, first.reason)
        office.archive.add_step(made, after=first.id)
        return do(first)


def refuse(office: Office, matter: Matter, seen: int, *, user: User, reason: str) -> None:
    """End the proposal numbered `seen`: another person disagrees, or who proposed it takes it back.

    Raises InputError, RefusedError (no such proposal any more).
    """
    first = _proposed(office, matter, seen)
    step = JointStep.TAKEN_BACK if same(first, user) else JointStep.REFUSED
    made = _step(office, matter, step, first.what, user, said(reason))
    office.archive.add_step(made, after=first.id)


def same(first: DeedStep, user: User) -> bool:
    """Whether the user, or the person behind it, proposed it."""
    return first.user == user.name or bool(people(first.by) & people(user.person))


def said(reason: str) -> str:
    """Raises InputError for no reason, or too long a one."""
    if not reason.strip() or len(reason) > LONGEST:
        raise InputError(f"请写明理由（不超过 {LONGEST} 字），将记入日志。")
    return reason.strip()


def _last(office: Office, matter: Matter) -> DeedStep | None:
    return next(reversed(office.archive.steps(matter.deed, matter.subject)), None)


def _proposed(office: Office, matter: Matter, seen: int) -> DeedStep:
    first = waiting(office, matter)
    if first is None or first.id != seen:
        raise RefusedError(f"{matter.name}刚刚有了变化。请看过新的情况再决定。")
    return first


def _step(
    office: Office, matter: Matter, step: JointStep, what: Mapping[str, Any], user: User, reason: str
) -> DeedStep:
    return DeedStep(
        deed=matter.deed, subject=matter.subject, step=step, what=what, reason=reason, user=user.name,
        by=user.person, at=office.moment(None),
    )  # fmt: skip
