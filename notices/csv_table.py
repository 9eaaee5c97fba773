"""A table as CSV that Excel and WPS open with Chinese whole and no formula run."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from notices.cells import FORMULA_STARTS, Value
from notices.wording import clean
from notices.year_tables import Grid

GUARD = "'"
"""Put before a text that a spreadsheet would take for a formula; CSV knows no other way."""


def render_csv(grid: Grid) -> bytes:
    """Heads and rows: UTF-8 with a byte order mark, lines ended by CRLF."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(head for head, _ in grid.columns)
    writer.writerows([_cell(value) for value in row] for row in grid.rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            text = clean(value)
            return GUARD + text if text.startswith(FORMULA_STARTS) else text
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case date():
            return value.isoformat()
    return str(value)
