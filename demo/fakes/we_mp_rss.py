"""we-mp-rss: JSON of its own shape in new versions, RSS without zones in old ones (sources.md §4.1 E)."""

from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.fakes.items import Item, items
from demo.reply import Asked, Reply, as_json
from demo.world import Feed, World

OLD = "/rss/"


def we_mp_rss(world: World, feed: Feed, _: Asked, now: datetime) -> Reply:
    """A session that ran out is not told of: the feed stays as it was, with status 200."""
    posts = items(world, feed, now)
    return _old(feed, posts) if feed.path.startswith(OLD) else _new(feed, posts)


def _new(feed: Feed, posts: list[Item]) -> Reply:
    identity = feed.path.rpartition("/")[2].partition(".")[0]
    about = {"id": identity, "name": feed.name, "cover": "", "intro": ""}
    listed = [
        {
            "id": post.key, "title": post.title, "description": "", "link": post.url, "content": "",
            "updated": post.at.isoformat(), "channel_name": feed.name, "feed": about,
        }
        for post in posts
    ]  # fmt: skip
    return as_json({"name": feed.name, "link": "", "description": "", "language": "zh-CN", "items": listed})


def _old(feed: Feed, posts: list[Item]) -> Reply:
    written = "".join(
        f"<item><id>{post.key}</id><title>{escape(post.title)}</title><link>{post.url}</link>"
        f"<enclosure length='0' url='' type='image/jpeg'/>"
        f"<pubDate>{format_datetime(post.at)[:-5]}</pubDate></item>"
        for post in posts
    )
    head = f"<title>{escape(feed.name)}</title><link>http://we-mp.example.invalid</link>"
    top = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0">'
    xml = f"{top}<channel>{head}{written}</channel></rss>"
    return Reply(200, xml.encode(), "application/xml; charset=utf-8")
