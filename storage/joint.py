"""Decisions on appeals that take two persons: each step is added, the newest says what is waited for."""

from typing import Any

from sqlalchemy import select

from domain.errors import RefusedError
from domain.records import AppealOutcome, AppealStep, JointStep
from storage.console_tables import AppealStepRow
from storage.log import append, lock
from storage.part import Part


class JointSteps(Part):
    def add_step(self, step: AppealStep, *, after: int | None) -> None:
        """Add a step behind the one numbered `after` (None: the first); logged under the event.

        Raises RefusedError when somebody added another one since.
        """
        values = step_values(step)
        with self._db.write() as session:
            lock(session)
            newest = (
                select(AppealStepRow.id)
                .where(AppealStepRow.event_id == step.event_id)
                .order_by(AppealStepRow.id.desc())
                .limit(1)
            )
            if session.scalar(newest) != after:
                raise RefusedError(f"事件 {step.event_id} 的申诉刚刚有了变化。请看过新的情况再决定。")
            session.add(AppealStepRow(**values))
            append(session, "appeal.step", f"event:{step.event_id}", values, actor=step.by, at=step.at)

    def steps(self, event_id: int | None = None) -> list[AppealStep]:
        """The steps of an event's appeal, or of all, in order."""
        query = select(AppealStepRow).order_by(AppealStepRow.id)
        if event_id is not None:
            query = query.where(AppealStepRow.event_id == event_id)
        with self._db.read() as session:
            return [step_of(row) for row in session.scalars(query)]


def step_values(one: AppealStep) -> dict[str, Any]:
    return {
        "event_id": one.event_id, "step": one.step.value, "outcome": one.outcome.value,
        "reason": one.reason, "user": one.user, "by": one.by, "at": one.at,
    }  # fmt: skip


def step_of(row: AppealStepRow) -> AppealStep:
    return AppealStep(
        id=row.id, event_id=row.event_id, step=JointStep(row.step), outcome=AppealOutcome(row.outcome),
        reason=row.reason, user=row.user, by=row.by, at=row.at,
    )  # fmt: skip
