"""A route of an RSSHub instance, as RSS or JSON Feed (sources.md §4.1 F, §4.2, §4.3).

RSSHub asks the platform for every answer, so the time it wrote the feed is the time it saw the account. A
feed that does not say that time (JSON Feed has no place for it) may come from a cache of any age: its sync
is unknown, and it shows life only.
"""

import re
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from crawler.accounts.base import SourceSaid
from crawler.accounts.feed import Feed, Trust, feed_reading
from crawler.accounts.feed_forms import any_feed
from crawler.accounts.said import not_ahead, refused
from crawler.answers import Answer, Ask, Fetch
from domain.readings import AccountReading
from domain.units import Account

WHYS = {
    403: "RSSHub拒绝了访问，请核对它的访问设置", 404: "RSSHub没有这个地址或账号，请核对",
    429: "访问RSSHub过于频繁，请稍后再试", 503: "RSSHub没有取到内容（HTTP 503）",
}  # fmt: skip
TOLD = (
    (r"cookies? (?:has |have |is |are )?(?:been )?(?:expired|invalid|missing)|update \w+_cookies?"
     r"|cookie ?已?(?:过期|失效)|_cookies? (?:is|are) (?:required|not set)|login required|需要登录|请先登录",
     "auth_expired", "RSSHub登录平台的信息（Cookie）已过期，请在RSSHub更新后再监测"),
    (r"filtered by waf|\bwaf\b|captcha|验证码|风控|\b432\b|access denied",
     "blocked", "平台的防护拦截了RSSHub，本次没有读到内容"),
    (r"too many requests|rate ?limit|频繁", "rate_limited", "RSSHub访问平台过于频繁，请稍后再试"),
    (r"route is empty|暂未发表作品", "empty", "RSSHub没有取到任何内容，不作停更的依据"),
    (r"notfounderror|wrong path|not found|不存在", "not_found", "RSSHub没有这个地址或账号，请核对"),
)  # fmt: skip
"""What RSSHub's error pages say, the reason that is, and how to tell people."""
MOST = 200_000  # bytes of an error page that are read
CUT = re.compile(r"limit|filter\w*|scihub|brief")


class RsshubSource:
    """The adapter named `rsshub`; the account's address is that of the route on an instance."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        said = refused(answer, WHYS)
        if said is not None:
            told = _told(answer.body) if said.reading is not None else None
            return SourceSaid(answer=answer, reading=told) if told else said
        return SourceSaid(answer=answer, reading=read_route(answer, account))


def read_route(answer: Answer, account: Account) -> AccountReading:
    """The posts of a route, or what its error page says under status 200. Never raises."""
    feed = any_feed(answer.body, answer.content_type)
    if not isinstance(feed, Feed):
        return _told(answer.body) or feed
    return feed_reading(feed, account, answer.fetched_at, _trust(feed, account, answer.fetched_at))


def _trust(feed: Feed, account: Account, fetched_at: datetime) -> Trust:
    """Pinned posts of any age stand first: an address that asks for a few, or for some, may miss the rest."""
    parts = urlsplit(account.url)
    if "/kuaishou/" in parts.path and not feed.posts:
        return Trust(synced_at=None, note="RSSHub给不出快手的发布时间，请人工查看后登记")
    synced_at = not_ahead(feed.built_at, fetched_at)
    if any(CUT.fullmatch(name) for name, _ in parse_qsl(parts.query)):
        return Trust(synced_at=synced_at, partial=True, note="地址里限定了条数或内容，不作停更的依据")
    note = "" if synced_at else "RSSHub没有说明内容何时取得，不作停更的依据（地址不要带format=json）"
    return Trust(synced_at=synced_at, note=note)


def _told(body: bytes) -> AccountReading | None:
    """What an error page says, None when it says nothing known."""
    text = body[:MOST].decode("utf-8", "replace")
    for pattern, reason, why in TOLD:
        if re.search(pattern, text, re.IGNORECASE):
            return AccountReading(reason=reason, why=why)
    return None
