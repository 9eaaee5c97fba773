"""Score sheets: what a unit has, what it lost and why, what is not yet decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.clock import Month
from domain.records import Mark
from domain.rubric import Mode, Section


class ClauseState(StrEnum):
    """How a clause's mark came about; only JUDGED, ENTERED and NOT_APPLICABLE are settled."""

    JUDGED = "judged"  # all its tests watched and answered
    ENTERED = "entered"  # a person's mark
    NOT_APPLICABLE = "not_applicable"  # full marks by a registration
    PROPOSED = "proposed"  # suspected findings wait for a person
    PENDING = "pending"  # 未登记, no good look, not yet watched, or no mark


SETTLED = frozenset({ClauseState.JUDGED, ClauseState.ENTERED, ClauseState.NOT_APPLICABLE})


LEAST, MOST = Decimal(0), Decimal(120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """“1次”: one subject x one test x one period. `score_year`: year of its first look."""

    event_id: int
    unit_id: str
    subject_id: str
    clause_id: str
    test_id: str
    month: Month
    score_year: int
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseScore:
    """One clause of a sheet.

    `points`: full marks; `deducted`: lost (base) or taken (penalty), capped at them; `given`: of a bonus
    clause. `proposed`: what would be lost, given or taken besides if a person followed the evidence.
    `why`: what is pending or excused; `mark`: the person's mark that replaces what was computed.
    """

    clause_id: str
    item: str
    mode: Mode
    section: Section
    state: ClauseState
    points: Decimal
    deducted: Decimal
    occurrences: tuple[Occurrence, ...] = ()
    why: str = ""
    given: Decimal = Decimal(0)
    proposed: Decimal = Decimal(0)
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Looks of a period: how many were due (made or missed) and how many gave an answer."""

    due: int = 0
    answered: int = 0

    @property
    def coverage(self) -> Decimal | None:
        """Share answered, 0..1 with three decimals; None when nothing was due."""
        return (Decimal(self.answered) / self.due).quantize(Decimal("0.001")) if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A unit's items of a score year by (month, kind of column); `unresolved`: of an unknown publisher."""

    counts: Mapping[tuple[int, str], int]
    unresolved: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def by_month(self) -> Mapping[int, int]:
        """Month -> items, only months that have some."""
        months = sorted({month for month, _ in self.counts})
        return {m: sum(n for (month, _), n in self.counts.items() if month == m) for m in months}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """All clauses of a unit in a score year, as known at a day's end.

    total + pending + deducted = 100 for the base clauses. final = total + bonus - penalty, at least 0 and
    at most 120: a reading, the rubric states neither end.
    """

    unit_id: str
    rubric_version: str
    as_of: date
    total: Decimal
    pending: Decimal
    deducted: Decimal
    coverage: Decimal | None
    clauses: tuple[ClauseScore, ...]
    monitored_from: Mapping[str, date | None]
    year: int
    bonus: Decimal = Decimal(0)
    penalty: Decimal = Decimal(0)

    @property
    def final(self) -> Decimal:
        return min(max(self.total + self.bonus - self.penalty, LEAST), MOST)
