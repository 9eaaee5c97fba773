from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from domain.notices import MonthReport
from notices.files import documents, safe
from notices.render_docx import Template, render_docx
from notices.tables import tables
from notices.unit_notice import compose_unit, unit_number, unit_parts
from tests.notices.reports import ISSUE, a_report, an_account, an_issued_report, an_item

LONG = "鄂托克旗某某自然保护区管理委员会综合行政执法事务保障中心服务局"


def rendered(report: MonthReport, order: int = 1) -> Any:
    letter = compose_unit(report, unit_parts(report)[order - 1])
    return Document(BytesIO(render_docx(letter, report.made_at, Template.UNIT)))


def said(report: MonthReport, order: int = 1) -> str:
    return "\n".join(paragraph.text for paragraph in rendered(report, order).paragraphs)


def test_one_notice_a_unit_with_all_its_items_and_a_number_of_its_own() -> None:
    items = (an_item(), an_account(), an_item(number=3, event_id=14))
    parts = unit_parts(an_issued_report(items=items))
    assert [(p.unit, p.order, [i.number for i in p.items]) for p in parts] == [
        ("财政局", 1, [1, 3]), ("人大办", 2, [2]),
    ]  # fmt: skip
    assert unit_number(an_issued_report(), parts[1]) == "〔2026〕9-2号"
    assert unit_number(a_report(), parts[1]) == "〔2026〕　号"
    prefixed = an_issued_report(sender=replace(a_report().sender, prefix="鄂政公办"))
    assert unit_number(prefixed, parts[0]) == "鄂政公办〔2026〕9-1号"


def test_the_outline_stands_in_order() -> None:
    document = rendered(an_issued_report())
    heads = [p.text for p in document.paragraphs if p.style.name == "公文一级标题"]
    assert heads == ["一、发现的问题", "二、整改要求", "三、反馈", "四、异议与复核"]
    assert [p.text for p in document.paragraphs if p.style.name == "公文主送"] == ["财政局："]
    text = said(an_issued_report())
    assert "发现1项问题，记扣分1次、2分（2026年9月通报〔2026〕9号已列）" in text
    assert "按照《考核评估细则一》、国办秘函" in text  # the unit's own rubric only
    assert "于2026年10月23日前（含当日）整改到位，各项期限见上表。" in text
    assert "分管领导签字、加盖公章，于2026年10月23日前（含当日）报送" in text
    assert "可在2026年10月16日前（含当日）向鄂托克旗政务公开领导小组办公室书面提出复核申请" in text
    assert "附件：整改反馈表" in text


def test_each_problem_has_place_facts_clause_points_and_deadline() -> None:
    problems, receipt, form = rendered(an_issued_report()).tables
    assert [cell.text for cell in problems.rows[1].cells] == [
        "1", "工作动态超过两周未更新", "工作动态\nhttp://portal.test/czj/",
        "最新一条日期为2026-08-30，距今16天（要求：14天内至少更新1次）\n"
        "监测：2026-09-15 01:05；2026-09-16 01:06",
        "A1-18 二级栏目", "2", "2026年10月23日",
    ]  # fmt: skip
    assert [cell.text for row in receipt.rows for cell in row.cells][::2] == [
        "送达人", "送达时间", "签收人", "签收时间",
    ]  # fmt: skip
    assert [cell.text for cell in form.rows[1].cells] == [
        "1", "工作动态\n工作动态超过两周未更新", *([""] * 5),
    ]  # fmt: skip
    assert "第1项为事件12、监测记录101、118" in said(an_issued_report())


def test_what_is_in_order_again_needs_no_deadline() -> None:
    mended = an_item(number=2, event_id=14, mended_on=date(2026, 9, 28))
    report = an_issued_report(items=(an_item(), mended))
    assert rendered(report).tables[0].rows[2].cells[6].text == "9月28日已恢复正常"
    assert "其中1项监测时已恢复正常，只须反馈原因。" in said(report)
    only = said(an_issued_report(items=(mended,)))
    assert "均已恢复正常" in only
    assert "严格考核" not in only  # nothing is left to be late with


def test_having_been_late_has_no_deadline_but_a_reason_to_give() -> None:
    late = an_item(number=2, event_id=15, subject_id="notice:2026-08", clause_id="A1-04", late=False)
    report = an_issued_report(items=(an_item(), late))
    assert rendered(report).tables[0].rows[2].cells[6].text == "—"
    problems, _, _, form = tables(report)[:4]
    assert [row[11] for row in problems.rows] == [date(2026, 10, 23), "—"]
    assert [row[2] for row in form.rows] == [1, 2]
    assert "没有按时整改，请核实原因" in said(an_issued_report(items=(late,)))


def test_the_sentence_on_lateness_is_left_out_for_annex_2() -> None:
    report = an_issued_report()
    assert "按“按照通报要求按时进行整改，每检测到1次未按时整改扣2分，扣完为止”的规定扣分" in said(report, 1)
    annex_2 = said(report, 2)
    assert "未按时整改" not in annex_2
    assert "扣2分" not in annex_2
    assert "严格考核" not in annex_2


def test_a_draft_has_blanks_and_says_how_days_will_be_reckoned() -> None:
    text = said(a_report())
    assert "于印发之日起10个工作日内（具体日期印发时确定）整改到位" in text
    assert "反馈期限：印发后10个工作日" in text
    assert rendered(a_report()).sections[0].header.paragraphs[0].text == "【草稿】"
    late = replace(ISSUE, deadline=date(2027, 1, 11), deadline_certain=False)
    assert rendered(an_issued_report(issue=late)).tables[0].rows[1].cells[6].text == "2027年1月11日（待核）"


def test_files_are_named_for_their_unit() -> None:
    items = (an_item(unit=LONG), an_account(number=2, unit="人大办/政协 办"))
    names = list(documents(an_issued_report(items=items)))
    assert names[2:] == [
        f"2026-09 整改通知书〔2026〕9号/01 {LONG} 整改通知书.docx",
        f"2026-09 整改通知书〔2026〕9号/01 {LONG} 整改反馈表.xlsx",
        "2026-09 整改通知书〔2026〕9号/02 人大办_政协_办 整改通知书.docx",
        "2026-09 整改通知书〔2026〕9号/02 人大办_政协_办 整改反馈表.xlsx",
    ]


@pytest.mark.parametrize(("name", "file"), [
    ("../../etc", "etc"), ('a:b*c?"<>|d', "a_b_c_d"), ("  ", "单位"), ("长" * 200, "长" * 40),
])  # fmt: skip
def test_no_name_leads_out_of_the_folder(name: str, file: str) -> None:
    assert safe(name) == file


def test_the_same_report_gives_the_same_words() -> None:
    first, second = rendered(an_issued_report()), rendered(an_issued_report())
    assert first.element.xml == second.element.xml
