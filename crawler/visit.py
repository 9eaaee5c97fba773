"""One visit to a subject: the look that is due and all a reader needs to make it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field

from crawler.addresses import AddressBook, host_of
from crawler.answers import Fetch
from crawler.browser import Browser
from crawler.plan import Clocks
from crawler.stamp import Stamp
from domain.clues import Word
from domain.credentials import Credential
from domain.looks import Observation, PlannedLook
from domain.overrides import ListOverride
from domain.units import Column, Subject

Pause = Callable[[str], Awaitable[None]]
"""Waits until the address may be asked again and marks it as asked: for requests outside Scrapy."""

Alone = Callable[[], AbstractAsyncContextManager[None]]
"""Inside, nobody else asks the look's address, and its delay was kept: for requests outside Scrapy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a visit may go. Pages and documents a list; seconds an account or package, a page in a
    browser; bytes of a page that a browser made."""

    pages: int = 10
    undated: int = 5
    account_s: float = 15.0
    browser_s: float = 45.0
    max_bytes: int = 10_000_000
    user_agent: str = "zwgk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """`subject`: as registered, None for a document or an address from the command line.

    `browser`: for pages that scripts make, None where the look has none. `words`: looked for in documents.
    """

    look: PlannedLook
    fetch: Fetch
    book: AddressBook
    pause: Pause
    stamp: Stamp
    hosts: frozenset[str]
    limits: Limits = Limits()
    subject: Subject | None = None
    browser: Browser | None = None
    clocks: Clocks = field(default_factory=dict)
    alone: Alone = nullcontext
    credentials: Mapping[str, Credential] = field(default_factory=dict, repr=False)
    words: tuple[Word, ...] = ()

    @property
    def urgent(self) -> bool:
        return self.look.check_id is not None

    def may_open(self, url: str | None) -> bool:
        """Is the address a page of a registered host?"""
        return host_of(url) in self.hosts


def override_of(visit: Visit) -> ListOverride | None:
    """How the registry says the column's list is read, None: without selectors."""
    return visit.subject.reading if isinstance(visit.subject, Column) else None


Seer = Callable[[Visit], Awaitable[list[Observation]]]
"""Makes a visit: the observations of pages opened on the way, the look's own observation last."""
