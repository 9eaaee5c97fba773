"""Amounts by month as stacked bars: what a unit lost, what the county had to report.

Up to three causes are told apart by shades and a legend; more of them by their names inside the bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from pictures.figures import Drawing, Months, Part
from pictures.style import INK, MAIN, SHADES, SOFT, plain, width_of

Mark = dict[str, Any]
NAMES = ("grid", "bars", "words", "small")
LEGEND_LINE, HEAD, FOOT, NOTE = 20, 20, 20, 18
NAME_PX = 13
"""A part must be so high to bear its name."""

ON = ("white", INK, INK)
"""Colour of letters on each shade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Pixels."""

    plot: int
    height: int
    left: int
    right: int


WIDE = Layout(plot=886, height=130, left=60, right=20)
NARROW = Layout(plot=300, height=140, left=40, right=10)
PAPER = Layout(plot=530, height=150, left=50, right=20)
"""600 pixels on the 156 mm of an official document's text: letters of 9 points."""


def months(figure: Months, layout: Layout = WIDE) -> Drawing:
    """The picture, mark by mark."""
    shaded = len(figure.causes) <= len(SHADES)
    marks: dict[str, list[Mark]] = {name: [] for name in NAMES}
    step, most = _scale(max((_total(figure, month) for month in range(1, 13)), default=Decimal(0)))
    _axis(marks, figure, layout, step, most)
    for month in range(1, 13):
        _stack(marks, figure, month, layout, most)
    if not figure.parts:
        marks["words"].append(
            {"x": 0.5, "y": layout.height / 2, "text": "没有", "align": "center", "fill": SOFT}
        )
    legend = shaded and len(figure.causes) > 1
    if legend:
        _legend(marks, figure.causes, layout)
    if figure.note:
        beneath = {"x": 0.0, "y": layout.height + FOOT + NOTE / 2, "align": "left", "fill": SOFT}
        marks["small"].append({**beneath, "text": figure.note})
    return Drawing(
        chart="months", width=layout.plot, height=layout.height, left=layout.left, right=layout.right,
        top=HEAD + 6 + (LEGEND_LINE if legend else 0), bottom=FOOT + (NOTE if figure.note else 0),
        title=figure.title, text=said(figure), marks=marks,
    )  # fmt: skip


def said(figure: Months) -> str:
    """The picture in a few sentences."""
    told = "；".join(_month_said(figure, month) for month in range(1, 13) if _of(figure, month))
    return f"{figure.measure}：{told or '没有'}。{figure.note}"


def _month_said(figure: Months, month: int) -> str:
    parts = "、".join(f"{part.cause} {plain(part.amount)}" for part in _of(figure, month))
    return f"{month}月{plain(_total(figure, month))}（{parts}）"


def _of(figure: Months, month: int) -> list[Part]:
    order = {cause: number for number, cause in enumerate(figure.causes)}
    return sorted((p for p in figure.parts if p.month == month and p.amount), key=lambda p: order[p.cause])


def _total(figure: Months, month: int) -> Decimal:
    return sum((part.amount for part in _of(figure, month)), Decimal(0))


def _scale(most: Decimal) -> tuple[Decimal, Decimal]:
    """A round step and the axis' end: at most five lines."""
    for step in (Decimal(n) * 10**power for power in range(6) for n in (1, 2, 5)):
        lines = max(ceil(most / step), 1)
        if lines <= 4:
            return step, step * lines
    return most, most


def _axis(marks: dict[str, list[Mark]], figure: Months, layout: Layout, step: Decimal, most: Decimal) -> None:
    for number in range(int(most / step) + 1):
        y = float(layout.height * (1 - number * step / most))
        marks["grid"].append({"y": y})
        label = {"x": -6 / layout.plot, "y": y, "align": "right", "fill": SOFT}
        marks["small"].append({**label, "text": f"{plain(number * step)}"})
    title = {"x": -layout.left / layout.plot + 4 / layout.plot, "y": -HEAD + 4, "align": "left", "fill": SOFT}
    marks["small"].append({**title, "text": figure.measure})
    for month in range(1, 13):
        known = INK if month <= figure.until else "#9aa5b1"
        below = {"x": _place(month), "y": layout.height + 11, "align": "center", "fill": known}
        marks["small"].append({**below, "text": f"{month}月"})


def _place(month: int) -> float:
    return (month - 0.5) / 12


def _stack(marks: dict[str, list[Mark]], figure: Months, month: int, layout: Layout, most: Decimal) -> None:
    shaded = len(figure.causes) <= len(SHADES)
    x, wide = _place(month), 0.34 / 12
    y = float(layout.height)
    for part in _of(figure, month):
        high = float(layout.height * part.amount / most)
        shade = figure.causes.index(part.cause) if shaded else 0
        marks["bars"].append({
            "x": x - wide, "x2": x + wide, "y": y - high, "y2": y, "fill": SHADES[shade],
            "month": month, "cause": part.cause, "amount": f"{plain(part.amount)}",
        })  # fmt: skip
        if not shaded and high >= NAME_PX and width_of(part.cause) * 11 <= 2 * wide * layout.plot:
            inside = {"x": x, "y": y - high / 2, "align": "center", "fill": ON[0]}
            marks["small"].append({**inside, "text": part.cause})
        y -= high
    if y < layout.height:
        total = {"x": x, "y": y - 8, "align": "center", "fill": MAIN}
        marks["words"].append({**total, "text": f"{plain(_total(figure, month))}"})


def _legend(marks: dict[str, list[Mark]], causes: Sequence[str], layout: Layout) -> None:
    x, y = 0.0, -HEAD - LEGEND_LINE / 2
    for number, cause in enumerate(causes):
        box = {"x": x, "x2": x + 14 / layout.plot, "y": y - 6, "y2": y + 6, "fill": SHADES[number]}
        marks["bars"].append(box)
        marks["words"].append(
            {"x": x + 20 / layout.plot, "y": y, "text": cause, "align": "left", "fill": INK}
        )
        x += (44 + 12.5 * width_of(cause)) / layout.plot
