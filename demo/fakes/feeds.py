"""Feeds of sites themselves or of bridges that say when they synced: RSS, Atom, JSON Feed."""

from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from demo.fakes.items import Item, items
from demo.reply import Asked, Reply, as_json
from demo.world import Fault, Feed, World

RSS = "application/rss+xml; charset=utf-8"


def plain(world: World, feed: Feed, _: Asked, now: datetime) -> Reply:
    """RSS as a bridge would write it at `now`, or Atom with times in the wrong form."""
    if feed.fault is Fault.ATOM_WRONG_TIMES:
        return _atom(feed, items(world, feed, now), now)
    synced = feed.posts[0] if feed.fault is Fault.FEED_UNSYNCED else now
    return Reply(200, rss(feed.name, items(world, feed, now), synced), RSS)


def rss(name: str, posts: list[Item], built: datetime, about: str = "", *, dated: bool = True) -> bytes:
    """RSS 2.0. `about`: the feed's description, where RSSHub signs; not `dated`: items without times."""
    written = "".join(
        f"<item><title>{escape(post.title)}</title><link>{post.url}</link>"
        f"<guid isPermaLink='false'>{post.key}</guid>"
        f"{f'<pubDate>{format_datetime(post.at)}</pubDate>' if dated else ''}</item>"
        for post in posts
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(name)}</title><link>http://weixin.example.invalid/</link>"
        f"<description>{escape(about or name)}</description>"
        f"<lastBuildDate>{format_datetime(built)}</lastBuildDate>{written}</channel></rss>"
    ).encode()


def _atom(feed: Feed, posts: list[Item], now: datetime) -> Reply:
    """Atom whose `updated` is written as RSS writes it, and an author without a name."""
    written = "".join(
        f"<entry><id>{post.key}</id><title>{escape(post.title)}</title><link href='{post.url}'/>"
        f"<updated>{format_datetime(post.at)}</updated><author></author></entry>"
        for post in posts
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(feed.name)}</title><updated>{format_datetime(now)}</updated>{written}</feed>"
    )
    return Reply(200, xml.encode(), "application/atom+xml; charset=utf-8")


def own_json(world: World, feed: Feed, _: Asked, now: datetime) -> Reply:
    """JSON Feed 1.1 of a site about itself: home and posts lie on its own host."""
    site = world.url(feed.host, "")
    listed = [
        {"id": post.key, "url": post.url, "title": post.title, "content_text": post.title,
         "date_published": post.at.isoformat()}
        for post in items(world, feed, now, site)
    ]  # fmt: skip
    feed_form = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.name,
        "home_page_url": f"{site}/",
    }
    return as_json({**feed_form, "items": listed}, content_type="application/feed+json; charset=utf-8")
