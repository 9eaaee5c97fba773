"""Deeds of two persons: each step is added, the newest of a deed and subject says what is waited for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from domain.errors import RefusedError
from domain.records import Deed, DeedStep, JointStep
from storage.console_tables import JointStepRow
from storage.files import keep
from storage.log import append, lock
from storage.part import Part

APPEAL_STEP, JOINT_STEP = "appeal.step", "joint.step"


class JointSteps(Part):
    def add_step(
        self, step: DeedStep, *, after: int | None, contents: Mapping[str, bytes] | None = None
    ) -> None:
        """Add a step behind the one numbered `after` (None: the first); logged under the subject.

        `contents`: of attachments, by sha256. Raises RefusedError when somebody added another one since.
        """
        with self._db.write() as session:
            lock(session)
            newest = (
                select(func.max(JointStepRow.id))
                .where(JointStepRow.deed == step.deed.value, JointStepRow.subject == step.subject)
            )  # fmt: skip
            if session.scalar(newest) != after:
                raise RefusedError("两人共同决定的情况刚刚有了变化。请看过新的情况再决定。")
            keep(session, contents or {})
            session.add(JointStepRow(**step_values(step)))
            append(session, step_kind(step), step.subject, logged_step(step), actor=step.by, at=step.at)

    def steps(self, deed: Deed, subject: str) -> list[DeedStep]:
        """The steps of a deed about a subject, in order."""
        query = select(JointStepRow).where(JointStepRow.deed == deed.value, JointStepRow.subject == subject)
        with self._db.read() as session:
            return [step_of(row) for row in session.scalars(query.order_by(JointStepRow.id))]

    def step(self, step_id: int) -> DeedStep | None:
        """The step of that number."""
        with self._db.read() as session:
            row = session.get(JointStepRow, step_id)
            return step_of(row) if row is not None else None

    def proposals(self) -> list[DeedStep]:
        """The newest steps that wait for a second person, in the order they were proposed."""
        newest = select(func.max(JointStepRow.id)).group_by(JointStepRow.deed, JointStepRow.subject)
        query = select(JointStepRow).where(
            JointStepRow.id.in_(newest), JointStepRow.step == JointStep.PROPOSED.value
        )
        with self._db.read() as session:
            return [step_of(row) for row in session.scalars(query.order_by(JointStepRow.id))]


def step_values(one: DeedStep) -> dict[str, Any]:
    return {
        "deed": one.deed.value, "subject": one.subject, "step": one.step.value, "what": dict(one.what),
        "reason": one.reason, "user": one.user, "by": one.by, "at": one.at,
    }  # fmt: skip


def step_kind(one: DeedStep) -> str:
    """The type of its log entry."""
    return APPEAL_STEP if one.deed is Deed.APPEAL else JOINT_STEP


def logged_step(one: DeedStep) -> dict[str, Any]:
    """What its log entry holds; of appeals as it was before other deeds took two persons."""
    if one.deed is not Deed.APPEAL:
        return step_values(one)
    return {
        "event_id": int(one.subject.partition(":")[2]), "step": one.step.value, **one.what,
        "reason": one.reason, "user": one.user, "by": one.by, "at": one.at,
    }  # fmt: skip


def step_of(row: JointStepRow) -> DeedStep:
    return DeedStep(
        id=row.id, deed=Deed(row.deed), subject=row.subject, step=JointStep(row.step), what=row.what,
        reason=row.reason, user=row.user, by=row.by, at=row.at,
    )  # fmt: skip
