from decimal import Decimal

from pictures.figures import Drawing, Months, Part
from pictures.months import NARROW, months


def figure(*parts: tuple[int, str, str], note: str = "") -> Months:
    causes = tuple(dict.fromkeys(cause for _, cause, _ in parts))
    return Months(
        title="财政局2026年各月扣分", measure="扣分", year=2026, until=10, causes=causes, note=note,
        parts=tuple(Part(month=month, cause=cause, amount=Decimal(text)) for month, cause, text in parts),
    )  # fmt: skip


def words(drawing: Drawing) -> list[str]:
    return [mark["text"] for name in ("words", "small") for mark in drawing.marks[name]]


MANY = figure(
    (3, "A1-10", "1"), (3, "A1-18", "2.50"), (5, "A1-11", "0.5"), (5, "A1-20", "4"), note="另扣 1 分。"
)


def test_bars_stand_on_their_months_and_add_up() -> None:
    bars = {(b["month"], b["cause"]): b for b in months(MANY).marks["bars"]}
    low, high = bars[3, "A1-10"], bars[3, "A1-18"]
    assert round((low["x"] + low["x2"]) / 2 * 12, 6) == 2.5
    assert low["y"] == high["y2"]
    assert round((high["y2"] - high["y"]) / (low["y2"] - low["y"]), 6) == 2.5


def test_sums_axis_and_note_are_written() -> None:
    said = words(months(MANY))
    assert {"3.5", "4.5", "扣分", "1月", "12月", "A1-18", "另扣 1 分。"} < set(said)
    assert months(MANY).text == (
        "扣分：3月3.5（A1-10 1、A1-18 2.5）；5月4.5（A1-11 0.5、A1-20 4）。另扣 1 分。"
    )


def test_the_highest_bar_keeps_within_the_axis() -> None:
    for amount in ("0.5", "1", "4.5", "9.9", "100", "1234"):
        drawing = months(figure((1, "A1-18", amount)))
        assert all(0 <= bar["y"] < bar["y2"] for bar in drawing.marks["bars"]), amount


def test_few_causes_are_told_apart_by_shades_and_a_legend() -> None:
    drawing = months(figure((1, "门户网站", "3"), (1, "政务新媒体", "1")))
    assert {"门户网站", "政务新媒体"} < set(words(drawing))
    assert len({bar["fill"] for bar in drawing.marks["bars"]}) == 2


def test_on_a_phone_no_name_is_squeezed_into_a_bar() -> None:
    assert "A1-18" not in words(months(MANY, NARROW))


def test_an_empty_year() -> None:
    drawing = months(figure())
    assert "没有" in words(drawing)
    assert drawing.text == "扣分：没有。"
