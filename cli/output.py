"""What goes to the terminal: tables and colours for people, plain text in a pipe, JSON when asked."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.contract.plain import plain
from domain.clock import BEIJING

EMPTY = "—"


def print_json(value: object, *, indent: int | None = 1) -> None:
    """One JSON value on stdout; `indent` None: on one line."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=indent))


def say(text: str) -> None:
    """A line for people on stdout."""
    print(text)


def note(text: str) -> None:
    """A line on stderr: progress, warnings, errors."""
    print(text, file=sys.stderr)


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on a terminal; in a pipe the same cells, one row a line, parted by tabs."""
    cells = [[shown(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for line in (columns, *cells):
            print("\t".join(" ".join(cell.split()) for cell in line))
        return
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))
    Console().print(table)


def shown(value: object) -> str:
    """A cell: days as they are, moments in Beijing time to the minute, nothing as a dash."""
    match value:
        case None | "":
            return EMPTY
        case datetime():
            return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        case bool():
            return "是" if value else "否"
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
