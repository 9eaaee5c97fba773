"""A body as the JSON object an interface should answer with."""

import json
from collections.abc import Mapping
from typing import Any


def json_object(body: bytes) -> Mapping[str, Any] | None:
    """The object, None for anything else. Never raises."""
    try:
        found = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
