"""The queue of on-demand checks, and their adoption into the official series."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

from domain.errors import InputError, RefusedError
from domain.looks import Run, RunOutcome
from domain.records import CheckRow
from storage.log import append
from storage.part import Part, check_fence
from storage.tables import CheckTable, RunRow


class Queue(Part):
    def ask_check(self, unit_id: str, at: datetime) -> int:
        """Queue a look at everything of a unit; whoever crawls serves it."""
        with self._db.write() as session:
            row = CheckTable(unit_id=unit_id, asked_at=at, error="")
            session.add(row)
            session.flush()
            return row.id

    def claim_check(self, run: Run, at: datetime) -> tuple[int, str] | None:
        """Take the oldest waiting check as (id, unit_id), or None. No two claims get the same one.

        A check claimed by a process that died waits again: its run has ended, or was taken over since.
        """
        waiting = select(CheckTable).where(_waiting(run)).order_by(CheckTable.id).limit(1)
        with self._db.read() as session:
            if session.scalars(waiting).first() is None:  # asked between any two looks: takes no lock
                return None
        with self._db.write() as session:
            check_fence(session, run)
            row = session.scalars(waiting.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            row.claimed_at, row.run_id, row.claimed_fence = at, run.id, run.fence
            session.flush()
            return row.id, row.unit_id

    def waiting_checks(self) -> list[CheckRow]:
        """Checks that nobody answers yet, the oldest first; one whose process died waits again."""
        alive = select(RunRow.id).where(RunRow.outcome == RunOutcome.RUNNING.value)
        free = or_(CheckTable.claimed_at.is_(None), CheckTable.run_id.not_in(alive))
        query = select(CheckTable).where(CheckTable.done_at.is_(None), free).order_by(CheckTable.id)
        with self._db.read() as session:
            return [check_of(row) for row in session.scalars(query)]

    def finish_check(self, check_id: int, at: datetime, error: str = "") -> None:
        """The check is answered, or failed for the reason given."""
        with self._db.write() as session:
            done = update(CheckTable).where(CheckTable.id == check_id).values(done_at=at, error=error)
            session.execute(done)

    def check(self, check_id: int) -> CheckRow:
        """Raises InputError for an unknown number."""
        with self._db.read() as session:
            return check_of(_found(session.get(CheckTable, check_id), check_id))

    def adopt(self, check_id: int, *, by: str, reason: str, at: datetime) -> None:
        """Make the looks of a check official; logged. Raises RefusedError if it is not done, or adopted."""
        with self._db.write() as session:
            row = _found(session.get(CheckTable, check_id, with_for_update=True), check_id)
            if row.done_at is None or row.error:
                raise RefusedError(f"第 {check_id} 次检查没有完成，不能采用。请等它完成，或重新检查。")
            if row.adopted_at is not None:
                raise RefusedError(f"第 {check_id} 次检查已由 {row.adopted_by} 采用，不能再次采用。")
            row.adopted_by, row.adopted_at = by, at
            session.flush()
            payload = {"unit": row.unit_id, "reason": reason}
            append(session, "check.adopted", f"check:{check_id}", payload, actor=by, at=at)


def _waiting(run: Run) -> ColumnElement[bool]:
    alive = select(RunRow.id).where(RunRow.outcome == RunOutcome.RUNNING.value)
    left = or_(
        CheckTable.claimed_at.is_(None),
        CheckTable.run_id.not_in(alive),
        and_(CheckTable.run_id == run.id, CheckTable.claimed_fence < run.fence),
    )
    return and_(CheckTable.done_at.is_(None), left)


def _found(row: Any, check_id: int) -> CheckTable:
    if not isinstance(row, CheckTable):
        raise InputError(f"没有第 {check_id} 次检查。请核对编号。")
    return row


def check_of(row: CheckTable) -> CheckRow:
    return CheckRow(
        id=row.id,
        unit_id=row.unit_id,
        asked_at=row.asked_at,
        claimed_at=row.claimed_at,
        run_id=row.run_id,
        done_at=row.done_at,
        error=row.error,
        adopted_by=row.adopted_by,
        adopted_at=row.adopted_at,
    )
