"""The public album (合集) of a WeChat account: articles that were put into it, without a login.

An album holds tagged articles only, so it shows that an account is alive and never that it is silent:
coverage is always partial (sources.md §4.1 C).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha1
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml import etree, html

from crawler.accounts.base import SourceSaid
from crawler.accounts.said import (
    at_second,
    link,
    mapping,
    not_ahead,
    number,
    objects,
    refused,
    words,
)
from crawler.answers import Ask, Fetch
from crawler.extract.json_object import json_object
from domain.readings import AccountReading, Post
from domain.units import Account

WHYS = {403: "微信拒绝了访问", 429: "访问微信过于频繁，请稍后再试"}
CAPTCHA = ("环境异常", "完成验证", "captcha", "verifycode", "访问过于频繁")
BLOCKED = AccountReading(reason="blocked", why="微信要求完成验证（验证码），本次没有读到合集")
EMPTY = AccountReading(reason="empty", why="合集里没有文章")


class WechatAlbumSource:
    """The adapter named `wechat-album`; the account's address is the album's."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=json_address(account.url), urgent=urgent, any_content=True))
        said = refused(answer, WHYS)
        return said or SourceSaid(answer=answer, reading=read_album(answer.body, answer.fetched_at))


def json_address(url: str) -> str:
    """The album's address as one that answers in JSON."""
    parts = urlsplit(url)
    asked = {"action": "getalbum", "count": "20", **dict(parse_qsl(parts.query)), "f": "json"}
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(asked), ""))


def read_album(body: bytes, fetched_at: datetime) -> AccountReading:
    """The articles of an album, from JSON or from the page. Never raises."""
    said = json_object(body)
    if said is None:
        return _from_page(body, fetched_at)
    base, album = mapping(said.get("base_resp")), mapping(said.get("getalbum_resp"))
    if any(number(part.get("verify_status")) not in {None, 0} for part in (said, base, album)):
        return BLOCKED
    ret = number(base.get("ret"))
    if ret not in {None, 0}:
        return AccountReading(reason="parse_failed", why=f"微信返回错误码{ret}，没有读到合集")
    if not album:
        return AccountReading(reason="parse_failed", why="微信返回的内容里没有合集")
    if not album.get("article_list"):
        return EMPTY
    items = tuple(objects(album["article_list"]))
    return _reading([_post(item, fetched_at) for item in items], fetched_at)


def _from_page(body: bytes, fetched_at: datetime) -> AccountReading:
    text = body.decode("utf-8", "replace").replace("\x00", "")
    items: list[Post | None] = []
    try:
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
        rows = (row for row in page.iter("li") if row.get("data-link") and row.get("data-title"))
        items = [_post(_listed(row), fetched_at) for row in rows]
    except (etree.LxmlError, ValueError):
        pass  # no page: told below
    if items:
        return _reading(items, fetched_at)
    if any(mark in text.lower() for mark in CAPTCHA):
        return BLOCKED
    return AccountReading(reason="parse_failed", why="微信返回的内容不是合集")


def _listed(row: html.HtmlElement) -> dict[str, Any]:
    times = row.xpath(".//*[contains(@class, 'js_article_create_time')]")
    return {
        "msgid": row.get("data-msgid"), "itemidx": row.get("data-itemidx"), "title": row.get("data-title"),
        "url": row.get("data-link"), "create_time": times[0].text_content().strip() if times else None,
    }  # fmt: skip


def _post(item: Mapping[str, Any], fetched_at: datetime) -> Post | None:
    published_at = not_ahead(at_second(item.get("create_time")), fetched_at)
    if published_at is None:
        return None
    title, url, msgid = words(item.get("title")), link(item.get("url")), words(item.get("msgid"))
    digest = sha1(f"{title}{url}".encode(), usedforsecurity=False).hexdigest()[:20]
    key = f"{msgid}_{words(item.get('itemidx')) or 1}" if msgid else digest
    return Post(id=key, title=title, url=url, published_at=published_at, id_given=bool(msgid))


def _reading(items: Iterable[Post | None], fetched_at: datetime) -> AccountReading:
    listed = tuple(items)
    posts = tuple(post for post in listed if post is not None)
    if not posts:
        return AccountReading(reason="parse_failed", why="合集里的文章都没有可用的发布时间")
    undated = len(listed) - len(posts)
    why = f"合集有{len(posts)}篇文章" + (f"，另有{undated}篇没有发布时间" if undated else "")
    why += "；合集只收部分文章，不作停更的依据"
    return AccountReading(reason="ok", why=why, posts=posts, source_synced_at=fetched_at, coverage="partial")
