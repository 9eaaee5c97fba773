"""wewe-rss: the list of feeds with when each last synced, and a feed as JSON Feed 1.0 (sources.md §4.1 D)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from demo.fakes.items import items
from demo.reply import Asked, Reply, as_json
from demo.world import Fault, Feed, World

LIST = "/feeds"
UNKNOWN = as_json({"statusCode": 400, "message": "不存在该feed！"}, 400)


def feeds(accounts: Iterable[Feed], now: datetime) -> Reply:
    """`updateTime` is when the account was subscribed, whatever its name; an unknown one is not listed."""
    listed = [
        {
            "id": identity(one), "name": one.name, "intro": "", "cover": "",
            "syncTime": int(_synced(one, now).timestamp()), "updateTime": 1_725_000_000,
        }
        for one in accounts
        if one.fault is not Fault.WEWE_UNKNOWN
    ]  # fmt: skip
    return as_json(listed)


def identity(feed: Feed) -> str:
    return feed.path.removeprefix(f"{LIST}/").partition(".")[0]


def wewe_feed(world: World, feed: Feed, _: Asked, now: datetime) -> Reply:
    """Only what had been seen by the last sync; an item has `date_modified` and no `date_published`."""
    if feed.fault is Fault.WEWE_UNKNOWN:
        return UNKNOWN
    listed = [
        {
            "id": post.key, "content_html": "", "url": post.url, "title": post.title, "image": "",
            "date_modified": f"{post.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z",
        }
        for post in items(world, feed, _synced(feed, now))
    ]  # fmt: skip
    home = world.url(feed.host, feed.path)
    version = "https://jsonfeed.org/version/1"
    return as_json({"version": version, "title": feed.name, "home_page_url": home, "items": listed})


def _synced(feed: Feed, now: datetime) -> datetime:
    """It syncs at 5:35 and 17:35; a frozen one has not since the account was last seen to post."""
    if feed.fault is Fault.WEWE_FROZEN:
        return feed.posts[0] + timedelta(hours=1)
    return now - timedelta(hours=8, minutes=25)
