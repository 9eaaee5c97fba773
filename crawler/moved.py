"""Is the page that came the one asked for? A redirect may lead to the home page or another column."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.answers import Answer
from crawler.extract import states
from crawler.extract.charset import decode
from crawler.extract.landmarks import find_landmarks
from crawler.extract.page_tree import Page, parse
from domain.readings import PageState

MAX_HEAD = 1_000_000
"""Bytes of a page in which its names are looked for."""

OWN_NAME = 4
"""Characters from which the end of a registered name is a column's: 工作动态 of 财政局工作动态, not 公开."""

SHOWN = frozenset({PageState.OK, PageState.UNDATED, PageState.EMPTY})
_SESSION = re.compile(r";[^/]*")
_INDEX = re.compile(r"/(?:(?:index|default|list|main|home)(?:\.\w{1,5})?)?$", re.I)
_SUFFIX = re.compile(r"\.(?:s?html?|jspx?|php|aspx?|do)$", re.I)
_MARKS = re.compile(r"[\s\[\]【】()（）《》]+")


def led_elsewhere(asked: str, outer: Answer, inner: Answer) -> bool:
    """Whether a redirect, or a stub that sends its visitors on, led to another place than `asked`.

    A frame and a list interface belong to the page that names them, wherever they stand.
    """
    if elsewhere(asked, outer.final_url or outer.url):
        return True
    return inner is not outer and elsewhere(asked, inner.final_url or inner.url) and _sends_on(outer)


def elsewhere(asked: str, got: str) -> bool:
    """Whether two addresses are different places.

    Not by scheme, port, www., a session, a parameter added, an index page's name or a page's suffix.
    """
    before, after = urlsplit(asked), urlsplit(got)
    if _host(before.hostname) != _host(after.hostname) or _place(before.path) != _place(after.path):
        return True
    return not set(parse_qsl(before.query)) <= set(parse_qsl(after.query))


def says_it_is(answer: Answer, name: str) -> bool:
    """Whether a page calls itself by a column's name: in its title, its trail or its ColumnName."""
    page = _page(answer)
    if page is None:
        return False
    wanted = _MARKS.sub("", name)
    names = {_MARKS.sub("", one) for one in find_landmarks(page).names}
    return any(wanted in one or (len(one) >= OWN_NAME and wanted.endswith(one)) for one in names)


def _host(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _place(path: str) -> str:
    plain = re.sub(r"/{2,}", "/", _SESSION.sub("", unquote(path)) or "/")
    return _SUFFIX.sub("", _INDEX.sub("", plain)).casefold()


def _sends_on(answer: Answer) -> bool:
    text = decode(answer.body[:MAX_HEAD], answer.content_type)
    return states.redirect(states.Answer(text, parse(text), 200)) is not None


def _page(answer: Answer) -> Page | None:
    return parse(decode(answer.body[:MAX_HEAD], answer.content_type))
