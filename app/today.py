"""What needs somebody today: the console's first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.appeals import AppealRow, appeals
from app.board import Board
from app.event_list import Listed, all_listed
from app.naming import subject_named
from app.office import Office
from app.warnings import Due, WarningKind
from app.words import TASKS
from domain.clock import Month
from domain.looks import Run, RunKind
from domain.queries import EventQuery
from domain.records import NoticeRow, RunProgress, TaskRow

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
class MonthState:
    """How far the last month is: open, closed, issued (`notice`)."""

    month: Month
    closed: bool
    notice: NoticeRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    task: TaskRow
    kind: str
    subject: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """`waiting`: the newest events that wait for a person or a second look; `waiting_total`: all of them."""

    waiting: Sequence[Listed]
    waiting_total: int
    open_total: int
    deadlines: Sequence[Due]
    lapses: Sequence[Due]
    unclear: int
    appeals: Sequence[AppealRow]
    tasks: Sequence[OpenTask]
    tasks_total: int
    night: Night | None
    months: Sequence[MonthState]


def today(office: Office, board: Board) -> Today:
    """Gather the page. Raises StorageError."""
    waiting, total = office.archive.event_page(EventQuery(waits=True), first=0, count=SHOWN)
    _, open_total = office.archive.event_page(EventQuery(open=True), first=0, count=0)
    due = board.due(DAYS)
    tasks = office.archive.tasks()
    return Today(
        waiting=all_listed(office, waiting), waiting_total=total, open_total=open_total,
        deadlines=[one for one in board.due(30) if one.kind is WarningKind.DEADLINE],
        lapses=[one for one in due if one.kind is not WarningKind.DEADLINE],
        unclear=len(board.ahead.unclear), appeals=appeals(office, open_only=True),
        tasks=[_task(office, task) for task in tasks[:SHOWN]], tasks_total=len(tasks), night=_night(office),
        months=_months(office, Month.of_day(board.day)),
    )  # fmt: skip


def _task(office: Office, task: TaskRow) -> OpenTask:
    units = {unit.id: unit.name for unit in office.registry.units}
    name = subject_named(office, task.subject)[0] if ":" in task.subject else task.subject
    return OpenTask(
        task=task, kind=TASKS.get(task.kind, task.kind), subject=name, unit=units.get(task.unit_id or "", "")
    )


def _night(office: Office) -> Night | None:
    run = office.archive.newest_run(RunKind.NIGHTLY)
    if run is None:
        return None
    took = run.finished_at - run.started_at if run.finished_at is not None else None
    return Night(run=run, progress=office.archive.progress(run.id), took=took)


def _months(office: Office, running: Month) -> list[MonthState]:
    """This month and the one before."""
    closed = office.archive.closures()
    return [
        MonthState(month=month, closed=month in closed, notice=office.archive.notice_of(month))
        for month in (running, running.previous())
    ]
