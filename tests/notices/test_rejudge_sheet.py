"""The workbook of a tried rubric: every difference once, the notes with the versions."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from domain.events import EventState
from domain.rejudged import (
    ClauseDifference,
    EventChange,
    EventDifference,
    EventSide,
    Rejudged,
    UnitDifference,
)
from domain.rubric import Mode, Section
from domain.scores import ClauseScore, ClauseState, ScoreSheet
from domain.units import Unit, UnitKind
from notices.rejudge_sheet import NOTES, rejudged_grids, render_rejudged, side_told
from notices.year_sheet import HEAD_ROW, Cover

DAY = date(2026, 9, 30)
UNIT = Unit(id="czj", name="=财政局", kind=UnitKind.DEPARTMENT, annex=1)
CLAUSE = ClauseScore(
    clause_id="A1-18", item="二级栏目", mode=Mode.AUTO, section=Section.BASE, state=ClauseState.JUDGED,
    points=Decimal(8), deducted=Decimal(2),
)  # fmt: skip
SIDE = EventSide(
    clause_id="A1-18", state=EventState.CONFIRMED, measured="距今15天", limit="14天内至少更新1次",
    points=Decimal(2),
)  # fmt: skip
NAMES = {"czj": UNIT.name, "column:dt": "工作动态"}


def sheet(deducted: int) -> ScoreSheet:
    return ScoreSheet(
        unit_id="czj", rubric_version="v", as_of=DAY, total=Decimal(6), pending=Decimal(92),
        deducted=Decimal(deducted), coverage=None, clauses=(CLAUSE,), monitored_from={}, year=2026,
    )  # fmt: skip


def found(*events: EventDifference) -> Rejudged:
    return Rejudged(
        as_of=DAY, year=2026, versions={1: ("甲版", "乙版")},
        units=(UnitDifference(unit=UNIT, before=sheet(2), after=sheet(0)),),
        clauses=(ClauseDifference(unit_id="czj", clause_id="A1-18", before=CLAUSE, after=None),),
        events=events,
    )  # fmt: skip


GONE = EventDifference(
    change=EventChange.DISAPPEARS, unit_id="czj", subject_id="column:dt", test_id="A1-18a", event_id=7,
    opened_on=date(2026, 9, 29), before=SIDE, after=None,
)  # fmt: skip


def test_each_difference_stands_once_with_both_sides() -> None:
    units, clauses, events, notes = rejudged_grids(found(GONE), NAMES)
    assert units.rows == (("=财政局", 6, 6, 92, 92, 2, 0, -2),)
    assert clauses.rows == (
        ("=财政局", "A1-18", "二级栏目", 8, None, 2, None, -2, "系统评判", "没有此条"),
    )  # fmt: skip
    [row] = events.rows
    assert row[:6] == ("消失", 7, "=财政局", "工作动态", "A1-18a", date(2026, 9, 29))
    assert row[6:] == ("已确认：距今15天（14天内至少更新1次）", "没有此事件", 2, 0)
    assert [row[1] for row in notes.rows][2:] == list(NOTES)
    assert "现行 甲版，新版 乙版" in str(notes.rows[0][1])


def test_a_side_without_measure_tells_its_state() -> None:
    assert side_told(None) == "没有此事件"
    assert side_told(EventSide(
        clause_id="A1-18", state=EventState.SUSPECTED, measured="", limit="", points=Decimal(0)
    )) == "疑似"  # fmt: skip


def test_the_workbook_opens_and_takes_no_name_for_a_formula() -> None:
    cover = Cover(
        title="试算", office="办公室", as_of=DAY, made_at=datetime(2026, 10, 1, tzinfo=UTC), simulation=True
    )
    book = load_workbook(BytesIO(render_rejudged(found(), NAMES, cover)))
    assert book.sheetnames == ["单位", "条款", "事件", "说明"]
    name = book["单位"].cell(HEAD_ROW + 1, 1)
    assert (name.value, name.data_type) == ("=财政局", "s")
    assert book["事件"].cell(HEAD_ROW + 1, 2).value == "无"
    assert book["单位"].oddHeader.right.text == "模拟"
