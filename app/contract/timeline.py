"""A unit's year as figures: what its picture on the console is drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pictures.figures import Row, SpanKind, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineSpan:
    kind: SpanKind
    first: date
    last: Annotated[date, "含这一天"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    name: Annotated[str, "栏目、账号或应用；不属于哪一个的另成一行"]
    published: Annotated[Sequence[date], "有更新的日期"]
    spans: Annotated[Sequence[TimelineSpan], "有问题、或无法判定的时段"]
    due: Annotated[date | None, "再没有更新时，在期限内的最后一天"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTimeline:
    unit: str
    unit_name: str
    year: int
    today: Annotated[date, "情况截至哪天"]
    rows: Sequence[TimelineRow]


def timeline_json(unit_id: str, one: Timeline) -> UnitTimeline:
    return UnitTimeline(
        unit=unit_id, unit_name=one.unit, year=one.year, today=one.today, rows=[_row(row) for row in one.rows]
    )


def _row(one: Row) -> TimelineRow:
    spans = [TimelineSpan(kind=span.kind, first=span.first, last=span.last) for span in one.spans]
    return TimelineRow(name=one.name, published=one.days, spans=spans, due=one.due)
