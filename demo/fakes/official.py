"""WeChat's own interface over the planted accounts, each with a key of its own (sources.md §4.1 A)."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha1
from typing import Any

from demo.fake_wechat import Article, Wechat
from demo.fakes.items import items
from demo.reply import Asked, Reply, as_json
from demo.world import Fault, Feed, World

PATHS = "/cgi-bin/"


def keys(feed: Feed, *, held: bool = False) -> Mapping[str, str]:
    """appid and secret; `held`: as the office has them, which may be out of date."""
    digest = sha1(feed.id.encode(), usedforsecurity=False).hexdigest()
    outdated = held and feed.fault is Fault.API_WRONG_SECRET
    return {"appid": f"wx{digest[:16]}", "secret": ("0" if outdated else "a") + digest[:31]}


def official(world: World, wechat: Wechat, asked: Asked, now: datetime) -> Reply:
    """WeChat's word at `now`; always under status 200."""
    for feed in accounts(world):
        own = keys(feed)
        wechat.secrets[own["appid"]] = own["secret"]
        wechat.articles[own["appid"]] = [
            Article(id=post.key, title=post.title, at=post.second) for post in items(world, feed, now)
        ]
    return as_json(wechat.answer(asked.path, asked.query, _posted(asked.posted)))


def accounts(world: World) -> list[Feed]:
    return [one for one in world.things if isinstance(one, Feed) and one.source == "wechat-api"]


def _posted(text: str) -> Mapping[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}
