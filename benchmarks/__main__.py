"""A year of nightly looks recorded, judged and scored in a temporary deployment; prints one JSON object."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from app.judge import judge_everything
from app.office import Office
from app.scores import score_all
from config.init import init_folder
from config.load import load_rubrics, load_settings
from demo.simulate.keep import write_registry
from domain.looks import LookKind, Observation, RunKind, RunOutcome
from domain.readings import DateSource, ListReading, ListRow, PageState
from domain.units import Column, ColumnKind, Registry, SubjectKind, Unit, UnitKind
from storage.archive import Archive

FIRST_NIGHT = datetime(2025, 12, 31, 18, 0, tzinfo=UTC)
YEAR_START = date(2026, 1, 1)
KINDS = ((ColumnKind.NEWS, "14d"), (ColumnKind.ANNOUNCEMENTS, "6m"), (ColumnKind.DIRECTORY, "none"))
ROWS = 20
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--units", type=int, default=60)
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--keep", type=Path, help="an empty folder where the deployment stays")
    asked = parser.parse_args()
    if asked.keep is not None:
        print(json.dumps(measure(asked.keep, asked.units, asked.nights), indent=1))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(Path(folder) / "office", asked.units, asked.nights), indent=1))


def measure(folder: Path, units: int, nights: int) -> dict[str, object]:
    """Seconds for each step, and how much there was."""
    init_folder(folder, simulation=True)
    registry = registered(units)
    with Archive.open(f"sqlite:///{folder / 'data' / 'zwgk.db'}") as archive:
        archive.mark_simulation()
        office = Office(
            settings=load_settings(folder), registry=registry, rubrics=load_rubrics(folder), archive=archive
        )
        record_s, _ = timed(lambda: watch_all(office, nights))
        judge_s, events = timed(lambda: judge_everything(office))
        last = YEAR_START + timedelta(days=nights - 1)
        score_s, sheets = timed(lambda: score_all(office, last))
        log_s, verified = timed(archive.verify)
        write_registry(registry, folder / "units")
    return {
        "units": units, "columns": len(registry.columns), "nights": nights,
        "looks": len(registry.columns) * nights, "events": events, "sheets": len(sheets),
        "log_entries": verified.count, "database_mb": round(size(folder) / 1e6, 1),
        "seconds": {
            "record_all": record_s, "judge_all": judge_s, "score_all": score_s, "verify_log": log_s,
        },
    }  # fmt: skip


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Seconds it took, and what it gave."""
    started = time.perf_counter()
    result = call()
    return round(time.perf_counter() - started, 2), result


def registered(count: int) -> Registry:
    """So many departments, each with a column of every kind, judged from the year's first day."""
    units = tuple(
        Unit(id=f"u{n:03}", name=f"单位{n:03}", kind=UnitKind.DEPARTMENT, annex=1) for n in range(count)
    )
    columns = tuple(
        Column(
            id=f"{unit.id}-{number}", name=kind.value, kind=kind, clock=clock, unit_id=unit.id,
            url=f"http://portal.example/{unit.id}/{number}/", monitored_from=YEAR_START,
        )
        for unit in units
        for number, (kind, clock) in enumerate(KINDS)
    )  # fmt: skip
    return Registry(units=units, columns=columns)


def watch_all(office: Office, nights: int) -> None:
    for night in range(nights):
        watch(office, night)


def watch(office: Office, night: int) -> None:
    """One night's run over every column, stored in one batch."""
    at = FIRST_NIGHT + timedelta(days=night)
    archive = office.archive
    run = archive.start_run(RunKind.NIGHTLY, (), started_at=at, as_of=at, pid=1)
    archive.record(run, [seen(column, at, night) for column in office.registry.columns])
    archive.finish_run(run, RunOutcome.DONE, at)


def seen(column: Column, at: datetime, night: int) -> Observation:
    """A look at a column that moves every tenth day, except that each unit rests for its own 40 days."""
    rest = int(column.unit_id[1:]) * 5 % 300 if column.unit_id else 0
    moved = [day for day in range(-10 * ROWS, night + 1, 10) if not rest < day < rest + 40]
    rows = tuple(row(column, YEAR_START + timedelta(days=day)) for day in sorted(moved)[-ROWS:])
    reading = ListReading(state=PageState.OK, why="read", rows=rows)
    return Observation(
        subject_id=column.subject_id, kind=SubjectKind.COLUMN, look=LookKind.OFFICIAL, url=column.url,
        unit_id=column.unit_id, fetched_at=at, wall_at=at, state=PageState.OK, why="read", reading=reading,
        http_status=200, window_covered=True,
    )  # fmt: skip


def row(column: Column, on: date) -> ListRow:
    url = f"{column.url}{on}.html"
    return ListRow(key=url, title=f"信息{on}", url=url, published_on=on, date_source=DateSource.ROW)


def size(folder: Path) -> int:
    """Bytes of the database's files."""
    return sum(file.stat().st_size for file in (folder / "data").iterdir())


if __name__ == "__main__":
    main()
