"""Writes grids as one workbook: the year's score (summary, matrices, deductions, marks, open points, notes)
and whatever else stands in such tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from domain.yearbook import YearBook
from notices.cells import Value, body, head, put
from notices.wording import clean
from notices.year_tables import Grid, grids

HEAD_ROW = 3
"""Title and line of origin stand above the heads."""
LOST = PatternFill("solid", fgColor="FCE4D6")
OPEN = PatternFill("solid", fgColor="EDEDED")
LINE_PT = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a workbook says of itself: title, whose it is, as of which day, when it was made."""

    title: str
    office: str
    as_of: date
    made_at: datetime
    simulation: bool


def render_year(book: YearBook) -> bytes:
    """The workbook as .xlsx."""
    cover = Cover(
        title=f"{book.year}年度政务公开考核得分", office=book.office, as_of=book.as_of, made_at=book.made_at,
        simulation=book.simulation,
    )  # fmt: skip
    return render_grids(grids(book), cover)


def render_grids(tables: Iterable[Grid], cover: Cover) -> bytes:
    """One sheet a table, as .xlsx."""
    workbook = Workbook()
    first = workbook.active
    if first is not None:
        workbook.remove(first)
    for grid in tables:
        sheet = workbook.create_sheet(grid.name)
        _fill(sheet, grid, cover)
        _print_setup(sheet, grid, cover)
    about = workbook.properties
    about.creator, about.title = clean(cover.office), cover.title
    about.created = about.modified = cover.made_at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, grid: Grid, cover: Cover) -> None:
    last = len(grid.columns)
    origin = f"{cover.office}　截至{cover.as_of}"
    for row, (text, font, height) in enumerate(
        (
            (grid.title, Font(name="方正小标宋简体", size=18), 32),
            (origin, Font(name="仿宋_GB2312", size=11), 20),
        ),
        1,
    ):
        cell = sheet.cell(row, 1)
        put(cell, text)
        cell.font, cell.alignment = (
            font,
            Alignment(horizontal="center" if row == 1 else "left", vertical="center"),
        )
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = height
    for at, (title, width) in enumerate(grid.columns, 1):
        head(sheet.cell(HEAD_ROW, at), title)
        if grid.narrow:
            sheet.cell(HEAD_ROW, at).font = Font(name="黑体", size=9)
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[HEAD_ROW].height = _height(tuple(title for title, _ in grid.columns), grid)
    empty: tuple[Value, ...] = (None, "无", *([None] * (last - 2)))
    for number, values in enumerate(grid.rows or (empty,)):
        _row(sheet, grid, number, values)


def _row(sheet: Worksheet, grid: Grid, number: int, values: tuple[Value, ...]) -> None:
    row = HEAD_ROW + 1 + number
    for at, value in enumerate(values):
        cell = sheet.cell(row, at + 1)
        body(cell, value)
        if grid.narrow:
            cell.font = Font(name="仿宋_GB2312", size=9)
            cell.alignment = Alignment(
                wrap_text=True, vertical="center", horizontal="center" if at else "left"
            )
        if (number, at) in grid.marked:
            cell.fill = LOST
        elif (number, at) in grid.open:
            cell.fill = OPEN
        note = grid.notes.get((number, at))
        if note:
            cell.comment = Comment(clean(note), "zwgk", width=320, height=110)
    sheet.row_dimensions[row].height = _height(values, grid)


def _height(values: tuple[Value, ...], grid: Grid) -> float:
    """Enough lines for the fullest cell: programs other than Excel do not grow wrapped rows by themselves."""
    lines = (
        _lines(str(value), width)
        for value, (_, width) in zip(values, grid.columns, strict=True)
        if value is not None
    )
    return max(22.0, (12.5 if grid.narrow else LINE_PT) * max(lines, default=1) + 6)


def _lines(text: str, width: int) -> int:
    return sum(
        -(-(sum(2 if ord(sign) > 0x2E7F else 1 for sign in part) + 1) // width) for part in text.split("\n")
    )


def _print_setup(sheet: Worksheet, grid: Grid, cover: Cover) -> None:
    rows = max(len(grid.rows), 1)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, grid.frozen + 1).coordinate
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(grid.columns))}{HEAD_ROW + rows}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8 if grid.narrow else 9  # A3 for the matrices, A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = 0.5
    margins.top = margins.bottom = 0.7
    margins.header = margins.footer = 0.35
    footer, header = sheet.HeaderFooter.oddFooter, sheet.HeaderFooter.oddHeader
    if footer is not None and header is not None:
        footer.center.text = "第 &P 页　共 &N 页"
        header.right.text = "模拟" if cover.simulation else None
