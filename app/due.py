"""When each subject is due, purely: nightly windows in Asia/Shanghai, jitter, what a finished run settles."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256

from domain.clock import BEIJING, local_day
from domain.looks import Run, RunOutcome
from domain.records import DueRow
from domain.rectification import GRACE

NIGHTLY = "每晚监测"
FIRST = "新登记，首次监测"
DEADLINE = "整改到期，24时复查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The hours of the night in which looks begin, Beijing time. `end` before `start`: past midnight."""

    start: time
    end: time

    @classmethod
    def parse(cls, start: str, end: str) -> "Window":
        """Read the settings' `01:00` and `05:00`."""
        return cls(start=time.fromisoformat(start), end=time.fromisoformat(end))

    def opens(self, day: date) -> datetime:
        """When the night that begins on a Beijing day opens, UTC."""
        return datetime.combine(day, self.start, BEIJING).astimezone(UTC)

    def closes(self, day: date) -> datetime:
        """When the night that begins on a Beijing day closes, UTC; after it has opened in any case."""
        last = day if self.end > self.start else day + timedelta(days=1)
        return datetime.combine(last, self.end, BEIJING).astimezone(UTC)

    def night_of(self, at: datetime) -> date:
        """The Beijing day on which the night that opened last before the moment began."""
        day = local_day(at)
        return day if self.opens(day) <= at else day - timedelta(days=1)


def due_at(subject_id: str, night: date, window: Window) -> datetime:
    """The subject's moment in a night: spread over the window, the same whenever it is asked."""
    digest = sha256(f"{subject_id} {night}".encode()).digest()
    share = int.from_bytes(digest[:6], "big") / 2**48
    opens, length = _hours(window, night)
    return opens + timedelta(seconds=int(length * share))


@lru_cache(maxsize=16)
def _hours(window: Window, night: date) -> tuple[datetime, float]:
    """When the night opens, and its seconds: asked once for thousands of subjects."""
    opens = window.opens(night)
    return opens, (window.closes(night) - opens).total_seconds()


def next_due(subject_id: str, after: datetime, window: Window) -> datetime:
    """The subject's first moment later than `after`."""
    day = local_day(after) - timedelta(days=1)
    while (moment := due_at(subject_id, day, window)) <= after:
        day += timedelta(days=1)
    return moment


def began(run: Run) -> datetime:
    """When the run began in judged time."""
    return run.as_of or run.started_at


def settles(run: Run, row: DueRow, window: Window) -> bool:
    """Has this run (with its plan) done what was due? It began that night or later, and was completed.

    A deadline look is one after the deadline: a run that began before it does not count.
    """
    first = row.due_at if row.reason == DEADLINE else window.opens(window.night_of(row.due_at))
    if run.outcome is not RunOutcome.DONE or began(run) < first:
        return False
    return any(look.subject_id == row.subject_id for look in run.plan)


def settled(rows: Iterable[DueRow], runs: Collection[Run], window: Window) -> dict[str, datetime]:
    """Subjects whose due look was made -> their moment in the night after the latest such run's."""
    done: dict[str, datetime] = {}
    for row in rows:
        looked = [began(run) for run in runs if settles(run, row, window)]
        if looked:
            night_end = window.closes(window.night_of(max(looked)))
            done[row.subject_id] = next_due(row.subject_id, max(row.due_at, night_end), window)
    return done


def renewed(
    table: Mapping[str, DueRow], watched: Collection[str], at: datetime, window: Window
) -> dict[str, DueRow]:
    """The table with every watched subject in it and no other; new ones are due in the coming night."""
    return {
        subject_id: table.get(subject_id)
        or DueRow(subject_id=subject_id, due_at=next_due(subject_id, at, window), reason=FIRST)
        for subject_id in watched
    }


def with_deadline(row: DueRow, deadline: datetime, looked: bool, window: Window) -> DueRow:
    """The row, or an extra look at the deadline itself where no night would make one in time.

    `deadline`: 24:00 of the deadline day; a night that opens then or later and looks within the grace will
    do. `looked`: a completed run began after it.
    """
    served = window.opens(window.night_of(row.due_at)) >= deadline and row.due_at <= deadline + GRACE
    if looked or served or row.due_at <= deadline:
        return row
    return DueRow(subject_id=row.subject_id, due_at=deadline, reason=DEADLINE)
