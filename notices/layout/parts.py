"""Pieces that the documents share: head, text, signature, tables, annexes, 版记."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm

from notices.layout.paper import TEXT_MM, Paper
from notices.layout.styles import KAI_FONT, LINE, RED, child

THICK, THIN = 8, 6
"""Rules of the 版记, in eighths of a point: 0.35 mm and 0.25 mm."""

CELL_PADDING = 60
"""Twips (1 mm) between a rule and the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """A column of a table: `fields`, one a paragraph of the cell; `mm` wide."""

    title: str
    mm: int
    fields: tuple[str, ...]
    centred: bool = True


def head(paper: Paper, *titles: str) -> None:
    """发文机关标志, number, red line, title."""
    paper.line("发文机关标志", "{{ sender }}")
    number = paper.line("发文字号", "{{ number }}")
    borders = child("w:pBdr")
    borders.append(child("w:bottom", val="single", sz="12", space="8", color=RED))
    number._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
    for at, title in enumerate(titles):
        paper.line("公文标题", title, before=None if at else 2 * LINE)


def text(paper: Paper, blocks: str = "blocks") -> None:
    """Chapters and paragraphs by their level: 一、黑体, （一）楷体, body 仿宋."""
    paper.code(f"for block in {blocks}", "if block.level == 1")
    paper.line("公文一级标题", "{{ block.head }}")
    paper.code("elif block.level == 2")
    paper.led("公文正文", KAI_FONT, "{{ block.head }}", "{{ block.text }}")
    paper.code("else")
    paper.line("公文正文", "{{ block.text }}")
    paper.code("endif", "endfor")


def annex_names(paper: Paper) -> None:
    """附件：1.… one line below the text; a single annex has no number."""
    paper.code("for annex in annexes", "if loop.first")
    several = "{% if annexes|length > 1 %}1.{% endif %}"
    paper.line("公文附件说明", f"附件：{several}{{{{ annex }}}}", before=LINE)
    paper.code("else")
    paper.line("公文附件续行", "{{ loop.index }}.{{ annex }}")
    paper.code("endif", "endfor")


def signature(paper: Paper) -> None:
    """署名 and date with room for the seal, then the 附注."""
    paper.line("公文署名", "{{ sender }}", before=2 * LINE)
    paper.line("公文日期", "{{ date }}")
    paper.code("if note")
    paper.line("公文附注", "（{{ note }}）")
    paper.code("endif")


def annex(paper: Paper, number: str, title: str) -> None:
    """A new page headed 附件N in 黑体, the title on its third line."""
    paper.new_page("公文附件序号", f"附件{number}")
    paper.line("公文附件标题", title)


def table(paper: Paper, rows: str, columns: Sequence[Cells]) -> None:
    """A ruled table with one row for each of `rows`; its head stands on every page."""
    made = grid(paper, 4, [column.mm for column in columns])
    for at, column in enumerate(columns):
        _cell(made.cell(0, at), "公文表头", (column.title,))
        style = "公文表格居中" if column.centred else "公文表格"
        _cell(made.cell(2, at), style, tuple(_field(name) for name in column.fields))
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
    padding = child("w:tblCellMar")
    for side in ("left", "right"):
        padding.append(child(f"w:{side}", w=str(CELL_PADDING), type="dxa"))
    made._tbl.tblPr.append(padding)
    for row in made.rows:
        row._tr.get_or_add_trPr().append(child("w:cantSplit"))
        for cell, mm in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(mm)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            cell.paragraphs[0].style = paper.document.styles["公文表格"]
    for column, mm in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(mm)
    return made


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
    paper.code("if copies")
    _framed(paper, "抄送：{{ copies }}。", top=THICK)
    _framed(paper, "{{ sender }}\t{{ printed }}", top=THIN, bottom=THICK)
    paper.code("else")
    _framed(paper, "{{ sender }}\t{{ printed }}", top=THICK, bottom=THICK)
    paper.code("endif")
    paper.line("公文表注", "")


def _framed(paper: Paper, words: str, *, top: int, bottom: int | None = None) -> None:
    made = paper.line("公文版记", words)
    settings = made._p.get_or_add_pPr()
    frame = child(
        "w:framePr", w="8845", hSpace="0", wrap="notBeside", vAnchor="margin", hAnchor="margin",
        xAlign="left", yAlign="bottom",
    )  # fmt: skip
    settings.insert_element_before(frame, "w:widowControl", "w:pBdr", "w:tabs", "w:spacing", "w:ind", "w:jc")
    borders = child("w:pBdr")
    borders.append(child("w:top", val="single", sz=str(top), space="1", color="000000"))
    if bottom:
        borders.append(child("w:bottom", val="single", sz=str(bottom), space="1", color="000000"))
    settings.insert_element_before(borders, "w:tabs", "w:spacing", "w:ind", "w:jc")
    made.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM - 5), WD_TAB_ALIGNMENT.RIGHT)
