"""The rubric as data: clauses, their tests, points by unit kind. Loaded by config/, judged by monitors/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.errors import ZwgkError
from domain.units import UnitKind


class RubricError(ZwgkError):
    """A test lacks what its monitor needs; the message names test and key."""


class Mode(StrEnum):
    """Who decides: the machine, the machine with a person, or a person (design.md §4.3)."""

    AUTO = "auto"
    ASSISTED = "assisted"
    MANUAL = "manual"


class CountBy(StrEnum):
    """How often a lasting breach costs points again (design.md §4.4)."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class Shape(StrEnum):
    """How what was found turns into points: the closed algebra of this version (domain.md §6).

    Every clause caps the sum of its tests at its points (扣完为止), and one subject costs a clause once a
    month however many of its tests find it. Points by class of unit and marks from outside are the
    clause's own (`points`, `mode: manual`).
    """

    OCCURRENCE = "occurrence"  # each time: subject x test x counting period
    OBJECT = "object"  # each object once a score year
    PRESENCE = "presence"  # there or not: all points at once, once a unit and year
    PARTS = "parts"  # an object lacking any of the listed parts
    MINIMUM = "minimum"  # fewer than so many in a window of the year: once a unit and year
    PERCENT = "percent"  # each time a share of the clause's points
    VOLUME = "volume"  # earned by number of items, weighted; a proposal, never by itself
    VETO = "veto"  # no points: fails the object as a whole (information rubrics only)


class CountPer(StrEnum):
    """How the items of a notice count against late rectification (clause A1-04)."""

    UNIT = "unit"  # at most one a month, however many items and notices
    ITEM = "item"  # each item by itself


class Section(StrEnum):
    BASE = "base"  # within the 100
    BONUS = "bonus"  # 加分项
    PENALTY = "penalty"  # 扣分项


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDecision:
    """The office's recorded decision that gives a test a rate the rubric does not state."""

    on: date
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """One test of a clause.

    `id`: "A1-18a". `monitor` None: 本月未纳入监控. `kinds`: column kinds (or 政务新媒体) it needs,
    each a registration of the unit. `per`: points an occurrence costs, from the quoted rate or the
    office's decision; `proposed_per`: what a person is offered where the rubric states no rate.
    `titles`: an item counts when its title holds one of these words (none: every item). `also`: kinds of
    columns read as evidence beside those judged. `percent`: the quoted share of the clause's points.
    `per_item`, `weights`: what an item earns, and its weight by kind of column (default 1).
    `exclusive`: tests of one name do not charge a subject twice in a month, across clauses.
    `count_per`: only of the test against late rectification.
    """

    __test__ = False  # not a pytest class

    id: str
    clause_id: str
    item: str
    mode: Mode
    monitor: str | None = None
    kinds: tuple[str, ...] = ()
    limits: Mapping[str, int | str] = field(default_factory=dict)
    per: Decimal | None = None
    proposed_per: Decimal | None = None
    rate_quote: str = ""
    decision: OfficeDecision | None = None
    count_by: CountBy = CountBy.MONTH
    shape: Shape = Shape.OCCURRENCE
    titles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    percent: Decimal | None = None
    per_item: Decimal | None = None
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    exclusive: str = ""
    count_per: CountPer | None = None

    def limit(self, key: str) -> int:
        """A whole-number limit. Raises RubricError naming test and key when it is missing."""
        value = self.limits.get(key)
        if not isinstance(value, int):
            raise RubricError(
                f"test {self.id}: limit `{key}` is {value!r}; give a whole number in the rubric file"
            )
        return value

    def due(self) -> tuple[int, int] | None:
        """Month and day by which a yearly window ends, None: the year's end. Limit `due`: "MM-DD"."""
        said = self.limits.get("due")
        if said is None:
            return None
        try:
            month, day = str(said).split("-")
            return int(month), int(day)
        except ValueError:
            raise RubricError(f"test {self.id}: limit `due` is {said!r}; write it like 01-31") from None

    @property
    def points_each(self) -> Decimal:
        """What one occurrence costs when confirmed; 0 where neither a rate nor a proposal exists."""
        return self.per or self.proposed_per or Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One scored line of the rubric. `points`: full marks by unit kind; a kind not named is not assessed."""

    id: str
    annex: int
    block: str
    item: str
    quote: str
    source: str
    method: str
    mode: Mode
    points: Mapping[UnitKind, Decimal]
    section: Section = Section.BASE
    tests: tuple[Test, ...] = ()
    note: str = ""
    mark_from: str = ""  # where a mark given outside comes from


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """One version of one annex."""

    version: str
    annex: int
    title: str
    year: int
    clauses: tuple[Clause, ...]

    def clause(self, clause_id: str) -> Clause:
        """Raises KeyError for an unknown id."""
        return {clause.id: clause for clause in self.clauses}[clause_id]

    def test(self, test_id: str) -> Test:
        """Raises KeyError for an unknown id."""
        return {test.id: test for test in self.tests}[test_id]

    @property
    def tests(self) -> tuple[Test, ...]:
        return tuple(test for clause in self.clauses for test in clause.tests)

    def clauses_for(self, kind: UnitKind) -> tuple[Clause, ...]:
        return tuple(clause for clause in self.clauses if kind in clause.points)
