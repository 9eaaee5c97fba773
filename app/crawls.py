"""The nightly crawl: start it, or go on with one whose process died; never two at a time."""

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.judge import judge_run
from app.office import Office
from app.plans import plan_night
from app.processes import LEASE, Child, alive, lease_holder
from domain.clock import BEIJING, local_day
from domain.errors import CrawlError, RefusedError
from domain.looks import Run, RunKind, RunOutcome

TOO_OLD = timedelta(hours=12)
"""A run left unfinished longer than this is closed, not gone on with: its plan is of another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A look just made. `planned` grows while documents are found; `failed`: looks without an answer."""

    run_id: int
    planned: int
    done: int
    failed: int
    subject_id: str
    state: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """How a crawl ended. `resumed`: it went on with a run whose process had died."""

    run_id: int
    outcome: RunOutcome
    planned: int
    done: int
    failed: int
    resumed: bool
    started_at: datetime
    as_of: datetime | None


def run_crawl(
    office: Office,
    *,
    units: Collection[str] = (),
    only: Collection[str] | None = None,
    as_of: datetime | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunReport:
    """Crawl everything registered, or only some units' own subjects or `only` some subjects, and judge it.

    Goes on with the last run if it died or was stopped within twelve hours. Ctrl-C stops it in an orderly
    way (outcome stopped). Raises RefusedError while another crawl is at work, NotSimulationError for
    `as_of` in an official database, InputError for an unknown unit, ConfigError for a file of keys that
    others may read, CrawlError when its process failed.
    """
    unit_ids = tuple(office.unit(unit_id).id for unit_id in units)
    refuse_if_alive(office)
    office.credentials()  # a file that others may read is told here, before anything starts
    moment = office.moment(as_of)
    run, resumed = _run_for(office, unit_ids, only, moment)
    end = _follow(office, run, progress)
    if end.get("outcome") is None:
        raise CrawlError(str(end["error"]))
    counts = office.archive.progress(run.id)
    return RunReport(
        run_id=run.id, outcome=RunOutcome(str(end["outcome"])), planned=max(counts.planned, counts.done),
        done=counts.done, failed=counts.failed, resumed=resumed, started_at=run.started_at, as_of=run.as_of,
    )  # fmt: skip


def refuse_if_alive(office: Office) -> None:
    """Raises RefusedError when a nightly crawl is at work, saying which and since when."""
    run = office.archive.unfinished_run(RunKind.NIGHTLY)
    if run is not None and alive(run, office.clock()):
        since = f"{run.started_at.astimezone(BEIJING):%Y-%m-%d %H:%M}"
        raise RefusedError(
            f"第 {run.id} 次抓取自 {since} 起正在运行（进程 {run.pid}），不能同时再开一个。"
            "请等它结束，或先停止它。"
        )


def bury_dead(office: Office, kind: RunKind, *, keep: Run | None = None) -> None:
    """Close unfinished runs of the kind whose process is gone, and free the crawl lease they held."""
    _free_lease(office)
    while (run := office.archive.unfinished_run(kind)) is not None:
        if (keep is not None and run.id == keep.id) or alive(run, office.clock()):
            return
        office.archive.finish_run(run, RunOutcome.DIED, office.clock())
        office.archive.release_lease(LEASE, lease_holder(run))


def _free_lease(office: Office) -> None:
    """Free the lease of a nightly run whose process is gone; the run itself may be gone on with."""
    run = office.archive.unfinished_run(RunKind.NIGHTLY)
    if run is not None and not alive(run, office.clock()):
        office.archive.release_lease(LEASE, lease_holder(run))


def _run_for(
    office: Office, units: tuple[str, ...], only: Collection[str] | None, moment: datetime
) -> tuple[Run, bool]:
    """The run to make: the rest of one that died or was stopped, or a new one."""
    archive = office.archive
    bury_dead(office, RunKind.ON_DEMAND)
    plan = plan_night(office, local_day(moment), units, only)
    left = None if units or only is not None else _left(office, moment)
    if left is None:
        _settle(office)
    bury_dead(office, RunKind.NIGHTLY, keep=left)
    if left is not None:
        archive.extend_plan(left, plan)  # the registry may have grown since
        return left, True
    as_of = moment if archive.simulation else None
    pid = os.getpid()  # until the child takes the run over
    return archive.start_run(
        RunKind.NIGHTLY, plan, started_at=office.clock(), as_of=as_of, pid=pid
    ), False  # fmt: skip


def _settle(office: Office) -> None:
    """Judge what the last run saw, if it was cut short and nobody goes on with it: later runs judge the same
    looks, but each only looks for mass changes of its own."""
    run = office.archive.newest_run(RunKind.NIGHTLY)
    if run is not None and run.outcome is not RunOutcome.DONE:
        judge_run(office, run)


def _left(office: Office, moment: datetime) -> Run | None:
    """The newest nightly run, if it was left unfinished a short while ago."""
    nightly = (run for run in office.archive.runs(20) if run.kind is RunKind.NIGHTLY)
    run = next(nightly, None)
    if run is None or run.outcome not in {RunOutcome.RUNNING, RunOutcome.STOPPED}:
        return None
    recent = abs(moment - (run.as_of or run.started_at)) < TOO_OLD
    return office.archive.run(run.id) if recent else None


def _follow(office: Office, run: Run, progress: Callable[[Progress], None] | None) -> dict[str, Any]:
    """Start the child and pass on what it says. Ctrl-C stops it, a second one kills it."""
    child = Child.start(office.settings.dir, run.id)
    end: dict[str, Any] = {}
    stopping = False
    try:
        while True:
            try:
                for message in child.messages():
                    end = message.get("end", end)
                    if progress is not None and "look" in message:
                        progress(_progress(run, message["look"]))
                break
            except KeyboardInterrupt:
                child.kill() if stopping else child.stop()
                stopping = True
    finally:
        child.stop()
        child.close()
    if not end:
        raise CrawlError(_died(run, child))
    return end


def _progress(run: Run, look: dict[str, Any]) -> Progress:
    return Progress(
        run_id=run.id, planned=look["planned"], done=look["done"], failed=look["failed"],
        subject_id=look["subject"], state=look["state"], why=look["why"],
    )  # fmt: skip


def _died(run: Run, child: Child) -> str:
    last = "\n".join(child.tail)
    return (
        f"第 {run.id} 次抓取的进程中断（返回码 {child.process.returncode}），已看到的内容都已保存。"
        f"再次运行 zwgk crawl 会从中断处继续。{last}"
    )
