"""What a picture is made from, and what is handed to the drawing: plain facts, no drawing library."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

Marks = Mapping[str, Sequence[Mapping[str, Any]]]


class SpanKind(StrEnum):
    UNKNOWN = "无法判定"  # nobody looked, or no look gave an answer
    SUSPECTED = "疑似"
    CONFIRMED = "已确认"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from `first` to `last`, both included."""

    kind: SpanKind
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One watched thing. `days`: with publications; `due`: the last day in time if nothing more comes."""

    name: str
    days: tuple[date, ...] = ()
    spans: tuple[Span, ...] = ()
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A calendar year of a unit's rows. `today`: how far things are known, in the year or not."""

    unit: str
    year: int
    today: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """So much in a month (1 to 12) by one cause: a clause, a place."""

    month: int
    cause: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Amounts by the months of a year. `measure`: what is counted, as the axis says it; `causes`: in order.

    `until`: the last month that is known; `note`: what stands beside the months, "" for nothing.
    """

    title: str
    measure: str
    year: int
    until: int
    causes: tuple[str, ...]
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture to the last mark, as it goes to the process that draws it; all JSON.

    `chart`: which of pictures.charts draws it; sizes in pixels, `left`, `top`, `right`, `bottom` around the
    plot; `title`, `text`: for those who do not see it.
    """

    chart: str
    width: int
    height: int
    left: int
    top: int
    right: int
    bottom: int
    title: str
    text: str
    marks: Marks
