"""A unit's year, row by row: when something was published, when it was in breach, when nobody could tell.

What a mark means shows in its shape, not only in its colour: thin strokes, full bars, framed bars, a pale
band, a triangle. So it can be read on grey paper and by people who see no red.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pictures.figures import Drawing, Row, Span, SpanKind, Timeline
from pictures.style import shortened

Mark = dict[str, Any]
BAR, BAND, STROKE = 16, 6, 11
"""Heights of a breach, of a time without an answer and of a publication, in pixels."""

NOTHING = "还没有登记栏目、账号和应用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Pixels. `names_left`: names stand left of the rows, else above them. `legend`: places of its entries
    (x from the plot's left edge, line)."""

    plot: int
    left: int
    right: int
    row: int
    names_left: bool
    name_chars: float
    legend: tuple[tuple[int, int], ...]


WIDE = Layout(
    plot=700, left=176, right=90, row=28, names_left=True, name_chars=13,
    legend=((-166, 0), (-88, 0), (46, 0), (156, 0), (346, 0), (530, 0)),
)  # fmt: skip
NARROW = Layout(
    plot=330, left=8, right=12, row=44, names_left=False, name_chars=20,
    legend=((0, 0), (110, 0), (230, 0), (0, 1), (180, 1), (0, 2)),
)  # fmt: skip
LEGEND = (
    ("day", "更新"), ("confirmed", "已确认的问题"), ("suspected", "疑似问题"),
    ("unknown", "没有监测结果（无法判定）"), ("due", "期限：再不更新就超期"), ("today", "今天"),
)  # fmt: skip
LEGEND_LINE, HEAD = 20, 26


def timeline(figure: Timeline, *, narrow: bool = False) -> Drawing:
    """The picture, mark by mark. `narrow`: for a phone."""
    layout = NARROW if narrow else WIDE
    lines = 1 + max(line for _, line in layout.legend)
    height = max(len(figure.rows), 1) * layout.row
    marks: dict[str, list[Mark]] = {name: [] for name in NAMES}
    for number, row in enumerate(figure.rows):
        _row(marks, figure, row, number, layout)
    if not figure.rows:
        marks["words"].append({"x": 0.5, "y": layout.row / 2, "text": NOTHING, "align": "center"})
    _months(marks, figure.year, height)
    _today(marks, figure, height)
    _legend(marks, layout, lines)
    return Drawing(
        chart="timeline", width=layout.plot, height=height, left=layout.left, right=layout.right,
        top=lines * LEGEND_LINE + HEAD + 2, bottom=8, title=f"{figure.unit}{figure.year}年监测时间轴",
        text=said(figure), marks=marks,
    )  # fmt: skip


NAMES = (
    "lines",
    "grid",
    "unknown",
    "suspected",
    "confirmed",
    "days",
    "days_on_dark",
    "due",
    "today",
    "words",
    "small",
)


def said(figure: Timeline) -> str:
    """The picture in a few sentences."""
    if not figure.rows:
        return f"{NOTHING}。"
    return "".join(f"{row.name}：{_row_said(row)}。" for row in figure.rows)


def _row_said(row: Row) -> str:
    parts = [f"{len(row.days)}天有更新"]
    if row.days:
        parts.append(f"最近{row.days[-1]}")
    for kind, words in ((SpanKind.CONFIRMED, "已确认的问题"), (SpanKind.SUSPECTED, "疑似问题")):
        spans = [f"{one.first}至{one.last}" for one in row.spans if one.kind is kind]
        if spans:
            parts.append(f"{words}{'、'.join(spans)}")
    silent = sum((one.last - one.first).days + 1 for one in row.spans if one.kind is SpanKind.UNKNOWN)
    if silent:
        parts.append(f"{silent}天没有监测结果")
    if row.due is not None:
        parts.append(f"不再更新则{row.due}以后超期")
    return "，".join(parts)


def _row(marks: dict[str, list[Mark]], figure: Timeline, row: Row, number: int, layout: Layout) -> None:
    top = number * layout.row
    middle = top + layout.row / 2 if layout.names_left else top + layout.row - BAR / 2 - 4
    marks["lines"].append({"y": top + layout.row})
    name = {"text": shortened(row.name, layout.name_chars)}
    if layout.names_left:
        marks["words"].append({**name, "x": -8 / layout.plot, "y": middle, "align": "right"})
    else:
        marks["words"].append({**name, "x": 0.0, "y": top + 12, "align": "left"})
    for span in row.spans:
        marks[KIND[span.kind]] += _bar(span, figure.year, middle)
    for day in row.days:
        if day.year == figure.year:
            dark = any(s.kind is SpanKind.CONFIRMED and s.first <= day <= s.last for s in row.spans)
            mark = {"x": _middle(day), "day": str(day), **_high(middle, STROKE)}
            marks["days_on_dark" if dark else "days"].append(mark)
    if row.due is not None and row.due >= date(figure.year, 1, 1):
        _due(marks, row.due, figure.year, middle, layout)


def _due(marks: dict[str, list[Mark]], due: date, year: int, middle: float, layout: Layout) -> None:
    """A day beyond the year stands behind its end. On a phone the date stands in the line of the name."""
    inside, pixel = due.year == year, 1 / layout.plot
    x = _middle(due) if inside else 1 + (12 * pixel if layout.names_left else 0)
    marks["due"].append({"x": x, "y": middle, "day": str(due)})
    date_ = {"text": f"{due:%m-%d}" if inside else str(due)}
    if layout.names_left:
        marks["small"].append({**date_, "x": x + 9 * pixel, "y": middle, "align": "left"})
    else:
        over = {"y": middle - layout.row / 2, "align": "right" if x > 0.85 else "left"}
        marks["small"].append({**date_, **over, "x": x})


KIND = {SpanKind.UNKNOWN: "unknown", SpanKind.SUSPECTED: "suspected", SpanKind.CONFIRMED: "confirmed"}


def _bar(span: Span, year: int, middle: float) -> Iterator[Mark]:
    """The part of it that lies in the year, if any."""
    first, last = max(span.first, date(year, 1, 1)), min(span.last, date(year, 12, 31))
    if first <= last:
        size = BAND if span.kind is SpanKind.UNKNOWN else BAR
        ends = {"first": str(first), "last": str(last)}
        yield {
            "x": _start(first, year),
            "x2": _start(last + timedelta(days=1), year),
            **ends,
            **_high(middle, size),
        }


def _high(middle: float, size: float) -> Mark:
    return {"y": middle - size / 2, "y2": middle + size / 2}


def _start(day: date, year: int) -> float:
    """Where the day begins, the year being 0 to 1."""
    first = date(year, 1, 1)
    return (day - first).days / (date(year + 1, 1, 1) - first).days


def _middle(day: date) -> float:
    return (_start(day, day.year) + _start(day + timedelta(days=1), day.year)) / 2


def _months(marks: dict[str, list[Mark]], year: int, height: int) -> None:
    for month in range(1, 13):
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
        marks["grid"].append({"x": _start(first, year), "y": -4, "y2": height})
        x = (_start(first, year) + _start(after, year)) / 2
        marks["small"].append({"x": x, "y": -10, "text": f"{month}月", "align": "center"})
    marks["grid"].append({"x": 1.0, "y": -4, "y2": height})


def _today(marks: dict[str, list[Mark]], figure: Timeline, height: int) -> None:
    if figure.today.year == figure.year:
        marks["today"].append({"x": _middle(figure.today), "y": -4, "y2": height, "day": str(figure.today)})


def _legend(marks: dict[str, list[Mark]], layout: Layout, lines: int) -> None:
    """Each kind of mark once, above the months, with its meaning."""
    for (kind, words), (left, line) in zip(LEGEND, layout.legend, strict=True):
        y = -HEAD - (lines - line) * LEGEND_LINE + LEGEND_LINE / 2
        x, x2 = left / layout.plot, (left + 22) / layout.plot
        match kind:
            case "day":
                marks["days"] += [{"x": x + (x2 - x) * part, **_high(y, STROKE)} for part in (0.2, 0.5, 0.8)]
            case "due":
                marks["due"].append({"x": (x + x2) / 2, "y": y})
            case "today":
                marks["today"].append({"x": (x + x2) / 2, **_high(y, BAR)})
            case _:
                size = BAND if kind == "unknown" else BAR - 4
                marks[kind].append({"x": x, "x2": x2, **_high(y, size)})
        marks["words"].append({"x": (left + 28) / layout.plot, "y": y, "text": words, "align": "left"})
