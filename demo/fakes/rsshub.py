"""An RSSHub instance: feeds, empty feeds, pages of errors under 503 (sources.md §4.1 F, §4.2, §4.3)."""

from datetime import datetime

from demo.fakes.feeds import RSS, rss
from demo.fakes.items import items, pinned
from demo.reply import Asked, Reply
from demo.world import Fault, Feed, World

SIGNED = "{} - Powered by RSSHub"
ERROR = (
    "<!DOCTYPE html><html><head><title>Welcome to RSSHub!</title></head><body><h1>Looks like something went "
    "wrong</h1><p>Route: {route}</p><code>Error: {error}</code></body></html>"
)
ERRORS = {
    Fault.RSSHUB_COOKIES: "Cookies expired. Please update WEIBO_COOKIES",
    Fault.RSSHUB_WAF: "Empty post data. The request may be filtered by WAF.",
}


def rsshub(world: World, feed: Feed, _: Asked, now: datetime) -> Reply:
    """The route as asked of the platform right now: `lastBuildDate` is the moment of the answer."""
    error = ERRORS.get(feed.fault)
    if error is not None:
        return Reply(503, ERROR.format(route=feed.path, error=error).encode())
    posts = items(world, feed, now)
    if feed.fault is Fault.RSSHUB_EMPTY:
        posts = []
    if feed.fault is Fault.RSSHUB_PINNED:
        posts.insert(0, pinned(posts))
    dated = feed.fault is not Fault.RSSHUB_UNDATED
    return Reply(200, rss(feed.name, posts, now, SIGNED.format(feed.name), dated=dated), RSS)
