"""Short ways to make what the archive stores."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.events import Event, EventState, Sighting
from domain.findings import Verdict
from domain.looks import LookKind, Observation, PlannedLook, Run, RunKind
from domain.readings import DateSource, ListReading, ListRow, PageState
from domain.units import SubjectKind
from storage.archive import Archive

NIGHT = datetime(2026, 10, 9, 18, tzinfo=UTC)  # 02:00 of 10 October in Beijing


def night(number: int) -> datetime:
    """The crawl of the number-th night after the first."""
    return NIGHT + timedelta(days=number)


def start(archive: Archive, plan: Sequence[PlannedLook] = (), kind: RunKind = RunKind.NIGHTLY) -> Run:
    return archive.start_run(kind, plan, started_at=NIGHT, as_of=None, pid=1)


def planned(subject: str = "column:dt", **more: Any) -> PlannedLook:
    return PlannedLook(
        subject_id=subject, kind=SubjectKind.COLUMN, url=f"http://portal.example/{subject}", **more
    )


def row(key: str, on: date | None, **more: Any) -> ListRow:
    return ListRow(**{
        "key": key, "title": f"标题{key}", "url": f"http://portal.example/{key}",
        "published_on": on, "date_source": DateSource.ROW if on else None, **more,
    })  # fmt: skip


def seen(
    at: datetime, rows: Sequence[ListRow] | None = None, subject: str = "column:dt", **more: Any
) -> Observation:
    """A good look at a list, unless told otherwise."""
    reading = None if rows is None else ListReading(state=PageState.OK, why="", rows=tuple(rows))
    return Observation(**{
        "subject_id": subject, "kind": SubjectKind.COLUMN, "look": LookKind.OFFICIAL, "unit_id": "caizhengju",
        "url": "http://portal.example/dt/", "fetched_at": at, "wall_at": at, "state": PageState.OK,
        "why": "读到列表", "reading": reading, "http_status": 200, **more,
    })  # fmt: skip


def unmodified(at: datetime, subject: str = "column:dt", **more: Any) -> Observation:
    return seen(at, None, subject, **{"http_status": 304, "conditional": True, "why": "304", **more})


def record(archive: Archive, *batch: Observation, run: Run | None = None) -> list[int]:
    """Record in a run of its own, unless one is given."""
    return archive.record(run or start(archive), batch)


def event(*sightings: tuple[datetime, int], **more: Any) -> Event:
    made = tuple(Sighting(at=at, observation_id=id_, verdict=Verdict.BREACH) for at, id_ in sightings)
    return Event(**{
        "unit_id": "caizhengju", "subject_id": "column:dt", "clause_id": "A1-18", "test_id": "A1-18a",
        "sightings": made, "measured": "15 天", "limit": "14 天", "why": "最新一条为9月25日",
        "state": EventState.SUSPECTED, **more,
    })  # fmt: skip
