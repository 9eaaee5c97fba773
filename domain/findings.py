"""One test's verdict over one look at one subject."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from domain.readings import DateSource


class Verdict(StrEnum):
    """SUSPECTED is for a person; UNKNOWN neither opens nor closes anything."""

    OK = "ok"
    BREACH = "breach"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`accuses`: the look may open or confirm an event (official, unconditional, status 200, not exempt).

    `held`: the look saw something that only a person may turn into a breach (mass change …), and why.
    `measured`, `limit`, `why`: sentences for the office, in Chinese.
    """

    unit_id: str
    subject_id: str
    clause_id: str
    test_id: str
    observation_id: int
    at: datetime
    verdict: Verdict
    accuses: bool
    measured: str = ""
    limit: str = ""
    why: str = ""
    newest_on: date | None = None
    date_source: DateSource | None = None
    lapses_on: date | None = None  # first day on which the newest date seen would be a breach
    held: str = ""
    period: int | None = None  # the score year judged, where the test has a window of a year
    running: bool = False  # the look was read, and nothing is due yet: no answer is missing

    @property
    def answered(self) -> bool:
        """Whether the look told what it could: a verdict, or a window that still runs."""
        return self.verdict is not Verdict.UNKNOWN or self.running
