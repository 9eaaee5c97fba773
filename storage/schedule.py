"""Who may run (leases), what is due when, and what the office has to see to."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update

from domain.records import DueRow, TaskRow
from storage.part import Part, insert_for
from storage.tables import DueTable, LeaseRow, TaskTable


class Schedule(Part):
    def take_lease(self, name: str, holder: str, *, at: datetime, seconds: float) -> bool:
        """Take or renew the lease; False while another holder's runs. `at`: true time."""
        until = at + timedelta(seconds=seconds)
        with self._db.write() as session:
            statement = insert_for(session, LeaseRow).values(name=name, holder=holder, until=until)
            free = or_(LeaseRow.holder == holder, LeaseRow.until <= at)
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=[LeaseRow.name],
                    set_={"holder": holder, LeaseRow.until.name: until},
                    where=free,
                )
            )
            return session.scalar(select(LeaseRow.holder).where(LeaseRow.name == name)) == holder

    def release_lease(self, name: str, holder: str) -> None:
        """Give the lease up; nothing happens when another holds it."""
        with self._db.write() as session:
            session.execute(delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder))

    def set_due(self, entries: Mapping[str, tuple[datetime, str]]) -> None:
        """Set when each of these subjects is due, and why then; others are left as they are."""
        if not entries:
            return
        with self._db.write() as session:
            statement = insert_for(session, DueTable)
            new = {"due_at": statement.excluded.due_at, "reason": statement.excluded.reason}
            values = [
                {"subject_id": subject, "due_at": due_at, "reason": reason}
                for subject, (due_at, reason) in entries.items()
            ]
            session.execute(
                statement.on_conflict_do_update(index_elements=[DueTable.subject_id], set_=new), values
            )

    def drop_due(self, subject_ids: Iterable[str]) -> None:
        """Forget subjects that are no longer watched."""
        with self._db.write() as session:
            session.execute(delete(DueTable).where(DueTable.subject_id.in_(list(subject_ids))))

    def due(self, now: datetime) -> list[DueRow]:
        """What is due at that moment, the longest due first."""
        return [row for row in self.due_table() if row.due_at <= now]

    def due_table(self) -> list[DueRow]:
        """Every subject's due time, the next first."""
        with self._db.read() as session:
            rows = session.scalars(select(DueTable).order_by(DueTable.due_at, DueTable.subject_id))
            return [DueRow(subject_id=r.subject_id, due_at=r.due_at, reason=r.reason) for r in rows]

    def open_task(
        self, kind: str, subject: str, detail: str, *, unit_id: str | None = None, at: datetime
    ) -> None:
        """Ask the office to see to something; while the same task is open only its detail is renewed."""
        with self._db.write() as session:
            statement = insert_for(session, TaskTable).values(
                kind=kind, subject=subject, detail=detail, unit_id=unit_id or "", opened_at=at
            )
            session.execute(
                statement.on_conflict_do_update(
                    index_elements=[TaskTable.kind, TaskTable.subject, TaskTable.unit_id],
                    index_where=TaskTable.closed_at.is_(None),
                    set_={"detail": detail},
                )
            )

    def close_task(self, kind: str, subject: str, *, unit_id: str | None = None, at: datetime) -> None:
        """The open task of that kind, subject and unit is done; nothing happens when there is none."""
        same = (TaskTable.kind == kind, TaskTable.subject == subject, TaskTable.unit_id == (unit_id or ""))
        with self._db.write() as session:
            closed = update(TaskTable).where(*same, TaskTable.closed_at.is_(None)).values(closed_at=at)
            session.execute(closed)

    def tasks(self, open_only: bool = True) -> list[TaskRow]:
        """Tasks in the order they were opened."""
        query = select(TaskTable).order_by(TaskTable.opened_at, TaskTable.id)
        if open_only:
            query = query.where(TaskTable.closed_at.is_(None))
        with self._db.read() as session:
            return [_task(row) for row in session.scalars(query)]


def _task(row: TaskTable) -> TaskRow:
    return TaskRow(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        detail=row.detail,
        unit_id=row.unit_id or None,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
