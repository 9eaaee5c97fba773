"""Pieces that the documents share: head, text, signature, tables, annexes, 版记."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm

from notices.layout.paper import TEXT_MM, Paper
from notices.layout.styles import KAI_FONT, LINE, RED, child

TITLE_CHARACTERS = 20
"""What a line of the title holds."""
THICK, THIN = 8, 6
"""Rules of the 版记, in eighths of a point: 0.35 mm and 0.25 mm."""
AT_THE_FOOT = {"vertAnchor": "margin", "horzAnchor": "page", "tblpX": "1587", "tblpYSpec": "bottom"}
"""A table that floats at the foot of its page's text area. From the page's edge: LibreOffice leaves a
table that is reckoned from the margin in the text."""

CELL_PADDING = 60
"""Twips (1 mm) between a rule and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A column of a table: `fields`, one a paragraph of the cell; `mm` wide."""

    title: str
    mm: int
    fields: tuple[str, ...]
    centred: bool = True


def head(paper: Paper, *titles: str, named: bool = True) -> None:
    """发文机关标志, number, red line, title; `named`: after the office's name, if one line holds it."""
    paper.line("发文机关标志", "{{ sender }}")
    number = paper.line("发文字号", "{{ number }}")
    borders = child("w:pBdr")
    borders.append(child("w:bottom", val="single", sz="12", space="8", color=RED))
    number._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paper.line("公文标题", "", before=LINE)
    if named:
        paper.code(f"if sender|length <= {TITLE_CHARACTERS}")
        paper.line("公文标题", "{{ sender }}")
        paper.code("endif")
    for title in titles:
        paper.line("公文标题", title)


def text(paper: Paper, blocks: str = "blocks") -> None:
    """Chapters and paragraphs by their level: 一、黑体, （一）楷体, body 仿宋."""
    paper.code(f"for block in {blocks}", "if block.level == 1")
    paper.line("公文一级标题", "{{ block.head }}")
    paper.code("elif block.level == 2")
    paper.led("公文正文", KAI_FONT, "{{ block.head }}", "{{ block.text }}")
    paper.code("elif loop.last")
    paper.line("公文正文", "{{ block.text }}", keep=True)  # so that the signature's page holds some text
    paper.code("else")
    paper.line("公文正文", "{{ block.text }}")
    paper.code("endif", "endfor")


def annex_names(paper: Paper) -> None:
    """附件：1.… one line below the text; a single annex has no number. The last one keeps the signature."""
    paper.code("for annex in annexes", "if loop.first")
    several = "{% if annexes|length > 1 %}1.{% endif %}"
    paper.line("公文附件说明", f"附件：{several}{{{{ annex }}}}", before=LINE, keep=True)
    for branch, keep in (("elif loop.last", True), ("else", False)):
        paper.code(branch)
        paper.line("公文附件续行", "{{ loop.index }}.{{ annex }}", keep=keep)
    paper.code("endif", "endfor")


def signature(paper: Paper, *, followed: bool = False) -> None:
    """署名 and date with room for the seal, then the 附注. `followed`: what comes next stays with them."""
    paper.line("公文署名", "{{ sender }}", before=2 * LINE)
    paper.code("if note")
    paper.line("公文日期", "{{ date }}", keep=True)
    paper.line("公文附注", "（{{ note }}）", keep=followed)
    paper.code("else")
    paper.line("公文日期", "{{ date }}", keep=followed)
    paper.code("endif")


def annex(paper: Paper, number: str, title: str) -> None:
    """A new page headed 附件N in 黑体, the title on its third line."""
    paper.new_page("公文附件序号", f"附件{number}")
    paper.line("公文附件标题", title)


def table(paper: Paper, rows: str, columns: Sequence[Cells], row_mm: int | None = None) -> None:
    """A ruled table, one row for each of `rows`, at least `row_mm` high; its head stands on every page."""
    made = grid(paper, 4, [column.mm for column in columns])
    for at, column in enumerate(columns):
        _cell(made.cell(0, at), "公文表头", (column.title,))
        style = "公文表格居中" if column.centred else "公文表格"
        _cell(made.cell(2, at), style, tuple(_field(name) for name in column.fields))
    if row_mm:
        made.rows[2].height = Mm(row_mm)
    for at, statement in ((1, f"for row in {rows}"), (3, "endfor")):
        made.cell(at, 0).paragraphs[0].text = f"{{%tr {statement} %}}"
    made.rows[0]._tr.get_or_add_trPr().append(child("w:tblHeader"))


def _field(name: str) -> str:
    return name if "{" in name else f"{{{{ row.{name} }}}}"


def grid(paper: Paper, rows: int, widths_mm: Sequence[int]) -> Any:
    """An empty ruled table as wide as the text area; rows do not break across pages."""
    if sum(widths_mm) != TEXT_MM:
        raise ValueError(f"columns of {sum(widths_mm)} mm do not fill {TEXT_MM} mm")
    made = paper.document.add_table(rows, len(widths_mm))
    made.style = "Table Grid"
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _pad(made, CELL_PADDING)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(child("w:cantSplit"))
        for cell, mm in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(mm)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].style = paper.document.styles["公文表格"]
    for column, mm in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(mm)
    return made


def _pad(table: Any, sides: int) -> None:
    """Room between rules and text in twips; a third of it above and below."""
    padding = child("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        width = sides if side in {"left", "right"} else sides // 3
        padding.append(child(f"w:{side}", w=str(width), type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(padding)


def write(cell: Any, style: str, words: str) -> None:
    """Put words into a cell that has none."""
    _cell(cell, style, (words,))


def _cell(cell: Any, style: str, lines: tuple[str, ...]) -> None:
    for at, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(words)


def imprint(paper: Paper) -> None:
    """版记 at the foot of the last page: 抄送, 印发机关 and date between three rules."""
    paper.line("公文表注", "")  # parts it from a table before it
    made = paper.document.add_table(4, 1)
    made.autofit = False
    settings = made._tbl.tblPr
    settings.find(qn("w:tblW")).addprevious(child("w:tblpPr", **AT_THE_FOOT))
    rules = child("w:tblBorders")
    for side, size in (("top", THICK), ("bottom", THICK), ("insideH", THIN)):
        rules.append(child(f"w:{side}", val="single", sz=str(size), space="0", color="000000"))
    settings.find(qn("w:tblLayout")).addprevious(rules)
    _pad(made, 0)
    lines = ("{%tr if copies %}", "抄送：{{ copies }}。", "{%tr endif %}", "{{ sender }}\t{{ printed }}")
    made.columns[0].width = Mm(TEXT_MM)
    for row, words in zip(made.rows, lines, strict=True):
        row.cells[0].width = Mm(TEXT_MM)
        _cell(row.cells[0], "公文版记", (words,))
    last = made.rows[3].cells[0].paragraphs[0]
    last.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM - 9), WD_TAB_ALIGNMENT.RIGHT)
    paper.line("公文表注", "")
