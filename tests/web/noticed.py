"""A console whose October was closed and told of: what the tests of feedback and appeals begin with."""

from datetime import date, datetime
from pathlib import Path

from app.month_files import Extra
from app.months import close, issue
from app.office import open_office
from domain.clock import BEIJING, Month
from tests.web.office import fill

OCTOBER = Month(2026, 10)
DEADLINE, APPEAL_UNTIL = date(2026, 11, 18), date(2026, 11, 11)


def told_folder(folder: Path) -> None:
    """财政局 (czj) and 教育体育局 (jyj, the office's own) each have one item; it is 4 November."""
    fill(folder)
    office = open_office(folder)
    with office.archive:
        office.archive.advance(at("2026-11-04 09:00"))
        close(office, OCTOBER, folder / "out", "王五")
        plain = Extra(pdf=False, packed=False)
        issue(office, OCTOBER, 9, date(2026, 11, 4), DEADLINE, "王五", folder / "out", plain)


def at(text: str) -> datetime:
    """`2026-11-04 09:00`, Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)
