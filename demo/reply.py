"""A request to the simulated portal and its answer. No sockets here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"
PACKAGE_TYPE = "application/vnd.android.package-archive"
"""Sent by ranges where one is asked; of any other type the whole is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`path` without its query; of several values of a name the last. `headers`: names in lower case."""

    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    posted: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    content_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(value: object, status: int = 200, content_type: str = "application/json; charset=utf-8") -> Reply:
    return Reply(status, json.dumps(value, ensure_ascii=False).encode(), content_type)
