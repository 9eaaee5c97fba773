"""The year's workbook: one line a unit, one column a clause, and sums that can be checked by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from config.init import init_folder
from config.load import load_rubrics
from domain.clock import Month
from domain.records import FileRef, Mark
from domain.rubric import Rubric, Section
from domain.scores import ClauseScore, ClauseState, Occurrence, ScoreSheet
from domain.units import Unit, UnitKind
from domain.yearbook import Assessed, Charged, YearBook
from notices.year_sheet import HEAD_ROW, render_year
from notices.year_tables import grids

NO = Decimal(0)
LONG = "某某旗农牧业和乡村振兴综合行政执法事务服务保障中心管理局办公"
AT = datetime(2026, 12, 1, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def rubrics(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Rubric]:
    folder = tmp_path_factory.mktemp("rubric") / "office"
    init_folder(folder, simulation=False)
    return dict(load_rubrics(folder))


def sheet_of(unit: Unit, rubric: Rubric, lost: dict[str, str], *, settled: bool = True) -> ScoreSheet:
    scores = []
    for clause in rubric.clauses_for(unit.kind):
        full, took = clause.points[unit.kind], Decimal(lost.get(clause.id, "0"))
        hits = (
            Occurrence(
                event_id=7, unit_id=unit.id, subject_id="column:dt", clause_id=clause.id,
                test_id=f"{clause.id}a", month=Month(2026, 9), score_year=2026, points=took,
            ),
        )  # fmt: skip
        state = ClauseState.JUDGED if settled else ClauseState.PENDING
        scores.append(
            ClauseScore(
                clause_id=clause.id,
                item=clause.item,
                mode=clause.mode,
                section=clause.section,
                state=state,
                points=full,
                deducted=took,
                occurrences=hits if took else (),
                why="" if settled else "未登记",
            )  # fmt: skip
        )
    base = [one for one in scores if one.section is Section.BASE]
    kept = sum((one.points - one.deducted for one in base), NO)
    return ScoreSheet(
        unit_id=unit.id, rubric_version=rubric.version, as_of=date(2026, 12, 31), year=2026,
        total=kept if settled else NO, pending=NO if settled else kept,
        deducted=sum((one.deducted for one in base), NO), coverage=Decimal("0.987"), clauses=tuple(scores),
        monitored_from={},
        penalty=sum((one.deducted for one in scores if one.section is Section.PENALTY), NO),
    )  # fmt: skip


def book(rubrics: dict[int, Rubric], units: Sequence[Assessed], **more: Any) -> YearBook:
    told = Charged(event_id=7, month=Month(2026, 9), subject="工作动态", detail="距今15天")
    given: dict[str, Any] = {"charged": (told,), "marks": (), **more}
    return YearBook(
        office="政务公开领导小组办公室", year=2026, as_of=date(2026, 12, 31), made_at=AT, units=tuple(units),
        **given,
    )  # fmt: skip


def assessed(
    rubrics: dict[int, Rubric], name: str, kind: UnitKind, lost: dict[str, str], **more: bool
) -> Assessed:
    annex = 1 if kind in {UnitKind.TOWN, UnitKind.DEPARTMENT} else 2
    unit = Unit(id=name, name=name, kind=kind, annex=annex)
    return Assessed(unit=unit, rubric=rubrics[annex], sheet=sheet_of(unit, rubrics[annex], lost, **more))


@pytest.fixture(scope="module")
def three(rubrics: dict[int, Rubric]) -> tuple[Assessed, ...]:
    return (
        assessed(rubrics, LONG, UnitKind.DEPARTMENT, {"A1-18": "2", "A1-26": "4"}),
        assessed(rubrics, "某某镇", UnitKind.TOWN, {}, settled=False),
        assessed(rubrics, "=园区", UnitKind.PARK, {"A2-10": "1"}),
    )


def opened(found: YearBook) -> Any:
    return load_workbook(BytesIO(render_year(found)))


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    heads = [cell.value for cell in sheet[HEAD_ROW]]
    return [
        dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True)
    ]


def test_the_workbook_has_every_sheet(rubrics: dict[int, Rubric], three: tuple[Assessed, ...]) -> None:
    names = ["汇总", "附件1逐条得分", "附件2逐条得分", "扣分明细", "人工评分", "待定事项", "说明"]
    assert opened(book(rubrics, three)).sheetnames == names


def test_summary_has_blocks_that_sum_to_the_total(
    rubrics: dict[int, Rubric], three: tuple[Assessed, ...]
) -> None:
    first, second, third = rows_of(opened(book(rubrics, three))["汇总"])
    blocks = [
        block for block in dict.fromkeys(c.block for c in rubrics[1].clauses if c.section is Section.BASE)
    ]
    assert sum(first[block] or 0 for block in blocks) == first["确定得分"] == 98
    assert (first["最终得分"], first["扣分项"], first["监测覆盖率"]) == (94, 4, "98.7%")
    assert (second["组织保障"], second["状态"]) == ("待定20", "尚有100分待定")
    assert third["其他方面"] is None  # annex 2 has no such block
    assert "名次" not in first


def test_places_are_shown_only_when_asked_and_within_an_annex(
    rubrics: dict[int, Rubric], three: tuple[Assessed, ...]
) -> None:
    found = rows_of(opened(book(rubrics, three, ranked=True))["汇总"])
    assert [row["名次"] for row in found] == [1, 2, 1]


def test_the_matrix_names_the_events_behind_a_lost_point(
    rubrics: dict[int, Rubric], three: tuple[Assessed, ...]
) -> None:
    sheet = opened(book(rubrics, three))["附件1逐条得分"]
    heads = [cell.value for cell in sheet[HEAD_ROW]]
    full, first, second = (list(row) for row in sheet.iter_rows(min_row=HEAD_ROW + 1))
    at = {head[:5]: n for n, head in enumerate(heads)}
    assert (full[at["A1-18"]].value, full[at["A1-07"]].value) == (8, "10/15")
    assert (first[at["A1-18"]].value, first[at["A1-26"]].value, first[at["A1-09"]].value) == (6, -4, "—")
    assert "2026-09事件7" in first[at["A1-18"]].comment.text
    assert first[at["A1-17"]].comment is None
    assert second[at["A1-18"]].value == "待定"
    assert "未登记" in second[at["A1-18"]].comment.text


def test_deductions_quote_their_source(rubrics: dict[int, Rubric], three: tuple[Assessed, ...]) -> None:
    found = rows_of(opened(book(rubrics, three))["扣分明细"])
    assert [(row["条款"], row["扣分"], row["事件编号"]) for row in found] == [
        ("A1-18", 2, 7), ("A1-26", 4, 7), ("A2-10", 1, 7)
    ]  # fmt: skip
    assert "两周内至少更新1次" in found[0]["原文"]
    assert (found[0]["对象"], found[0]["情况"]) == ("工作动态", "距今15天")


def test_marks_are_listed_with_what_became_of_them(
    rubrics: dict[int, Rubric], three: tuple[Assessed, ...]
) -> None:
    mark = Mark(
        unit_id=LONG, clause_id="A1-01", year=2026, points=Decimal("2.5"), by="张三", reason="缺名单", at=AT,
        files=(FileRef(name="纪要.docx", sha256="0" * 64, size_bytes=3),),
    )  # fmt: skip
    taken_back = replace(mark, points=None, reason="重新核对")
    found = rows_of(opened(book(rubrics, three, marks=(mark, taken_back)))["人工评分"])
    assert [(row["分值"], row["效力"]) for row in found] == [(2.5, "已被后来的替代"), (None, "取消评分")]
    assert (found[0]["附件"], found[0]["时间"]) == ("纪要.docx", "2026-12-01 10:00")


def test_texts_that_look_like_formulas_stay_texts(
    rubrics: dict[int, Rubric], three: tuple[Assessed, ...]
) -> None:
    sheet = opened(book(rubrics, three))["附件2逐条得分"]
    cell = sheet.cell(HEAD_ROW + 2, 1)
    assert (cell.value, cell.data_type) == ("=园区", "s")


def test_fifty_six_units_and_none_at_all(rubrics: dict[int, Rubric]) -> None:
    many = [assessed(rubrics, f"{LONG}{n}", UnitKind.DEPARTMENT, {"A1-18": "8"}) for n in range(56)]
    assert opened(book(rubrics, many))["汇总"].max_row == HEAD_ROW + 56
    assert [grid.name for grid in grids(book(rubrics, []))] == [
        "汇总",
        "扣分明细",
        "人工评分",
        "待定事项",
        "说明",
    ]
    assert opened(book(rubrics, []))["扣分明细"].cell(HEAD_ROW + 1, 2).value == "无"


def test_a_simulation_says_so_everywhere(rubrics: dict[int, Rubric], three: tuple[Assessed, ...]) -> None:
    workbook = opened(book(rubrics, three, simulation=True))
    assert all("模拟" in str(sheet.cell(1, 1).value) for sheet in workbook)
