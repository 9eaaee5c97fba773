"""Writes the register as a workbook that an office edits and gives back: a sheet a kind, lists to choose."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from config.register_fields import PARTS, SHARED, UNITS, Field, Form, Part
from notices.cells import BORDER, body, head, put

SPARE_ROWS = 300
"""Empty rows below the last one that carry the lists and the text format too."""
_HEAD_FILL = PatternFill("solid", fgColor="DDE8F3")
_LINE = Font(name="仿宋_GB2312", size=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What is written. `rows`: by part, the cells by key; `origin`: whose register, of what moment."""

    rows: Mapping[str, Sequence[Mapping[str, str]]]
    office: str
    made_at: datetime
    simulation: bool = False


def render_register(listing: Listing) -> bytes:
    """The workbook as .xlsx."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "说明"
    _notes(first, listing)
    units = len(listing.rows[UNITS.key])
    for part in PARTS:
        _fill(book.create_sheet(part.title), part, listing.rows[part.key], units)
    book.active = 1
    about = book.properties
    about.creator, about.title = listing.office, "单位表"
    about.created = about.modified = listing.made_at.astimezone(UTC).replace(tzinfo=None)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Worksheet, part: Part, rows: Sequence[Mapping[str, str]], units: int) -> None:
    for at, one in enumerate(part.fields, 1):
        cell = sheet.cell(1, at)
        head(cell, one.heading)
        cell.fill = _HEAD_FILL
        if one.hint:
            cell.comment = Comment(one.hint, "zwgk", width=300, height=90)
        sheet.column_dimensions[get_column_letter(at)].width = one.width
        _choices(sheet, one, get_column_letter(at), len(rows), units)
    sheet.row_dimensions[1].height = 26
    for number, values in enumerate(rows, 2):
        lines = 1
        for at, one in enumerate(part.fields, 1):
            text = values[one.key]
            body(sheet.cell(number, at), text or None)
            sheet.cell(number, at).number_format = "@"
            lines = max(lines, -(-sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) // one.width))
        sheet.row_dimensions[number].height = max(20, 15 * lines + 5)
    for number in range(len(rows) + 2, len(rows) + 2 + SPARE_ROWS):
        for at in range(1, len(part.fields) + 1):
            cell = sheet.cell(number, at)
            cell.number_format = "@"  # what is typed stays text: ids, dates, numbers
            if number < len(rows) + 22:
                cell.border = BORDER
    _layout(sheet, len(part.fields), len(rows))


def _choices(sheet: Worksheet, one: Field, letter: str, rows: int, units: int) -> None:
    """A drop-down list; strict for closed choices, an offer for units and platforms."""
    words = (
        one.suggested
        or tuple(dict.fromkeys(one.labels.values()))
        or (("是", "否") if one.form is Form.YES else ())
    )
    strict = not one.suggested
    formula = f'"{",".join(words)}"'
    if one.form is Form.UNIT:
        formula, strict = f"'{UNITS.title}'!$B$2:$B${units + 1 + SPARE_ROWS}", False
    elif not words:
        return
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict)
    rule.errorTitle, rule.error = one.heading, "请从下拉列表里选"
    rule.add(f"{letter}2:{letter}{rows + 1 + SPARE_ROWS}")
    sheet.add_data_validation(rule)


def _layout(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(columns)}{rows + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.HeaderFooter.oddFooter
    if footer is not None:
        footer.center.text = "第 &P 页　共 &N 页"


def _notes(sheet: Worksheet, listing: Listing) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 90
    for number, (left, right) in enumerate(_told(listing), 1):
        for at, text in ((1, left), (2, right)):
            cell = sheet.cell(number, at)
            put(cell, text)
            cell.font, cell.alignment = _LINE, Alignment(wrap_text=True, vertical="top")
            if not right:
                cell.font = Font(name="黑体", size=14 if number == 1 else 12)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _told(listing: Listing) -> Iterator[tuple[str, str]]:
    yield f"{listing.office}单位表{'（模拟）' if listing.simulation else ''}", ""
    yield "怎样用", ""
    yield (
        "改",
        "在各表里改、在末尾加行，存盘后用 zwgk register import 文件 --dry-run 预览。",
    )
    yield (
        "编号",
        "不要改。新增的行可以空着：按单位、名称和平台（类别、商店）找已有的，没有才编新号。",
    )
    yield "不要删行", "表里没有的对象在单位表里保持不变。停用的写停用日期，或改状态。"
    yield "空着", "空着的格子等于没有写（按默认）；去掉的整列保持不变。"
    yield "公式、合并", "不要用公式，不要合并单元格；表头可以换次序，另加的列不读。"
    yield "有错", "任何一行有错，整个文件都不导入，一次列出全部错误在哪张表、哪一行、哪一列。"
    yield "共用栏目", f"几个单位共用的栏目，“单位”写 {SHARED}。"
    for part in PARTS:
        yield f"{part.title}表的列", ""
        for one in part.fields:
            choices = "、".join(dict.fromkeys(one.labels.values()))
            offered = f"可用：{choices}" if choices and choices not in one.hint else ""
            yield one.heading, "；".join(filter(None, (one.hint, offered))) or "—"
