"""The shapes of scoring, one by one; caps, order, and sums whatever comes (domain.md §6)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month
from domain.records import Mark
from domain.rubric import Clause, CountBy, Mode, Rubric, Section, Shape, Test
from domain.scores import SETTLED, ClauseScore, ClauseState, Occurrence, ScoreSheet, Volume
from domain.units import Unit, UnitKind
from scoring.shapes import counted, earned, price, proposed
from scoring.sheet import Standing, UnitRecord, sheet

TOWN, DEPARTMENT = UnitKind.TOWN, UnitKind.DEPARTMENT
UNIT = Unit(id="u", name="财政局", kind=DEPARTMENT, annex=1)
DAY = date(2026, 12, 31)
TWO = Decimal(2)


def a_test(name: str, shape: Shape = Shape.OCCURRENCE, **more: object) -> Test:
    given_ = {"mode": Mode.ASSISTED, "per": TWO, "monitor": "column.stale", **more}
    return Test(id=name, clause_id=name[:5], item="i", shape=shape, **given_)  # type: ignore[arg-type]


def clause_of(
    *tests: Test, points: str = "8", section: Section = Section.BASE, name: str = "", **more: object
) -> Clause:
    return Clause(
        id=name or tests[0].clause_id, annex=1, block="b", item="i", quote="q", source="s", method="m",
        mode=Mode.ASSISTED, points={DEPARTMENT: Decimal(points)}, section=section, tests=tests, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def rubric_of(*clauses: Clause) -> Rubric:
    return Rubric(version="t", annex=1, title="t", year=2026, clauses=clauses)


def hit(
    test: str, month: int = 1, subject: str = "column:a", year: int = 2026, points: str = "2"
) -> Occurrence:
    return Occurrence(
        event_id=month, unit_id="u", subject_id=subject, clause_id=test[:5], test_id=test,
        month=Month(year, month), score_year=year, points=Decimal(points),
    )  # fmt: skip


def scored(clause: Clause, *hits: Occurrence, **more: object) -> ClauseScore:
    stands = {test.id: Standing.ANSWERED for test in clause.tests}
    given_ = {"unit": UNIT, "standing": stands, "occurrences": hits, **more}
    found = sheet(rubric_of(clause), UnitRecord(**given_), DAY)  # type: ignore[arg-type]
    return found.clauses[0]


def lost(clause: Clause, *hits: Occurrence) -> Decimal:
    return scored(clause, *hits).deducted


def test_s1_each_occurrence_costs_up_to_the_cap() -> None:
    clause = clause_of(a_test("A1-18"))
    assert lost(clause, hit("A1-18", 1), hit("A1-18", 2)) == 4
    assert lost(clause, *(hit("A1-18", month) for month in range(1, 7))) == 8


def test_s2_each_object_costs_once_a_year() -> None:
    clause = clause_of(a_test("A1-18", Shape.OBJECT, count_by=CountBy.YEAR))
    assert lost(clause, hit("A1-18", 1), hit("A1-18", 2), hit("A1-18", 2, "column:b")) == 4


def test_s3_presence_costs_everything_at_once_and_once() -> None:
    clause = clause_of(a_test("A1-10", Shape.PRESENCE, per=None), points="2")
    assert price(clause.tests[0], Decimal(2)) == 2
    found = scored(clause, hit("A1-10", 1), hit("A1-10", 2, "column:b"))
    assert (found.deducted, [one.points for one in found.occurrences]) == (2, [2, 0])  # both stay in sight


def test_s4_an_object_lacking_any_part_costs_once() -> None:
    clause = clause_of(a_test("A1-12", Shape.PARTS, per=None, proposed_per=Decimal("0.5")), points="4")
    hits = [hit("A1-12", 1, f"document:{n}", points="0.5") for n in range(3)]
    assert lost(clause, *hits) == Decimal("1.5")


def test_s5_a_minimum_missed_on_two_columns_is_missed_once() -> None:
    clause = clause_of(a_test("A1-15", Shape.MINIMUM, count_by=CountBy.YEAR))
    assert lost(clause, hit("A1-15", 1), hit("A1-15", 1, "column:b")) == 2


def test_s10_a_percentage_is_of_the_clause() -> None:
    test = a_test("A1-26", Shape.PERCENT, percent=Decimal(20), per=None)
    assert price(test, Decimal(20)) == 4
    clause = clause_of(test, points="20", section=Section.PENALTY)
    hits = [hit("A1-26", n, f"document:{n}", points="4") for n in range(1, 8)]
    assert [scored(clause, *hits[:n]).deducted for n in (1, 5, 6)] == [4, 20, 20]


@pytest.mark.parametrize(
    ("per_item", "weights", "want"),
    [
        (None, {}, None),
        ("0.5", {}, "3"),
        ("0.5", {"政策文件": Decimal(2)}, "4"),
        ("5", {}, "10"),  # never more than there is
    ],
)
def test_s17_points_from_volume_with_weights(
    per_item: str | None, weights: dict[str, Decimal], want: str | None
) -> None:
    test = a_test(
        "A1-07", Shape.VOLUME, per=None, per_item=Decimal(per_item) if per_item else None, weights=weights
    )
    volume = Volume(counts={(1, "动态"): 4, (2, "政策文件"): 2})
    assert earned(test, Decimal(10), volume) == (Decimal(want) if want else None)


def test_s17_a_volume_is_told_and_never_a_mark_by_itself() -> None:
    clause = clause_of(a_test("A1-07", Shape.VOLUME, per=None), points="10")
    volumes = {"A1-07": Volume(counts={(1, "动态"): 4, (9, "动态"): 1}, unresolved=2)}
    found = scored(clause, volumes=volumes)
    assert (found.state, found.proposed) == (ClauseState.PENDING, 0)
    assert "本年见报5条（1月4条、9月1条）；另有2条" in found.why
    priced = replace(clause, tests=(replace(clause.tests[0], per_item=Decimal(1)),))
    found = scored(priced, volumes=volumes)
    assert (found.state, found.proposed, found.deducted) == (ClauseState.PROPOSED, 5, 0)


def test_s18_not_applicable_is_full() -> None:
    clause = clause_of(a_test("A1-18"))
    found = scored(clause, standing={"A1-18": Standing.NOT_APPLICABLE})
    assert (found.state, found.deducted) == (ClauseState.NOT_APPLICABLE, 0)


def test_s21_points_by_class_of_unit() -> None:
    clause = replace(clause_of(a_test("A1-07")), points={TOWN: Decimal(10), DEPARTMENT: Decimal(15)})
    town = replace(UNIT, kind=TOWN)
    assert (scored(clause).points, scored(clause, unit=town).points) == (15, 10)


def test_s22_a_mark_from_outside_is_asked_for_by_name() -> None:
    clause = replace(clause_of(name="A1-23", points="15", mark_from="依法治市考核结果"), mode=Mode.MANUAL)
    assert scored(clause).why == "待录入：依法治市考核结果"


def test_s23_penalties_and_bonuses_stand_outside_the_hundred() -> None:
    rubric = rubric_of(
        clause_of(a_test("A1-18"), points="100"),
        clause_of(a_test("A1-24", Shape.MINIMUM), points="10", section=Section.BONUS),
        clause_of(a_test("A1-26", Shape.PERCENT, percent=Decimal(20)), points="20", section=Section.PENALTY),
    )
    record = UnitRecord(
        unit=UNIT, standing={t.id: Standing.ANSWERED for t in rubric.tests},
        occurrences=[hit("A1-26", points="4"), hit("A1-18")], marks={"A1-24": mark("A1-24", "10")},
    )  # fmt: skip
    found = sheet(rubric, record, DAY)
    assert (found.total, found.deducted, found.bonus, found.penalty, found.final) == (98, 2, 10, 4, 104)


def test_a_bonus_is_never_given_without_a_person() -> None:
    clause = clause_of(a_test("A1-24", Shape.MINIMUM, per=None), points="10", section=Section.BONUS)
    found = scored(clause)
    assert (found.state, found.given, found.proposed) == (ClauseState.PROPOSED, 0, 10)
    found = scored(clause, standing={"A1-24": Standing.UNANSWERED})
    assert (found.state, found.given, found.proposed) == (ClauseState.PENDING, 0, 0)


def test_s25_a_subject_is_not_charged_twice_in_a_month() -> None:
    clause = clause_of(a_test("A1-18a"), a_test("A1-18b"))
    assert lost(clause, hit("A1-18a"), hit("A1-18b", points="1")) == 2  # the dearer one
    assert lost(clause, hit("A1-18a"), hit("A1-18b", 2)) == 4
    assert lost(clause, hit("A1-18a"), hit("A1-18b", subject="column:b")) == 4


def test_s25_reaches_across_clauses_where_tests_share_a_name() -> None:
    tests = a_test("A1-11", exclusive="x"), a_test("A1-18", exclusive="x")
    rubric = rubric_of(*(clause_of(test) for test in tests))
    found = counted(rubric, [hit("A1-11"), hit("A1-18")])
    assert sorted(one.points for one in found) == [0, 2]


def test_suspicions_are_proposed_and_cost_nothing() -> None:
    clause = clause_of(a_test("A1-13", per=Decimal(1)), points="3")
    found = scored(clause, suspected=["A1-13"] * 5)
    assert (found.state, found.deducted, found.proposed) == (ClauseState.PROPOSED, 0, 3)
    assert proposed(clause, Decimal(3), ["A1-13", "A1-13"]) == 2


def mark(clause: str, points: str | None, year: int = 2026) -> Mark:
    return Mark(
        unit_id="u", clause_id=clause, year=year, points=Decimal(points) if points else None, by="张三",
        reason="查看资料", at=datetime(2026, 12, 1, tzinfo=UTC),
    )  # fmt: skip


def test_a_mark_replaces_what_was_computed_and_occurrences_stay_in_sight() -> None:
    clause = clause_of(a_test("A1-13", per=Decimal(1)), points="3")
    found = scored(clause, hit("A1-13", points="1"), marks={"A1-13": mark("A1-13", "2.5")})
    assert (found.state, found.deducted) == (ClauseState.ENTERED, Decimal("0.5"))
    assert len(found.occurrences) == 1
    assert "张三" in found.why
    cleared = scored(clause, hit("A1-13", points="1"), marks={"A1-13": mark("A1-13", None)})
    assert (cleared.state, cleared.deducted) == (ClauseState.JUDGED, 1)


def test_the_final_mark_has_a_floor_and_a_ceiling() -> None:
    base = ScoreSheet(
        unit_id="u", rubric_version="t", as_of=DAY, total=Decimal(3), pending=Decimal(0),
        deducted=Decimal(97), coverage=None, clauses=(), monitored_from={}, year=2026,
        penalty=Decimal(20),
    )  # fmt: skip
    assert base.final == 0
    assert replace(base, total=Decimal(100), penalty=Decimal(0), bonus=Decimal(30)).final == 120


TESTS = (
    a_test("A1-11a"),
    a_test("A1-11b"),
    a_test("A1-12", Shape.PARTS),
    a_test("A1-15", Shape.MINIMUM),
    a_test("A1-19", Shape.OBJECT),
    a_test("A1-26", Shape.PERCENT, percent=Decimal(20)),
)
RUBRIC = rubric_of(
    clause_of(TESTS[0], TESTS[1], points="6"),
    clause_of(TESTS[2], points="4"),
    clause_of(TESTS[3], points="3"),
    clause_of(TESTS[4], points="87"),
    clause_of(TESTS[5], points="20", section=Section.PENALTY),
)
HITS = st.builds(
    hit, st.sampled_from([t.id for t in TESTS]), st.integers(1, 12),
    st.sampled_from(["column:a", "column:b"]),
    st.sampled_from([2025, 2026]), st.sampled_from(["0.5", "1", "2", "4"]),
)  # fmt: skip
MARKS = st.dictionaries(
    st.sampled_from([c.id for c in RUBRIC.clauses]),
    st.sampled_from(["0", "1.5", "3", "999", None]),
    max_size=3,
)


@given(
    st.lists(HITS, max_size=20),
    st.lists(st.sampled_from(list(Standing)), min_size=6, max_size=6),
    MARKS,
    st.lists(st.sampled_from([t.id for t in TESTS]), max_size=4),
)
def test_whatever_comes_the_sheet_adds_up(
    hits: list[Occurrence], stands: list[Standing], entered: dict[str, str | None], suspected: list[str]
) -> None:
    record = UnitRecord(
        unit=UNIT, standing=dict(zip((t.id for t in TESTS), stands, strict=True)), occurrences=hits,
        suspected=suspected, marks={key: mark(key, value) for key, value in entered.items()},
    )  # fmt: skip
    found = sheet(RUBRIC, record, DAY)
    assert found.total + found.pending + found.deducted == 100
    assert 0 <= found.final <= 120
    for one in found.clauses:
        assert 0 <= one.deducted <= one.points
        assert 0 <= one.proposed <= one.points - one.deducted
        assert one.given == 0 or one.section is Section.BONUS
        assert (one.state in SETTLED) or one.why
        assert all(occurrence.score_year == 2026 for occurrence in one.occurrences)


@given(st.lists(HITS, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_occurrences_does_not_matter(hits: Sequence[Occurrence], random: object) -> None:
    mixed = sorted(hits, key=lambda one: random.random())  # type: ignore[attr-defined]
    assert counted(RUBRIC, hits) == counted(RUBRIC, mixed)


@given(st.lists(HITS, max_size=20), HITS)
def test_one_more_occurrence_never_gives_points_back(hits: list[Occurrence], more: Occurrence) -> None:
    def points(found: Sequence[Occurrence], clause: Clause) -> Decimal:
        mine = (one.points for one in found if one.clause_id == clause.id)
        return min(sum(mine, Decimal(0)), clause.points[DEPARTMENT])

    before, after = counted(RUBRIC, hits), counted(RUBRIC, [*hits, more])
    clause = RUBRIC.clause(more.clause_id)
    if RUBRIC.test(more.test_id).shape is Shape.OCCURRENCE:
        assert points(after, clause) >= points(before, clause)
