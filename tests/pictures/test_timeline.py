"""Marks stand on the right days, and everything is said in words too."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from pictures.figures import Drawing, Row, Span, SpanKind, Timeline
from pictures.timeline import LEGEND, timeline

TODAY = date(2026, 11, 26)
BREACH = Span(kind=SpanKind.CONFIRMED, first=date(2026, 5, 10), last=date(2026, 6, 9))
ROW = Row(
    name="工作动态", days=(date(2026, 1, 1), date(2026, 3, 5), date(2026, 5, 20)), due=date(2026, 12, 3),
    spans=(
        Span(kind=SpanKind.UNKNOWN, first=date(2026, 2, 1), last=date(2026, 2, 3)),
        Span(kind=SpanKind.SUSPECTED, first=date(2026, 5, 9), last=date(2026, 5, 9)), BREACH,
    ),
)  # fmt: skip


def drawn(*rows: Row, narrow: bool = False) -> Drawing:
    return timeline(Timeline(unit="财政局", year=2026, today=TODAY, rows=rows), narrow=narrow)


def data(drawing: Drawing, name: str) -> list[Any]:
    """The marks of that kind, without those of the legend above the plot."""
    return [mark for mark in drawing.marks[name] if mark["y"] >= 0]


def texts(drawing: Drawing) -> Sequence[str]:
    return [mark["text"] for name in ("words", "small") for mark in drawing.marks[name]]


@pytest.mark.parametrize("narrow", [False, True])
def test_marks_stand_on_their_days(narrow: bool) -> None:
    drawing = drawn(ROW, narrow=narrow)
    [silent], [suspected], [confirmed] = (data(drawing, n) for n in ("unknown", "suspected", "confirmed"))
    assert (round(silent["x"] * 365, 6), round(silent["x2"] * 365, 6)) == (31, 34)
    assert (round(suspected["x"] * 365, 6), round(suspected["x2"] * 365, 6)) == (128, 129)
    assert (round(confirmed["x"] * 365, 6), round(confirmed["x2"] * 365, 6)) == (129, 160)
    assert [round(mark["x"] * 365, 6) for mark in data(drawing, "days")] == [0.5, 63.5]
    assert [mark["day"] for mark in data(drawing, "days_on_dark")] == ["2026-05-20"]
    assert [round(mark["x"] * 365, 6) for mark in data(drawing, "due")] == [336.5]
    today = [mark for mark in drawing.marks["today"] if "day" in mark]
    assert [round(mark["x"] * 365, 6) for mark in today] == [329.5]


def test_what_began_or_goes_on_beyond_the_year_is_cut() -> None:
    old = Span(kind=SpanKind.CONFIRMED, first=date(2025, 12, 20), last=date(2026, 1, 2))
    gone = Span(kind=SpanKind.CONFIRMED, first=date(2025, 3, 1), last=date(2025, 3, 2))
    drawing = drawn(Row(name="a", days=(date(2025, 12, 31),), spans=(old, gone), due=date(2027, 2, 1)))
    [mark] = data(drawing, "confirmed")
    assert (mark["x"], mark["first"]) == (0, "2026-01-01")
    assert data(drawing, "days") == []
    assert data(drawing, "due")[0]["x"] > 1
    assert "2027-02-01" in texts(drawing)


def test_legend_months_and_names_are_chinese() -> None:
    said = texts(drawn(ROW))
    assert {"工作动态", "1月", "12月", "12-03"} < set(said)
    assert {words for _, words in LEGEND} < set(said)


def test_a_long_name_keeps_both_ends() -> None:
    said = texts(drawn(Row(name="鄂托克旗财政局政府信息公开指南和年度报告栏目")))
    assert "鄂托克旗财政…年度报告栏目" in said


def test_nothing_registered() -> None:
    drawing = drawn()
    assert "还没有登记栏目、账号和应用" in texts(drawing)
    assert drawing.height > 0


def test_the_picture_in_words() -> None:
    assert drawn(ROW).text == (
        "工作动态：3天有更新，最近2026-05-20，已确认的问题2026-05-10至2026-06-09，"
        "疑似问题2026-05-09至2026-05-09，3天没有监测结果，不再更新则2026-12-03以后超期。"
    )


def test_kinds_differ_in_more_than_colour() -> None:
    """Bars are higher than the band of no answer; a suspicion has a frame (pictures.charts)."""
    drawing = drawn(ROW)
    heights = {name: m["y2"] - m["y"] for name in ("unknown", "confirmed") for m in data(drawing, name)}
    assert heights["confirmed"] > 2 * heights["unknown"]
