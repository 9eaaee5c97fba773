"""Every night by itself: a timer asks `tick` what is due, the due-time table in the database is the truth.

A subject stays due until a completed run has looked at it, so nothing is lost over a restart, and nights
that were missed cost one run, not many. One scheduler at a time, by a lease.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.awaited import Awaited, awaited
from app.due import DEADLINE, NIGHTLY, Window, began, renewed, settled, with_deadline
from app.office import Office
from app.processes import alive
from domain.clock import local_day
from domain.looks import Run, RunKind, RunOutcome
from domain.records import DueRow
from domain.units import Account

LEASE, LEASE_S = "scheduler", 90.0
RUNS_CONSIDERED = 20
CHECK_GRACE = timedelta(seconds=3)
"""Whoever asks for a check usually starts a crawl child itself; after so long the scheduler does."""


class Action(StrEnum):
    """What a tick asks for. STAND_BY: another scheduler holds the lease."""

    WAIT = "wait"
    CRAWL = "crawl"
    CHECK = "check"
    STAND_BY = "stand_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What is to be done now, why, and which subjects are due.

    `only`: a crawl of these alone, for looks at a deadline; None: of everything.
    """

    action: Action
    why: str
    due: tuple[DueRow, ...] = ()
    only: frozenset[str] | None = None


def tick(office: Office, at: datetime, *, holder: str) -> Tick:
    """Bring the due table up to date and say what is to be started at the moment `at` (true time).

    Starts nothing itself; called again after any crash it comes to the same answer.
    """
    if not office.archive.take_lease(LEASE, holder, at=at, seconds=LEASE_S):
        return Tick(action=Action.STAND_BY, why="another scheduler holds the lease")
    run = office.archive.unfinished_run(RunKind.NIGHTLY)
    if run is not None and alive(run, at):
        return Tick(action=Action.WAIT, why=f"run {run.id} is at work; it serves on-demand checks too")
    due = tuple(row for row in _updated(office, at) if row.due_at <= at)
    if due:
        late = at - due[0].due_at
        only = frozenset(row.subject_id for row in due) if all(r.reason == DEADLINE for r in due) else None
        why = f"{len(due)} subjects due, the first since {late}"
        return Tick(action=Action.CRAWL, why=why, due=due, only=only)
    if any(check.asked_at <= at - CHECK_GRACE for check in office.archive.waiting_checks()):
        return Tick(action=Action.CHECK, why="an on-demand check waits")
    return Tick(action=Action.WAIT, why="nothing is due")


def schedule_of(office: Office, at: datetime) -> list[DueRow]:
    """What is due when as seen at `at`, the next first; changes nothing."""
    table = {row.subject_id: row for row in office.archive.due_table()}
    rows = (_explained(row, at) for row in _table(office, table, at).values())
    return sorted(rows, key=lambda row: (row.due_at, row.subject_id))


def _updated(office: Office, at: datetime) -> list[DueRow]:
    """The due table as it should stand at `at`, stored where it differs."""
    stored = {row.subject_id: row for row in office.archive.due_table()}
    table = _table(office, stored, at)
    changed = {key: (row.due_at, row.reason) for key, row in table.items() if stored.get(key) != row}
    office.archive.set_due(changed)
    gone = stored.keys() - table.keys()
    if gone:
        office.archive.drop_due(sorted(gone))
    return sorted(table.values(), key=lambda row: (row.due_at, row.subject_id))


def _table(office: Office, stored: Mapping[str, DueRow], at: datetime) -> dict[str, DueRow]:
    window = Window.parse(office.settings.night_start, office.settings.night_end)
    table = renewed(stored, _watched(office, at), at, window)
    overdue = [row for row in table.values() if row.due_at <= at]
    moved = settled(overdue, _recent_runs(office), window) if overdue else {}
    table |= {key: DueRow(subject_id=key, due_at=due, reason=NIGHTLY) for key, due in moved.items()}
    return _with_deadlines(office, table, at, window)


def _with_deadlines(
    office: Office, table: dict[str, DueRow], at: datetime, window: Window
) -> dict[str, DueRow]:
    """The table with an extra look at 24:00 of a deadline day where the nights do not give one."""
    waits = [one for one in awaited(office, local_day(at)) if one.subject_id in table]
    runs = _recent_runs(office) if any(one.due <= at for one in waits) else []
    for one in waits:
        looked = any(_looked(run, one) for run in runs)
        table[one.subject_id] = with_deadline(table[one.subject_id], one.due, looked, window)
    return table


def _looked(run: Run, one: Awaited) -> bool:
    done = run.outcome is RunOutcome.DONE and began(run) >= one.due
    return done and any(look.subject_id == one.subject_id for look in run.plan)


def _explained(row: DueRow, at: datetime) -> DueRow:
    """An overdue row says what will happen; its moment stays."""
    return replace(row, reason=f"{row.reason}（已到时刻，尚未完成，随即补看）") if row.due_at <= at else row


def _watched(office: Office, at: datetime) -> list[str]:
    """Subjects valid on the day, of units valid on it, 试运行 too; not what only a person looks at."""
    day = local_day(at)
    return [
        subject.subject_id
        for subject in office.registry.subjects
        if subject.valid_on(day)
        and not (isinstance(subject, Account) and subject.by_hand)
        and (subject.unit_id is None or office.registry.unit(subject.unit_id).valid_on(day))
    ]


def _recent_runs(office: Office) -> list[Run]:
    """The last nightly runs with their plans."""
    runs = office.archive.runs(RUNS_CONSIDERED)
    return [office.archive.run(run.id) for run in runs if run.kind is RunKind.NIGHTLY]
