"""The posts of a planted account, as every source tells them in its own form."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from demo.names import DEEDS, WORK
from demo.world import Feed, World

WEIXIN = "http://weixin.example.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A post; `number` counts from the newest."""

    number: int
    key: str
    title: str
    url: str
    at: datetime

    @property
    def second(self) -> int:
        return int(self.at.timestamp())


def items(world: World, feed: Feed, now: datetime, site: str = WEIXIN) -> list[Item]:
    """What the account has posted by `now`, newest first; links lie on `site`."""
    random = Random(f"{world.seed} {feed.id}")
    titles = [random.choice(DEEDS).format(random.choice(WORK)) for _ in feed.posts]
    return [
        Item(number=at, key=f"{feed.id}-{at}", title=titles[at], url=f"{site}/s/{feed.id}-{at}", at=posted)
        for at, posted in enumerate(feed.posts)
        if posted <= now
    ]


def pinned(posts: list[Item]) -> Item:
    """An old post that its account keeps at the top."""
    return Item(
        number=99, key=f"{posts[0].key}-top", title="置顶：办事指南", url=posts[0].url + "-top",
        at=posts[-1].at - timedelta(days=300),
    )  # fmt: skip
