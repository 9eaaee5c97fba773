"""One unit's score sheet: a pure function of rubric, standing of its tests, occurrences and day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.rubric import Clause, Mode, Rubric, Section
from domain.scores import SETTLED, ClauseScore, ClauseState, Occurrence, ScoreSheet, Tally
from domain.units import Unit
from scoring.deduct import deducted


class Standing(StrEnum):
    """How far a test of a unit is answered in the score year."""

    ANSWERED = "answered"  # at least one good look
    NOT_APPLICABLE = "not_applicable"  # registered so: full marks
    UNANSWERED = "unanswered"  # watched, no good look in the period
    UNREGISTERED = "unregistered"  # 未登记
    NOT_OPENED = "not_opened"  # registered as not opened: for a person
    TRIAL = "trial"  # 试运行: looked at, not judged yet
    UNWATCHED = "unwatched"  # no monitor yet


WORDS: Mapping[Standing, str] = {
    Standing.UNANSWERED: "本期没有取得有效监测结果",
    Standing.UNREGISTERED: "未登记",
    Standing.NOT_OPENED: "登记为未开通，由办公室决定",
    Standing.TRIAL: "试运行，尚未计入",
    Standing.UNWATCHED: "本月未纳入监控",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """What scoring needs of one unit. `standing`: by test id; `suspected`: test ids waiting for a person."""

    unit: Unit
    standing: Mapping[str, Standing]
    occurrences: Sequence[Occurrence]
    suspected: frozenset[str] = frozenset()
    tally: Tally = field(default_factory=Tally)
    monitored_from: Mapping[str, date | None] = field(default_factory=dict)


def sheet(rubric: Rubric, record: UnitRecord, as_of: date) -> ScoreSheet:
    """The unit's sheet for the score year of `as_of`.

    total: what is settled and kept; pending: what is not yet decided; deducted: what is lost;
    total + pending + deducted = the base clauses' full marks. Bonus and penalty clauses stand apart.
    """
    clauses = tuple(_score(clause, record, as_of.year) for clause in rubric.clauses_for(record.unit.kind))
    base = [one for one in clauses if one.section is Section.BASE]
    return ScoreSheet(
        unit_id=record.unit.id, rubric_version=rubric.version, as_of=as_of,
        total=_sum(one.points - one.deducted for one in base if one.state in SETTLED),
        pending=_sum(one.points - one.deducted for one in base if one.state not in SETTLED),
        deducted=_sum(one.deducted for one in base), coverage=record.tally.coverage, clauses=clauses,
        monitored_from=record.monitored_from,
    )  # fmt: skip


def _score(clause: Clause, record: UnitRecord, year: int) -> ClauseScore:
    points = clause.points[record.unit.kind]
    mine = tuple(
        sorted(
            (o for o in record.occurrences if o.clause_id == clause.id and o.score_year == year),
            key=lambda o: (o.month, o.test_id, o.subject_id),
        )
    )
    state, why = _state(clause, record)
    return ClauseScore(
        clause_id=clause.id, item=clause.item, mode=clause.mode, section=clause.section, state=state,
        points=points, deducted=deducted(points, mine), occurrences=mine, why=why,
    )  # fmt: skip


def _state(clause: Clause, record: UnitRecord) -> tuple[ClauseState, str]:
    """The weakest of the clause's tests decides; nothing is silently full."""
    if clause.mode is Mode.MANUAL or not clause.tests:
        return ClauseState.PENDING, "待人工评分"
    stands = {test.id: record.standing.get(test.id, Standing.UNWATCHED) for test in clause.tests}
    if all(stand is Standing.NOT_APPLICABLE for stand in stands.values()):
        return ClauseState.NOT_APPLICABLE, "登记为不涉及，按满分计"
    open_ones = {key: WORDS[stand] for key, stand in stands.items() if stand in WORDS}
    why = "；".join(f"{key}：{word}" for key, word in open_ones.items())
    if record.suspected & set(stands):
        return ClauseState.PROPOSED, "；".join(filter(None, ("有疑似问题待人工确认", why)))
    return (ClauseState.PENDING, why) if open_ones else (ClauseState.JUDGED, "")


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
