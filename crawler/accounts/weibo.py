"""The list of a Weibo account as the mobile site gives it to its own script (sources.md §4.2).

Two requests to the account's host: which list is the account's, then the list. Weibo often answers
visitors with a refusal: that is unknown, never silence. No cookies and no browser are made up: we go by
our own name (design.md §8).
"""

import html
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.accounts.base import SourceSaid
from crawler.accounts.said import link, mapping, not_ahead, number, objects, refused, words
from crawler.accounts.weibo_time import weibo_time
from crawler.answers import Answer, Ask, Fetch
from crawler.extract.json_object import json_object
from domain.readings import AccountReading, Post
from domain.units import Account

WHYS = {
    403: "微博拒绝了访问", 418: "访问微博过于频繁，请稍后再试", 429: "访问微博过于频繁，请稍后再试",
    432: "微博要求访客验证，本次没有读到内容",
}  # fmt: skip
UID = re.compile(r"/(?:u|profile)/(\d{5,12})(?:/|$)")
TAG = re.compile(r"<[^>]*>")
NO_UID = AccountReading(
    reason="parse_failed", why="账号地址里没有微博用户编号，应写成 https://m.weibo.cn/u/编号"
)


class WeiboSource:
    """The adapter named `weibo`; the account's address is https://m.weibo.cn/u/<uid>."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        found = UID.search(urlsplit(account.url).path)
        if found is None:
            answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
            return SourceSaid(answer=answer, reading=NO_UID)
        profile = await fetch(_ask(account, found[1], urgent=urgent))
        said = refused(profile, WHYS) or _no_list(profile, found[1])
        if said is not None:
            return said
        container = _container(profile.body, found[1])
        answer = await fetch(_ask(account, found[1], container=container, urgent=urgent))
        said = refused(answer, WHYS)
        return said or SourceSaid(answer=answer, reading=read_cards(answer.body, account, answer.fetched_at))


def _ask(account: Account, uid: str, *, container: str = "", urgent: bool) -> Ask:
    parts = urlsplit(account.url)
    site = f"{parts.scheme}://{parts.netloc}"
    url = f"{site}/api/container/getIndex?type=uid&value={uid}"
    headers = {"MWeibo-Pwa": "1", "X-Requested-With": "XMLHttpRequest",
               "Referer": f"{site}/u/{uid}"}  # fmt: skip
    url += f"&containerid={container}" if container else ""
    return Ask(url=url, headers=headers, urgent=urgent, any_content=True)


def _no_list(profile: Answer, uid: str) -> SourceSaid | None:
    """What the first answer says when it leads to no list, or to another account's."""
    refusal = _refusal(profile.body)
    owner = number(mapping(_data(profile.body).get("userInfo")).get("id"))
    if refusal is None and owner not in {None, int(uid)}:
        refusal = AccountReading(reason="parse_failed", why="微博返回的是另一个账号，本次不作依据")
    return SourceSaid(answer=profile, reading=refusal) if refusal else None


def _container(body: bytes, uid: str) -> str:
    tabs = objects(mapping(_data(body).get("tabsInfo")).get("tabs"))
    named = (words(tab.get("containerid")) for tab in tabs if tab.get("tab_type") == "weibo")
    return next((name for name in named if name.isascii() and name.isdigit()), f"107603{uid}")


def _data(body: bytes) -> Mapping[str, Any]:
    return mapping((json_object(body) or {}).get("data"))


def _refusal(body: bytes) -> AccountReading | None:
    """Why an answer under status 200 is none, or None."""
    said = json_object(body)
    if said is None:
        if re.search(rb"passport\.weibo|visitor|captcha", body, re.IGNORECASE):
            return AccountReading(reason="blocked", why=WHYS[432])
        return AccountReading(reason="parse_failed", why="微博返回的内容不是账号数据")
    ok, told = number(said.get("ok")), words(said.get("msg"))[:60]
    if ok == 1:
        return None
    if ok == -100:
        return AccountReading(reason="auth_expired", why="微博要求登录后才能查看")
    if ok == 0 and (not told or "没有内容" in told):
        return AccountReading(reason="empty", why="微博说这里还没有内容")
    return AccountReading(reason="parse_failed", why=f"微博没有给出内容：{told or ok}")


def read_cards(body: bytes, account: Account, fetched_at: datetime) -> AccountReading:
    """The posts of a list. Never raises; a post whose time cannot be read leaves the coverage partial."""
    refusal = _refusal(body)
    if refusal is not None:
        return refusal
    uid = UID.search(urlsplit(account.url).path)
    cards = [card for card in _posted(_data(body).get("cards")) if _own(card, uid[1] if uid else "")]
    if not cards:
        return AccountReading(reason="empty", why="微博列表里没有本账号的内容")
    posts = tuple(post for card in cards if (post := _post(card, fetched_at)) is not None)
    if not posts:
        return AccountReading(reason="parse_failed", why="微博的发布时间都无法识别")
    undated = len(cards) - len(posts)
    whole = account.full_coverage and not undated and not all(post.pinned for post in posts)
    coverage: Literal["full", "partial"] = "full" if whole else "partial"
    why = f"微博列表有{len(posts)}条内容" + (f"，另有{undated}条的发布时间无法识别" if undated else "")
    return AccountReading(reason="ok", why=why, posts=posts, source_synced_at=fetched_at, coverage=coverage)


def _posted(cards: object) -> Iterator[Mapping[str, Any]]:
    """The cards that hold a post, also those grouped in another card."""
    for card in objects(cards):
        for one in (card, *objects(card.get("card_group"))):
            if mapping(one.get("mblog")):
                yield one


def _own(card: Mapping[str, Any], uid: str) -> bool:
    """False for what the account only liked: another's post."""
    author = words(mapping(card["mblog"].get("user")).get("id"))
    return not author or not uid or author == uid


def _post(card: Mapping[str, Any], fetched_at: datetime) -> Post | None:
    blog = card["mblog"]
    published_at = not_ahead(weibo_time(words(blog.get("created_at")), fetched_at), fetched_at)
    if published_at is None:
        return None
    key = words(blog.get("id")) or words(blog.get("mid")) or words(card.get("itemid"))
    return Post(
        id=key,
        title=words(html.unescape(TAG.sub("", words(blog.get("text")))))[:80],
        url=link(card.get("scheme")),
        published_at=published_at,
        pinned=words(card.get("profile_type_id")).startswith("proweibotop"),
        is_repost=bool(blog.get("retweeted_status")),
        id_given=bool(key),
        comments=_comments(blog),
    )


def _comments(blog: Mapping[str, Any]) -> int | None:
    """How many comments Weibo counts, None where it gives no plain number."""
    count = blog.get("comments_count")
    return count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
