"""整改反馈 of units on the items of notices: only ever added to, the newest of each item counts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from domain.records import Feedback
from storage.console_tables import FeedbackRow
from storage.files import keep, refs, refs_json
from storage.log import append, lock
from storage.part import Part


class Feedbacks(Part):
    def give_feedback(self, feedback: Feedback, contents: Mapping[str, bytes]) -> None:
        """Add one with its attachments; logged under the event."""
        values = feedback_values(feedback)
        with self._db.write() as session:
            lock(session)
            keep(session, contents)
            session.add(FeedbackRow(**values))
            append(
                session, "feedback.given", f"event:{feedback.event_id}", values, actor=feedback.by,
                at=feedback.at,
            )  # fmt: skip

    def feedback(self, *, notice_id: int | None = None, event_id: int | None = None) -> list[Feedback]:
        """Every one of a notice, or of an event, in the order they came."""
        query = select(FeedbackRow).order_by(FeedbackRow.id)
        if notice_id is not None:
            query = query.where(FeedbackRow.notice_id == notice_id)
        if event_id is not None:
            query = query.where(FeedbackRow.event_id == event_id)
        with self._db.read() as session:
            return [feedback_of(row) for row in session.scalars(query)]


def feedback_values(one: Feedback) -> dict[str, Any]:
    return {
        "notice_id": one.notice_id, "event_id": one.event_id, "unit_id": one.unit_id, "cause": one.cause,
        "done": one.done, "done_on": one.done_on, "person": one.person, "phone": one.phone,
        "files": refs_json(one.files), "by": one.by, "at": one.at,
    }  # fmt: skip


def feedback_of(row: FeedbackRow) -> Feedback:
    return Feedback(
        id=row.id, notice_id=row.notice_id, event_id=row.event_id, unit_id=row.unit_id, cause=row.cause,
        done=row.done, done_on=row.done_on, person=row.person, phone=row.phone, files=refs(row.files),
        by=row.by, at=row.at,
    )  # fmt: skip
