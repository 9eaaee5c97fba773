"""The on-demand check of one unit: an answer while someone is on the phone.

A crawl that is at work serves it between its own looks; else a child of its own does.
"""

import os
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.assess import assess
from app.by_hand import ByHand, by_hand
from app.clues import secret_clauses
from app.crawls import bury_dead
from app.office import Office, open_office
from app.processes import Child, alive
from domain.errors import CrawlError, ZwgkError
from domain.findings import Finding
from domain.looks import Look, RunKind
from domain.records import CheckRow
from domain.scores import Tally
from domain.units import Column, Unit

PATIENCE_S = 40.0
"""After so long without an answer the check is given up; usually it takes less than fifteen seconds."""

POLL_S = 0.1
ANSWERED = frozenset({"ok", "undated", "empty"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFinding:
    """A finding as it stands after the check. `event_id`: the open event it belongs to."""

    finding: Finding
    event_id: int | None
    looks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found. `official` is False until the office adopts it; `unseen`: not reached in time.

    `by_hand`: accounts that no check can reach, and their last attestation.
    """

    check_id: int
    unit_id: str
    unit_name: str
    official: bool
    as_of: datetime
    coverage: Tally
    findings: tuple[CheckedFinding, ...]
    looks: tuple[Look, ...]
    unseen: tuple[str, ...]
    by_hand: tuple[ByHand, ...]
    seconds: float


def run_check(office: Office, unit_id: str, *, as_of: datetime | None = None) -> CheckReport:
    """Look at a unit's own columns, newest documents, accounts and apps now, and judge.

    Raises InputError for an unknown unit, NotSimulationError, CrawlError when no answer came.
    """
    unit = office.unit(unit_id)
    moment, started = office.moment(as_of), time.monotonic()
    check_id = _answered(office, unit.id, started)
    return _report(office, unit, check_id, moment, time.monotonic() - started)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckState:
    """How far a check is. `seen` of `planned` own subjects looked at; `report` once it is answered."""

    row: CheckRow
    unit: Unit
    planned: int
    seen: int
    report: CheckReport | None

    @property
    def done(self) -> bool:
        return self.row.done_at is not None


def start_check(office: Office, unit_id: str) -> int:
    """Queue a look at a unit and see to it, in a thread, that somebody answers; its number at once.

    A check of the unit that is not answered yet is given instead. Raises InputError for an unknown unit.
    """
    unit = office.unit(unit_id)
    waiting = office.archive.open_check(unit.id)
    if waiting is not None and office.clock() - waiting.asked_at < timedelta(seconds=PATIENCE_S):
        return waiting.id
    check_id = office.archive.ask_check(unit.id, office.clock())
    attended_apart(office, check_id)
    return check_id


def attended_apart(office: Office, check_id: int) -> None:
    """See to it, in a thread, that somebody answers a queued check."""
    folder = office.settings.dir
    threading.Thread(target=attend, args=(folder, check_id), name=f"check {check_id}", daemon=True).start()


def attend(folder: Path, check_id: int) -> None:
    """Wait until a queued check is answered, with an office of its own; why it failed stands in its row."""
    office = open_office(folder)
    with office.archive:
        try:
            _attended(office, check_id)
        except ZwgkError as error:
            if office.archive.check(check_id).done_at is None:
                office.archive.finish_check(check_id, office.clock(), str(error))


def _attended(office: Office, check_id: int) -> None:
    """Start a child of our own while nobody is at work to take it."""
    started, child = time.monotonic(), None
    try:
        while office.archive.check(check_id).done_at is None:
            if child is not None and child.process.poll() is not None:
                _ended(office, child)
                child = None
            if child is None and not _served(office):
                child = _own_child(office)
            if time.monotonic() - started > PATIENCE_S:
                raise CrawlError(f"检查在 {PATIENCE_S:.0f} 秒内没有完成。请稍后再试，或查看正在运行的抓取。")
            time.sleep(POLL_S)
    finally:
        if child is not None:
            child.close()


def check_state(office: Office, check_id: int) -> CheckState:
    """How far a check is, and what it found. Raises InputError for an unknown one."""
    row = office.archive.check(check_id)
    unit = office.unit(row.unit_id)
    own = {subject.subject_id for subject in office.registry.subjects_of(unit.id)}
    looks = office.archive.looks_in_run(row.run_id) if row.run_id is not None else []
    seen = {look.subject_id for look in looks if look.check_id == check_id}
    report = None
    if row.done_at is not None and not row.error:
        took = (row.done_at - row.asked_at).total_seconds()
        report = _report(office, unit, check_id, office.now(), took)
    return CheckState(row=row, unit=unit, planned=len(own), seen=len(own & seen), report=report)


def _answered(office: Office, unit_id: str, started: float) -> int:
    """Queue the check and wait until it is done; a child of our own where nobody is at work to take it."""
    check_id = office.archive.ask_check(unit_id, office.clock())
    child: Child | None = None
    try:
        while (row := office.archive.check(check_id)).done_at is None:
            if child is not None and child.process.poll() is not None:
                _ended(office, child)
                child = None
            if child is None and not _served(office):
                if row.claimed_at is not None:  # by a crawl that died with it
                    office.archive.finish_check(check_id, office.clock(), "抓取进程中断，已重新排队")
                    check_id = office.archive.ask_check(unit_id, office.clock())
                child = _own_child(office)
            if time.monotonic() - started > PATIENCE_S:
                raise CrawlError(f"检查在 {PATIENCE_S:.0f} 秒内没有完成。请稍后再试，或查看正在运行的抓取。")
            time.sleep(POLL_S)
    finally:
        if child is not None:
            child.close()
    if row.error:
        raise CrawlError(f"检查没有完成：{row.error}")
    return check_id


def _served(office: Office) -> bool:
    """Is a crawl at work that will take the check from the queue?"""
    runs = (office.archive.unfinished_run(kind) for kind in (RunKind.NIGHTLY, RunKind.ON_DEMAND))
    return any(run is not None and alive(run, office.clock()) for run in runs)


def _own_child(office: Office) -> Child:
    bury_dead(office, RunKind.ON_DEMAND)
    as_of = office.now() if office.archive.simulation else None
    run = office.archive.start_run(
        RunKind.ON_DEMAND, (), started_at=office.clock(), as_of=as_of, pid=os.getpid()
    )
    return Child.start(office.settings.dir, run.id)


def _ended(office: Office, child: Child) -> None:
    """A child that ended well left the check to another; one that failed says why."""
    said = [message["end"] for message in child.messages() if "end" in message]
    code, last = child.process.returncode, "\n".join(child.tail)
    child.close()
    if code != 0:
        bury_dead(office, RunKind.ON_DEMAND)
        raise CrawlError(str(said[-1]["error"]) if said else f"检查进程中断（返回码 {code}）。{last}")


def _report(office: Office, unit: Unit, check_id: int, moment: datetime, seconds: float) -> CheckReport:
    row = office.archive.check(check_id)
    looks = tuple(
        look for look in (office.archive.looks_in_run(row.run_id) if row.run_id else ())
        if look.check_id == check_id
    )  # fmt: skip
    seen = {look.subject_id for look in looks}
    hands = by_hand(office, moment, unit.id)
    left = {one.subject_id for one in office.registry.accounts if one.by_hand}
    own = [s.subject_id for s in office.registry.subjects_of(unit.id) if s.subject_id not in left]
    return CheckReport(
        check_id=check_id, unit_id=unit.id, unit_name=unit.name, official=row.adopted_at is not None,
        as_of=max((look.at for look in looks), default=moment),
        coverage=Tally(due=len(own), answered=sum(look.subject_id in own and _good(look) for look in looks)),
        findings=_findings(office, unit), looks=looks, seconds=seconds,
        unseen=tuple(one for one in own if one not in seen), by_hand=tuple(hands),
    )  # fmt: skip


def _good(look: Look) -> bool:
    return look.state.value in ANSWERED


def _findings(office: Office, unit: Unit) -> tuple[CheckedFinding, ...]:
    """The latest finding of every test on the unit's own subjects and on shared columns."""
    shared = [s for s in office.registry.subjects if isinstance(s, Column) and s.shared]
    found, secret = [], secret_clauses(office)  # a check's page is for everybody
    for subject in (*office.registry.subjects_of(unit.id), *shared):
        for one in assess(office, subject):
            if (
                one.case.unit_id == unit.id
                and one.latest is not None
                and one.case.test.clause_id not in secret
            ):
                event = next((event.id for event in one.events if event.open), None)
                found.append(CheckedFinding(finding=one.latest, event_id=event, looks=len(one.findings)))
    return tuple(found)
