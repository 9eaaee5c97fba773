"""Short ways to make domain objects in tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from domain.clock import BEIJING
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind, SeenRow
from domain.readings import DatedBy, DateSource, PageState, Reading
from domain.rubric import CountBy, Mode, Test
from domain.units import SubjectKind

URL = "http://portal.example/dt/"


def at(day: str, clock: str = "02:00") -> datetime:
    """A Beijing moment, in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=BEIJING).astimezone(UTC)


def stale_test(*, days: int | None = 14, months: int | None = None, mode: Mode = Mode.AUTO) -> Test:
    limits = {"days": days} if months is None else {"months": months}
    return Test(
        id="A1-18a", clause_id="A1-18", item="工作动态", mode=mode, monitor="column.stale",
        kinds=("动态",), limits={k: v for k, v in limits.items() if v is not None}, per=Decimal(2),
        count_by=CountBy.MONTH,
    )  # fmt: skip


def look(
    number: int, when: datetime, *, newest: date | None = None, state: PageState = PageState.OK,
    kind: LookKind = LookKind.OFFICIAL, official: bool | None = None, conditional: bool = False,
    status: int | None = 200, rows: int = 10, reading: Reading | None = None, run: int | None = 1,
    covered: bool = True, subject: SubjectKind = SubjectKind.COLUMN,
) -> Look:  # fmt: skip
    return Look(
        id=number, subject_id=f"{subject}:dt", kind=subject, look=kind,
        official=kind is not LookKind.ON_DEMAND if official is None else official, at=when, wall_at=when,
        url=URL, state=state, why=f"look {number}", http_status=status, conditional=conditional,
        newest_on=newest, row_count=rows, window_covered=covered, reading=reading, run_id=run,
    )  # fmt: skip


def row(key: str, on: date | None, first_seen: datetime, others: Sequence[date] = ()) -> SeenRow:
    return SeenRow(
        subject_id="column:dt", key=key, title=key, url=f"{URL}{key}.html", published_on=on,
        date_source=DateSource.ROW if on else None,
        others=tuple(DatedBy(on=other, source=DateSource.PAGE) for other in others),
        first_seen_at=first_seen,
    )  # fmt: skip


def finding(
    number: int, when: datetime, verdict: Verdict, *, accuses: bool = True, **more: object
) -> Finding:
    return Finding(
        unit_id="u", subject_id="column:dt", clause_id="A1-18", test_id="A1-18a", observation_id=number,
        at=when, verdict=verdict, accuses=accuses, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def days(start: str, count: int, clock: str = "02:00") -> list[datetime]:
    first = at(start, clock)
    return [first + timedelta(days=n) for n in range(count)]
