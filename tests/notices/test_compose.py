import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month
from domain.notices import CorrectionKind, MonthReport, RecheckResult, Stage, SubjectCount
from notices.compose import annexes, compose
from notices.letter import document_name, period
from notices.wording import clean, ordinal, points
from tests.notices.reports import (
    ISSUE,
    a_correction,
    a_first_month_without_problems,
    a_recheck,
    a_report,
    an_account,
    an_issued_report,
    an_item,
)


def said(report: MonthReport) -> str:
    return "\n".join(block.line for block in compose(report).blocks)


def test_the_four_chapters_stand_in_order() -> None:
    heads = [block.head for block in compose(an_issued_report()).blocks if block.level == 1]
    assert heads == ["一、总体情况", "二、主要问题", "三、扣分情况", "四、整改要求"]


def test_the_opening_names_basis_period_and_what_was_watched() -> None:
    opening = compose(an_issued_report()).opening
    assert "按照《考核评估细则一》《考核评估细则二》、国办秘函〔2019〕19号等要求" in opening
    assert "于9月1日至30日对3个单位的5个门户网站栏目、10个政务新媒体账号" in opening


def test_the_previous_notice_comes_first() -> None:
    text = said(an_issued_report())
    assert "（一）上月通报问题整改情况。8月份通报（〔2026〕8号，整改期限9月24日）共2项" in text
    assert "已整改1项，逾期1项（见附件3）" in text


def test_a_january_notice_names_the_year_before() -> None:
    previous = an_issued_report().previous
    assert previous is not None
    december = replace(previous, month=Month(2025, 12), deadline=date(2026, 1, 20))
    assert "2025年12月份通报" in said(an_issued_report(month=Month(2026, 1), previous=december))


@pytest.mark.parametrize("result", list(RecheckResult))
def test_every_result_is_counted_somewhere(result: RecheckResult) -> None:
    line = said(an_issued_report(rechecks=(a_recheck(result),))).splitlines()[1]
    told = {part for part in ("已整改1项", "逾期1项", f"{result.value}1项") if part in line}
    assert len(told) == 1


def test_platforms_and_rates() -> None:
    text = said(a_report())
    assert "监控10个（微信8个、微博2个），正常9个，未按时更新1个，合格率90.0%" in text
    assert "微信8个，存在问题1个，合格率87.5%；微博2个，存在问题0个，合格率100.0%。" in text
    assert "监控5个，正常3个，未按时更新1个，涉及1个单位；因未取得有效监测结果无法判定1个" in text


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_rate_leaves_out_what_could_not_be_judged(good: int, bad: int, unknown: int, doubt: int) -> None:
    count = SubjectCount(
        label="微信", monitored=good + bad + unknown + doubt, problem=bad, unknown=unknown, suspected=doubt
    )
    assert count.normal == good
    if good + bad == 0:
        assert count.rate is None
    else:
        assert count.rate is not None
        assert Decimal(0) <= count.rate <= Decimal(100)
        assert count.rate.as_tuple().exponent == -1


def test_problems_are_grouped_and_counted() -> None:
    items = (
        an_item(), an_item(number=2, unit_id="minzhengju", unit="民政局", event_id=14, newest_on=None),
        an_item(number=3, subject="部门动态", event_id=15, newest_on=date(2025, 12, 30)), an_account(),
    )  # fmt: skip
    text = said(a_report(items=items))
    told = "财政局（最后更新8月30日）、民政局、财政局（部门动态，最后更新2025年12月30日）等2家单位，共3项"
    assert f"（一）工作动态超过两周未更新。{told}" in text
    assert "（二）政务新媒体超过两周未更新。人大办“人大之声”（微信，最后更新8月30日）。" in text


def test_documents_are_counted_per_unit() -> None:
    items = [
        an_item(number=n, subject_id=f"document:{n}", problem="公开文件要素不全", event_id=n)
        for n in (1, 2, 3)
    ]  # fmt: skip
    assert "（一）公开文件要素不全。财政局（3份文件），共3项。" in said(a_report(items=tuple(items)))


def test_a_month_without_problems_is_still_a_notice() -> None:
    text = said(a_first_month_without_problems())
    assert "（一）上月通报问题整改情况。无。" in text
    assert "本月监控没有发现需要通报的问题。" in text
    assert "本月没有记扣分，2026年累计记扣分0次、0分。" in text
    assert "四、工作要求" in text
    assert "限期整改" not in text


def test_old_lapses_that_go_on_are_not_called_none() -> None:
    columns = SubjectCount(label="栏目", monitored=3, carried=2)
    text = said(a_first_month_without_problems(columns=columns))
    assert "没有新增需要通报的问题；以前月份的问题尚有2个没有整改" in text
    assert "没有发现需要通报的问题" not in text
    assert "还没有整改的，请有关单位抓紧整改。" in text


def test_a_notice_two_months_back_is_not_called_last_month_s() -> None:
    text = said(replace(an_issued_report(), month=Month(2026, 11)))
    assert "（一）上期通报问题整改情况。8月份通报" in text


def test_overdue_items_are_pressed_even_without_new_problems() -> None:
    text = said(a_first_month_without_problems(rechecks=(a_recheck(RecheckResult.PARTLY),)))
    assert "（二）补齐整改。" in text


def test_deadlines_are_absolute_once_issued() -> None:
    text = said(an_issued_report())
    assert "于2026年10月23日前（含当日）整改到位" in text
    assert "可在2026年10月16日前（含当日）向鄂托克旗政务公开领导小组办公室书面提出复核申请" in text
    assert "自印发" not in text
    assert "印发之日起10个工作日内（具体日期印发时确定）" in said(a_report())


def test_a_deadline_past_the_published_holidays_is_marked() -> None:
    late = replace(ISSUE, deadline=date(2027, 1, 11), deadline_certain=False)
    assert "2027年1月11日前（含当日）（该日在已公布的放假调休安排之后，待核）" in said(
        an_issued_report(issue=late)
    )


def test_the_sentence_on_lateness_is_only_for_units_whose_rubric_has_it() -> None:
    text = said(an_issued_report())
    assert "适用《考核评估细则一》的单位（苏木镇、部门），没有按时整改或者整改不到位的" in text
    assert "未按时整改扣2分" in text
    only_annex_2 = said(an_issued_report(items=(an_account(),)))
    assert "严格考核" not in only_annex_2
    assert "扣2分" not in only_annex_2


def test_many_of_a_kind_are_named_in_part_and_all_in_the_annex() -> None:
    items = tuple(an_item(number=n, unit_id=f"u{n}", unit=f"第{n}局", event_id=n) for n in range(1, 31))
    text = said(a_report(items=items))
    assert "第20局（最后更新8月30日）等30家单位，共30项（见附件1）。" in text
    assert "第21局" not in text


def test_corrections_have_a_chapter_of_their_own() -> None:
    report = an_issued_report(corrections=(a_correction(),))
    heads = [block.head for block in compose(report).blocks if block.level == 1]
    assert heads == ["一、总体情况", "二、主要问题", "三、扣分情况", "四、更正事项", "五、整改要求"]
    told = "2026年8月通报第3项（民政局，工作动态：工作动态超过两周未更新）经复核撤销，返还2分。合计返还2分"
    assert told in said(report)
    assert annexes(report)[4] == "更正事项表"
    assert len(annexes(an_issued_report())) == 4


@pytest.mark.parametrize(("kind", "was", "now", "told"), [
    (CorrectionKind.EXEMPT, 2, 0, "准予豁免，返还2分。合计返还2分，"),
    (CorrectionKind.CHANGED, 2, 1, "由2分改计为1分。合计返还1分，"),
    (CorrectionKind.ADDED, 0, 2, "月末后认定，补记2分。合计补记2分，"),
])  # fmt: skip
def test_each_kind_of_correction_is_worded(kind: CorrectionKind, was: int, now: int, told: str) -> None:
    line = a_correction(kind=kind, told=Decimal(was), now=Decimal(now))
    assert told in said(a_report(corrections=(line,)))


def test_many_corrections_are_counted_and_returns_sum_up() -> None:
    gone = tuple(a_correction(event_id=n) for n in range(6))
    added = a_correction(kind=CorrectionKind.ADDED, told=Decimal(0), now=Decimal(12), item=None)
    text = said(a_report(corrections=(*gone, added)))
    assert "撤销6项，补记1项。扣分总数不变，" in text


def test_marks_and_names() -> None:
    assert compose(a_report(simulation=True)).banner == "【模拟数据　不作考核依据】　【草稿】"
    assert document_name(a_report(simulation=True)) == "【模拟】2026-09 日常监控情况通报（草稿）"
    issued = an_issued_report()
    assert (compose(issued).banner, compose(issued).number) == ("", "〔2026〕9号")
    assert document_name(issued, "附件") == "2026-09 日常监控情况通报附件〔2026〕9号"
    assert compose(a_report(stage=Stage.CLOSED)).banner == "【定稿待发】"
    assert compose(issued).date == "2026年10月9日"


def test_contacts_to_be_filled_are_only_asked_for_before_issue() -> None:
    nobody = replace(a_report().sender, phone="", email="")
    assert "待填" in compose(a_report(sender=nobody)).contact
    assert compose(an_issued_report(sender=nobody)).contact == ""


def test_a_running_month_is_told_up_to_its_day() -> None:
    assert period(a_report(until=date(2026, 9, 12))) == "9月1日至12日"
    assert period(a_report(until=date(2026, 9, 1))) == "9月1日"


@pytest.mark.parametrize(("value", "text"), [
    ("2.00", "2"), ("0.50", "0.5"), ("10", "10"), ("1E+1", "10"), ("0", "0"), ("0.00", "0"), ("100", "100"),
])  # fmt: skip
def test_points_carry_no_noise(value: str, text: str) -> None:
    assert points(Decimal(value)) == text


def test_ordinals() -> None:
    assert "、".join(map(ordinal, (1, 9, 10, 11, 20, 21, 99))) == "一、九、十、十一、二十、二十一、九十九"


@given(st.text())
def test_cleaned_text_has_no_invisible_characters(text: str) -> None:
    assert not [c for c in clean(text) if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(clean(text)) & set("\u202e\u200b\ufeff\xad")
    assert clean(clean(text)) == clean(text)
