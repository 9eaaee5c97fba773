"""What became of a notice's item, with the look before and the look after that say so (design.md §4.12)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.notices import OVERDUE, NoticeItem, RecheckResult

GRACE = timedelta(hours=6)
"""Rows dated by the deadline may be seen so much after 24:00 of its day."""

RETRY = timedelta(days=3)
"""So long after the deadline an unanswered look is repeated; then the item stays 无法判定."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A look as evidence: its observation, its moment, the newest date it knew."""

    observation_id: int
    at: datetime
    newest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """`before`: the last look the notice rests on. `after`: the look that decides, None while there is none.

    `mended`: where it was put right too late, the look that showed it in order. `final`: no later look
    can change the result. `why`: a sentence for the office.
    """

    result: RecheckResult
    why: str
    deadline: date
    before: Proof | None = None
    after: Proof | None = None
    mended: Proof | None = None
    final: bool = True

    @property
    def overdue(self) -> bool:
        return self.result in OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecheck:
    """An item of a notice, and what became of it."""

    item: NoticeItem
    recheck: Recheck
