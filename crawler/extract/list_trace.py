"""What reading a list went through, noted on the way when somebody asks (zwgk extract --explain)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from crawler.extract.list_choice import Candidate
from crawler.extract.page_tree import Page

Days: TypeAlias = Sequence[date | tuple[int, int] | None]
"""Per row its date, a (month, day) whose year is missing, or None."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the heaviest list is not taken. `kind`: unsure, channel, rival, below_document."""

    kind: str
    why: str
    rival: Candidate | None = None


@dataclass(slots=True)
class ListTrace:
    """Filled by the readers as they decide; reading without it costs nothing.

    `candidates`: the heaviest first. `taken`: the rows come from the first of them. `denied`: why a list that
    was read does not count. `years`: the rows' dates after each step that settles years, by its name.
    """

    page: Page | None = None
    candidates: Sequence[Candidate] = ()
    taken: bool = False
    doubt: Doubt | None = None
    denied: str = ""
    years: list[tuple[str, Days]] = field(default_factory=list)
