"""The paragraph styles of an official document, in the measures of GB/T 9704-2012 (domain terms: 字号、行距).

Lengths in points unless a name says otherwise. Fonts are named, never embedded: they are licensed; the
font table names what may stand in for them.
"""

from dataclasses import dataclass
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

TITLE_FONT, BODY_FONT, KAI_FONT, HEI_FONT, PAGE_FONT = (
    "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体",
)  # fmt: skip
STAND_INS = {
    TITLE_FONT: "小标宋体,方正小标宋_GBK,华文中宋,宋体,SimSun",
    BODY_FONT: "仿宋,FangSong,方正仿宋_GBK",
    KAI_FONT: "楷体,KaiTi,方正楷体_GBK",
    HEI_FONT: "SimHei,方正黑体_GBK",
    PAGE_FONT: "SimSun,方正书宋_GBK",
}
LINE = 28.9
"""22 lines fill the 225 mm of the page's text area."""
TIGHTER = -0.25
"""28 characters of 16 pt would be 158 mm: each gives up so much to fit the 156 mm of the text area."""
RED, MARK_RED = "E60012", "C00000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """`line`: exact unless `at_least`; `first`, `left`, `hanging`, `right`: indents in characters."""

    name: str
    font: str = BODY_FONT
    size: float = 16
    line: float = LINE
    at_least: bool = False
    before: float = 0
    align: str = "both"
    first: float = 0
    left: float = 0
    hanging: float = 0
    right: float = 0
    colour: str = ""
    keep: bool = False
    outline: int | None = None


STYLES = (
    Style(name="发文机关标志", font=TITLE_FONT, size=28, line=40, before=92, align="center", colour=RED),
    Style(name="发文字号", before=2 * LINE, align="center"),
    Style(name="公文标题", font=TITLE_FONT, size=22, line=34, align="center", keep=True),
    Style(name="公文主送", before=LINE, align="left"),
    Style(name="公文正文", first=2),
    Style(name="公文一级标题", font=HEI_FONT, first=2, keep=True, outline=0),
    Style(name="公文附件说明", align="left", left=5, hanging=3),
    Style(name="公文附件续行", align="left", left=5),
    Style(name="公文署名", align="right", right=2, keep=True),
    Style(name="公文日期", align="right", right=4),
    Style(name="公文附注", align="left", left=2),
    Style(name="公文附件序号", font=HEI_FONT, align="left", keep=True),
    Style(name="公文附件标题", font=TITLE_FONT, size=22, line=34, align="center", before=LINE, keep=True),
    Style(name="公文表注", size=12, line=20, align="left", keep=True),
    Style(name="公文图", size=12, line=20, at_least=True, align="center", keep=True),
    Style(name="公文图题", size=12, line=20, align="center"),
    Style(name="公文表头", font=HEI_FONT, size=9, line=13, at_least=True, align="center"),
    Style(name="公文表格", size=9, line=13, at_least=True, align="left"),
    Style(name="公文表格居中", size=9, line=13, at_least=True, align="center"),
    Style(name="公文版记", size=14, line=22, align="left", left=1, right=1),
    Style(name="标记", font=HEI_FONT, size=14, line=20, align="center", colour=MARK_RED),
    Style(name="页码单", font=PAGE_FONT, size=14, line=20, align="right", right=1),
    Style(name="页码双", font=PAGE_FONT, size=14, line=20, align="left", left=1),
)
KEPT = frozenset({"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid"})
"""Of the blank document's styles: what everything else rests on. An office sees the 公文 styles only."""


def add_styles(document: Any) -> None:
    """Put every style into the document in place of the library's, and the body font under everything."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(defaults):
        defaults.remove(old)
    defaults.append(_fonts(BODY_FONT))
    defaults.append(child("w:sz", val="32"))
    defaults.append(child("w:lang", val="en-US", eastAsia="zh-CN"))
    plain = document.styles.element.find(qn("w:docDefaults")).find(qn("w:pPrDefault"))
    for old in list(plain):
        plain.remove(old)
    for style in list(document.styles.element.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in KEPT:
            document.styles.element.remove(style)
    for style in STYLES:
        document.styles.element.append(_element(style))


def _element(style: Style) -> Any:
    made = child("w:style", type="paragraph", customStyle="1", styleId=style.name)
    made.append(child("w:name", val=style.name))
    made.append(child("w:basedOn", val="Normal"))
    made.append(child("w:qFormat"))
    made.append(_paragraph(style))
    made.append(_run(style))
    return made


def _paragraph(style: Style) -> Any:
    made = child("w:pPr")
    if style.keep:
        made.append(child("w:keepNext"))
    for name in ("widowControl", "kinsoku", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        made.append(child(f"w:{name}", val="1" if name in {"kinsoku", "overflowPunct"} else "0"))
    rule = "atLeast" if style.at_least else "exact"
    spacing = {"before": _twips(style.before), "after": "0", "line": _twips(style.line), "lineRule": rule}
    made.append(child("w:spacing", **spacing))
    made.append(_indents(style))
    made.append(child("w:jc", val=style.align))
    if style.outline is not None:
        made.append(child("w:outlineLvl", val=str(style.outline)))
    return made


def _indents(style: Style) -> Any:
    sides = {"firstLine": style.first, "left": style.left, "hanging": style.hanging, "right": style.right}
    given = {name: amount for name, amount in sides.items() if amount}
    characters = {f"{name}Chars": str(round(amount * 100)) for name, amount in given.items()}
    return child("w:ind", **characters, **{n: _twips(a * style.size) for n, a in given.items()})


def _run(style: Style) -> Any:
    made = child("w:rPr")
    made.append(_fonts(style.font))
    made.append(child("w:b", val="0"))
    if style.colour:
        made.append(child("w:color", val=style.colour))
    if style.size == 16:
        made.append(child("w:spacing", val=_twips(TIGHTER)))
    for name in ("w:sz", "w:szCs"):
        made.append(child(name, val=str(round(style.size * 2))))
    return made


def _fonts(name: str) -> Any:
    return child("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def font_run(font: str) -> Any:
    """Run properties that only change the font."""
    made = child("w:rPr")
    made.append(_fonts(font))
    return made


def font_table() -> bytes:
    """The part that names each font with its stand-ins, the nearest first."""
    table = child("w:fonts")
    for name, others in STAND_INS.items():
        font = child("w:font", name=name)
        font.append(child("w:altName", val=others))
        font.append(child("w:charset", val="86"))
        font.append(child("w:family", val="auto"))
        font.append(child("w:pitch", val="variable"))
        table.append(font)
    return bytes(serialize_part_xml(table))


def child(tag: str, **values: str) -> Any:
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _twips(points: float) -> str:
    return str(round(points * 20))
