"""Runs: plan, fence, heartbeat, outcome."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain.errors import InputError, RefusedError
from domain.looks import PlannedLook, Run, RunKind, RunOutcome, Validators
from domain.records import RunProgress
from domain.units import SubjectKind
from storage.part import Part, check_fence, insert_for
from storage.tables import ObservationRow, PlannedLookRow, RunRow


class Runs(Part):
    def start_run(
        self,
        kind: RunKind,
        plan: Sequence[PlannedLook],
        *,
        started_at: datetime,
        as_of: datetime | None,
        pid: int,
    ) -> Run:
        """Write a run and its plan down before its first look. `started_at`: true time."""
        with self._db.write() as session:
            row = RunRow(
                kind=kind.value,
                fence=1,
                started_at=started_at,
                as_of=as_of,
                outcome=RunOutcome.RUNNING.value,
                pid=pid,
                heartbeat_at=started_at,
                finished_at=None,
                done=0,
                failed=0,
            )
            session.add(row)
            session.flush()
            _plan_more(session, row.id, plan)
            return _run(row, _plan(session, row.id))

    def unfinished_run(self, kind: RunKind = RunKind.NIGHTLY) -> Run | None:
        """The newest run of the kind that was not finished (its process may be dead)."""
        with self._db.read() as session:
            running = (RunRow.kind == kind.value, RunRow.outcome == RunOutcome.RUNNING.value)
            row = session.scalars(select(RunRow).where(*running).order_by(RunRow.id.desc())).first()
            return _run(row, _plan(session, row.id)) if row else None

    def take_over(self, run_id: int, *, pid: int, at: datetime) -> Run:
        """Go on with a run whose process died: its fence grows, so a late writer is refused.

        Raises RefusedError for a run that is done.
        """
        with self._db.write() as session:
            row = _held(session, run_id)
            if row.outcome == RunOutcome.DONE:
                raise RefusedError(f"第 {run_id} 次采集已经完成，不能接管。请直接开始新的采集。")
            row.fence += 1
            row.pid, row.heartbeat_at = pid, at
            row.outcome, row.finished_at = RunOutcome.RUNNING.value, None
            session.flush()
            return _run(row, _plan(session, run_id))

    def heartbeat(self, run: Run, at: datetime, done: int, failed: int) -> None:
        """A sign of life with the looks made and failed so far. Raises FenceLostError after a take-over."""
        self._change(run, heartbeat_at=at, done=done, failed=failed)

    def finish_run(self, run: Run, outcome: RunOutcome, at: datetime) -> None:
        """Raises FenceLostError after a take-over."""
        self._change(run, outcome=outcome.value, finished_at=at)

    def _change(self, run: Run, **values: object) -> None:
        with self._db.write() as session:
            check_fence(session, run)
            session.execute(update(RunRow).where(RunRow.id == run.id).values(**values))

    def run(self, run_id: int) -> Run:
        """The run with its plan. Raises InputError for an unknown number."""
        with self._db.read() as session:
            row = session.get(RunRow, run_id)
            if row is None:
                raise _no_run(run_id)
            return _run(row, _plan(session, run_id))

    def runs(self, limit: int, *, first: int = 0) -> list[Run]:
        """So many runs from the `first` (0: the newest) on, without their plans."""
        newest = select(RunRow).order_by(RunRow.id.desc())
        with self._db.read() as session:
            return [_run(row, ()) for row in session.scalars(newest.offset(first).limit(limit))]

    def run_count(self) -> int:
        """How many runs there were."""
        with self._db.read() as session:
            return session.scalar(select(func.count()).select_from(RunRow)) or 0

    def newest_run(self, kind: RunKind) -> Run | None:
        """The run of the kind begun last, without its plan."""
        with self._db.read() as session:
            newest = select(RunRow).where(RunRow.kind == kind.value).order_by(RunRow.id.desc()).limit(1)
            row = session.scalars(newest).first()
            return _run(row, ()) if row is not None else None

    def progress(self, run_id: int) -> RunProgress:
        """Planned looks and the heartbeat's counts. Raises InputError for an unknown number."""
        found = self.progress_of([run_id]).get(run_id)
        if found is None:
            raise _no_run(run_id)
        return found

    def progress_of(self, run_ids: Collection[int]) -> dict[int, RunProgress]:
        """The same of many runs, of those that are there."""
        planned = select(PlannedLookRow.run_id, func.count()).group_by(PlannedLookRow.run_id)
        with self._db.read() as session:
            rows = session.execute(planned.where(PlannedLookRow.run_id.in_(run_ids)))
            counts = {run_id: count for run_id, count in rows}
            return {
                row.id: RunProgress(
                    planned=counts.get(row.id, 0), done=row.done, failed=row.failed,
                    heartbeat_at=row.heartbeat_at,
                )
                for row in session.scalars(select(RunRow).where(RunRow.id.in_(run_ids)))
            }  # fmt: skip

    def extend_plan(self, run: Run, looks: Sequence[PlannedLook]) -> None:
        """Add looks found on the way; those already planned are left as they are."""
        with self._db.write() as session:
            check_fence(session, run)
            _plan_more(session, run.id, looks)

    def observed(self, run_id: int) -> set[tuple[str, int | None]]:
        """What this run has seen already, as (subject_id, check_id)."""
        with self._db.read() as session:
            seen = select(ObservationRow.subject_id, ObservationRow.check_id)
            return {(s, c) for s, c in session.execute(seen.where(ObservationRow.run_id == run_id))}


def _held(session: Session, run_id: int) -> RunRow:
    row = session.get(RunRow, run_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise _no_run(run_id)
    return row


def _no_run(run_id: int) -> InputError:
    return InputError(f"没有第 {run_id} 次采集。请核对编号。")


def _plan_more(session: Session, run_id: int, plan: Sequence[PlannedLook]) -> None:
    if plan:
        session.execute(
            insert_for(session, PlannedLookRow).on_conflict_do_nothing(),
            [_planned_values(run_id, look) for look in plan],
        )


def _planned_values(run_id: int, look: PlannedLook) -> dict[str, object]:
    validators = look.validators or Validators()
    return {
        "run_id": run_id,
        "subject_id": look.subject_id,
        "check_id": look.check_id,
        "kind": look.kind.value,
        "url": look.url,
        "unit_id": look.unit_id,
        "parent_id": look.parent_id,
        "source": look.source,
        "conditional": look.validators is not None,
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "window_days": look.window_days,
        "reason": look.reason,
    }


def _plan(session: Session, run_id: int) -> tuple[PlannedLook, ...]:
    rows = session.scalars(
        select(PlannedLookRow).where(PlannedLookRow.run_id == run_id).order_by(PlannedLookRow.id)
    )
    return tuple(_planned(row) for row in rows)


def _planned(row: PlannedLookRow) -> PlannedLook:
    return PlannedLook(
        subject_id=row.subject_id,
        kind=SubjectKind(row.kind),
        url=row.url,
        unit_id=row.unit_id,
        parent_id=row.parent_id,
        source=row.source,
        validators=Validators(etag=row.etag, last_modified=row.last_modified) if row.conditional else None,
        window_days=row.window_days,
        check_id=row.check_id,
        reason=row.reason,
    )


def _run(row: RunRow, plan: tuple[PlannedLook, ...]) -> Run:
    return Run(
        id=row.id,
        kind=RunKind(row.kind),
        fence=row.fence,
        started_at=row.started_at,
        as_of=row.as_of,
        outcome=RunOutcome(row.outcome),
        plan=plan,
        pid=row.pid,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
    )
