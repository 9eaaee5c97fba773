"""A closed month is never scored anew: what was withdrawn or re-pointed since is told later, once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from app.decisions import decide
from app.month_corrections import corrections
from app.month_report import month_data
from app.month_view import view
from app.months import close, draft, issue
from app.office import Office
from app.scores import score_unit
from app.year import year_book
from domain.clock import Month
from domain.events import DecisionKind
from domain.notices import Correction, CorrectionKind, Stage
from domain.scores import ClauseState
from tests.app.monthly import FINANCE, RENDA, later, office_at, watch
from tests.copies import copied

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
OLD = date(2026, 8, 30)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """September is closed with two charges; it is October now."""
    copied(tmp_path, closed)
    made = office_at(tmp_path, "2026-10-05 12:00")
    yield made
    made.archive.close()


def closed(folder: Path) -> None:
    made = office_at(folder, "2026-10-05 12:00")
    watch(made, "2026-09-20", 4, {FINANCE: OLD, RENDA: OLD})
    close(made, SEPTEMBER, folder, "王五")
    made.archive.close()


def event_of(office: Office, subject: str) -> int:
    return office.archive.events(subject_id=subject)[0].id or 0


def of(office: Office, month: Month) -> tuple[Correction, ...]:
    return month_data(office, month, Stage.DRAFT).report.corrections


def test_nothing_changed_is_nothing_to_correct(office: Office) -> None:
    assert of(office, OCTOBER) == ()
    assert of(office, SEPTEMBER) == ()


def test_a_withdrawn_event_is_told_with_its_points_returned(office: Office, tmp_path: Path) -> None:
    issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    decide(office, event_of(office, FINANCE), DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    [line] = of(office, OCTOBER)
    assert (line.kind, line.month, line.item, line.unit) == (
        CorrectionKind.WITHDRAWN, SEPTEMBER, 1, "财政局",
    )  # fmt: skip
    assert (line.told, line.now, line.returned) == (Decimal(2), Decimal(0), Decimal(2))
    assert score_unit(office, "caizhengju").deducted == 0


def test_withdrawn_before_the_notice_went_out_needs_no_correction(office: Office, tmp_path: Path) -> None:
    decide(office, event_of(office, FINANCE), DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    issue(office, SEPTEMBER, 9, date(2026, 10, 9), None, "王五", tmp_path)
    assert of(office, OCTOBER) == ()


def test_each_is_told_once(office: Office, tmp_path: Path) -> None:
    decide(office, event_of(office, FINANCE), DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    november = later(office, "2026-11-03 12:00")
    close(november, OCTOBER, tmp_path, "王五")
    assert [line.unit for line in draft_report(november, OCTOBER)] == ["财政局"]
    assert of(november, NOVEMBER) == ()
    decide(november, event_of(november, FINANCE), DecisionKind.CONFIRM, by="赵六", reason="复核属实")
    [line] = of(november, NOVEMBER)
    assert (line.kind, line.told, line.now) == (CorrectionKind.CHANGED, Decimal(0), Decimal(2))


def draft_report(office: Office, month: Month) -> tuple[Correction, ...]:
    """Of the frozen report, as a reprint has it."""
    row = office.archive.closed_month(month)
    assert row is not None
    return tuple(Correction(**{**line, **_typed(line)}) for line in row.report["corrections"])


def _typed(line: dict[str, str]) -> dict[str, object]:
    return {
        "month": Month.parse(line["month"]), "kind": CorrectionKind(line["kind"]),
        "told": Decimal(line["told"]), "now": Decimal(line["now"]),
    }  # fmt: skip


def test_other_points_given_later_are_a_change(office: Office) -> None:
    event = event_of(office, FINANCE)
    decide(office, event, DecisionKind.CONFIRM, by="王五", reason="从轻", points=Decimal("0.5"))
    [line] = of(office, OCTOBER)
    assert (line.kind, line.told, line.now) == (CorrectionKind.CHANGED, Decimal(2), Decimal("0.5"))


def test_an_exemption_gives_its_points_back(office: Office) -> None:
    event = event_of(office, RENDA)
    decide(
        office, event, DecisionKind.EXEMPT, by="王五", reason="账号迁移", until=date(2026, 12, 31)
    )  # fmt: skip
    [line] = of(office, OCTOBER)
    assert (line.kind, line.unit, line.returned) == (CorrectionKind.EXEMPT, "人大办", Decimal(1))


def test_a_charge_decided_after_the_close_is_told_and_not_slipped_in(tmp_path: Path) -> None:
    office = office_at(tmp_path, "2026-10-05 12:00")
    watch(office, "2026-09-25", 1, {FINANCE: OLD})  # one look: suspected
    close(office, SEPTEMBER, tmp_path, "王五")
    decide(office, event_of(office, FINANCE), DecisionKind.CONFIRM, by="王五", reason="人工核实")
    [line] = of(office, OCTOBER)
    assert (line.kind, line.item, line.told, line.now) == (
        CorrectionKind.ADDED, None, Decimal(0), Decimal(2),
    )  # fmt: skip
    assert line.problem == "工作动态：工作动态超过两周未更新"
    frozen = office.archive.closed_month(SEPTEMBER)
    assert frozen is not None
    assert frozen.report["items"] == []
    office.archive.close()


def over_the_cap(folder: Path) -> tuple[Office, list[Month]]:
    """2 points a month for five months, closed, under a cap of 8: the fifth took nothing."""
    office = office_at(folder, "2027-01-05 12:00")
    months = [Month(2026, n) for n in range(8, 13)]
    for month in months:
        watch(office, f"{month}-18", 2, {FINANCE: date(2026, month.number - 1, 28)})
        watch(office, f"{month}-25", 1, {FINANCE: date(2026, month.number, 24)})
    for month in months:
        close(office, month, folder, "王五")
    return office, months


def test_room_under_the_cap_goes_to_the_next_charge_and_the_sums_agree(tmp_path: Path) -> None:
    """The fifth took nothing, until the first was withdrawn, in the next year."""
    office, months = over_the_cap(tmp_path)
    first = office.archive.events(subject_id=FINANCE)[0]
    decide(office, first.id or 0, DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    found = corrections(view(office, Month(2027, 1)))
    assert [(line.month, line.kind, line.returned) for line in found] == [
        (months[0], CorrectionKind.WITHDRAWN, Decimal(2)), (months[4], CorrectionKind.CHANGED, Decimal(-2)),
    ]  # fmt: skip
    assert score_unit(office, "caizhengju", date(2026, 12, 31)).deducted == 8
    office.archive.close()


def test_a_withdrawal_that_gives_nothing_back_by_the_cap_is_told_once(tmp_path: Path) -> None:
    """The fifth month took nothing; the unit is told all the same that it was withdrawn."""
    office, months = over_the_cap(tmp_path)
    last = office.archive.events(subject_id=FINANCE)[-1]
    decide(office, last.id or 0, DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    [line] = corrections(view(office, Month(2027, 1)))
    assert (line.month, line.kind, line.returned) == (months[4], CorrectionKind.WITHDRAWN, Decimal(0))
    february = later(office, "2027-02-04 12:00")
    close(february, Month(2027, 1), tmp_path, "王五")
    assert of(february, Month(2027, 2)) == ()
    office.archive.close()


def test_an_event_of_a_column_no_longer_registered_stands_unless_withdrawn(
    office: Office, tmp_path: Path
) -> None:
    without = replace(office, registry=replace(office.registry, columns=office.registry.columns[1:]))
    assert of(without, OCTOBER) == ()
    assert news(without) == (ClauseState.PENDING, Decimal(0), True)
    assert news(without, date(2026, 9, 19)) == (ClauseState.PENDING, Decimal(0), False)
    decide(without, event_of(office, FINANCE), DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    [line] = of(without, OCTOBER)
    assert (line.kind, line.unit, line.returned) == (CorrectionKind.WITHDRAWN, "财政局", Decimal(2))
    assert news(without)[2] is False


def news(office: Office, day: date | None = None) -> tuple[ClauseState, Decimal, bool]:
    """State and deduction of 财政局's A1-18, and whether it says that the column is no longer registered."""
    sheet = score_unit(office, "caizhengju", day)
    [one] = [score for score in sheet.clauses if score.clause_id == "A1-18"]
    return one.state, one.deducted, "已从单位表删去" in one.why


def test_the_draft_prints_the_chapter_and_the_table(office: Office, tmp_path: Path) -> None:
    decide(office, event_of(office, FINANCE), DecisionKind.WITHDRAW, by="王五", reason="复核有误")
    document = Document(str(draft(office, OCTOBER, tmp_path).files[0]))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "四、更正事项" in text
    assert "2026年9月通报第1项（财政局，工作动态：工作动态超过两周未更新）经复核撤销，返还2分" in text
    assert "5.更正事项表" in text
    assert "附件5" in text


def test_the_year_book_tells_a_closed_charge_as_its_notice_did(office: Office) -> None:
    """Later looks go on with the event; why September cost two points does not change with them."""
    [item] = [one for one in month_data(office, SEPTEMBER, Stage.DRAFT).report.items if one.unit == "财政局"]
    october = later(office, "2026-10-12 12:00")
    watch(october, "2026-10-08", 4, {FINANCE: OLD})
    [charge] = [
        one
        for one in year_book(october, [score_unit(october, "caizhengju")]).charged
        if one.month == SEPTEMBER
    ]
    assert charge.detail == item.detail
    assert office.archive.events(subject_id=FINANCE)[0].measured not in charge.detail
