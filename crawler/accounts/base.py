"""What every source of new-media accounts is: ask, read, say how much of the account it can see."""

from dataclasses import dataclass
from typing import Protocol

from crawler.answers import Answer, Fetch
from domain.credentials import Credential
from domain.readings import AccountReading, PageState
from domain.units import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSaid:
    """A source's reading and the answer it stands on; `reading` None: there was no answer to read."""

    answer: Answer
    reading: AccountReading | None = None


class Source(Protocol):
    """An adapter. It may ask several addresses through `fetch`, which never raises."""

    async def read(self, account: Account, fetch: Fetch, *, urgent: bool = False) -> SourceSaid:
        """What the source knows of the account now. Never raises for what a source may answer."""
        ...


class KeyedSource(Protocol):
    """An adapter that needs a key. What it gives back as the answer holds neither key nor token."""

    async def read(
        self, account: Account, fetch: Fetch, keys: Credential, *, urgent: bool = False
    ) -> SourceSaid:
        """What the source knows of the account now. Never raises for what a source may answer."""
        ...


STATES = {"ok": PageState.OK, "empty": PageState.EMPTY, "blocked": PageState.BLOCKED,
          "rate_limited": PageState.BLOCKED, "auth_expired": PageState.LOGIN}  # fmt: skip


def state_of(reading: AccountReading) -> PageState:
    """The page state a reason stands for; whatever could not be read is FAILED."""
    return STATES.get(reading.reason, PageState.FAILED)
