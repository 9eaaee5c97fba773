from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month
from domain.notices import MonthReport, Place, PreviousNotice, RecheckResult, SubjectCount
from domain.quarters import Quarter, QuarterIssue, QuarterReport
from notices.quarter import compose_quarter, quarter_name
from notices.quarter_counts import portal
from notices.render_docx import Template, render_docx
from tests.notices.reports import (
    MADE_AT,
    a_first_month_without_problems,
    a_recheck,
    a_report,
    an_account,
    an_item,
)


def a_month(number: int, **changes: Any) -> MonthReport:
    month = Month(2026, number)
    return a_report(month=month, until=month.last_day, **changes)


def a_quarter(*months: MonthReport, **changes: Any) -> QuarterReport:
    report = QuarterReport(
        quarter=Quarter(2026, 3), months=months or (a_month(7), a_month(8), a_month(9)), missing=(),
        made_at=MADE_AT, simulation=False, sender=a_report().sender,
    )  # fmt: skip
    return replace(report, **changes)


def said(report: QuarterReport) -> str:
    return "\n".join(block.line for block in compose_quarter(report).blocks)


def rows(report: QuarterReport) -> list[dict[str, str]]:
    found: Any = compose_quarter(report).more["problems"]
    return list(found)


def test_the_outline_of_upper_levels() -> None:
    heads = [(b.level, b.head) for b in compose_quarter(a_quarter()).blocks]
    assert heads == [
        (1, "一、总体情况"), (2, "（一）整改复查情况。"), (2, "（二）政府网站。"),
        (2, "（三）政务新媒体。"), (2, "（四）扣分情况。"), (1, "二、存在的主要问题"),
        (2, "（一）网站方面。"), (2, "（二）新媒体方面。"),
        (2, "（三）其他方面。"), (1, "三、下一步工作要求"), (2, "（一）抓好问题整改。"),
        (2, "（二）加强日常监管。"), (2, "（三）守牢安全底线。"),
    ]  # fmt: skip


def test_rates_are_of_all_monthly_looks_that_could_be_judged() -> None:
    text = said(a_quarter())
    assert "监控门户网站栏目5个；按月检查共15个次，合格9个次，存在问题3个次，合格率75.0%" in text
    assert "涉及1个单位的1个栏目。另有3个次待核实、无法判定或者准予豁免，不计入合格率。" in text
    assert "（微信8个、微博2个）；按月检查共30个次，合格27个次，存在问题3个次，合格率90.0%" in text
    assert (
        "其中：微信合格21个次，存在问题3个次，合格率87.5%；微博合格6个次，存在问题0个次，合格率100.0%。"
        in text
    )


def a_count(normal: int, problem: int, carried: int, unknown: int) -> SubjectCount:
    monitored = normal + problem + carried + unknown
    return SubjectCount(
        label="栏目", monitored=monitored, problem=problem, carried=carried, unknown=unknown
    )  # fmt: skip


@given(st.lists(st.tuples(*[st.integers(0, 30)] * 4), min_size=1, max_size=3))
def test_no_count_is_lost(counts: list[tuple[int, int, int, int]]) -> None:
    months = [a_month(7 + n, columns=a_count(*one)) for n, one in enumerate(counts)]
    total = portal(months)
    assert total.normal + total.bad + total.undecided == total.looked_at
    assert total.running == sum(counts[-1])
    assert (total.rate is None) is (total.normal + total.bad == 0)


def test_each_item_of_a_notice_is_rechecked_once_and_counts_as_it_stood_last() -> None:
    before = PreviousNotice(
        month=Month(2026, 6), number=6, issued_on=date(2026, 7, 9), deadline=date(2026, 7, 23)
    )
    july = a_month(7, previous=before, rechecks=(a_recheck(RecheckResult.NOT_DUE),))
    august = a_month(8, previous=before, rechecks=(a_recheck(RecheckResult.NOT_FIXED),))
    text = said(a_quarter(july, august))
    assert "对以前通报的1项问题进行了复查，已整改0项，逾期1项。" in text
    assert "整改不及时或者不到位1项：民政局。" in text


def test_a_quarter_without_problems_is_still_a_document() -> None:
    months = [
        replace(a_first_month_without_problems(), month=Month(2026, n), until=Month(2026, n).last_day)
        for n in (7, 8, 9)
    ]
    text = said(a_quarter(*months))
    assert text.count("没有发现") == 3
    assert "共记扣分0次、0分。" in text
    assert [row["unit"] for row in rows(a_quarter(*months))] == ["无"]


def test_problems_that_are_neither_stand_under_others() -> None:
    late = an_item(
        place=Place.OTHER, subject_id="notice:2026-06", subject="2026-06通报的整改", platform="",
        problem="未按通报要求按时整改",
    )  # fmt: skip
    report = a_quarter(a_month(7, items=(late,)))
    assert "（三）其他方面。未按通报要求按时整改：财政局，共1项（次）。" in said(report)
    assert "（一）网站方面。没有发现需要通报的问题。" in said(report)
    assert [row["place"] for row in rows(report)] == ["其他"]


def test_many_units_are_named_in_part() -> None:
    items = tuple(an_item(number=n, unit_id=f"u{n}", unit=f"第{n}局", event_id=n) for n in range(1, 13))
    text = said(a_quarter(a_month(7, items=items)))
    assert "工作动态超过两周未更新：如，第1局、第2局、" in text
    assert "第10局等12家单位，共12项（次）。" in text
    assert "第11局" not in text
    assert len(rows(a_quarter(a_month(7, items=items)))) == 12


def test_points_of_several_months_add_up_in_the_list() -> None:
    found = rows(a_quarter(a_month(7), a_month(8, items=(an_item(points=Decimal("0.5")), an_account()))))
    assert [(row["unit"], row["months"], row["points"]) for row in found] == [
        ("财政局", "7月、8月", "2.5"), ("人大办", "7月、8月", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(("changes", "banner", "name", "number"), [
    ({}, "【草稿】", "2026Q3 检查情况通报（草稿）", "〔2026〕　号"),
    ({"simulation": True}, "【模拟数据　不作考核依据】　【草稿】", "【模拟】2026Q3 检查情况通报（草稿）",
     "〔2026〕　号"),
    ({"issue": QuarterIssue(number=12, issued_on=date(2026, 10, 20))}, "", "2026Q3 检查情况通报〔2026〕12号",
     "〔2026〕12号"),
])  # fmt: skip
def test_marks_names_and_numbers(changes: dict[str, Any], banner: str, name: str, number: str) -> None:
    report = a_quarter(**changes)
    letter = compose_quarter(report)
    assert (letter.banner, quarter_name(report), letter.number) == (banner, name, number)


def test_months_not_closed_are_named() -> None:
    report = a_quarter(a_month(7), missing=(Month(2026, 8), Month(2026, 9)))
    assert "对2026年7月政府网站栏目" in compose_quarter(report).opening
    assert "（8月和9月尚未结账，未计入）" in compose_quarter(report).opening


def test_without_a_picture_nothing_stands_in_its_place() -> None:
    report = a_quarter()
    made = Document(BytesIO(render_docx(compose_quarter(report), MADE_AT, Template.QUARTER)))
    assert len(made.inline_shapes) == 0
    assert not any(paragraph.text.startswith("图") for paragraph in made.paragraphs)
