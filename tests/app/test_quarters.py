"""The quarterly document, from frozen months."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from app.county_picture import problems_by_month
from app.decisions import decide
from app.months import close, issue
from app.office import Office
from app.quarters import quarter, quarter_report, year_so_far
from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind
from domain.quarters import Quarter, QuarterIssue
from tests.app.monthly import FINANCE, RENDA, WULAN, later, names, office_at, watch
from tests.copies import copied

Q3 = Quarter(2026, 3)
AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)
OLD = date(2026, 7, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Finance is silent in August and September, an annex-2 account in September; July is not closed."""
    copied(tmp_path, silent)
    made = office_at(tmp_path, "2026-10-05 12:00")
    yield made
    made.archive.close()


def silent(folder: Path) -> None:
    made = office_at(folder, "2026-10-05 12:00")
    watch(made, "2026-08-20", 3, {FINANCE: OLD, RENDA: date(2026, 8, 19), WULAN: date(2026, 8, 19)})
    watch(made, "2026-09-20", 3, {FINANCE: OLD, RENDA: date(2026, 8, 19), WULAN: date(2026, 9, 19)})
    for month in (AUGUST, SEPTEMBER):
        close(made, month, folder / "months", "王五")
    made.archive.close()


def text_of(file: Path) -> str:
    document = Document(str(file))
    header = document.sections[0].header.paragraphs
    return "\n".join(paragraph.text for paragraph in (*header, *document.paragraphs))


def test_it_sums_up_the_closed_months_and_names_the_others(office: Office, tmp_path: Path) -> None:
    result = quarter(office, Q3, tmp_path)
    assert result.as_json() == {
        "quarter": "2026Q3", "months": ["2026-08", "2026-09"], "missing": ["2026-07"], "items": 3,
        "files": [str(file) for file in result.files],
    }  # fmt: skip
    assert names(result.files) == ["2026Q3 检查情况通报（草稿）.docx"]
    text = text_of(result.files[0])
    assert "【草稿】" in text
    assert "（7月尚未结账，未计入）" in text
    assert "工作动态超过两周未更新：财政局，共2项（次）。" in text
    assert "政务新媒体超过两周未更新：人大办“人大之声”（微信），共1项（次）。" in text
    assert "2026年8月和9月共记扣分3次、5分。" in text
    assert "季末运行并监控1个（微信1个）；按月检查共2个次，合格1个次，存在问题1个次，合格率50.0%" in text


def test_a_problem_of_two_months_is_one_row(office: Office, tmp_path: Path) -> None:
    [problems, _] = Document(str(quarter(office, Q3, tmp_path).files[0])).tables
    rows = [[cell.text for cell in row.cells] for row in problems.rows[1:]]
    assert rows == [
        ["1", "财政局", "门户栏目", "工作动态", "工作动态超过两周未更新", "8月、9月", "4"],
        ["2", "人大办", "微信", "人大之声", "政务新媒体超过两周未更新", "9月", "1"],
    ]


def test_what_was_withdrawn_since_is_not_named(office: Office) -> None:
    [event] = office.archive.events(subject_id=FINANCE)
    decide(office, event.id or 0, DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    report = quarter_report(office, Q3)
    assert [item.unit for one in report.months for item in one.items] == ["人大办"]
    assert report.months[0].columns.problem == 0


def test_corrected_points_are_the_ones_that_count(office: Office, tmp_path: Path) -> None:
    [event] = office.archive.events(subject_id=RENDA)
    decide(office, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="从轻", points=Decimal("0.5"))
    november = later(office, "2026-11-05 12:00")
    close(november, Month(2026, 10), tmp_path, "王五")
    report = quarter_report(november, Q3)
    assert [item.points for item in report.months[1].items] == [Decimal(2), Decimal("0.5")]


def test_a_quarter_without_a_closed_month_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="zwgk month close 2026-04"):
        quarter(office, Quarter(2026, 2), tmp_path)


def test_only_a_whole_quarter_can_be_final(office: Office, tmp_path: Path) -> None:
    given = QuarterIssue(number=12, issued_on=date(2026, 10, 20))
    with pytest.raises(RefusedError, match="2026-07 还没有结账"):
        quarter(office, Q3, tmp_path, given)
    close(office, Month(2026, 7), tmp_path / "months", "王五")
    issue(office, AUGUST, 8, date(2026, 10, 8), None, "王五", tmp_path / "months")
    with pytest.raises(RefusedError, match="已用于 2026-08"):
        quarter(office, Q3, tmp_path, QuarterIssue(number=8, issued_on=date(2026, 10, 20)))
    with pytest.raises(RefusedError, match="不在 2026Q3 结束"):
        quarter(office, Q3, tmp_path, QuarterIssue(number=12, issued_on=date(2026, 9, 30)))
    with pytest.raises(InputError, match="序号"):
        quarter(office, Q3, tmp_path, QuarterIssue(number=0, issued_on=date(2026, 10, 20)))
    [file] = quarter(office, Q3, tmp_path, given).files
    assert file.name == "2026Q3 检查情况通报〔2026〕12号.docx"
    text = text_of(file)
    assert "草稿" not in text
    assert "关于2026年第三季度全旗政府网站" in text
    assert "2026年10月20日" in text
    [again] = quarter(office, Q3, tmp_path / "again", given).files
    assert Document(str(again)).element.xml == Document(str(file)).element.xml


def test_a_simulation_is_marked(office: Office, tmp_path: Path) -> None:
    simulated = office_at(tmp_path / "sim", "2026-10-05 12:00")
    simulated.archive.mark_simulation()
    watch(simulated, "2026-09-20", 2, {FINANCE: OLD})
    close(simulated, SEPTEMBER, tmp_path, "王五")
    [file] = quarter(simulated, Q3, tmp_path).files
    assert file.name.startswith("【模拟】2026Q3")
    assert "模拟数据" in text_of(file)
    simulated.archive.close()


def test_its_picture_counts_the_year_s_problems_by_month(office: Office, tmp_path: Path) -> None:
    figure = problems_by_month(Q3, year_so_far(office, Q3))
    told = {(part.month, part.cause): part.amount for part in figure.parts}
    assert told == {(8, "门户栏目"): 1, (9, "门户栏目"): 1, (9, "新媒体"): 1}
    assert figure.title == "2026年各月通报的问题（单位：项）"
    [file] = quarter(office, Q3, tmp_path).files
    document = Document(str(file))
    [shape] = document.inline_shapes
    assert (round(shape.width.mm), shape.height.mm < 80) == (156, True)
    assert "9月2（门户栏目 1、新媒体 1）" in shape._inline.docPr.get("descr")
    assert "图　2026年各月通报的问题（单位：项）" in text_of(file)


def test_the_picture_leaves_out_what_came_after_the_quarter(office: Office) -> None:
    assert year_so_far(office, Quarter(2026, 2)) == []
    assert problems_by_month(Q3, []).parts == ()


def test_a_template_without_the_picture_still_serves(office: Office, tmp_path: Path) -> None:
    own = office.settings.dir / "templates" / "quarter.docx"
    own.parent.mkdir(parents=True)
    plain = Document()
    plain.add_paragraph("{{ quarter }} {{ sender }}")
    plain.save(str(own))
    [file] = quarter(office, Q3, tmp_path).files
    assert "2026年第三季度" in text_of(file)
    assert len(Document(str(file)).inline_shapes) == 0
