"""WeChat's own interface, with the unit's appid and secret (sources.md §4.1 A): what it published with 发布.

`update_time` is an item's last edit. WeChat answers 200 to everything; `errcode` tells. The answer that is
kept is a short account of what was said: no key, no token, no address with either.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha1
from time import monotonic
from typing import Any, Literal
from urllib.parse import urlencode

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
from crawler.accounts.wechat_codes import STALE_TOKEN, said_by
from crawler.answers import Answer, Ask, Fetch
from crawler.extract.json_object import json_object
from domain.credentials import Credential
from domain.readings import AccountReading, Post
from domain.units import Account

PAGE, PAGES = 20, 5
NEEDED = timedelta(days=31)
"""Once a list, newest first, has come to posts this old, what lies behind matters to no test."""

EARLY_S = 300.0
"""A token is given up so long before its end."""

TOKEN = re.compile(r"[\x21-\x7e]{1,1000}")
Tokens = dict[tuple[str, str, str], tuple[str, float]]


class WechatApiSource:
    """The adapter named `wechat-api`. Tokens are kept in memory for their life, never elsewhere."""

    def __init__(self) -> None:
        self._tokens: Tokens = {}

    async def read(
        self, account: Account, fetch: Fetch, keys: Credential, *, urgent: bool = False
    ) -> SourceSaid:
        talk = _Talk(account=account, fetch=fetch, keys=keys, urgent=urgent, tokens=self._tokens)
        items: list[Mapping[str, Any]] = []
        for page in range(1 if urgent else PAGES):
            found = await talk.page(page * PAGE)
            if isinstance(found, SourceSaid):
                return found if not items else _said(account, talk.answer, items, whole=False)
            fresh = _items(found)
            items += fresh
            total = number(found.get("total_count"))
            ended = len(items) >= total if total is not None else len(fresh) < PAGE
            if ended or not fresh or _old_enough(items, talk.answer.fetched_at):
                whole = ended or bool(fresh)
                return _said(account, talk.answer, items, whole=whole)
        return _said(account, talk.answer, items, whole=False)


@dataclass(slots=True, kw_only=True)
class _Talk:
    """The requests of one look."""

    account: Account
    fetch: Fetch
    keys: Credential
    urgent: bool
    tokens: Tokens
    answer: Answer = field(init=False)

    async def page(self, offset: int) -> Mapping[str, Any] | SourceSaid:
        """A page of the list, or what stands in its way. A token refused is asked for anew, once."""
        said = await self._list(offset)
        if not isinstance(said, SourceSaid) and self._stale(said):
            said = await self._list(offset)
        if isinstance(said, SourceSaid):
            return said
        self._stale(said)
        return self._refusal(said) or self._listed(said)

    def _stale(self, said: Mapping[str, Any]) -> bool:
        """Was the token refused? It is then forgotten."""
        stale = number(said.get("errcode")) in STALE_TOKEN
        if stale:
            self.tokens.pop(self._key(), None)
        return stale

    async def _list(self, offset: int) -> Mapping[str, Any] | SourceSaid:
        token = await self._token()
        if isinstance(token, SourceSaid):
            return token
        asked = json.dumps({"offset": offset, "count": PAGE, "no_content": 1})
        return await self._ask(self._url("freepublish/batchget", {"access_token": token}), asked)

    async def _token(self) -> str | SourceSaid:
        known = self.tokens.get(self._key())
        if known is not None and monotonic() < known[1]:
            return known[0]
        grant = {"grant_type": "client_credential", "appid": self.keys.appid, "secret": self.keys.secret}
        said = await self._ask(self._url("token", grant))
        if isinstance(said, SourceSaid):
            return said
        refusal = self._refusal(said)
        if refusal is not None:
            return refusal
        token = said.get("access_token")
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return self._unread("微信没有给出访问令牌")
        life_s = float(min(max(number(said.get("expires_in")) or 0, 0), 7200))
        self.tokens[self._key()] = token, monotonic() + max(0.0, life_s - EARLY_S)
        return token

    async def _ask(self, url: str, posted: str | None = None) -> Mapping[str, Any] | SourceSaid:
        headers = {} if posted is None else {"Content-Type": "application/json; charset=utf-8"}
        answer = await self.fetch(
            Ask(url=url, posted=posted, headers=headers, urgent=self.urgent, any_content=True)
        )
        said = json_object(answer.body) if answer.failure is None else None
        self.answer = replace(answer, body=kept(answer, said or {}), headers={})
        refusal = refused(self.answer)
        if refusal is not None:
            return refusal
        return said if said is not None else self._unread("微信返回的内容不是接口数据")

    def _listed(self, said: Mapping[str, Any]) -> Mapping[str, Any] | SourceSaid:
        """The answer if it is a list, were it an empty one."""
        empty = number(said.get("total_count")) == 0
        return (
            said if empty or _items(said) or said.get("item") == [] else self._unread("微信没有给出发布列表")
        )

    def _refusal(self, said: Mapping[str, Any]) -> SourceSaid | None:
        code = number(said.get("errcode")) or 0
        return SourceSaid(answer=self.answer, reading=said_by(code, said)) if code else None

    def _unread(self, why: str) -> SourceSaid:
        return SourceSaid(answer=self.answer, reading=AccountReading(reason="parse_failed", why=why))

    def _url(self, path: str, query: Mapping[str, str]) -> str:
        return f"{self.account.url.rstrip('/')}/cgi-bin/{path}?{urlencode(query)}"

    def _key(self) -> tuple[str, str, str]:
        return self.account.url, self.keys.appid, self.keys.secret


def kept(answer: Answer, said: Mapping[str, Any], posts: Iterable[Post] = ()) -> bytes:
    """What is stored as evidence instead of the answer."""
    codes = ("errcode", "total_count", "item_count")
    listed = [
        {"id": post.id, "title": post.title, "time": post.published_at.isoformat(), "url": post.url}
        for post in posts
    ]
    facts = {"status": answer.status, **{name: number(said.get(name)) for name in codes}, "posts": listed}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()


def _items(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = said.get("item")
    return list(objects(listed)) if isinstance(listed, list) else []


def _old_enough(items: Iterable[Mapping[str, Any]], fetched_at: datetime) -> bool:
    """Newest first as seen, and back to posts that matter no more."""
    times = [at for item in items if (at := at_second(item.get("update_time"))) is not None]
    falling = all(one >= other for one, other in zip(times, times[1:], strict=False))
    return bool(times) and falling and times[-1] < times[0] and times[-1] < fetched_at - NEEDED


def _said(account: Account, answer: Answer, items: list[Mapping[str, Any]], *, whole: bool) -> SourceSaid:
    living = [item for item in items if not _deleted(item)]
    found = [_post(item, answer.fetched_at) for item in living]
    posts = tuple({post.id: post for post in found if post is not None}.values())
    told = mapping(json_object(answer.body))
    answer = replace(answer, body=kept(answer, told, posts))
    if not living:
        why = "发布列表里没有文章" if not items else "发布列表里的文章都已删除"
        return SourceSaid(answer=answer, reading=AccountReading(reason="empty", why=why))
    if not posts:
        why = "发布列表里的文章都没有可用的时间"
        return SourceSaid(answer=answer, reading=AccountReading(reason="parse_failed", why=why))
    undated = sum(post is None for post in found)
    untold = sum(not _articles(item) for item in living)
    full = account.full_coverage and whole and not undated and not untold
    coverage: Literal["full", "partial"] = "full" if full else "partial"
    why = f"发布列表读到{len(posts)}篇" + (f"，另有{undated}篇没有可用的时间" if undated else "")
    why += "" if whole else "，没有读完"
    why += "" if account.full_coverage else "；单位未确认都经“发布”推送，不作停更的依据"
    reading = AccountReading(
        reason="ok", why=why, posts=posts, source_synced_at=answer.fetched_at, coverage=coverage
    )
    return SourceSaid(answer=answer, reading=reading)


def _articles(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(objects(mapping(item.get("content")).get("news_item")))


def _gone(article: Mapping[str, Any]) -> bool:
    """SDKs differ in the flag's name and kind."""
    flags = (article.get("is_deleted"), article.get("is_delete"))
    return any(flag is True or words(flag).lower() in {"1", "true"} for flag in flags)


def _deleted(item: Mapping[str, Any]) -> bool:
    articles = _articles(item)
    return bool(articles) and all(map(_gone, articles))


def _post(item: Mapping[str, Any], fetched_at: datetime) -> Post | None:
    published_at = not_ahead(at_second(item.get("update_time")), fetched_at)
    if published_at is None:
        return None
    first = next((one for one in _articles(item) if not _gone(one)), {})
    title, url = words(first.get("title")), link(first.get("url"))
    digest = sha1(f"{title}{url}{published_at}".encode(), usedforsecurity=False).hexdigest()[:20]
    return Post(id=words(item.get("article_id")) or digest, title=title, url=url, published_at=published_at)
