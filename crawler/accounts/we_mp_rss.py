"""A feed of we-mp-rss, old or new: RSS, Atom, or JSON of its own shape (sources.md §4.1 E).

Its times of syncing are set when a sync begins, and an old feed is answered when something fails: nothing
proves that it saw the account, so it shows life and never silence.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from crawler.accounts.base import SourceSaid
from crawler.accounts.feed import Feed, Trust, feed_reading, last_part, moment, posted
from crawler.accounts.feed_forms import xml_feed
from crawler.accounts.said import link, mapping, refused, words
from crawler.answers import Answer, Ask, Fetch
from crawler.extract.json_object import json_object
from domain.readings import AccountReading, Post
from domain.units import Account

MIXED = re.compile(r"/(?:feed|rss)(?:/all(?:\.\w+)?|/(?:tag|search)/.*)?/?")
NO_FEED = AccountReading(
    reason="parse_failed",
    why="账号地址不是we-mp-rss的一个公众号，应写成 http://主机/feed/MP_WXS_编号.json",
)
TRUST = Trust(synced_at=None, note="we-mp-rss不能证明自己近期同步成功，只能说明在更新，不作停更的依据")


class WeMpRssSource:
    """The adapter named `we-mp-rss`; the account's address is http://host/feed/<id>.json or /rss/<id>."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        if (said := refused(answer)) is not None:
            return said
        mixed = MIXED.fullmatch(urlsplit(account.url).path)  # other accounts' posts would pass for its own
        return SourceSaid(answer=answer, reading=NO_FEED if mixed else read_we_mp(answer, account))


def read_we_mp(answer: Answer, account: Account) -> AccountReading:
    """The posts of a feed. Never raises."""
    said = json_object(answer.body)
    if said is None:
        feed = xml_feed(answer.body, answer.content_type)
    else:
        feed = _own_shape(said, last_part(account.url))
    return feed if isinstance(feed, AccountReading) else feed_reading(feed, account, answer.fetched_at, TRUST)


def _own_shape(said: Mapping[str, Any], feed_id: str) -> Feed | AccountReading:
    items = said.get("items")
    if not isinstance(items, list):
        return AccountReading(reason="parse_failed", why="返回的内容不是we-mp-rss的订阅源")
    listed = [mapping(item) for item in items]
    own = [item for item in listed if words(mapping(item.get("feed")).get("id")) in {"", feed_id}]
    posts = tuple(post for item in own if (post := _post(item)) is not None)
    return Feed(posts=posts, undated=len(own) - len(posts))


def _post(item: Mapping[str, Any]) -> Post | None:
    at = moment(words(item.get("updated")))
    if at is None:
        return None
    return posted(words(item.get("id")), words(item.get("title")), link(item.get("link")), at)
