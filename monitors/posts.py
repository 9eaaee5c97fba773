"""What an account's looks have shown of its posts: of each the earliest time an official look saw.

A source may give the time of the last change for that of publication, so an edit moves an old post forward;
the earliest time seen is nearest to the truth. It speaks against the unit, so it holds only where the post
is surely the same: an id of the source's own, unlike all others in its feed, and the same title and address.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import TypeAlias

from domain.clock import local_day
from domain.looks import Look
from domain.readings import AccountReading, Post

Key: TypeAlias = tuple[str, str, str]


class Posts:
    """Fed with looks in the order of their moments; says which day the newest post is of."""

    def __init__(self) -> None:
        self._earliest: dict[Key, datetime] = {}
        """By official looks, also from before a person's word: a post is never published again."""
        self._on: dict[Key, date] = {}
        """Day of each post seen since a person last said what the newest is."""
        self._other: date | None = None
        """Newest day of that word and of posts that cannot be told apart."""
        self._newest: date | None = None

    def attested(self, on: date | None) -> date | None:
        """A person says which day the newest post is of: earlier looks yield. None says nothing."""
        if on is not None:
            self._on, self._other, self._newest = {}, on, on
        return self._newest

    def saw(self, look: Look) -> date | None:
        """Take in a look; the newest day known with it, None while no post is."""
        if isinstance(look.reading, AccountReading):
            fell = [self._take(key, post, look) for key, post in _keyed(look, look.reading)]
            if any(fell):  # an earlier time turned up: what was newest may have been an edit
                known = (self._other, *self._on.values())
                self._newest = max((day for day in known if day is not None), default=None)
        return self._newest

    def _take(self, key: Key | None, post: Post, look: Look) -> bool:
        """Whether the day of a known post fell."""
        day, before = local_day(post.published_at), None
        if key is None:
            self._other = max(day, self._other or day)
        else:
            before = self._on.get(key)
            day = self._on[key] = self._day(key, post, look)
        self._newest = max(day, self._newest or day)
        return before is not None and day < before

    def _day(self, key: Key, post: Post, look: Look) -> date:
        if look.official:
            self._earliest[key] = min(post.published_at, self._earliest.get(key, post.published_at))
        earliest = self._earliest.get(key)
        if earliest is not None:
            return local_day(earliest)
        day = local_day(post.published_at)  # only checks on demand saw it: they speak for the unit alone
        return max(day, self._on.get(key, day))


def _keyed(look: Look, reading: AccountReading) -> Iterator[tuple[Key | None, Post]]:
    """The posts not in the look's future, each with what tells it apart, or None."""
    ids = Counter(post.id for post in reading.posts)
    urls = Counter(post.url for post in reading.posts)
    for post in reading.posts:
        if post.published_at <= look.at:
            alone = len(reading.posts) > 1 and ids[post.id] == 1 and urls[post.url] == 1
            surely = alone and post.id_given and post.title and post.url
            yield (post.id, post.title, post.url or "") if surely else None, post
