"""Values as JSON has them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from domain.clock import Month


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
    raise TypeError(f"no JSON form for {type(value).__name__}: give it one in app/contract/plain.py")


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
