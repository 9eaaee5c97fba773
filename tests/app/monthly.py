"""A small banner for the tests of a month: three units, looked at night after night."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.judge import judge_everything
from app.office import Office
from config.init import DATABASE
from config.load import load_rubrics
from config.settings import Settings
from domain.clock import BEIJING
from domain.looks import LookKind, Observation, RunKind
from domain.readings import AccountReading, DateSource, ListReading, ListRow, PageState, Post, Reading
from domain.units import (
    Account,
    Column,
    ColumnKind,
    Registration,
    RegistrationState,
    Registry,
    SubjectKind,
    Unit,
    UnitKind,
)
from storage.archive import Archive
from tests.copies import empty_database

RUBRICS = load_rubrics(Path(__file__).parents[2] / "config" / "data")
START = date(2026, 8, 1)
SENDER = "鄂托克旗政务公开领导小组办公室"

UNITS = (
    Unit(id="caizhengju", name="财政局", kind=UnitKind.DEPARTMENT, annex=1),
    Unit(id="wulan", name="乌兰镇", kind=UnitKind.TOWN, annex=1),
    Unit(id="人大办", name="人大办", kind=UnitKind.OTHER, annex=2),
)
COLUMNS = tuple(
    Column(
        id=f"{unit.id}-dt", name="工作动态", kind=ColumnKind.NEWS, url=f"http://portal.example/{unit.id}/dt/",
        unit_id=unit.id, clock="14d", monitored_from=START,
    )
    for unit in UNITS[:2]
)  # fmt: skip
ACCOUNT = Account(
    id="人大-微信", unit_id="人大办", platform="微信", name="人大之声", source="rss",
    url="http://feeds.example/renda", full_coverage=True, monitored_from=START,
)  # fmt: skip
REGISTERED = tuple(
    Registration(unit_id=unit.id, kind=kind, state=RegistrationState.MONITORED, since=START)
    for unit in UNITS
    for kind in ("动态", "政务新媒体")
)
REGISTRY = Registry(units=UNITS, columns=COLUMNS, accounts=(ACCOUNT,), registrations=REGISTERED)
FINANCE, WULAN, RENDA = (COLUMNS[0].subject_id, COLUMNS[1].subject_id, ACCOUNT.subject_id)


def moment(text: str) -> datetime:
    """`2026-10-03 00:00`, Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def office_at(folder: Path, now: str, **changes: Any) -> Office:
    """A deployment with an official database in the folder, standing at a moment."""
    if not (folder / DATABASE).exists():
        empty_database(folder)
    archive = Archive.open(f"sqlite:///{folder / DATABASE}")
    settings = Settings(dir=folder, office_name=SENDER, office_phone="0477-0000000")
    office = Office(
        settings=settings, registry=REGISTRY, rubrics=RUBRICS, archive=archive, clock=lambda: moment(now)
    )
    return replace(office, **changes)


def later(office: Office, now: str) -> Office:
    return replace(office, clock=lambda: moment(now))


def watch(
    office: Office, first: str, nights: int, newest: Mapping[str, date | None], clock: str = "02:00"
) -> None:
    """Look at the subjects every night; `newest` None: no answer. Judges everything afterwards."""
    for number in range(nights):
        at = moment(f"{first} {clock}") + timedelta(days=number)
        run = office.archive.start_run(RunKind.NIGHTLY, (), started_at=at, as_of=None, pid=1)
        batch = [_seen(office, subject, on, at) for subject, on in newest.items()]
        office.archive.record(run, batch)
    judge_everything(office)


def _seen(office: Office, subject_id: str, on: date | None, at: datetime) -> Observation:
    subject = office.registry.subject(subject_id)
    account = isinstance(subject, Account)
    return Observation(
        subject_id=subject_id, kind=SubjectKind.ACCOUNT if account else SubjectKind.COLUMN,
        look=LookKind.OFFICIAL, url=str(getattr(subject, "url", "")), fetched_at=at, wall_at=at,
        state=PageState.OK if on else PageState.FAILED, why="读到列表" if on else "没有应答",
        unit_id=subject.unit_id, reading=_reading(on, at, account=account) if on else None,
        http_status=200 if on else None, window_covered=True,
    )  # fmt: skip


def _reading(on: date, at: datetime, *, account: bool) -> Reading:
    if account:
        posted = datetime.combine(on, datetime.min.time(), BEIJING) + timedelta(hours=9)
        post = Post(id=str(on), title="动态", url=None, published_at=posted)
        return AccountReading(reason="ok", why="", posts=(post,), source_synced_at=at, coverage="full")
    row = ListRow(
        key=f"k{on}", title=f"{on}的动态", url=f"http://portal.example/{on}.html", published_on=on,
        date_source=DateSource.ROW,
    )  # fmt: skip
    return ListReading(state=PageState.OK, why="", rows=(row,))


def fresh(first: str, *subjects: str) -> Mapping[str, date | None]:
    """Updated the day before."""
    return {subject: date.fromisoformat(first) - timedelta(days=1) for subject in subjects}


def names(files: Sequence[Path]) -> list[str]:
    return [file.name for file in files]
