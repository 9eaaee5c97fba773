"""JSON Schemas of values as app.contract.plain writes them, read off their types: they cannot fall apart.

A field's words stand in its type: `open: Annotated[int, "未整改的事件数"]`. `Annotated[…, Schema("check")]`
names a schema that
stands elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from domain.clock import Month

REF = "#/components/schemas/"
SIMPLE: Mapping[Any, Mapping[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    Path: {"type": "string"},
    Decimal: {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    Month: {"type": "string", "pattern": r"^\d{4}-\d{2}$"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time", "pattern": "Z$"},
    NoneType: {"type": "null"},
    Any: {},
}


@dataclass(frozen=True, slots=True)
class Schema:
    """The value fits the schema of that name."""

    name: str


def schema_of(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; dataclasses are put into `found` by name and referred to.

    Raises TypeError for what plain() has no form for, and for two dataclasses of one name.
    """
    if get_origin(kind) is Annotated:
        return _annotated(kind, found)
    if kind in SIMPLE:
        return dict(SIMPLE[kind])
    if get_origin(kind) in {Union, UnionType}:
        return {"anyOf": [schema_of(one, found) for one in get_args(kind)]}
    if is_dataclass(kind) and isinstance(kind, type):
        return _object(kind, found)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [one.value for one in kind]}
    return _container(kind, found)


def _annotated(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    inner, *notes = get_args(kind)
    named = next((note.name for note in notes if isinstance(note, Schema)), None)
    made = _elsewhere(inner, named) if named else schema_of(inner, found)
    words = [note for note in notes if isinstance(note, str)]
    return made | ({"description": words[0]} if words else {})


def _elsewhere(kind: Any, name: str) -> dict[str, Any]:
    there = {"$ref": REF + name}
    return {"anyOf": [there, {"type": "null"}]} if NoneType in get_args(kind) else there


def _object(kind: type, found: dict[str, Any]) -> dict[str, Any]:
    name, mark = kind.__name__, f"{kind.__module__}.{kind.__qualname__}"
    if name not in found:
        found[name] = {"x-from": mark}  # before its fields: they may lead back here
        hints = get_type_hints(kind, include_extras=True)
        names = [field.name for field in fields(kind)]
        found[name] = {
            "type": "object", "additionalProperties": False, "required": names,
            "properties": {one: schema_of(hints[one], found) for one in names}, "x-from": mark,
        }  # fmt: skip
    if found[name]["x-from"] != mark:
        raise TypeError(f"two dataclasses named {name}: rename one, an integrator's program needs both")
    return {"$ref": REF + name}


def _container(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one is not Ellipsis]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema_of(inner[1], found)}
    if isinstance(origin, type) and issubclass(origin, Sequence | frozenset) and len(set(inner)) == 1:
        return {"type": "array", "items": schema_of(inner[0], found)}
    raise TypeError(f"no schema for {kind}: give it one in app/contract/shape.py")
