"""Appeals: filed once at a time, decided once; every step in the event's log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.errors import RefusedError
from domain.records import Appeal, AppealOutcome
from storage.deeds import appeal_of, appeal_values
from storage.events import held, load_one, log_event
from storage.files import keep
from storage.log import lock
from storage.part import Part
from storage.tables import AppealRow


class Appeals(Part):
    def file_appeal(self, appeal: Appeal, contents: Mapping[str, bytes]) -> int:
        """Record an objection with its attachments. The caller recomputes the event afterwards.

        Raises InputError for an unknown event, RefusedError while another is undecided.
        """
        with self._db.write() as session:
            lock(session)
            event = held(session, appeal.event_id)
            if _open(session, appeal.event_id) is not None:
                raise RefusedError(f"事件 {appeal.event_id} 已有一件申诉还没有决定，不能重复提出。")
            keep(session, contents)
            row = AppealRow(**appeal_values(appeal))
            session.add(row)
            session.flush()
            more = {"appeal": appeal_values(appeal)}
            log_event(
                session, load_one(session, event), ["appealed"], actor=appeal.filed_by, at=appeal.filed_at,
                more=more,
            )  # fmt: skip
            return row.id

    def decide_appeal(
        self, event_id: int, outcome: AppealOutcome, *, by: str, why: str, at: datetime
    ) -> Appeal:
        """Decide the event's open appeal. Raises InputError (unknown event), RefusedError (none open)."""
        with self._db.write() as session:
            lock(session)
            event = held(session, event_id)
            row = _open(session, event_id)
            if row is None:
                raise RefusedError(f"事件 {event_id} 没有待决定的申诉。用 zwgk appeal list 查看。")
            row.outcome, row.decided_by, row.decided_why, row.decided_at = outcome.value, by, why, at
            session.flush()
            decided = appeal_of(row)
            more: dict[str, Any] = {"appeal": appeal_values(decided)}
            log_event(session, load_one(session, event), ["appeal_decided"], actor=by, at=at, more=more)
            return decided

    def appeals(self, *, open_only: bool = False) -> list[Appeal]:
        """All appeals in the order they were filed."""
        query = select(AppealRow).order_by(AppealRow.id)
        if open_only:
            query = query.where(AppealRow.decided_at.is_(None))
        with self._db.read() as session:
            return [appeal_of(row) for row in session.scalars(query)]


def _open(session: Session, event_id: int) -> AppealRow | None:
    same = (AppealRow.event_id == event_id, AppealRow.decided_at.is_(None))
    return session.scalars(select(AppealRow).where(*same).with_for_update()).first()
