"""What another version of the rubric would change: nouns of `zwgk rejudge`, nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.events import EventState
from domain.scores import ClauseScore, ScoreSheet
from domain.units import Unit


class EventChange(StrEnum):
    APPEARS = "新增"
    DISAPPEARS = "消失"
    COSTS = "扣分改变"
    STATE = "状态改变"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSide:
    """An event under one version: what it costs in the score year before the clause's cap."""

    clause_id: str
    state: EventState
    measured: str
    limit: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDifference:
    """`event_id` None: no stored event. One side is missing where the event appears or disappears."""

    change: EventChange
    unit_id: str
    subject_id: str
    test_id: str
    event_id: int | None
    opened_on: date
    before: EventSide | None
    after: EventSide | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseDifference:
    """A clause of a unit's sheet under both versions; None: that version has no such clause."""

    unit_id: str
    clause_id: str
    before: ClauseScore | None
    after: ClauseScore | None

    @property
    def deducted(self) -> Decimal:
        """Points lost more (below zero: fewer) under the other version."""
        return _lost(self.after) - _lost(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDifference:
    unit: Unit
    before: ScoreSheet
    after: ScoreSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudged:
    """`versions`: by annex, the version in force and the other one. `units`: all that were judged again.

    `clauses`, `events`: only those that differ.
    """

    as_of: date
    year: int
    versions: Mapping[int, tuple[str, str]]
    units: tuple[UnitDifference, ...]
    clauses: tuple[ClauseDifference, ...]
    events: tuple[EventDifference, ...]

    @property
    def changed(self) -> tuple[UnitDifference, ...]:
        """The units of which some clause differs."""
        ids = {one.unit_id for one in self.clauses}
        return tuple(one for one in self.units if one.unit.id in ids)


def clause_differences(before: ScoreSheet, after: ScoreSheet) -> list[ClauseDifference]:
    """The clauses that differ in marks, state or what is proposed, those only one version has among them."""
    old = {one.clause_id: one for one in before.clauses}
    new = {one.clause_id: one for one in after.clauses}
    return [
        ClauseDifference(
            unit_id=before.unit_id, clause_id=key, before=old.get(key), after=new.get(key)
        )
        for key in dict.fromkeys((*old, *new))
        if _compared(old.get(key)) != _compared(new.get(key))
    ]  # fmt: skip


def _compared(one: ClauseScore | None) -> tuple[object, ...] | None:
    if one is None:
        return None
    return one.section, one.state, one.points, one.deducted, one.given, one.proposed


def _lost(one: ClauseScore | None) -> Decimal:
    return one.deducted if one is not None else Decimal(0)
