"""A feed of wewe-rss, which reads WeChat accounts through WeRead (sources.md §4.1 D).

Two requests to its host: the list of its feeds, which says when each last synced, then the feed. In this
order a feed is never older than the sync it is judged by.
"""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from crawler.accounts.base import SourceSaid
from crawler.accounts.feed import Feed, Trust, feed_reading
from crawler.accounts.feed_forms import any_feed
from crawler.accounts.said import at_second, mapping, not_ahead, objects, refused, words
from crawler.answers import Answer, Ask, Fetch
from crawler.extract.json_object import json_array, json_object
from domain.readings import AccountReading
from domain.units import Account

FEED = re.compile(r"(?P<base>.*/feeds)/(?P<id>[^/.]+)(?:\.(?:json|rss|atom))?/?")
NO_FEED = AccountReading(
    reason="parse_failed",
    why="账号地址不是wewe-rss的一个订阅源，应写成 http://主机/feeds/MP_WXS_编号.json（不能写all）",
)
UNKNOWN = AccountReading(reason="not_found", why="wewe-rss里没有这个公众号，请核对地址里的编号")


class WeweRssSource:
    """The adapter named `wewe-rss`; the account's address is http://host/feeds/MP_WXS_x.json."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        parts = urlsplit(account.url)
        found = FEED.fullmatch(parts.path)
        if found is None or found["id"] == "all":
            answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
            return SourceSaid(answer=answer, reading=None if answer.status is None else NO_FEED)
        listing = f"{parts.scheme}://{parts.netloc}{found['base']}"
        feeds = await fetch(Ask(url=listing, urgent=urgent, any_content=True))
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        if answer.failure is not None and _is_unknown(answer):
            return SourceSaid(answer=answer, reading=UNKNOWN)
        if (said := refused(answer)) is not None:
            return said
        synced_at = None if feeds.failure else read_sync(feeds.body, found["id"], feeds.fetched_at)
        return SourceSaid(answer=answer, reading=read_wewe(answer, account, synced_at))


def read_sync(body: bytes, feed_id: str, fetched_at: datetime) -> datetime | None:
    """When the feed last synced by the list of feeds: `syncTime`, in seconds, moves on success only.

    None when the list does not say; the earliest when it says several. `updateTime` is the subscription's.
    """
    said = (one for one in objects(json_array(body)) if words(one.get("id")) == feed_id)
    times = [not_ahead(at_second(one.get("syncTime")), fetched_at) for one in said]
    known = [at for at in times if at is not None]
    return min(known) if known and len(known) == len(times) else None


def read_wewe(answer: Answer, account: Account, synced_at: datetime | None) -> AccountReading:
    """The posts of a feed; times are those of the last change where nothing else is given. Never raises."""
    feed = any_feed(answer.body, answer.content_type)
    if not isinstance(feed, Feed):
        return UNKNOWN if _is_unknown(answer) else feed
    asked = dict(parse_qsl(urlsplit(account.url).query))
    partial = asked.get("page", "1") != "1" or not asked.keys().isdisjoint({"title_include", "title_exclude"})
    note = "地址里限定了内容，不作停更的依据" if partial else ""
    if synced_at is None:
        note = "wewe-rss没有说明该公众号何时同步成功，不作停更的依据"
    return feed_reading(
        feed, account, answer.fetched_at, Trust(synced_at=synced_at, partial=partial, note=note)
    )


def _is_unknown(answer: Answer) -> bool:
    return "不存在该feed" in words(mapping(json_object(answer.body)).get("message"))
