"""Rows that stand inside XML data islands (`<record><![CDATA[…]]></record>`), put back where they belong.

Some portal systems send a list as records in a `<script type="text/xml">` or as the bare XML answer of a
paging proxy; a script builds the rows. Here the records become markup in place. Pure, linear.
"""

import html
import re

_RECORD = re.compile(r"<record\b[^>]{0,200}>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.S | re.I)
_OPENING = re.compile(r"<record[\s>]", re.I)
_NEXT_GROUP = re.compile(r"<nextgroup>\s*<!\[CDATA\[(.{0,2000}?)\]\]>", re.S | re.I)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,500})""", re.I)


def has_island(text: str) -> bool:
    return "<![CDATA[" in text and "<record" in text


def opened(text: str) -> str:
    """The page with its records as ordinary markup."""
    out: list[str] = []
    at = 0
    while (found := _OPENING.search(text, at)) is not None:
        start = found.start()
        opening = max(text.rfind("<script", at, start), -1)
        closing = text.find("</script", start)
        if opening < 0 or closing < 0:
            opening, closing = start, len(text)
        out.append(text[at:opening])
        out.append(_rows(text[opening:closing]))
        at = closing
    out.append(text[at:])
    return "".join(out)


def _rows(island: str) -> str:
    records = []
    at = 0
    while (opening := _OPENING.search(island, at)) is not None:
        start = opening.start()
        end = island.find("</record", start)
        if end < 0:
            break
        if found := _RECORD.match(island[start : end + 9]):
            body = found.group(1)
            records.append(f"<div class=record>{html.unescape(body) if '<' not in body else body}</div>")
        at = end + 8
    return f"<div class=records>{''.join(records)}</div>"


def next_group(text: str) -> str | None:
    """The address of the following records, as the island names it."""
    found = _NEXT_GROUP.search(text)
    href = _HREF.search(found.group(1)) if found else None
    return html.unescape(href.group(1)) if href else None
