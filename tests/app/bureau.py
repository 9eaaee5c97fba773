"""A small deployment for tests: real files, real SQLite, looks recorded directly."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.judge import judge_everything
from app.office import Office
from config.init import DATABASE, init_folder
from config.load import load_rubrics, load_settings
from domain.looks import LookKind, Observation, Run, RunKind, RunOutcome
from domain.readings import DatedBy, DateSource, DocumentReading, ListReading, ListRow, PageState
from domain.scores import Occurrence
from domain.units import (
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

HOST = "http://portal.example"
SINCE = date(2026, 1, 1)
CZJ = Unit(id="czj", name="财政局", kind=UnitKind.DEPARTMENT, annex=1, aliases=("某旗财政局",))
JYJ = Unit(id="jyj", name="教育体育局", kind=UnitKind.DEPARTMENT, annex=1)
NEWS = Column(
    id="czj-dt", name="工作动态", kind=ColumnKind.NEWS, url=f"{HOST}/czj/dt/", unit_id="czj",
    monitored_from=SINCE, clock="14d",
)  # fmt: skip
NOTES = Column(
    id="czj-tz", name="通知公告", kind=ColumnKind.ANNOUNCEMENTS, url=f"{HOST}/czj/tz/", unit_id="czj",
    monitored_from=SINCE, clock="14d",
)  # fmt: skip
SHARED = Column(
    id="qi-zc", name="政策文件", kind=ColumnKind.POLICY, url=f"{HOST}/zc/", monitored_from=SINCE, clock="6m"
)  # fmt: skip
ON_SHARED = tuple(
    Registration(unit_id=unit.id, kind="政策文件", state=RegistrationState.MONITORED, since=SINCE)
    for unit in (CZJ, JYJ)
)


@dataclass
class Bureau:
    """An office with a simulation's archive; `see` records one official look in a run of its own."""

    folder: Path
    registry: Registry = field(
        default_factory=lambda: Registry(
            units=(CZJ, JYJ), columns=(NEWS, NOTES, SHARED), registrations=ON_SHARED
        )
    )

    def __post_init__(self) -> None:
        init_folder(self.folder, simulation=True)
        empty_database(self.folder)
        self.archive = Archive.open(f"sqlite:///{self.folder / DATABASE}")
        self.archive.mark_simulation()
        self.settings = load_settings(self.folder)
        self.rubrics = load_rubrics(self.folder)

    @property
    def office(self) -> Office:
        return Office(
            settings=self.settings, registry=self.registry, rubrics=self.rubrics, archive=self.archive
        )  # fmt: skip

    def run(self, at: datetime, kind: RunKind = RunKind.NIGHTLY) -> Run:
        return self.archive.start_run(kind, (), started_at=at, as_of=at, pid=1)

    def see(self, *seen: Observation, run: Run | None = None) -> Run:
        run = run or self.run(seen[0].fetched_at)
        self.archive.record(run, seen)
        self.archive.finish_run(run, RunOutcome.DONE, seen[-1].fetched_at)
        return run

    def judge(self) -> None:
        judge_everything(self.office)

    def story(self) -> list[dict[str, Any]]:
        """Every stored event without numbers: what must not depend on the order of arrival."""
        names = (
            "unit_id",
            "subject_id",
            "test_id",
            "opened_at",
            "confirmed_at",
            "closed_at",
            "state",
            "held",
        )
        events = ({name: getattr(event, name) for name in names} for event in self.archive.events())
        return sorted(events, key=str)


def listed(
    column: Column, when: datetime, *dates: date, state: PageState = PageState.OK,
    others: Sequence[date] = (), **more: Any,
) -> Observation:  # fmt: skip
    """A look at a column showing rows of these dates, one address a date."""
    rows = tuple(
        ListRow(
            key=f"{column.url}{on}.html", title=f"信息{on}", url=f"{column.url}{on}.html", published_on=on,
            date_source=DateSource.ROW,
            others=tuple(DatedBy(on=other, source=DateSource.PAGE) for other in others),
        )
        for on in dates
    )  # fmt: skip
    given: dict[str, Any] = {
        "subject_id": column.subject_id, "kind": SubjectKind.COLUMN, "look": LookKind.OFFICIAL,
        "url": column.url, "unit_id": column.unit_id, "fetched_at": when, "wall_at": when, "state": state,
        "why": "读到列表", "reading": ListReading(state=state, why="读到列表", rows=rows),
        "http_status": 200, "window_covered": True, **more,
    }  # fmt: skip
    return Observation(**given)


def read(column: Column, on: date, when: datetime, reading: DocumentReading, **more: Any) -> Observation:
    """A look at the document behind the column's row of that date."""
    url = f"{column.url}{on}.html"
    given: dict[str, Any] = {
        "subject_id": f"document:{column.id}-{on}", "kind": SubjectKind.DOCUMENT, "look": LookKind.OFFICIAL,
        "url": url, "unit_id": column.unit_id, "parent_id": column.subject_id, "fetched_at": when,
        "wall_at": when, "state": PageState.OK, "why": "读到文件", "reading": reading, "http_status": 200,
        **more,
    }  # fmt: skip
    return Observation(**given)


def costs(found: Sequence[Occurrence]) -> list[tuple[str, str, str, str]]:
    return sorted((o.unit_id, o.test_id, str(o.month), str(o.points)) for o in found)
