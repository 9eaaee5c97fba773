"""A month from its first draft to its issued notice, over a real archive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from app.decisions import decide
from app.month_report import month_data
from app.months import close, draft, issue
from app.office import Office
from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, EventState
from domain.notices import RecheckResult, Stage
from tests.app.monthly import FINANCE, RENDA, WULAN, later, names, office_at, watch
from tests.copies import copied

AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
OLD, NEW = date(2026, 8, 30), date(2026, 9, 16)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Finance and an annex-2 account fall silent in September, the town keeps up."""
    copied(tmp_path, silent)
    made = office_at(tmp_path, "2026-10-03 00:00")
    yield made
    made.archive.close()


def silent(folder: Path) -> None:
    made = office_at(folder, "2026-10-03 00:00")
    watch(made, "2026-09-10", 1, {FINANCE: OLD, RENDA: OLD, WULAN: date(2026, 9, 8)})
    watch(made, "2026-09-20", 4, {FINANCE: OLD, RENDA: OLD, WULAN: NEW})
    made.archive.close()


def text_of(file: Path) -> str:
    document = Document(str(file))
    header = document.sections[0].header.paragraphs
    return "\n".join(paragraph.text for paragraph in (*header, *document.paragraphs))


def test_a_draft_names_the_problems_and_changes_nothing(office: Office, tmp_path: Path) -> None:
    before = office.archive.verify().count
    result = draft(office, SEPTEMBER, tmp_path / "out")
    assert result.as_json() == {
        "month": "2026-09", "items": 2, "points": "3", "unconfirmed": 0,
        "files": [str(file) for file in result.files],
    }  # fmt: skip
    assert names(result.files) == [
        "2026-09 日常监控情况通报（草稿）.docx",
        "2026-09 日常监控情况通报附件（草稿）.xlsx",
        "01 财政局 整改通知书.docx",
        "01 财政局 整改反馈表.xlsx",
        "02 人大办 整改通知书.docx",
        "02 人大办 整改反馈表.xlsx",
    ]
    text = text_of(result.files[0])
    assert "【草稿】" in text
    assert "财政局（最后更新8月30日）" in text
    assert "人大办“人大之声”（微信，最后更新8月30日）" in text
    assert "乌兰镇（" not in text
    assert office.archive.verify().count == before
    assert office.archive.closed_month(SEPTEMBER) is None


def test_counts_add_up_and_an_unanswered_column_is_unknown(office: Office) -> None:
    watch(office, "2026-09-25", 1, {FINANCE: OLD})
    report = month_data(office, SEPTEMBER, Stage.DRAFT).report
    assert (report.units, report.columns.monitored, report.columns.late, report.columns.normal) == (
        3,
        2,
        1,
        1,
    )
    [wechat] = report.platforms
    assert (wechat.label, wechat.problem, wechat.rate) == ("微信", 1, Decimal("0.0"))
    october = month_data(later(office, "2026-10-20 12:00"), OCTOBER, Stage.DRAFT).report
    assert (october.columns.unknown, october.items) == (2, ())


def test_an_unconfirmed_breach_is_counted_but_not_told(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-10-05 12:00")
    watch(office, "2026-09-30", 1, {FINANCE: OLD})  # one look on the last day charges nothing
    report = month_data(office, SEPTEMBER, Stage.DRAFT).report
    assert (report.items, report.unconfirmed, report.points) == ((), 1, Decimal(0))
    assert report.columns.suspected == 1
    watch(office, "2026-10-01", 1, {FINANCE: OLD})
    assert month_data(office, SEPTEMBER, Stage.DRAFT).report.items == ()
    [item] = month_data(office, OCTOBER, Stage.DRAFT).report.items
    assert [str(at)[:10] for at in item.seen_at] == ["2026-09-29", "2026-09-30"]  # UTC
    office.archive.close()


def test_months_are_cut_in_beijing(tmp_path: Path) -> None:
    """00:30 on 1 October in Beijing is still 30 September in UTC."""
    office = office_at(tmp_path, "2026-10-05 12:00")
    watch(office, "2026-09-29", 3, {FINANCE: OLD}, clock="00:30")
    [item] = month_data(office, SEPTEMBER, Stage.DRAFT).report.items
    assert item.points == 2
    assert month_data(office, OCTOBER, Stage.DRAFT).report.items == ()
    office.archive.close()


def test_a_withdrawn_event_is_not_in_the_notice(office: Office) -> None:
    [event] = office.archive.events(subject_id=FINANCE)
    decide(office, event.id or 0, DecisionKind.WITHDRAW, by="王五", reason="改版期间")
    report = month_data(office, SEPTEMBER, Stage.DRAFT).report
    assert [item.unit for item in report.items] == ["人大办"]
    assert (report.points, report.columns.late, report.columns.normal) == (Decimal(1), 0, 2)


def test_an_exempt_subject_is_neither_a_problem_nor_in_order(office: Office) -> None:
    event = office.archive.events(subject_id=FINANCE)[0]
    before = month_data(office, SEPTEMBER, Stage.DRAFT).report.columns
    decide(office, event.id or 0, DecisionKind.EXEMPT, by="王五", reason="栏目改版", until=date(2026, 12, 31))
    after = month_data(office, SEPTEMBER, Stage.DRAFT).report.columns
    assert (after.exempt, after.problem, after.normal) == (1, before.problem - 1, before.normal)


def test_a_decision_within_the_48_hours_still_counts_for_its_month(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-10-02 10:00")
    watch(office, "2026-09-25", 1, {FINANCE: OLD})
    [event] = office.archive.events(subject_id=FINANCE)
    assert event.state is EventState.SUSPECTED
    decide(office, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="人工核实")
    data = month_data(office, SEPTEMBER, Stage.DRAFT)
    assert data.report.points == 2
    [sheet] = [sheet for sheet in data.sheets if sheet.unit_id == "caizhengju"]
    assert sheet.deducted == 2
    office.archive.close()


def test_the_cap_holds_over_the_months(tmp_path: Path) -> None:
    """A1-18 has 8 points: the fifth month's occurrence is told and costs nothing more."""
    office = office_at(tmp_path, "2026-12-31 12:00")
    for month in ("2026-08", "2026-09", "2026-10", "2026-11", "2026-12"):
        watch(office, f"{month}-20", 2, {FINANCE: date(2026, 7, 1)})
    lines = [
        month_data(office, Month.parse(m), Stage.DRAFT).report for m in ("2026-08", "2026-11", "2026-12")
    ]
    told = [(r.deductions[0].month_points, r.deductions[0].total, r.deductions[0].left) for r in lines]
    assert told == [(2, 2, 6), (2, 8, 0), (0, 8, 0)]
    assert (lines[-1].items[0].points, lines[-1].year_count, lines[-1].year_points) == (0, 5, 8)
    office.archive.close()


def test_a_breach_first_seen_last_year_is_charged_to_that_year(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2027-01-10 12:00")
    watch(office, "2026-12-31", 2, {FINANCE: OLD})
    data = month_data(office, Month(2027, 1), Stage.DRAFT)
    [line] = data.report.deductions
    assert line.item.endswith("（计入2026年度）")
    assert (line.month_points, data.report.items[0].points, data.report.year_points) == (2, 2, 0)
    office.archive.close()


def test_closing_waits_48_hours_and_happens_once(office: Office, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="2026-10-03 00:00"):
        close(later(office, "2026-10-02 23:59"), SEPTEMBER, tmp_path, "王五")
    result = close(office, SEPTEMBER, tmp_path, "王五")
    assert names(result.files)[0] == "2026-09 日常监控情况通报（定稿待发）.docx"
    closed = office.archive.closed_month(SEPTEMBER)
    assert closed is not None
    assert {sheet["unit_id"] for sheet in closed.sheets} == {"caizhengju", "wulan", "人大办"}
    with pytest.raises(RefusedError, match="已由 王五 结账"):
        close(office, SEPTEMBER, tmp_path, "赵六")
    assert office.archive.verify().ok


def test_a_month_that_has_not_begun_is_refused(office: Office, tmp_path: Path) -> None:
    for use in (
        lambda: draft(office, Month(2026, 11), tmp_path),
        lambda: close(office, Month(2026, 11), tmp_path, "王五"),
    ):
        with pytest.raises(RefusedError, match="还没有开始"):
            use()
    with pytest.raises(InputError, match="--by"):
        close(office, SEPTEMBER, tmp_path, " ")


def test_what_is_decided_after_closing_does_not_change_the_frozen_report(
    office: Office, tmp_path: Path
) -> None:
    frozen = close(office, SEPTEMBER, tmp_path, "王五")
    watch(later(office, "2026-10-06 12:00"), "2026-10-03", 3, {FINANCE: date(2026, 10, 2)})
    assert draft(office, SEPTEMBER, tmp_path) == frozen


def test_issuing_gives_number_date_and_deadline_and_notifies(office: Office, tmp_path: Path) -> None:
    issued_on = date(2026, 9, 30)
    with pytest.raises(RefusedError, match="还没有结账"):
        issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    close(office, SEPTEMBER, tmp_path, "王五")
    with pytest.raises(RefusedError, match="2026-10-01 或以后"):
        issue(office, SEPTEMBER, 9, issued_on, None, "王五", tmp_path)
    with pytest.raises(RefusedError, match="太远"):
        issue(office, SEPTEMBER, 9, date(2062, 10, 9), None, "王五", tmp_path)
    with pytest.raises(InputError, match="序号"):
        issue(office, SEPTEMBER, 0, date(2026, 10, 9), None, "王五", tmp_path)
    with pytest.raises(RefusedError, match="整改期限"):
        issue(office, SEPTEMBER, 9, date(2026, 10, 9), date(2026, 10, 9), "王五", tmp_path)
    for late in (date(2127, 10, 20), date.max):
        with pytest.raises(RefusedError, match="一年以后"):
            issue(office, SEPTEMBER, 9, date(2026, 10, 9), late, "王五", tmp_path)
    result = issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    text = text_of(result.files[0])
    assert names(result.files)[0] == "2026-09 日常监控情况通报〔2026〕9号.docx"
    assert "草稿" not in text
    assert "〔2026〕9号" in text
    assert "于2026年10月22日前（含当日）整改到位" in text  # the 10th, a make-up Saturday, is a working day
    assert "2026年10月15日前" in text
    states = {event.state for event in office.archive.events()}
    assert states == {EventState.NOTIFIED}
    row = office.archive.notice_of(SEPTEMBER)
    assert row is not None
    assert (row.deadline, row.number, len(row.event_ids)) == (date(2026, 10, 22), 9, 2)
    again = issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    assert again == result == draft(office, SEPTEMBER, tmp_path)
    with pytest.raises(RefusedError, match="已经印发"):
        issue(office, SEPTEMBER, 10, date(2026, 10, 9), None, "王五", tmp_path)


def test_an_event_withdrawn_after_closing_is_left_out_of_the_issued_notice(
    office: Office, tmp_path: Path
) -> None:
    close(office, SEPTEMBER, tmp_path, "王五")
    [event] = office.archive.events(subject_id=FINANCE)
    decide(office, event.id or 0, DecisionKind.WITHDRAW, by="王五", reason="核实有误")
    result = issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    assert (result.items, result.points) == (1, Decimal(1))
    text = text_of(result.files[0])
    assert "财政局" not in text
    assert "监控2个，正常2个，未按时更新0个" in text
    assert "2026年累计记扣分1次、1分" in text
    assert "严格考核" not in text  # only an annex-2 unit is left: its rubric has no such clause
    [event] = office.archive.events(subject_id=FINANCE)
    assert event.state is EventState.WITHDRAWN


def test_an_exemption_after_closing_is_left_out_for_the_days_it_covers(
    office: Office, tmp_path: Path
) -> None:
    close(office, SEPTEMBER, tmp_path, "王五")
    for subject, until in ((FINANCE, date(2026, 12, 31)), (RENDA, date(2026, 9, 20))):
        [event] = office.archive.events(subject_id=subject)
        decide(office, event.id or 0, DecisionKind.EXEMPT, by="王五", reason="改版", until=until)
    result = issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    assert (result.items, result.points) == (1, Decimal(1))
    text = text_of(result.files[0])
    assert "财政局（" not in text
    assert "监控2个，正常1个，未按时更新0个" in text
    assert "豁免1个" in text


def test_the_next_month_tells_what_became_of_each_item(office: Office, tmp_path: Path) -> None:
    close(office, SEPTEMBER, tmp_path, "王五")
    issue(office, SEPTEMBER, 9, date(2026, 10, 9), date(2026, 10, 20), "王五", tmp_path)
    early = later(office, "2026-10-12 12:00")
    watch(early, "2026-10-11", 1, {FINANCE: date(2026, 10, 10), RENDA: OLD})
    results = [line.result for line in month_data(early, OCTOBER, Stage.DRAFT).report.rechecks]
    assert results == [RecheckResult.FIXED, RecheckResult.NOT_DUE]
    blind = later(office, "2026-10-23 12:00")
    assert month_data(blind, OCTOBER, Stage.DRAFT).report.rechecks[1].result is RecheckResult.UNKNOWN
    watch(blind, "2026-10-21", 1, {FINANCE: date(2026, 10, 10), RENDA: OLD})
    report = month_data(blind, OCTOBER, Stage.DRAFT).report
    assert report.rechecks[1].result is RecheckResult.NOT_FIXED
    assert not report.rechecks[1].counts  # annex 2 has no clause against lateness
    assert report.previous is not None
    assert report.previous.deadline == date(2026, 10, 20)
    watch(later(office, "2026-10-25 12:00"), "2026-10-24", 1, {RENDA: date(2026, 10, 23)})
    report = month_data(later(office, "2026-10-25 12:00"), OCTOBER, Stage.DRAFT).report
    assert report.rechecks[1].result is RecheckResult.LATE


@pytest.mark.parametrize(("clock", "result"), [
    ("05:59", RecheckResult.FIXED),  # rows dated by the deadline may be seen up to 6 h later
    ("06:01", RecheckResult.UNKNOWN),  # nobody saw it late
])  # fmt: skip
def test_the_look_after_midnight_belongs_to_the_deadline(
    office: Office, tmp_path: Path, clock: str, result: RecheckResult
) -> None:
    close(office, SEPTEMBER, tmp_path, "王五")
    issue(office, SEPTEMBER, 9, date(2026, 10, 9), date(2026, 10, 20), "王五", tmp_path)
    after = later(office, "2026-10-21 12:00")
    watch(after, "2026-10-21", 1, {FINANCE: date(2026, 10, 20)}, clock=clock)
    assert month_data(after, OCTOBER, Stage.DRAFT).report.rechecks[0].result is result


def test_the_workbook_cites_the_evidence(office: Office, tmp_path: Path) -> None:
    workbook = draft(office, SEPTEMBER, tmp_path).files[1]
    sheet = load_workbook(BytesIO(workbook.read_bytes())).worksheets[0]
    [event] = office.archive.events(subject_id=FINANCE)
    cited = "、".join(str(s.observation_id) for s in event.sightings[:2])
    assert sheet["M5"].value == f"事件{event.id}；监测记录{cited}"
    assert sheet["J5"].value == "A1-18 二级栏目"


def test_a_simulation_is_marked_on_every_document(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-10-05 12:00")
    office.archive.mark_simulation()
    result = draft(office, SEPTEMBER, tmp_path)
    folders = [file.relative_to(tmp_path).parts[0] for file in result.files]
    assert all(name.startswith("【模拟】") for name in folders)
    assert "【模拟数据" in text_of(result.files[0])
    assert "模拟" in str(load_workbook(result.files[1]).worksheets[3]["A1"].value)
    office.archive.close()


def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_frozen(
    office: Office, tmp_path: Path
) -> None:
    taken = tmp_path / "file"
    taken.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="输出文件夹"):
        close(office, SEPTEMBER, taken, "王五")
    assert office.archive.closed_month(SEPTEMBER) is None


def test_nothing_on_secrecy_is_ever_told(office: Office) -> None:
    """Even a confirmed event of such a clause stays out of items, counts and points."""
    rubric = office.rubrics[1]
    clauses = tuple(
        replace(c, quote="是否出现安全、泄密事故等严重问题。") if c.id == "A1-18" else c
        for c in rubric.clauses
    )
    secret = replace(office, rubrics={**office.rubrics, 1: replace(rubric, clauses=clauses)})
    data = month_data(secret, SEPTEMBER, Stage.DRAFT)
    assert [item.unit for item in data.report.items] == ["人大办"]
    assert [line.unit for line in data.report.deductions] == ["人大办"]
    assert (data.report.year_points, data.report.points) == (1, 1)
    [sheet] = [sheet for sheet in data.sheets if sheet.unit_id == "caizhengju"]
    assert sheet.deducted == 2
