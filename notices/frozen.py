"""A report as plain JSON values and back, so that a closed month is stored whole and reprinted as it was.

Decimals become strings, days and moments ISO, months `2026-09`. Reading follows the field types, so a
record with a missing or unknown field fails instead of printing something else. A field with a default may
be missing: it came after the record, which says nothing of it.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from domain.clock import Month

T = TypeVar("T")


def freeze(value: object) -> Any:
    """JSON values of a dataclass of this project; raises TypeError for a type it does not know."""
    plain: Any
    match value:
        case Month() | Decimal():
            plain = str(value)
        case StrEnum():
            plain = value.value
        case date():
            plain = value.isoformat()
        case None | bool() | int() | str():
            plain = value
        case tuple():
            plain = [freeze(one) for one in value]
        case Mapping():
            plain = {str(key): freeze(one) for key, one in value.items()}
        case _ if is_dataclass(value):
            plain = {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
        case _:
            raise TypeError(f"cannot freeze {type(value).__name__}")
    return plain


def thaw(kind: type[T], data: Any) -> T:
    """The dataclass `kind` from what `freeze` made. Raises KeyError or ValueError for a damaged record."""
    hints = _hints(kind)  # type: ignore[arg-type]  # a class is hashable
    known = fields(kind)  # type: ignore[arg-type]
    needed = {field.name for field in known if field.default is MISSING}
    if not needed <= set(data) <= {field.name for field in known}:
        raise KeyError(f"{kind.__name__}: fields differ: {sorted({f.name for f in known} ^ set(data))}")
    return kind(**{name: _read(hints[name], value) for name, value in data.items()})


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(hint: Any, data: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return None if data is None else _read(next(a for a in args if a is not type(None)), data)
    if origin is tuple:
        return tuple(_read(args[0], one) for one in data)
    if hint is Month:
        return Month.parse(data)
    if hint in {date, datetime}:
        return hint.fromisoformat(data)
    if is_dataclass(hint):
        return thaw(hint, data)  # type: ignore[arg-type]
    return hint(data)
