"""How values are shown on pages."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from domain.clock import BEIJING

EMPTY = "—"


def shown(value: object) -> str:
    """Days as they are, moments in Beijing time to the minute, nothing as a dash."""
    match value:
        case None | "":
            return EMPTY
        case datetime():
            return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
        case Enum():
            return str(value.value)
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def share(value: Decimal | None) -> str:
    """A share of 0..1 as a percentage."""
    return EMPTY if value is None else f"{value * 100:.1f}%"


FILTERS: Mapping[str, Callable[..., Any]] = {"shown": shown, "share": share}
