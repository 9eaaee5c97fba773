"""A YAML text as a tree of nodes with their places, scalars named by YAML 1.2 (`yes` and `no` are words)."""

import re
from typing import Any, TypeAlias

import yaml
from yaml.nodes import Node

TAG = "tag:yaml.org,2002:"
_PLAIN = (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?(0b[01_]+|0o[0-7_]+|0x[0-9a-fA-F_]+|[0-9_]+)", list("-+0123456789")),
    (
        "float",
        r"[-+]?([0-9][0-9_]*)?\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(\.|\.?[eE][-+]?[0-9]+)"
        r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
    ("merge", r"<<", ["<"]),
)
"""What a scalar without quotes may be, and its first characters; everything else, days too, is text."""

_Resolvers: TypeAlias = dict[str, list[tuple[str, Any]]]


class _Exact(yaml.SafeLoader):
    yaml_implicit_resolvers: _Resolvers = {}


class _Fast(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # absent without libyaml
    yaml_implicit_resolvers: _Resolvers = {}


for _tag, _pattern, _first in _PLAIN:
    for _loader in (_Exact, _Fast):
        _loader.add_implicit_resolver(TAG + _tag, re.compile(f"^(?:{_pattern})$"), _first)


def compose(text: str) -> Node | None:
    """The top node. Raises YAMLError, RecursionError.

    libyaml reads ten times faster; where it stumbles, the reader in Python decides and tells what is wrong.
    """
    try:
        return yaml.compose(text, Loader=_Fast)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=_Exact)
