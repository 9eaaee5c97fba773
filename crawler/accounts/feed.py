"""A feed of whatever form as its posts, and the reading it becomes.

When a source last saw the account is for each adapter to say: a feed alone does not tell (sources.md §4).
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha1
from typing import Literal
from urllib.parse import urlsplit

from crawler.accounts.said import not_ahead
from crawler.addresses import host_of
from domain.clock import BEIJING
from domain.readings import AccountReading, Post
from domain.units import Account

FEEDLESS = re.compile(
    r"微信|公众号|视频号|企鹅|微博|抖音|快手|头条|小红书|西瓜|哔哩|b站|百家号|百度|网易|搜狐|一点|澎湃|知乎|"
    r"wechat|weixin|weibo|douyin|tiktok|kuaishou|toutiao|bilibili|xiaohongshu|zhihu",
    re.IGNORECASE,
)
"""Platforms whose accounts have no feed of their own: whatever is fed of them comes from a bridge."""
BRIDGES = re.compile(
    r"rss-?hub|wewe|we-?mp-?rss|werss|wechat2rss|feeddd|mp_wxs_|jpmonette/feed|rss-?bridge|[?&]bridge=|"
    r"freshrss|tiny tiny rss|tt-rss|miniflux|huginn|feed43|fetchrss|rss\.app|rssapp|politepol|feedburner|"
    r"rssbox|morss|/(?:wechat|weibo|douyin|kuaishou|toutiao)/|/feeds?/all\b",
    re.IGNORECASE,
)
"""What programs that feed others' accounts write as their name, or have in their addresses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says. `posts` have a time that can be read, `undated` items have none.

    `broken`: it ends or errs somewhere, items may be missing. `built_at`: when it was made, by its own word.
    `home`: the site it says it is of; `maker`: what it says of the program that made it.
    """

    posts: tuple[Post, ...]
    undated: int = 0
    broken: bool = False
    built_at: datetime | None = None
    home: str | None = None
    maker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How far a source's feed can be believed.

    `synced_at`: when the source itself last saw the account, None: not known, so it never accuses.
    `partial`: the address asks for a part only. `note`: what people should know of it, Chinese.
    """

    synced_at: datetime | None
    partial: bool = False
    note: str = ""


def feed_reading(feed: Feed, account: Account, fetched_at: datetime, trust: Trust) -> AccountReading:
    """The reading of a feed. Full coverage only as registered, and with a likely time on every item."""
    if not feed.posts and not feed.undated:
        return AccountReading(reason="empty", why="订阅源没有任何内容")
    clipped = [(post, not_ahead(post.published_at, fetched_at)) for post in feed.posts]
    posts = tuple(replace(post, published_at=at) for post, at in clipped if at is not None)
    if not posts:
        note = f"；{trust.note}" if trust.note else ""
        return AccountReading(reason="parse_failed", why=f"订阅源的内容都没有可用的发布时间{note}")
    undated = feed.undated + len(feed.posts) - len(posts)
    whole = account.full_coverage and not (undated or feed.broken or trust.partial)
    coverage: Literal["full", "partial"] = "full" if whole else "partial"
    return AccountReading(
        reason="ok", why=_why(feed, len(posts), undated, trust.note), posts=posts,
        source_synced_at=trust.synced_at, coverage=coverage,
    )  # fmt: skip


def _why(feed: Feed, posts: int, undated: int, note: str) -> str:
    why = f"订阅源有{posts}条内容"
    if undated:
        why += f"，另有{undated}条没有可用的发布时间"
    elif feed.broken:
        why += "，但格式有误，可能不完整"
    return f"{why}；{note}" if note else why


def plain_trust(feed: Feed, account: Account, fetched_at: datetime) -> Trust:
    """What may be believed of a feed of unknown making: a bridge must never pass for the account itself.

    Of a known bridge nothing: its times are those of writing the feed. A site's own feed shows the site
    as it is. Of any other, what it says of itself, and nothing when it says nothing.
    """
    if BRIDGES.search(account.url) or BRIDGES.search(f"{feed.maker} {feed.home or ''}"):
        return Trust(
            synced_at=None,
            note="订阅源由转换工具生成，不能证明它近期看过该账号，不作停更的依据；"
            "source请改写为该工具的名称（rsshub、wewe-rss、we-mp-rss）",
        )
    if is_own(feed, account):
        return Trust(synced_at=fetched_at)
    synced_at = not_ahead(feed.built_at, fetched_at)
    note = "" if synced_at else "订阅源没有说明自己何时更新，不作停更的依据"
    return Trust(synced_at=synced_at, note=note)


def is_own(feed: Feed, account: Account) -> bool:
    """Is it the feed of the very site it lies on: home and every post there, no platform without feeds?"""
    host = host_of(account.url)
    if not host or not feed.posts or FEEDLESS.search(account.platform):
        return False
    return host_of(feed.home or "") == host and all(host_of(post.url or "") == host for post in feed.posts)


def posted(key: str, title: str, url: str | None, at: datetime) -> Post:
    """A post; one without an id of the source gets a digest for one."""
    digest = sha1(f"{title}{url}".encode(), usedforsecurity=False).hexdigest()[:20]
    return Post(id=key or digest, title=title, url=url, published_at=at, id_given=bool(key))


def last_part(url: str) -> str:
    """The last part of an address's path without its ending: `MP_WXS_1` of `/feeds/MP_WXS_1.json`."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].partition(".")[0]


def moment(text: str) -> datetime | None:
    """A time as feeds write it (ISO 8601 or RFC 822), in UTC; without a zone it is Beijing's."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            if found.tzinfo is None:
                found = found.replace(tzinfo=UTC if text.endswith("-0000") else BEIJING)
            if 1990 <= found.year <= 2200:
                return found.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
