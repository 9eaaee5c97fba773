"""A September closed and told of on 9 October: what the tests of rectification and appeals begin with."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.months import close, issue
from app.office import Office
from domain.clock import Month
from domain.events import Event
from tests.app.monthly import FINANCE, RENDA, WULAN, later, office_at, watch
from tests.copies import copied

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
OLD, NEW = date(2026, 8, 30), date(2026, 9, 16)
DEADLINE = date(2026, 10, 22)  # ten working days after 9 October; the 10th is a make-up Saturday
APPEAL_UNTIL = date(2026, 10, 15)


def told_office(folder: Path, deadline: date | None = None) -> Office:
    """Finance and an annex-2 account fell silent in September, and a notice says so; the town kept up."""
    copied(folder, _told, deadline)
    return office_at(folder, "2026-10-09 09:00")


def _told(folder: Path, deadline: date | None) -> None:
    made = office_at(folder, "2026-10-03 00:00")
    watch(made, "2026-09-10", 1, {FINANCE: OLD, RENDA: OLD, WULAN: date(2026, 9, 8)})
    watch(made, "2026-09-20", 4, {FINANCE: OLD, RENDA: OLD, WULAN: NEW})
    out = folder / "out"
    close(made, SEPTEMBER, out, "王五")
    issued = later(made, "2026-10-09 09:00")
    issue(issued, SEPTEMBER, 9, date(2026, 10, 9), deadline, "王五", out)
    made.archive.close()


def seen(
    office: Office, now: str, night: str, newest: Mapping[str, date | None], clock: str = "02:00"
) -> Office:
    """The office at `now`, after one more night."""
    at = later(office, now)
    watch(at, night, 1, newest, clock=clock)
    return at


def event_of(office: Office, subject: str) -> Event:
    """The first event of a subject."""
    return office.archive.events(subject_id=subject)[0]
