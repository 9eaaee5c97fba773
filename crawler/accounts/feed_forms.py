"""The forms of feeds: RSS and Atom, JSON Feed. Bytes -> Feed, or the reading that says why there is none.

Entities are refused before parsing; nothing raises.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXParseException

import feedparser

from crawler.accounts.feed import Feed, moment, posted
from crawler.accounts.said import link, mapping, words
from crawler.extract.json_object import json_object
from domain.readings import AccountReading, Post

ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_-]+)""")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)
JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/1(?:\.\d)?/?")
NO_JSON_FEED = AccountReading(reason="parse_failed", why="返回的内容不是JSON Feed")


def any_feed(body: bytes, content_type: str = "") -> Feed | AccountReading:
    """A feed by what it is, whatever its address or declared type says."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return json_feed(body)
    return xml_feed(body, content_type)


def json_feed(body: bytes) -> Feed | AccountReading:
    """JSON Feed 1.0 or 1.1; an item's time is that of its publication, else of its last change."""
    said = json_object(body) or {}
    items = said.get("items")
    if not JSON_FEED.fullmatch(words(said.get("version"))) or not isinstance(items, list):
        return NO_JSON_FEED
    posts = [_from_json(mapping(item)) for item in items]
    known = tuple(post for post in posts if post is not None)
    return Feed(
        posts=known, undated=len(posts) - len(known), home=link(said.get("home_page_url")),
        maker=f"{words(said.get('description'))} {words(said.get('feed_url'))}",
    )  # fmt: skip


def _from_json(item: Mapping[str, Any]) -> Post | None:
    times = (moment(words(item.get(name))) for name in ("date_published", "date_modified"))
    at = next((time for time in times if time is not None), None)
    if at is None:
        return None
    title = words(item.get("title")) or words(item.get("content_text"))[:80]
    url = link(item.get("url")) or link(item.get("external_url"))
    return posted(words(item.get("id")), title, url, at)


def xml_feed(body: bytes, content_type: str = "") -> Feed | AccountReading:
    """RSS or Atom of any version."""
    text = _text(body, content_type)
    if "<!entity" in text.lower() or re.search(r"<!DOCTYPE[^>]*\[", text, re.IGNORECASE):
        return AccountReading(reason="parse_failed", why="订阅源含有实体声明，出于安全未读取")
    found = feedparser.parse(
        BytesIO(DOCTYPE.sub("", PROLOG.sub("", text)).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip
    if not found.get("version"):
        html = "<html" in text[:2000].lower()
        what = "返回的是网页，不是订阅源" if html else "返回的内容不是订阅源"
        return AccountReading(reason="parse_failed", why=what)
    posts = [_from_xml(entry) for entry in found.entries]
    known = tuple(post for post in posts if post is not None)
    head = found.feed
    return Feed(
        posts=known, undated=len(posts) - len(known),
        broken=isinstance(found.get("bozo_exception"), SAXParseException),
        built_at=_first(head, ("updated", "published")), home=link(head.get("link")), maker=_maker(head),
    )  # fmt: skip


def _maker(head: Mapping[str, Any]) -> str:
    """What a feed says of its maker: the program, the description (RSSHub signs there), its own address."""
    links = (words(one.get("href")) for one in head.get("links", ()))
    about = (words(head.get(name)) for name in ("generator", "subtitle"))
    program = words(mapping(head.get("generator_detail")).get("href"))
    return " ".join((*about, program, *links))


def _from_xml(entry: Mapping[str, Any]) -> Post | None:
    at = _first(entry, ("published", "created", "updated"))
    if at is None:
        return None
    return posted(words(entry.get("id")), words(entry.get("title")), link(entry.get("link")), at)


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> datetime | None:
    """The first of the named times that can be read. feedparser would take missing zones for UTC."""
    said = (words(dict.get(entry, name)) if isinstance(entry, dict) else "" for name in names)  # no aliases
    return next((at for text in said if text and (at := moment(text)) is not None), None)


def _text(body: bytes, content_type: str) -> str:
    """The feed as text: byte order mark, then what is declared, Chinese sets as GB18030, else UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    declared = DECLARED.search(body[:200]) or DECLARED.search(content_type.encode("latin-1", "replace"))
    name = declared[1].decode().lower() if declared else "utf-8"
    return body.decode(ENCODINGS.get(name, "utf-8"), "replace").lstrip("\ufeff")
