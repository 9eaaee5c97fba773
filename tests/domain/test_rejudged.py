"""Which clauses of two sheets differ."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.rejudged import clause_differences
from domain.rubric import Mode, Section
from domain.scores import ClauseScore, ClauseState, ScoreSheet

A = ClauseScore(
    clause_id="A1-18", item="二级栏目", mode=Mode.AUTO, section=Section.BASE, state=ClauseState.JUDGED,
    points=Decimal(8), deducted=Decimal(2),
)  # fmt: skip
B = replace(A, clause_id="A1-11", points=Decimal(6))


def sheet(*clauses: ClauseScore) -> ScoreSheet:
    nothing = Decimal(0)
    return ScoreSheet(
        unit_id="czj", rubric_version="v", as_of=date(2026, 9, 30), total=nothing, pending=nothing,
        deducted=nothing, coverage=None, clauses=clauses, monitored_from={}, year=2026,
    )  # fmt: skip


def test_equal_clauses_are_left_out_whatever_their_words() -> None:
    assert clause_differences(sheet(A, B), sheet(replace(A, why="另一句", item="栏目"), B)) == []


def test_points_states_and_proposals_are_told() -> None:
    for other in (
        replace(A, deducted=Decimal(4)),
        replace(A, points=Decimal(10)),
        replace(A, state=ClauseState.PENDING),
        replace(A, proposed=Decimal(1)),
        replace(A, given=Decimal(1)),
    ):
        [one] = clause_differences(sheet(A, B), sheet(other, B))
        assert (one.clause_id, one.before, one.after) == ("A1-18", A, other)
        assert one.deducted == other.deducted - 2


def test_a_clause_of_one_version_only_has_one_side() -> None:
    gone, new = clause_differences(sheet(A), sheet(B))
    assert (gone.clause_id, gone.after, gone.deducted) == ("A1-18", None, -2)
    assert (new.clause_id, new.before, new.deducted) == ("A1-11", None, 2)
