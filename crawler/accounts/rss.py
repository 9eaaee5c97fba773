"""RSS and Atom feeds of a site itself, or of a bridge that says when it last synced (sources.md §4).

A feed accuses only when the account is registered with full coverage and every item has a time. A bridge
known by name or address never does here: it has an adapter of its own.
"""

from datetime import datetime

from crawler.accounts.base import SourceSaid
from crawler.accounts.feed import Feed, feed_reading, plain_trust
from crawler.accounts.feed_forms import xml_feed
from crawler.accounts.said import refused
from crawler.answers import Ask, Fetch
from domain.readings import AccountReading
from domain.units import Account


class RssSource:
    """The adapter named `rss`."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        if (said := refused(answer)) is not None:
            return said
        reading = read_feed(answer.body, account, answer.fetched_at, content_type=answer.content_type)
        return SourceSaid(answer=answer, reading=reading)


def read_feed(
    body: bytes, account: Account, fetched_at: datetime, *, content_type: str = ""
) -> AccountReading:
    """The posts of a feed. Never raises; what cannot be read becomes a reason, never silence."""
    feed = xml_feed(body, content_type)
    if not isinstance(feed, Feed):
        return feed
    return feed_reading(feed, account, fetched_at, plain_trust(feed, account, fetched_at))
