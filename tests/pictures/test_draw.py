"""What comes out of the drawing library: well-formed, Chinese as text, everything at its place."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from pictures.draw import PPI, png, svg
from pictures.figures import Drawing, Months, Part, Row, Span, SpanKind, Timeline
from pictures.months import NARROW, months
from pictures.timeline import timeline

NS = {"s": "http://www.w3.org/2000/svg"}
SILENT = Span(kind=SpanKind.UNKNOWN, first=date(2026, 2, 1), last=date(2026, 2, 3))
ROWS = (Row(name="工作动态 & <动态>", days=(date(2026, 7, 2),), spans=(SILENT,)), Row(name="通知公告"))
YEAR = Timeline(unit="财政局", year=2026, today=date(2026, 11, 26), rows=ROWS)
LOST = Months(
    title="全旗各月问题", measure="问题（项）", year=2026, until=10, causes=("门户网站",),
    parts=(Part(month=3, cause="门户网站", amount=Decimal(2)),),
)  # fmt: skip
DRAWINGS = [timeline(YEAR), timeline(YEAR, narrow=True), months(LOST), months(LOST, NARROW)]


def parsed(drawing: Drawing) -> ElementTree.Element:
    return ElementTree.fromstring(svg(drawing))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_size_title_and_description(drawing: Drawing) -> None:
    root = parsed(drawing)
    assert root.attrib["role"] == "img"
    assert int(root.attrib["width"]) == drawing.left + drawing.width + drawing.right
    assert int(root.attrib["height"]) == drawing.top + drawing.height + drawing.bottom
    assert [root.findtext(f"s:{name}", namespaces=NS) for name in ("title", "desc")] == [
        drawing.title, drawing.text,
    ]  # fmt: skip


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_words_are_texts_in_chinese_fonts_and_nothing_is_loaded(drawing: Drawing) -> None:
    root = parsed(drawing)
    found = {text.text for text in root.iterfind(".//s:text", NS)}
    assert found == {mark["text"] for name in ("words", "small") for mark in drawing.marks[name]}
    for text in root.iterfind(".//s:text", NS):
        assert "Noto Sans CJK SC" in text.attrib["font-family"]
        assert "SimSun" in text.attrib["font-family"]
    for element in root.iter():
        assert element.tag.partition("}")[2] not in {"script", "image", "style", "foreignObject", "a"}
        assert not any(name.endswith(("href", "style")) for name in element.attrib)


def test_a_mark_is_drawn_on_its_day() -> None:
    """2 July is day 183 of 365: half of the plot."""
    root = parsed(timeline(YEAR))
    lines = [line for line in root.iterfind(".//s:line", NS) if line.get("stroke") == "#1f4e79"]
    xs = [float(line.attrib["transform"].partition("(")[2].partition(",")[0]) for line in lines]
    assert round(700 * 182.5 / 365) in [round(x) for x in xs]


def test_an_empty_picture_has_only_its_frame() -> None:
    empty = timeline(Timeline(unit="财政局", year=2026, today=date(2026, 1, 1), rows=()))
    assert "还没有登记" in svg(empty)


def test_png_for_documents() -> None:
    drawing = months(LOST)
    image = Image.open(BytesIO(png(drawing)))
    width = drawing.left + drawing.width + drawing.right
    assert abs(image.width - width * PPI / 72) < 3 or abs(image.width - width * PPI / 96) < 3
    assert len(image.convert("L").getcolors(256) or ()) > 10
