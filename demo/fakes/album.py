"""The album of a WeChat account in JSON: numbers as texts, one article as an object (sources.md §4.1 C)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from demo.fakes.items import Item, items
from demo.reply import Asked, Reply, as_json
from demo.world import Fault, Feed, World

PATH = "/mp/appmsgalbum"


def album(world: World, feed: Feed, asked: Asked, now: datetime) -> Reply:
    """JSON only where it is asked for, as there."""
    if asked.query.get("f") != "json" or asked.query.get("action") != "getalbum":
        return Reply(200, "<html><body>请在微信客户端打开链接</body></html>".encode())
    base: Mapping[str, Any] = {"ret": 0, "exportkey_token": ""}
    if feed.fault is Fault.ALBUM_CAPTCHA:
        return as_json({"base_resp": {**base, "verify_status": "3"}})
    listed = [_article(post) for post in items(world, feed, now)]
    found: dict[str, Any] = {
        "base_info": {"is_first_screen": "0"}, "continue_flag": "0", "reverse_continue_flag": "0",
    }  # fmt: skip
    if feed.fault is Fault.ALBUM_ONE_OLD:
        found["article_list"] = listed[0]
    elif feed.fault is not Fault.ALBUM_EMPTY:
        found["article_list"] = listed
    return as_json({"base_resp": base, "getalbum_resp": found})


def _article(post: Item) -> Mapping[str, str]:
    return {
        "msgid": str(2_247_532_942 - post.number), "itemidx": "1", "title": post.title, "url": post.url,
        "create_time": str(post.second), "cover_img_1_1": "",
    }  # fmt: skip
