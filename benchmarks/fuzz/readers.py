"""What is fuzzed: each reader over any bytes, what it must give, and how long it may take.

A case is one byte that chooses the reader, then the page. What a reader gives must be writable as UTF-8 JSON:
that is how `zwgk extract` and the archive use it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from app.contract.plain import plain
from cli.extract import article_line, list_line
from crawler.extract.charset import charset_of, decode
from crawler.extract.discover import discover
from crawler.extract.discover_reading import merged, own_page
from crawler.extract.document import read_document
from crawler.extract.json_lists import embedded, find_list, load
from crawler.extract.list_page import read_list

URL = "http://www.town.example/xxgk/"
SEEN_AT = datetime(2026, 11, 20, 4, tzinfo=UTC)
MOST_CPU_S = 3.0
"""CPU time of one case, instrumented; a page of the size fuzzed takes some milliseconds."""
HEADERS = ("", "text/html; charset=gb2312", "text/html; charset=utf-8", "text/html; charset=utf-16")


class TooSlowError(Exception):
    """A case took longer than `MOST_CPU_S`."""


def _list(page: bytes, header: str) -> object:
    return list_line(Path("page"), read_list(page, URL, seen_at=SEEN_AT, content_type=header), SEEN_AT)


def _document(page: bytes, header: str) -> object:
    return article_line(Path("page"), read_document(page, URL, content_type=header))


def _portal(page: bytes, header: str) -> object:
    reading = discover(page, URL, content_type=header)
    own = own_page(reading, URL)
    for one in merged([*reading.proposed, *([own] if own else [])]):
        assert one.why, one
        assert one.name.isprintable(), one
        assert one.url.startswith("http"), one
    return reading


def _json(page: bytes, header: str) -> object:
    text = decode(page, header)
    return [find_list(load(text)), embedded([text])]


def _charset(page: bytes, header: str) -> object:
    text = decode(page, header)
    name = charset_of(page, header)
    assert not text.startswith("\ufeff") or page.decode(name, "replace").startswith("\ufeff\ufeff")
    return [text, name]


READERS: Mapping[str, Callable[[bytes, str], object]] = {
    "list": _list,
    "document": _document,
    "portal": _portal,
    "json": _json,
    "charset": _charset,
}
_ORDER = tuple(READERS)


def case(reader: str, page: bytes, header: int = 0) -> bytes:
    """The bytes of a case."""
    return bytes([_ORDER.index(reader) + len(_ORDER) * header]) + page


def run(data: bytes) -> None:
    """Read one case. Raises whatever its reader raises, AssertionError for what no reader may give."""
    if not data:
        return
    chosen, page = data[0], data[1:]
    name, header = _ORDER[chosen % len(_ORDER)], HEADERS[chosen // len(_ORDER) % len(HEADERS)]
    start_s = process_time()
    given = READERS[name](page, header)
    json.dumps(plain(given), ensure_ascii=False).encode()
    took_s = process_time() - start_s
    if took_s > MOST_CPU_S:
        raise TooSlowError(f"{name}: {took_s:.1f} s for {len(page)} bytes")
