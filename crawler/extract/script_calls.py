"""Interfaces that a page's inline scripts call with an address and parameters written out. Pure, bounded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.extract.list_rows import absolute
from crawler.extract.script_literals import after_gap, block, literal, members, strings, variables

MAX_CALLS = 20
"""Calls of a script that are read."""


@dataclass(frozen=True, slots=True)
class ListApi:
    """An interface to ask. `posted`: what is posted, None for GET. `name`: for people."""

    url: str
    name: str
    posted: str | None = None


_CALL = re.compile(
    r"(?P<options>(?:\$|jQuery)\.ajax\s*\(|\baxios\s*\(|\$http\s*\()"
    r"|(?P<get>(?:\$|jQuery)\.(?:getJSON|get)\s*\(|axios\.get\s*\(|\bfetch\s*\(|\$http\.get\s*\()"
    r"|(?P<post>(?:\$|jQuery)\.post\s*\(|axios\.post\s*\(|\$http\.post\s*\(|\.open\s*\(\s*[\"'](?:GET|POST))"
)
_LISTS = re.compile(
    r"list|query|search|page|news|article|info|column|channel|catalog|data|zwgk|gkml|tzgg", re.I
)
_ACTS = re.compile(
    r"save|add|submit|insert|update|delete|remove|upload|login|logout|vote|like|praise|count|visit|hits?\b"
    r"|stat(?:istic)?s?\b|log\b|captcha|token|user|comment|click|weather|print",
    re.I,
)
_COUNTS = re.compile(
    r"visit|hits?\b|count|stat(?:istic)?s?\b|track|collect|beacon|analytics|weather|captcha|login|token|log\b",
    re.I,
)
_PAGING = re.compile(
    r"^(?:cur|current|start)?_?(?:page(?:no|num|number|index|size|_size)?|rows|limit|size)$", re.I
)
_NOTHING_MORE = re.compile(r"\s*(?:\)|,\s*(?:function\b|\(?[\w$,\s]{0,80}\)?\s*=>|['\"](?:json|jsonp)['\"]))")


def called(scripts: list[str], url: str) -> ListApi | None:
    """The one list interface that the inline scripts call.

    Where one call is computed it may be the list's own, and a second one may be a side bar's: then none.
    """
    found: list[ListApi] = []
    for script in scripts:
        known = variables(script)
        for call in islice(_CALL.finditer(script), MAX_CALLS):
            asked = _asked(script, call, known)
            if asked is None:
                return None
            found += _list_api(asked, url)
    return found[0] if len(set(found)) == 1 else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call's address and parameters, all of them literals."""

    address: str
    query: Mapping[str, str]
    posts: bool


def _list_api(asked: _Asked, url: str) -> list[ListApi]:
    """The interface, when it is asked for a list and does nothing else; posting needs a page number."""
    base = absolute(asked.address, url)
    if base is None:
        return []
    path = urlsplit(base).path
    pages = any(_PAGING.match(name) for name in asked.query)
    acts = _ACTS.search(path) is not None or path.endswith((".html", ".htm", ".shtml", ".js", ".css"))
    if acts or not (pages or (not asked.posts and _LISTS.search(path))):
        return []
    if asked.posts:
        return [ListApi(base, "页面脚本中的接口", posted=urlencode(asked.query))]
    return [ListApi(with_query(base, asked.query), "页面脚本中的接口")]


def counts_visitors(url: str) -> bool:
    """Is a request, by its path, a visitor counter's, the weather's or the like, and no list's?"""
    path = urlsplit(url).path
    return _COUNTS.search(path) is not None and not _LISTS.search(path)


def with_query(address: str, query: Mapping[str, str]) -> str:
    """The address with more parameters behind those it has."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}" if query else address


def _asked(script: str, call: re.Match[str], known: Mapping[str, str]) -> _Asked | None:
    """What a call asks for; None when a part of it is computed."""
    start = (
        call.end()
        + len(script[call.end() : call.end() + 80])
        - len(script[call.end() : call.end() + 80].lstrip())
    )
    if call["options"]:
        return _by_options(members(block(script, start), known), known)
    named = literal(script, start, known)
    if named is None:
        return None
    if _NOTHING_MORE.match(script, named.end):
        return _Asked(named.value, {}, bool(call["post"]))
    comma = after_gap(script, named.end)
    query = (
        _query(block(script, after_gap(script, comma + 1)), known)
        if script[comma : comma + 1] == ","
        else None
    )
    return _Asked(named.value, query, bool(call["post"])) if query is not None else None


def _by_options(said: Mapping[str, str | None] | None, known: Mapping[str, str]) -> _Asked | None:
    """`$.ajax({url, type, data})`, `axios({url, method, params})`."""
    if said is None:
        return None
    address, method = said.get("url"), said.get("type", said.get("method", "get"))
    written = said.get("data", said.get("params", "{}"))
    if not address or method is None or written is None or "json" in str(said.get("contentType")):
        return None
    query = strings(written, known) if written.startswith("{") else dict(parse_qsl(written))
    if query is None or method.lower() not in {"get", "post"} or address.startswith("{"):
        return None
    return _Asked(address, query, method.lower() == "post")


def _query(options: str, known: Mapping[str, str]) -> dict[str, str] | None:
    """The parameters in a call's second argument: under `params` for axios; fetch has none to GET with."""
    said = members(options, known) if options else None
    if said is None:
        return None
    if "params" in said:
        return strings(said["params"] or "", known)
    if {"method", "body", "headers"} & said.keys():
        gets = (said.get("method", "get") or "").lower() == "get" and "body" not in said
        return {} if gets else None
    return strings(options, known)
