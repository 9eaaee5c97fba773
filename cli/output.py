"""What goes to the terminal: tables and colours for people, plain text in a pipe, JSON when asked."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from domain.clock import BEIJING, Month

EMPTY = "—"


def plain(value: object) -> Any:
    """A value as JSON has it: days and moments ISO (moments in UTC), points as strings."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float | None):
        return value
    for kind, form in FORMS.items():
        if isinstance(value, kind):
            return form(value)
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no JSON form for {type(value).__name__}: give it one in cli/output.py")


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


FORMS: Mapping[type, Callable[[Any], Any]] = {
    datetime: utc,  # before date: a datetime is one
    date: date.isoformat,
    Decimal: str,
    Month: str,
    Path: str,
    Mapping: lambda items: {str(key): plain(item) for key, item in items.items()},
    frozenset: lambda items: sorted(plain(item) for item in items),
    Sequence: lambda items: [plain(item) for item in items],
}


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
