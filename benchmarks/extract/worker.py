"""One extractor in a process of its own: told pages on stdin, answers CPU milliseconds a page on stdout.

Runs in the project's environment (ours) or in the peers' (see requirements.lock), so it imports nothing of
the project at the top. Peers get text that is already decoded; ours decodes for itself.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

SEEN_AT = datetime(2026, 11, 20, tzinfo=UTC)
Reader = Callable[[bytes, str], object]


def ours_document() -> Reader:
    read = import_module("crawler.extract.document").read_document
    return lambda body, _: read(body, "http://portal.example/a/b.html")


def ours_list() -> Reader:
    read = import_module("crawler.extract.list_page").read_list
    return lambda body, _: read(body, "http://portal.example/a/", seen_at=SEEN_AT)


def gne() -> Reader:
    extractor = import_module("gne").GeneralNewsExtractor()
    return lambda _, text: extractor.extract(text)


def trafilatura_metadata() -> Reader:
    extract = import_module("trafilatura").extract_metadata
    return lambda _, text: extract(text)


def trafilatura_full() -> Reader:
    extract = import_module("trafilatura").bare_extraction
    return lambda _, text: extract(text, with_metadata=True)


def htmldate() -> Reader:
    find = import_module("htmldate").find_date
    return lambda _, text: find(text, original_date=True)


READERS: dict[str, Callable[[], Reader]] = {
    one.__name__: one
    for one in (ours_document, ours_list, gne, trafilatura_metadata, trafilatura_full, htmldate)
}
CACHES = {
    "htmldate": "htmldate.meta",
    "trafilatura_metadata": "trafilatura.meta",
    "trafilatura_full": "trafilatura.meta",
}


def main() -> None:
    """Load the reader named, then answer: a JSON list of files is kept; an empty line asks for a round."""
    name = sys.argv[1]
    out, sys.stdout = sys.stdout, sys.stderr
    read = READERS[name]()
    forget = import_module(CACHES[name]).reset_caches if name in CACHES else None
    pages: list[tuple[bytes, str]] = []
    for line in sys.stdin:
        if line.strip():
            pages = [_page(Path(file)) for file in json.loads(line)]
            print("{}", file=out, flush=True)
            continue
        if forget is not None:
            forget()  # what one round remembers must not speed up the next
        print(json.dumps(_round(read, pages)), file=out, flush=True)


def _page(file: Path) -> tuple[bytes, str]:
    body = file.read_bytes()
    try:
        return body, body.decode("utf-8")
    except UnicodeDecodeError:
        return body, body.decode("gb18030", "replace")


def _round(read: Reader, pages: list[tuple[bytes, str]]) -> dict[str, Any]:
    took: list[float] = []
    failed = 0
    for body, text in pages:
        started = process_time()
        try:
            read(body, text)
        except Exception:  # noqa: BLE001 - a peer that fails on a page has had its time all the same
            failed += 1
        took.append((process_time() - started) * 1000)
    return {"ms": took, "failed": failed}


if __name__ == "__main__":
    main()
