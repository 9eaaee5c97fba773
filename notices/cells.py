"""Writing a table's cells safely: text stays text, numbers and days stay what they are."""

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, Side

from notices.wording import clean

Value: TypeAlias = str | int | Decimal | date | None

FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for a formula; titles of web pages are not ours to trust."""
LONGEST = 32767
"""Characters a cell can hold."""

_THIN = Side(style="thin", color="000000")
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
WRAPPED = Alignment(wrap_text=True, vertical="center", horizontal="left")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
BODY, HEAD = Font(name="仿宋_GB2312", size=11), Font(name="黑体", size=11)


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Set a cell's value with its type: a text that looks like a formula is marked as text, unchanged."""
    if isinstance(cell, MergedCell):
        raise TypeError(f"{cell.coordinate} lies inside merged cells: write to their first cell")
    if isinstance(value, str):
        text = clean(value)[:LONGEST]
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(FORMULA_STARTS)
        cell.number_format = "@"
    elif isinstance(value, Decimal):
        cell.value = value.normalize() if value else Decimal(0)
        cell.number_format = "0.##" if value % 1 else "0"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def body(cell: Cell | MergedCell, value: Value) -> None:
    put(cell, value)
    cell.font, cell.border = BODY, BORDER
    cell.alignment = WRAPPED if isinstance(value, str) and len(value) > 12 else CENTRED


def head(cell: Cell | MergedCell, title: str) -> None:
    put(cell, title)
    cell.font, cell.border, cell.alignment = HEAD, BORDER, CENTRED
