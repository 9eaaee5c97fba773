"""Lists that come as JSON: answers of list interfaces, and arrays inside a page's scripts. Pure, bounded."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.extract.dates import compact_date, first_date, on_day
from crawler.extract.json_errors import says_failed
from crawler.extract.list_rows import MAX_ROWS, MAX_TITLE
from domain.clock import local_day

Json: TypeAlias = Any
"""What json.loads gives."""

MAX_DEPTH = 12
MAX_NODES = 200_000
MAX_TRIES = 40
"""Beginnings of an array tried in one script."""

_TITLES = (
    "title", "doctitle", "articletitle", "infotitle", "newstitle", "biaoti", "bt", "subject",
    "topic", "listtitle", "name",
)  # fmt: skip
_URLS = (
    "url", "link", "href", "linkurl", "docpuburl", "puburl", "articleurl", "pageurl", "staticurl",
    "post_url", "domainurl", "path",
)  # fmt: skip
_DATES = (
    "display_publish_time", "first_publish_time", "publishdate", "publishtime", "publishedtime",
    "publishedtimestr", "publish_time", "publish_date", "published", "published_at", "pubdate",
    "pubtime", "pub_date", "pub_time", "docreltime", "releasetime", "releasedate", "release_time",
    "fbsj", "fbrq", "showtime", "showdate", "display_date", "deploytime", "infodate", "date",
    "time", "datetime", "docpubtime", "savetime", "created_at", "createtime", "createdate",
    "create_time", "crtime", "inputtime", "addtime", "updated_at", "updatetime",
)  # fmt: skip
"""Keys of dates, the publication's before the entry's: the first that most items fill is taken."""
_TAG = re.compile(r"<[^<>]{0,300}>")
_ARRAY = re.compile(r"\[\s*\{|\{\s*\"")


@dataclass(frozen=True, slots=True)
class JsonRow:
    """An item of a list as JSON tells it."""

    title: str
    href: str
    on: date | None


@dataclass(frozen=True, slots=True)
class JsonList:
    """The list found: its rows, the key its dates stand under ("" = none), how many rows there are in all."""

    rows: tuple[JsonRow, ...]
    date_key: str
    total: int | None = None
    html: str = ""


def load(text: str) -> Json | None:
    """The document, JSONP's wrapping left aside; None when it is no JSON object or array."""
    stripped = text.strip().rstrip(";")
    if found := re.match(r"^[\w.$]{1,60}\(", stripped):
        stripped = stripped[found.end() :].rstrip(")")
    if stripped[:1] not in ("{", "["):
        return None
    try:
        document = json.loads(stripped)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, (dict, list)) else None


def find_list(document: Json) -> JsonList | None:
    """The longest array of items with titles; None when there is none, an empty one when it is told empty.

    An answer without rows that says it failed told nothing of the list: None.
    """
    best: JsonList | None = None
    html = ""
    empty_seen = False
    for key, node in _nodes(document):
        if isinstance(node, list):
            items = [one for one in node[:MAX_ROWS] if isinstance(one, Mapping)]
            found = _read_items(items)
            if found and (best is None or _weight(found) > _weight(best)):
                best = found
            empty_seen = empty_seen or (not node and key in _LIST_KEYS)
        elif isinstance(node, str) and "<li" in node.lower() and len(node) > len(html):
            html = node
    total = _total(document)
    if best is not None:
        return JsonList(best.rows, best.date_key, total)
    if html:
        return JsonList((), "", total, html)
    return JsonList((), "", 0) if empty_seen and not says_failed(document) else None


_LIST_KEYS = frozenset(
    {
        "articles",
        "list",
        "rows",
        "data",
        "records",
        "items",
        "docs",
        "result",
        "results",
        "content",
        "infolist",
        "datalist",
    }
)


def _weight(found: JsonList) -> float:
    dated = sum(1 for row in found.rows if row.on)
    return sum(min(len(row.title), 30) for row in found.rows) * (1 + dated / len(found.rows))


def _nodes(document: Json) -> Iterator[tuple[str, Json]]:
    stack: list[tuple[str, Json, int]] = [("data", document, 0)]
    seen = 0
    while stack and seen < MAX_NODES:
        key, node, depth = stack.pop()
        seen += 1
        yield key, node
        if depth >= MAX_DEPTH:
            continue
        if isinstance(node, dict):
            stack.extend((str(name).lower(), one, depth + 1) for name, one in node.items())
        elif isinstance(node, list):
            stack.extend(("", one, depth + 1) for one in node[:MAX_ROWS] if isinstance(one, (dict, list)))


def _read_items(items: Sequence[Mapping[str, Json]]) -> JsonList | None:
    if not items:
        return None
    lowered = [{str(name).lower(): value for name, value in item.items()} for item in items]
    title_key = _key(lowered, _TITLES, lambda value: isinstance(value, str) and bool(value.strip()))
    if title_key is None:
        return None
    date_key = _key(lowered, _DATES, lambda value: _day(value) is not None) or ""
    url_key = _key(lowered, _URLS, lambda value: isinstance(value, str) and bool(value.strip())) or ""
    if not date_key and not url_key:
        return None
    rows = []
    for item in lowered:
        title = " ".join(_TAG.sub("", str(item.get(title_key) or "")).split())[:MAX_TITLE]
        href = item.get(url_key) if url_key else ""
        if title:
            rows.append(JsonRow(title, href if isinstance(href, str) else "", _day(item.get(date_key))))
    return JsonList(tuple(rows), date_key) if rows else None


def _key(items: Sequence[Mapping[str, Json]], names: Sequence[str], fits: Any) -> str | None:
    """The first of the names that most items fill with something fitting."""
    sample = items[:50]
    for name in names:
        if sum(1 for item in sample if fits(item.get(name))) * 2 > len(sample):
            return name
    return None


def _day(value: Json) -> date | None:
    """A day from a text, or from seconds or milliseconds since 1970."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, str):
        if value.isdecimal() and len(value) in (10, 13):
            return _day(int(value))
        found = first_date(value[:40]) or (compact_date(value) if len(value) in (8, 14) else None)
        if found is None and len(value) >= 14 and value[:14].isdecimal():
            return on_day(int(value[:4]), int(value[4:6]), int(value[6:8]))
        return found.on if found else None
    if isinstance(value, (int, float)) and 5e8 < value < 5e12:
        seconds = value / 1000 if value > 5e10 else value
        return local_day(datetime.fromtimestamp(seconds, UTC))
    return None


def _total(document: Json) -> int | None:
    for key, node in _nodes(document):
        if key in ("total", "totalcount", "totalelements", "total_count", "recordcount", "count"):
            if isinstance(node, int) and not isinstance(node, bool):
                return node
            if isinstance(node, str) and node.isdecimal() and len(node) < 9:
                return int(node)
    return None


def next_url(base_url: str, rows: int, total: int | None) -> str | None:
    """The interface's next page, where its address counts pages and the total says there is one."""
    parts = urlsplit(base_url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    for at, (name, value) in enumerate(query):
        if (
            name.lower() in ("page", "pageno", "pagenum", "pageindex", "p")
            and value.isdecimal()
            and len(value) < 7
        ):
            if total is None or int(value) * rows >= total or not rows:
                return None
            query[at] = (name, str(int(value) + 1))
            return urlunsplit(parts._replace(query=urlencode(query)))
    return None


def embedded(scripts: Iterator[str]) -> JsonList | None:
    """The best list among arrays written into a page's scripts."""
    decoder = json.JSONDecoder()
    best: JsonList | None = None
    for script in scripts:
        at = 0
        for _ in range(MAX_TRIES):
            found = _ARRAY.search(script, at)
            if not found:
                break
            try:
                document, at = decoder.raw_decode(script, found.start())
            except (ValueError, RecursionError):
                at = found.end()
                continue
            one = find_list(document)
            if one and one.date_key and (best is None or _weight(one) > _weight(best)):
                best = one
    return best
