"""Ids for proposed columns, short and speaking: what the registry and its events call them for good."""

import re
from urllib.parse import urlsplit

from crawler.extract.discover_reading import Proposed
from domain.units import ColumnKind

_SHORT = {
    ColumnKind.NEWS: "dt",
    ColumnKind.ANNOUNCEMENTS: "tzgg",
    ColumnKind.POLICY: "zcwj",
    ColumnKind.BUDGET: "yjs",
    ColumnKind.LEADERS: "ldxx",
    ColumnKind.DIRECTORY: "gkml",
    ColumnKind.INTERPRETATION: "zcjd",
    ColumnKind.INTERVIEWS: "zxft",
    ColumnKind.CONSULTATION: "dczj",
    ColumnKind.SERVICES: "bsfw",
    ColumnKind.KEY_AREAS: "zdly",
    ColumnKind.ANNUAL_REPORT: "nb",
    ColumnKind.CONCERNS: "hygq",
    ColumnKind.RULES: "gfxwj",
}
_GENERIC = re.compile(
    r"(?:index|list|default|main|more)(?:[-_]?\w{0,12})?|redirect\w*|.{0,24}[-_]lists?|col|column|channel|node|web"
)


def slug_of(column: Proposed) -> str:
    """An id from the address's own words, else from the kind: lower case letters, digits, hyphens."""
    short = _SHORT.get(column.kind, "lm") if column.kind else "lm"
    address = urlsplit(column.url)
    if address.query and column.kind:
        return short  # the path names the program that answers, not the column
    parts = [part.rsplit(".", 1)[0].lower() for part in address.path.split("/") if part]
    for part in reversed(parts[-3:]):
        word = re.sub(r"[^a-z0-9]+", "-", part).strip("-")
        if not word or _GENERIC.fullmatch(part):
            continue
        return word[:40].strip("-") if re.search(r"[a-z]{2}", word) else f"{short}-{word[:30]}".strip("-")
    return short
