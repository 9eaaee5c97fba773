"""HTML to a tree, for all readers of pages. Bounded: a hostile page costs time, never an error."""

import re
from typing import TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element
Text: TypeAlias = etree._ElementUnicodeResult

MAX_BYTES = 4_000_000
"""How much of a page is read; the rest of a longer one holds no title, date or label."""

_CLOSED = re.compile(rb"</(?:html|body)\s*>", re.I)
"""Included headers close the page in its middle; the parser would drop all that follows."""


def parse(markup: bytes) -> Element | None:
    """The tree of a page in UTF-8, without comments; None when there is nothing to parse."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    markup = markup[:MAX_BYTES].replace(b"\x00", b"")
    try:
        root = etree.fromstring(_CLOSED.sub(b"", markup), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None
    return root if isinstance(root, Element) else None


def elements(path: etree.XPath, root: Element) -> list[Element]:
    """What a path that names elements finds."""
    return cast("list[Element]", path(root))


def texts(path: etree.XPath, root: Element) -> list[Text]:
    """What a path that names texts or attributes finds; each text knows its element."""
    return cast("list[Text]", path(root))
