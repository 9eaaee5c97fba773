"""Short ways to ask the monitors that look at several columns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.findings import Finding
from domain.looks import Look, SeenRow
from domain.readings import PageState
from domain.rubric import CountBy, Mode, Shape, Test
from monitors.case import Case, History, Sheaf
from monitors.catalog import judge
from tests.builders import look

KIND = "政策解读"


def count_test(*, least: int = 1, due: str | None = None, **more: Any) -> Test:
    limits: dict[str, int | str] = {"min": least} | ({"due": due} if due else {})
    given: dict[str, Any] = {"monitor": "column.count", "kinds": (KIND,), "shape": Shape.MINIMUM, **more}
    return Test(
        id="A1-15", clause_id="A1-15", item="年内解读政策", mode=Mode.ASSISTED, limits=limits,
        count_by=CountBy.YEAR, **given,
    )  # fmt: skip


def sheaf(
    looks: Sequence[Look], rows: Sequence[SeenRow], *, kind: str = KIND, name: str = "政策解读",
    units_of: Mapping[str, frozenset[str]] | None = None, until: date | None = None,
) -> Sheaf:  # fmt: skip
    return Sheaf(
        column_id=f"column:{name}", kind=kind, name=name, looks=tuple(looks), rows=tuple(rows),
        units_of=units_of, until=until,
    )  # fmt: skip


def judged(test: Test, *columns: Sheaf, unit: str = "u", names: tuple[str, ...] = ()) -> list[Finding]:
    """Findings of the first column's looks."""
    first = columns[0]
    case = Case(unit_id=unit, subject_id="column:dt", test=test, names=names)
    history = History(looks=first.looks, rows=first.rows, units_of=first.units_of, columns=columns)
    return judge(case, history)


def seen_at(number: int, when: datetime, **more: Any) -> Look:
    """A good look that was paged back over the window."""
    return look(number, when, **{"covered": True, "state": PageState.OK, **more})
