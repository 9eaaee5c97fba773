"""A body as the JSON an interface should answer with."""

import json
from collections.abc import Mapping
from typing import Any


def json_object(body: bytes) -> Mapping[str, Any] | None:
    """The object, None for anything else. Never raises."""
    found = _json(body)
    return found if isinstance(found, dict) else None


def json_array(body: bytes) -> list[Any] | None:
    """The array, None for anything else. Never raises."""
    found = _json(body)
    return found if isinstance(found, list) else None


def _json(body: bytes) -> object:
    try:
        return json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
