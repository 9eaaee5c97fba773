"""RSS and Atom feeds: a site's own, or what a bridge makes of an account (sources.md §4).

Entities are refused before parsing. Times without a zone are Beijing's. A feed accuses only when the
account is registered with full coverage and every item has a time.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha1
from io import BytesIO
from typing import Any, Literal
from xml.sax import SAXParseException

import feedparser

from crawler.accounts.base import SourceSaid
from crawler.accounts.said import refused
from crawler.addresses import host_of
from crawler.answers import Ask, Fetch
from domain.clock import BEIJING
from domain.readings import AccountReading, Post
from domain.units import Account

ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5"}
PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_-]+)""")
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*>", re.IGNORECASE)


class RssSource:
    """The adapter named `rss`."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        if (said := refused(answer)) is not None:
            return said
        reading = read_feed(answer.body, account, answer.fetched_at, content_type=answer.content_type)
        return SourceSaid(answer=answer, reading=reading)


def read_feed(
    body: bytes, account: Account, fetched_at: datetime, *, content_type: str = ""
) -> AccountReading:
    """The posts of a feed. Never raises; what cannot be read becomes a reason, never silence."""
    text = _text(body, content_type)
    if "<!entity" in text.lower() or re.search(r"<!DOCTYPE[^>]*\[", text, re.IGNORECASE):
        return AccountReading(reason="parse_failed", why="订阅源含有实体声明，出于安全未读取")
    feed = feedparser.parse(
        BytesIO(DOCTYPE.sub("", PROLOG.sub("", text)).encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False, resolve_relative_uris=False,
    )  # fmt: skip
    if not feed.get("version"):
        html = "<html" in text[:2000].lower()
        what = "返回的是网页，不是订阅源" if html else "返回的内容不是订阅源"
        return AccountReading(reason="parse_failed", why=what)
    if not feed.entries:
        return AccountReading(reason="empty", why="订阅源没有任何内容")
    return _reading(_Feed(feed.entries, feed.feed, isinstance(feed.get("bozo_exception"), SAXParseException)),
                    account, fetched_at)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Feed:
    entries: list[Mapping[str, Any]]
    head: Mapping[str, Any]
    broken: bool  # the XML ends or errs somewhere: items may be missing


def _reading(feed: _Feed, account: Account, fetched_at: datetime) -> AccountReading:
    posts = tuple(post for post in map(_post, feed.entries) if post is not None)
    if not posts:
        return AccountReading(reason="parse_failed", why="订阅源的内容都没有可用的发布时间")
    undated = len(feed.entries) - len(posts)
    coverage: Literal["full", "partial"] = "full" if account.full_coverage else "partial"
    why = f"订阅源有{len(posts)}条内容"
    if undated or feed.broken:
        coverage = "partial"
        why += f"，另有{undated}条没有发布时间" if undated else "，但格式有误，可能不完整"
    synced_at = _synced_at(feed, posts, account, fetched_at)
    return AccountReading(reason="ok", why=why, posts=posts, source_synced_at=synced_at, coverage=coverage)


def _synced_at(feed: _Feed, posts: tuple[Post, ...], account: Account, fetched_at: datetime) -> datetime:
    """When the source last saw the account: now for a site's own feed, else what a bridge says of itself."""
    own = any(host_of(post.url) == host_of(account.url) for post in posts)
    built = _moment(feed.head, ("updated", "published"))
    return fetched_at if own or built is None else min(built, fetched_at)


def _post(entry: Mapping[str, Any]) -> Post | None:
    published_at = _moment(entry, ("published", "created", "updated"))
    if published_at is None:
        return None
    title, url = str(entry.get("title", "")), entry.get("link")
    digest = sha1(f"{title}{url}".encode(), usedforsecurity=False).hexdigest()[:20]
    return Post(id=str(entry.get("id") or digest), title=title, url=url, published_at=published_at)


def _moment(entry: Mapping[str, Any], names: tuple[str, ...]) -> datetime | None:
    """The first of the named times that can be read, aware. feedparser would take missing zones for UTC."""
    for name in names:
        said = dict.get(entry, name) if isinstance(entry, dict) else None  # feedparser aliases its keys
        found = _parsed(str(said).strip()) if said else None
        if found is not None and 1990 <= found.year <= 2200:
            return found.astimezone(UTC)
    return None


def _parsed(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, OverflowError):
            continue
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC if text.endswith("-0000") else BEIJING)
        return found
    return None


def _text(body: bytes, content_type: str) -> str:
    """The feed as text: byte order mark, then what is declared, Chinese sets as GB18030, else UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    declared = DECLARED.search(body[:200]) or DECLARED.search(content_type.encode("latin-1", "replace"))
    name = declared[1].decode().lower() if declared else "utf-8"
    return body.decode(ENCODINGS.get(name, "utf-8"), "replace").lstrip("\ufeff")
