"""m.weibo.cn: two calls, pinned posts first, cards that are no posts, refusals (sources.md §4.2)."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from demo.fakes.items import Item, items, pinned
from demo.reply import Asked, Reply, as_json
from demo.world import Fault, Feed, World

PATH = "/api/container/getIndex"
LOGIN = {"ok": -100, "url": "https://passport.weibo.example.invalid/sso/signin"}
STATUSES = {Fault.WEIBO_TOO_FAST: 418, Fault.WEIBO_VISITOR: 432}


def weibo(world: World, feed: Feed, asked: Asked, now: datetime) -> Reply:
    """Without the headers of the site's own script a visitor is refused, as there."""
    status = STATUSES.get(feed.fault)
    if status is not None or asked.headers.get("x-requested-with") != "XMLHttpRequest":
        return Reply(status or 432, b"")
    if feed.fault is Fault.WEIBO_LOGIN:
        return as_json(LOGIN)
    uid = feed.path.rpartition("/")[2]
    if asked.query.get("containerid") == f"107603{uid}":
        return as_json({"ok": 1, "data": _list(world, feed, uid, now)})
    return as_json({"ok": 1, "data": _profile(feed, uid)})


def _profile(feed: Feed, uid: str) -> Mapping[str, Any]:
    tabs = [
        {"tab_type": "profile", "containerid": f"230283{uid}"},
        {"tab_type": "weibo", "containerid": f"107603{uid}"},
    ]
    user = {"id": int(uid), "screen_name": feed.name, "statuses_count": 1012, "verified": True,
            "verified_type": 1, "verified_reason": f"{feed.name}官方微博"}  # fmt: skip
    return {"userInfo": user, "tabsInfo": {"tabs": tabs}}


def _list(world: World, feed: Feed, uid: str, now: datetime) -> Mapping[str, Any]:
    posts = items(world, feed, now)
    cards = [_card(uid, post, top=False) for post in posts]
    if feed.fault is Fault.WEIBO_PINNED:
        cards.insert(0, _card(uid, pinned(posts), top=True))
    no_post: Mapping[str, Any] = {"card_type": 58, "itemid": "", "desc": "可能感兴趣的人"}
    cards.insert(1, no_post)
    info = {"containerid": f"107603{uid}", "total": len(posts), "page": 2}
    return {"cardlistInfo": info, "cards": cards}


def _card(uid: str, post: Item, *, top: bool) -> Mapping[str, Any]:
    """Every third post is a repost; `pics` is an array or an object."""
    number = f"43831836{post.second}"
    original = {"id": "1", "created_at": created(post.at)} if post.number % 3 == 2 else None
    blog = {
        "id": number, "mid": number, "bid": f"Hy{post.number}", "created_at": created(post.at),
        "text": f"<a href='/n/x'>#公开#</a>{post.title}<br />", "isLongText": False,
        "user": {"id": int(uid), "screen_name": "x"}, "retweeted_status": original,
        "edit_config": {"edited": False}, "pics": {"0": {"pid": "a"}} if post.number % 2 else [{"pid": "a"}],
    }  # fmt: skip
    return {
        "card_type": 9, "itemid": f"107603{uid}_-_{number}", "mblog": blog,
        "profile_type_id": "proweibotop_1" if top else "proweibo_1",
        "scheme": f"https://m.weibo.example.invalid/status/Hy{post.number}",
    }  # fmt: skip


def created(at: datetime) -> str:
    """As Weibo writes a time: `Fri Nov 20 10:28:47 +0800 2026`."""
    weekday, day, month, year, time, zone = format_datetime(at).replace(",", "").split()
    return f"{weekday} {month} {day} {time} {zone} {year}"
