"""A JSON Feed (1.0, 1.1): a site's own, else one that can show life only, for it says no time of its own."""

from datetime import datetime

from crawler.accounts.base import SourceSaid
from crawler.accounts.feed import Feed, feed_reading, plain_trust
from crawler.accounts.feed_forms import json_feed
from crawler.accounts.said import refused
from crawler.answers import Ask, Fetch
from domain.readings import AccountReading
from domain.units import Account


class JsonFeedSource:
    """The adapter named `jsonfeed`."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        answer = await fetch(Ask(url=account.url, urgent=urgent, any_content=True))
        said = refused(answer)
        return said or SourceSaid(
            answer=answer, reading=read_json_feed(answer.body, account, answer.fetched_at)
        )


def read_json_feed(body: bytes, account: Account, fetched_at: datetime) -> AccountReading:
    """The posts of a JSON Feed. Never raises."""
    feed = json_feed(body)
    if not isinstance(feed, Feed):
        return feed
    return feed_reading(feed, account, fetched_at, plain_trust(feed, account, fetched_at))
