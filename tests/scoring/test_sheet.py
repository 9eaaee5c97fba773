from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month
from domain.rubric import Clause, Mode, Rubric, Section, Test
from domain.scores import ClauseState, Occurrence
from domain.units import Unit, UnitKind
from scoring.deduct import deducted
from scoring.sheet import Standing, UnitRecord, sheet

KIND = UnitKind.DEPARTMENT
UNIT = Unit(id="u", name="财政局", kind=KIND, annex=1)


def clause(
    name: str, points: str, *tests: str, mode: Mode = Mode.AUTO, section: Section = Section.BASE
) -> Clause:
    return Clause(
        id=name, annex=1, block="b", item="i", quote="q", source="s", method="m", mode=mode,
        points={KIND: Decimal(points)}, section=section,
        tests=tuple(Test(id=t, clause_id=name, item="i", mode=mode, per=Decimal(2)) for t in tests),
    )  # fmt: skip


RUBRIC = Rubric(
    version="2026", annex=1, title="t", year=2026,
    clauses=(
        clause("A1-18", "8", "A1-18a", "A1-18b"),
        clause("A1-11", "6", "A1-11a"),
        clause("A1-01", "3", mode=Mode.MANUAL),
        clause("A1-26", "20", mode=Mode.MANUAL, section=Section.PENALTY),
    ),
)  # fmt: skip


def hit(test: str, month: int, year: int = 2026, points: str = "2") -> Occurrence:
    return Occurrence(
        event_id=1, unit_id="u", subject_id=f"column:{month}", clause_id=test[:5], test_id=test,
        month=Month(year, month), score_year=year, points=Decimal(points),
    )  # fmt: skip


def scored(standing: dict[str, Standing], *hits: Occurrence, suspected: tuple[str, ...] = ()):
    record = UnitRecord(unit=UNIT, standing=standing, occurrences=hits, suspected=suspected)
    return sheet(RUBRIC, record, date(2026, 10, 31))


ALL = {"A1-18a": Standing.ANSWERED, "A1-18b": Standing.ANSWERED, "A1-11a": Standing.ANSWERED}


def test_points_are_lost_up_to_the_cap() -> None:
    found = scored(ALL, *(hit("A1-11a", month) for month in range(1, 6)))
    [clause_score] = [c for c in found.clauses if c.clause_id == "A1-11"]
    assert clause_score.deducted == Decimal(6)


def test_tests_of_a_clause_share_its_points() -> None:
    hits = [hit("A1-18a", 1), hit("A1-18a", 2), hit("A1-18b", 3), hit("A1-18b", 4), hit("A1-18a", 5)]
    [clause_score] = [c for c in scored(ALL, *hits).clauses if c.clause_id == "A1-18"]
    assert clause_score.deducted == Decimal(8)


def test_nothing_is_silently_full() -> None:
    found = scored({**ALL, "A1-18b": Standing.UNWATCHED, "A1-11a": Standing.UNREGISTERED})
    states = {c.clause_id: (c.state, c.why) for c in found.clauses}
    assert states["A1-18"] == (ClauseState.PENDING, "A1-18b：系统不监测，待人工评分")
    assert states["A1-11"] == (ClauseState.PENDING, "未登记")
    assert states["A1-01"][0] is ClauseState.PENDING
    assert found.total == 0


def test_not_applicable_earns_full_marks() -> None:
    found = scored({**ALL, "A1-11a": Standing.NOT_APPLICABLE})
    assert (found.total, found.pending) == (Decimal(14), Decimal(3))


def test_suspected_findings_are_shown_as_proposed() -> None:
    found = scored(ALL, suspected=("A1-11a",))
    states = {c.clause_id: c.state for c in found.clauses}
    assert states["A1-11"] is ClauseState.PROPOSED


def test_a_suspicion_says_whether_only_a_person_can_settle_it() -> None:
    why = {c.clause_id: c.why for c in scored(ALL, suspected=("A1-11a",)).clauses}
    assert why["A1-11"] == "有1项疑似问题待再次监测或人工确认"
    assisted = clause("A1-13", "3", "A1-13", mode=Mode.ASSISTED)
    record = UnitRecord(
        unit=UNIT, standing={"A1-13": Standing.ANSWERED}, occurrences=(), suspected=("A1-13",)
    )
    [found] = sheet(replace(RUBRIC, clauses=(assisted,)), record, date(2026, 10, 31)).clauses
    assert found.why == "有1项疑似问题待人工确认"


def test_another_score_year_does_not_count() -> None:
    assert scored(ALL, hit("A1-11a", 12, year=2025)).deducted == 0


MONEY = st.decimals("0", "10", places=1)


@given(st.lists(MONEY, max_size=12), MONEY)
def test_a_deduction_never_exceeds_the_clause(points: list[Decimal], full: Decimal) -> None:
    lost = deducted(full, [hit("A1-11a", n % 12 + 1, points=str(p)) for n, p in enumerate(points)])
    assert 0 <= lost <= full
    assert lost == min(full, sum(points, Decimal(0)))


@given(st.lists(st.sampled_from(list(Standing)), min_size=3, max_size=3), st.integers(0, 6))
def test_total_pending_and_deducted_make_full_marks(stands: list[Standing], hits: int) -> None:
    standing = dict(zip(ALL, stands, strict=True))
    found = scored(standing, *(hit("A1-11a", n + 1) for n in range(hits)))
    assert found.total + found.pending + found.deducted == Decimal(17)
