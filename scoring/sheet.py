"""One unit's score sheet: a pure function of rubric, standing of its tests, occurrences, marks and day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.records import Mark
from domain.rubric import Clause, Mode, Rubric, Section, Shape, Test
from domain.scores import SETTLED, ClauseScore, ClauseState, Occurrence, ScoreSheet, Tally, Volume
from domain.units import Unit
from scoring.deduct import deducted
from scoring.shapes import counted, earned, proposed


class Standing(StrEnum):
    """How far a test of a unit is answered in the score year."""

    ANSWERED = "answered"  # at least one good look
    NOT_APPLICABLE = "not_applicable"  # registered so: full marks
    UNANSWERED = "unanswered"  # watched, no good look in the period, or its window still runs
    UNREGISTERED = "unregistered"  # 未登记
    NOT_OPENED = "not_opened"  # registered as not opened: for a person
    TRIAL = "trial"  # 试运行: looked at, not judged yet
    UNWATCHED = "unwatched"  # no monitor: by marks


WORDS: Mapping[Standing, str] = {
    Standing.UNANSWERED: "本期没有取得有效监测结果",
    Standing.UNREGISTERED: "未登记",
    Standing.NOT_OPENED: "登记为未开通，由办公室决定",
    Standing.TRIAL: "试运行，尚未计入",
    Standing.UNWATCHED: "系统不监测，待人工评分",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """What scoring needs of one unit.

    `standing`: by test id; `notes`: what to say of a test instead of the standing's usual words;
    `suspected`: test ids of the suspicions that wait for a person, one each; `volumes`: by test id;
    `marks`: by clause id, the newest of the score year.
    """

    unit: Unit
    standing: Mapping[str, Standing]
    occurrences: Sequence[Occurrence]
    suspected: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    volumes: Mapping[str, Volume] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    monitored_from: Mapping[str, date | None] = field(default_factory=dict)


def sheet(rubric: Rubric, record: UnitRecord, as_of: date, year: int | None = None) -> ScoreSheet:
    """The unit's sheet for a score year (that of `as_of` where none is given), as known at the day's end.

    total: what is settled and kept; pending: what is not yet decided; deducted: what is lost;
    total + pending + deducted = the base clauses' full marks. Bonus and penalty clauses stand apart.
    """
    year = as_of.year if year is None else year
    mine = counted(rubric, (one for one in record.occurrences if one.score_year == year))
    clauses = tuple(_score(clause, record, mine) for clause in rubric.clauses_for(record.unit.kind))
    base = [one for one in clauses if one.section is Section.BASE]
    return ScoreSheet(
        unit_id=record.unit.id, rubric_version=rubric.version, as_of=as_of, year=year,
        total=_sum(one.points - one.deducted for one in base if one.state in SETTLED),
        pending=_sum(one.points - one.deducted for one in base if one.state not in SETTLED),
        deducted=_sum(one.deducted for one in base), coverage=record.tally.coverage, clauses=clauses,
        bonus=_sum(one.given for one in clauses if one.section is Section.BONUS),
        penalty=_sum(one.deducted for one in clauses if one.section is Section.PENALTY),
        monitored_from=record.monitored_from,
    )  # fmt: skip


def _score(clause: Clause, record: UnitRecord, occurrences: Sequence[Occurrence]) -> ClauseScore:
    points = clause.points[record.unit.kind]
    mine = tuple(one for one in occurrences if one.clause_id == clause.id)
    mark = record.marks.get(clause.id)
    if mark is not None and mark.points is not None:
        return _marked(clause, points, mine, mark, mark.points)
    bonus = clause.section is Section.BONUS
    lost = Decimal(0) if bonus else deducted(points, mine)
    state, why, more = _state(clause, record, points)
    return ClauseScore(
        clause_id=clause.id, item=clause.item, mode=clause.mode, section=clause.section, state=state,
        points=points, deducted=lost, occurrences=mine, why=why, proposed=min(more, points - lost),
    )  # fmt: skip


def _marked(
    clause: Clause, points: Decimal, mine: tuple[Occurrence, ...], mark: Mark, said: Decimal
) -> ClauseScore:
    """A person's mark replaces what was computed: points kept, given, or taken; never more than there are."""
    said = min(max(said, Decimal(0)), points)
    taken = {Section.BASE: points - said, Section.BONUS: Decimal(0), Section.PENALTY: said}[clause.section]
    return ClauseScore(
        clause_id=clause.id, item=clause.item, mode=clause.mode, section=clause.section,
        state=ClauseState.ENTERED, points=points, deducted=taken, occurrences=mine,
        given=said if clause.section is Section.BONUS else Decimal(0),
        why=f"{mark.by}评分：{mark.reason}", mark=mark,
    )  # fmt: skip


def _state(clause: Clause, record: UnitRecord, points: Decimal) -> tuple[ClauseState, str, Decimal]:
    """State, why, and what is proposed. The weakest of the tests decides; nothing is silently full."""
    nothing = Decimal(0)
    if clause.mode is Mode.MANUAL or not clause.tests:
        return ClauseState.PENDING, _wanted(clause), nothing
    stands = {test.id: record.standing.get(test.id, Standing.UNWATCHED) for test in clause.tests}
    if all(stand is Standing.NOT_APPLICABLE for stand in stands.values()):
        return ClauseState.NOT_APPLICABLE, _excused(clause), nothing
    volumes = [(test, record.volumes.get(test.id)) for test in clause.tests if test.shape is Shape.VOLUME]
    if volumes:
        return _by_volume(*volumes[0], points)
    why = _open_words(stands, record)
    if clause.section is Section.BONUS:
        return (ClauseState.PENDING, why, nothing) if why else (ClauseState.PROPOSED, FOUND, points)
    waiting = [test_id for test_id in record.suspected if test_id in stands]
    if waiting:
        told = "；".join(filter(None, (f"有{len(waiting)}项疑似问题{_until(clause, waiting)}", why)))
        return ClauseState.PROPOSED, told, proposed(clause, points, waiting)
    return (ClauseState.PENDING if why else ClauseState.JUDGED), why, nothing


def _until(clause: Clause, waiting: Sequence[str]) -> str:
    """What a suspicion waits for: tests that judge by themselves need only a second look."""
    by_itself = all(test.mode is Mode.AUTO for test in clause.tests if test.id in waiting)
    return "待再次监测或人工确认" if by_itself else "待人工确认"


FOUND = "所需内容均已见到，建议加分，待人工评分"


def _wanted(clause: Clause) -> str:
    return f"待录入：{clause.mark_from}" if clause.mark_from else "待人工评分"


def _excused(clause: Clause) -> str:
    return "登记为不涉及，按满分计" if clause.section is Section.BASE else "登记为不涉及"


def _open_words(stands: Mapping[str, Standing], record: UnitRecord) -> str:
    """What keeps the clause from being settled, test by test."""
    words = {key: record.notes.get(key) or WORDS[stand] for key, stand in stands.items() if stand in WORDS}
    if len(stands) == 1:
        return "".join(words.values())
    return "；".join(f"{key}：{word}" for key, word in words.items())


def _by_volume(test: Test, volume: Volume | None, points: Decimal) -> tuple[ClauseState, str, Decimal]:
    told = told_volume(volume or Volume(counts={}))
    kept = earned(test, points, volume) if volume is not None else None
    if kept is None:
        return ClauseState.PENDING, f"待人工评分；{told}", Decimal(0)
    return ClauseState.PROPOSED, f"建议得{kept.normalize():f}分，待人工评分；{told}", points - kept


def told_volume(volume: Volume) -> str:
    """本年见报12条（1月3条、2月9条）."""
    months = "、".join(f"{month}月{number}条" for month, number in volume.by_month().items())
    left = f"；另有{volume.unresolved}条的发布机构尚未对应到单位" if volume.unresolved else ""
    return f"本年见报{volume.total}条{f'（{months}）' if months else ''}{left}"


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
