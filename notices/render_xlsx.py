"""Writes the annexes into one workbook, a sheet each, ready for A4 landscape paper."""

from collections.abc import Mapping
from datetime import UTC
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from domain.notices import MonthReport
from notices.cells import body, head, put
from notices.letter import banner, month_name
from notices.tables import Table, form, tables
from notices.unit_notice import UnitPart, unit_number
from notices.wording import clean

HEAD_ROW = 4
"""附件N, title and note stand above the column heads."""
SIDE_IN, TOP_IN, HEADER_IN = 0.6, 0.85, 0.4
"""Page margins in inches; head and foot of the page stand within the upper and lower ones."""


def render_xlsx(report: MonthReport) -> bytes:
    """All annexes of a report as .xlsx."""
    return _book(report, {f"附件{n}": table for n, table in enumerate(tables(report), 1)})


def render_form(report: MonthReport, part: UnitPart) -> bytes:
    """One unit's 整改反馈表 as .xlsx, its problems filled in."""
    return _book(
        report, {"附件": form(report, unit_number(report, part) if report.issue else "", part.items)}
    )


def _book(report: MonthReport, sheets: Mapping[str, Table]) -> bytes:
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for number, table in sheets.items():
        sheet = book.create_sheet(f"{number}{table.name}")
        _fill(sheet, number, table, report)
        _print_setup(sheet, table, report)
    about = book.properties
    about.creator, about.title = clean(report.sender.name), f"{month_name(report)}日常监控情况通报附件"
    about.created = about.modified = report.made_at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, number: str, table: Table, report: MonthReport) -> None:
    last = len(table.columns)
    lines = (
        (f"{number}　{banner(report)}".strip("　"), Font(name="黑体", size=14), "left", 22),
        (f"{month_name(report)}日常监控{table.name}", Font(name="方正小标宋简体", size=18), "center", 30),
        (table.note, Font(name="仿宋_GB2312", size=11), "left", 20),
    )
    for row, (text, font, side, height) in enumerate(lines, 1):
        cell = sheet.cell(row, 1)
        put(cell, text)
        cell.font, cell.alignment = font, Alignment(horizontal=side, vertical="center")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)
        sheet.row_dimensions[row].height = height
    for at, column in enumerate(table.columns, 1):
        head(sheet.cell(HEAD_ROW, at), column.title)
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.row_dimensions[HEAD_ROW].height = 32
    for row, values in enumerate(table.rows, HEAD_ROW + 1):
        for at, value in enumerate(values, 1):
            body(sheet.cell(row, at), value)
        sheet.row_dimensions[row].height = _height(table, values)


def _height(table: Table, values: tuple[object, ...]) -> float:
    """Enough lines for the fullest cell: programs other than Excel do not grow wrapped rows by themselves."""
    lines = (
        -(-_width(str(value)) // column.width)
        for value, column in zip(values, table.columns, strict=True)
        if value is not None
    )
    return max(table.row_height or 20, 16.0 * max(lines, default=1) + 6)


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text) + 1


def _print_setup(sheet: Worksheet, table: Table, report: MonthReport) -> None:
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    end = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{end}{HEAD_ROW + len(table.rows)}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = SIDE_IN
    margins.top = margins.bottom = TOP_IN
    margins.header = margins.footer = HEADER_IN
    footer, header = sheet.HeaderFooter.oddFooter, sheet.HeaderFooter.oddHeader
    if footer is not None and header is not None:
        footer.center.text, header.right.text = "第 &P 页　共 &N 页", banner(report) or None
