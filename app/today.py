"""What needs somebody today: the console's first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.appeals import AppealRow, appeals
from app.board import Board
from app.clues import reads_clues
from app.event_list import Listed, all_listed, event_slice
from app.naming import subject_named
from app.notice_view import MonthRow, month_row
from app.office import Office
from app.paging import Paged, paged
from app.proposals import Proposal, proposals
from app.warnings import Due, WarningKind
from app.words import TASK_STEPS, TASKS
from domain.clock import Month
from domain.events import EventState
from domain.looks import Run, RunKind
from domain.queries import EventQuery
from domain.records import RunProgress, TaskRow
from domain.units import SubjectKind
from domain.users import User

DAYS = 7
SHOWN = 8
"""How many of a long list stand on the first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """The last nightly run. `took` None: it is at work, or died."""

    run: Run
    progress: RunProgress
    took: timedelta | None

    @property
    def answered(self) -> float | None:
        """Share of looks that got an answer, 0..1; None before the first."""
        done = self.progress.done
        return (done - self.progress.failed) / done if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """`step`: what to do about it; `column`: the id of the column it is about, "" for something else."""

    task: TaskRow
    kind: str
    subject: str
    unit: str
    step: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """`waiting`: the newest events that wait for a person or a second look; `waiting_total`: all of them.

    `overdue_total`: open events whose deadline is over; `unsigned`: what waits for a second person.
    """

    waiting: Sequence[Listed]
    waiting_total: int
    open_total: int
    overdue_total: int
    unsigned: Sequence[Proposal]
    deadlines: Sequence[Due]
    lapses: Sequence[Due]
    unclear: int
    appeals: Sequence[AppealRow]
    tasks: Sequence[OpenTask]
    tasks_total: int
    night: Night | None
    months: Sequence[MonthRow]


def today(office: Office, board: Board, user: User) -> Today:
    """Gather the page; what is about 泄密 only for a user who reads clues. Raises StorageError."""
    secret = reads_clues(office, user)
    waiting, total = event_slice(office, EventQuery(waits=True, secret=secret), first=0, count=SHOWN)
    late = EventQuery(open=True, states=frozenset({EventState.OVERDUE}), secret=secret)
    due = board.due(DAYS)
    tasks = office.archive.tasks()
    return Today(
        waiting=all_listed(office, waiting), waiting_total=total,
        open_total=_count(office, EventQuery(open=True, secret=secret)), overdue_total=_count(office, late),
        unsigned=proposals(office, user),
        deadlines=[one for one in board.due(30) if one.kind is WarningKind.DEADLINE],
        lapses=[one for one in due if one.kind is not WarningKind.DEADLINE],
        unclear=len(board.ahead.unclear), appeals=appeals(office, open_only=True),
        tasks=[_task(office, task) for task in tasks[:SHOWN]], tasks_total=len(tasks), night=_night(office),
        months=_months(office, Month.of_day(board.day)),
    )  # fmt: skip


def open_tasks(office: Office, page: int = 1) -> Paged[OpenTask]:
    """All that has to be seen to, as opened; the page from 1 on. Raises StorageError."""
    found = paged(office.archive.tasks(), page)
    rows = [_task(office, task) for task in found.rows]
    return Paged(rows=rows, total=found.total, at=found.at, pages=found.pages)


def _count(office: Office, query: EventQuery) -> int:
    return event_slice(office, query, first=0, count=0)[1]


def _task(office: Office, task: TaskRow) -> OpenTask:
    units = {unit.id: unit.name for unit in office.registry.units}
    name = subject_named(office, task.subject)[0] if ":" in task.subject else task.subject
    kind, _, subject_id = task.subject.partition(":")
    watched = kind == SubjectKind.COLUMN and office.registry.watches(task.subject)
    return OpenTask(
        task=task, kind=TASKS.get(task.kind, task.kind), subject=name, unit=units.get(task.unit_id or "", ""),
        step=TASK_STEPS.get(task.kind, ""), column=subject_id if watched else "",
    )  # fmt: skip


def _night(office: Office) -> Night | None:
    run = office.archive.newest_run(RunKind.NIGHTLY)
    if run is None:
        return None
    took = run.finished_at - run.started_at if run.finished_at is not None else None
    return Night(run=run, progress=office.archive.progress(run.id), took=took)


def _months(office: Office, running: Month) -> list[MonthRow]:
    """The month before, which is being told of, and this one."""
    return [month_row(office, month) for month in (running.previous(), running)]
