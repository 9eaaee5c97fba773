from datetime import date
from decimal import Decimal

from app.trend import lost_by_month, most_lost
from domain.clock import Month
from domain.records import Mark
from domain.rubric import Mode, Section
from domain.scores import ClauseScore, ClauseState, Occurrence, ScoreSheet
from tests.builders import at


def hit(month: str, points: str, clause: str = "A1-18") -> Occurrence:
    return Occurrence(
        event_id=1, unit_id="czj", subject_id="column:dt", clause_id=clause, test_id=f"{clause}a",
        month=Month.parse(month), score_year=2026, points=Decimal(points),
    )  # fmt: skip


def clause(lost: str, *hits: Occurrence, name: str = "A1-18", mark: Mark | None = None) -> ClauseScore:
    return ClauseScore(
        clause_id=name, item="工作动态", mode=Mode.AUTO, section=Section.BASE, state=ClauseState.JUDGED,
        points=Decimal(8), deducted=Decimal(lost), occurrences=hits, mark=mark,
    )  # fmt: skip


def sheet(*clauses: ClauseScore) -> ScoreSheet:
    lost = sum((one.deducted for one in clauses), Decimal(0))
    return ScoreSheet(
        unit_id="czj", rubric_version="1", as_of=date(2026, 11, 26), total=100 - lost, pending=Decimal(0),
        deducted=lost, coverage=None, clauses=clauses, monitored_from={}, year=2026,
    )  # fmt: skip


def test_points_stand_in_the_months_of_their_occurrences() -> None:
    lost = lost_by_month(sheet(clause("4", hit("2026-05", "2"), hit("2026-03", "2"))))
    assert lost.parts == {(3, "A1-18"): 2, (5, "A1-18"): 2}
    assert lost.months == (0, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0)
    assert lost.said == "3月扣2分、5月扣2分"


def test_what_the_cap_spares_is_lost_in_no_month() -> None:
    hits = [hit(f"2026-{month:02}", "3") for month in (1, 2, 3, 4)]
    lost = lost_by_month(sheet(clause("8", *hits)))
    assert lost.months[:4] == (3, 3, 2, 0)
    assert lost.aside == 0


def test_a_mark_and_the_next_year_stand_aside_and_all_adds_up() -> None:
    mark = Mark(
        unit_id="czj", clause_id="A1-01", points=Decimal(5), year=2026, by="张三", reason="查看资料",
        at=at("2026-11-01"), id=1,
    )  # fmt: skip
    made = sheet(
        clause("3", hit("2026-02", "1", "A1-01"), name="A1-01", mark=mark),
        clause("4", hit("2026-12", "2"), hit("2027-01", "2")),
    )
    lost = lost_by_month(made)
    assert lost.parts == {(12, "A1-18"): 2}
    assert lost.aside == 5
    assert sum(lost.months) + lost.aside == made.deducted
    assert lost.said == "12月扣2分；另扣5分不属于某一个月"


def test_nothing_lost() -> None:
    assert lost_by_month(sheet(clause("0"))).said == "没有扣分"
    assert most_lost([None, sheet(clause("0"))]) == 1
    assert most_lost([sheet(clause("2", hit("2026-05", "2")))]) == 2
