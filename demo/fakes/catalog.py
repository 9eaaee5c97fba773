"""Which account or app a request is about, and its source's answer."""

from collections.abc import Callable, Mapping
from datetime import datetime

from demo.fakes import album, packages, stores, weibo, wewe_rss
from demo.fakes.feeds import own_json, plain
from demo.fakes.rsshub import rsshub
from demo.fakes.we_mp_rss import we_mp_rss
from demo.reply import Asked, Reply
from demo.world import Answer, Feed, Package, World

SOURCES: Mapping[str, Callable[[World, Feed, Asked, datetime], Reply]] = {
    "jsonfeed": own_json,
    "rss": plain,
    "rsshub": rsshub,
    "we-mp-rss": we_mp_rss,
    "wechat-album": album.album,
    "weibo": weibo.weibo,
    "wewe-rss": wewe_rss.wewe_feed,
}
"""What answers in an account's place, by the name of its adapter."""


def about(world: World, asked: Asked) -> Feed | Package | None:
    """The account or app a request is about."""
    return next((one for one in world.things if one.host == asked.host and _is_asked(one, asked)), None)


def had(package: Package, asked: Asked, whole: bytes, answer: Answer) -> Reply:
    """The app's store, or its package."""
    if package.store == "apk":
        return packages.download(package, asked, whole, answer)
    return stores.listing(package, asked, answer)


def listed(world: World, asked: Asked, now: datetime) -> Reply | None:
    """The list of feeds of a host on which wewe-rss runs."""
    if asked.path != wewe_rss.LIST:
        return None
    feeds = (one for one in world.things if isinstance(one, Feed) and one.source == "wewe-rss")
    here = [feed for feed in feeds if feed.host == asked.host]
    return wewe_rss.feeds(here, now) if here else None


def _is_asked(thing: Feed | Package, asked: Asked) -> bool:
    if isinstance(thing, Package):
        return packages.is_asked(thing, asked) if thing.store == "apk" else stores.is_asked(thing, asked)
    if thing.source in {"manual", "wechat-api"}:
        return False
    if thing.source == "weibo":
        return asked.path == weibo.PATH and thing.path == f"/u/{asked.query.get('value')}"
    if thing.source == "wechat-album":
        wanted = thing.path.rpartition("album_id=")[2]
        return asked.path == album.PATH and asked.query.get("album_id") == wanted
    return asked.path == thing.path
