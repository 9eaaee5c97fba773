from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from domain.notices import MonthReport, RecheckResult
from notices.cells import FORMULA_STARTS, put
from notices.printed import problem_row
from notices.render_xlsx import HEAD_ROW, render_form, render_xlsx
from notices.tables import tables
from notices.unit_notice import unit_parts
from notices.wording import counted
from tests.notices.reports import (
    a_correction,
    a_first_month_without_problems,
    a_line,
    a_recheck,
    a_report,
    an_account,
    an_issued_report,
    an_item,
)

HEADS = [
    "序号|单位|类别|栏目（账号）名称|平台/网址|问题描述|最后更新时间|监控时间|距今天数|对应条款|扣分|整改期限|证据编号",
    "序号|单位|条款|事件时间|次数|每次扣分|本月扣分|累计扣分|条款上限|剩余",
    "序号|单位|问题|整改期限|复核时间|复核结果|是否计入“未按时整改”",
    "通报文号|单位|序号|问题|原因|整改措施|完成时间|整改后网址/最新更新时间|佐证|责任人|分管领导签字|联系人电话"
    "|单位（盖章）　年　月　日",
]


def book(report: MonthReport) -> Any:
    return load_workbook(BytesIO(render_xlsx(report)))


def row(sheet: Any, number: int = HEAD_ROW + 1) -> list[Any]:
    return [cell.value for cell in sheet[number]]


def test_four_sheets_with_the_agreed_columns() -> None:
    opened = book(an_issued_report())
    assert opened.sheetnames == [
        "附件1问题清单",
        "附件2扣分明细表",
        "附件3上期问题整改复核表",
        "附件4整改反馈表",
    ]
    assert ["|".join(row(sheet, HEAD_ROW)) for sheet in opened] == HEADS


@pytest.mark.parametrize("report", [an_issued_report(), a_first_month_without_problems()])
def test_every_sheet_prints_on_a4_landscape_with_its_head_frozen(report: MonthReport) -> None:
    for number, sheet in enumerate(book(report), 1):
        assert sheet["A1"].value.startswith(f"附件{number}")
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes == f"A{HEAD_ROW + 1}"
        assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
        assert all(cell.alignment.wrap_text for cell in sheet[HEAD_ROW + 1])


def test_a_problem_row() -> None:
    values = row(book(an_issued_report())["附件1问题清单"])
    assert values[:5] == [1, "财政局", "门户栏目", "工作动态", "门户网站 http://portal.test/czj/"]
    assert values[6].date() == date(2026, 8, 30)
    assert values[7] == "2026-09-15 01:05；2026-09-16 01:06"
    assert values[8:11] == [17, "A1-18 二级栏目", 2]
    assert values[11].date() == date(2026, 10, 23)
    assert values[12] == "事件12；监测记录101、118"


def test_points_stay_numbers_without_float_noise() -> None:
    line = a_line(each=(Decimal("0.1"), Decimal("0.20")), month_points=Decimal("0.30"), total=Decimal("0.30"))
    values = row(book(a_report(deductions=(line,)))["附件2扣分明细表"])
    assert values[4:] == [1, "0.1、0.2", 0.3, 0.3, 8, 7.7]


def test_an_empty_annex_says_so_and_the_form_stays_usable() -> None:
    opened = book(a_first_month_without_problems())
    assert [row(sheet)[1] for sheet in opened][:3] == ["无", "无", "无"]
    assert opened["附件4整改反馈表"].max_row > HEAD_ROW + 1


def test_the_form_has_a_row_for_every_item() -> None:
    sheet = book(an_issued_report())["附件4整改反馈表"]
    assert row(sheet)[:4] == ["〔2026〕9号", "财政局", 1, "工作动态：工作动态超过两周未更新"]
    assert row(sheet, HEAD_ROW + 2)[:3] == ["〔2026〕9号", "人大办", 2]
    assert row(sheet)[4:] == [None] * 9


@pytest.mark.parametrize(("result", "counts", "told"), [
    (RecheckResult.FIXED, True, "否"), (RecheckResult.WITHDRAWN, True, "否"),
    (RecheckResult.LATE, True, "拟计入，待确认"), (RecheckResult.NOT_FIXED, False, "否（所用细则无此条款）"),
    (RecheckResult.UNKNOWN, True, "待核实"), (RecheckResult.NOT_DUE, True, "未到期"),
])  # fmt: skip
def test_lateness_is_proposed_only_where_proven_and_where_a_clause_exists(
    result: RecheckResult, counts: bool, told: str
) -> None:
    assert counted(a_recheck(result, counts=counts)) == told


@pytest.mark.parametrize(("result", "told"), [
    (RecheckResult.NOT_DUE, "—"), (RecheckResult.WITHDRAWN, "—"),
    (RecheckResult.UNKNOWN, "未取得有效监测结果"),
])  # fmt: skip
def test_only_a_failed_recheck_says_that_nothing_was_seen(result: RecheckResult, told: str) -> None:
    report = a_report(rechecks=(a_recheck(result, checked_at=None),))
    assert row(book(report)["附件3上期问题整改复核表"])[4] == told


def test_looks_of_one_minute_are_named_once() -> None:
    at = datetime(2026, 10, 22, 17, 0, tzinfo=UTC)
    item = an_item(seen_at=(at, at + timedelta(seconds=3)))
    assert row(book(a_report(items=(item,)))["附件1问题清单"])[7] == "2026-10-23 01:00"
    assert problem_row(item)["looks"] == "监测：2026-10-23 01:00"


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_title_that_looks_like_a_formula_stays_text(start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil.test","x")'
    cell = book(a_report(items=(an_item(subject=evil),)))["附件1问题清单"].cell(HEAD_ROW + 1, 4)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (evil, "s", True)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_written_and_is_never_a_formula(text: str) -> None:
    made = Workbook()
    assert made.active is not None
    put(made.active.cell(1, 1), text)
    out = BytesIO()
    made.save(out)
    assert load_workbook(out).worksheets[0].cell(1, 1).data_type != "f"


def test_corrections_are_a_fifth_sheet_only_where_there_are_any() -> None:
    opened = book(a_report(corrections=(a_correction(),)))
    sheet = opened["附件5更正事项表"]
    assert row(sheet) == [
        1, "2026年8月", 3, "民政局", "工作动态：工作动态超过两周未更新", "A1-18 二级栏目", "撤销", 2, 0, 2,
        "事件7",
    ]  # fmt: skip
    assert len(book(a_report()).sheetnames) == 4


def test_a_units_form_has_only_its_own_rows() -> None:
    report = an_issued_report()
    _, renda = unit_parts(report)
    [sheet] = load_workbook(BytesIO(render_form(report, renda)))
    assert sheet.title == "附件整改反馈表"
    assert row(sheet)[:4] == ["〔2026〕9-2号", "人大办", 2, "人大之声：政务新媒体超过两周未更新"]
    assert sheet.max_row == HEAD_ROW + 1


def test_an_overlong_text_is_cut_to_what_a_cell_holds() -> None:
    assert book(a_report(items=(an_item(detail="长" * 40000),)))


def test_an_annex_2_unit_and_chinese_ids() -> None:
    item = an_account(unit_id="人大办", subject_id="account:人大-微信")
    [problems, *_] = tables(an_issued_report(items=(item,)))
    assert problems.rows[0][1:5] == ("人大办", "新媒体", "人大之声", "微信")
