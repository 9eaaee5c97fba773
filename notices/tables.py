"""The annexes as rows (domain.md §5.3). Pure: report in, columns and cells out."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.notices import Correction, MonthReport, NoticeItem, RecheckLine
from notices.cells import Value
from notices.columns import CORRECTIONS, DEDUCTIONS, FEEDBACK, PROBLEMS, RECHECKS, Column
from notices.compose import ANNEXES, CORRECTED
from notices.corrections import NOTE
from notices.letter import month_name
from notices.printed import previous, shortened
from notices.wording import checked, counted, document_number, evidence, full_day, moments, points

BLANK_FORM_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One annex. `note`: stands above the table; `foot`: below; `row_height`: points, None: as needed."""

    name: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    foot: str = ""
    row_height: float | None = None


def tables(report: MonthReport) -> tuple[Table, ...]:
    """附件1 to 附件4, always all four: an empty one says so; 附件5 where something is put right."""
    number = document_number(report.issue.issued_on, report.issue.number) if report.issue else ""
    last = (_corrections(report.corrections),) if report.corrections else ()
    return (
        _problems(report),
        _deductions(report),
        _rechecks(report),
        form(report, report.sender.prefix + number if number else "", report.items),
        *last,
    )


def _problems(report: MonthReport) -> Table:
    deadline: Value = report.issue.deadline if report.issue else f"印发后{report.fix_days}个工作日"
    if report.issue and not report.issue.deadline_certain:
        deadline = f"{full_day(report.issue.deadline)}（待核）"
    rows = tuple(_problem(item, deadline if item.fixable else "—") for item in report.items)
    note = f"监控时段：{full_day(report.month.first_day)}至{full_day(report.until)}"
    return Table(name=ANNEXES[0], note=note, columns=PROBLEMS, rows=rows or (_nothing(PROBLEMS),))


def _problem(item: NoticeItem, deadline: Value) -> tuple[Value, ...]:
    place = " ".join(filter(None, (item.platform, item.address)))
    clause = f"{item.clause_id} {item.clause}"
    return (
        item.number, item.unit, item.place.value, item.subject, place, f"{item.problem}。{item.detail}",
        item.newest_on or "未见日期", moments(item.seen_at), item.age_days, clause,
        item.points, deadline, evidence(item),
    )  # fmt: skip


def _deductions(report: MonthReport) -> Table:
    rows = tuple(
        (
            number, line.unit, f"{line.clause_id} {line.item}", "、".join(map(full_day, line.days)),
            line.count, line.each[0] if len(line.each) == 1 else "、".join(map(points, line.each)),
            line.month_points, line.total, line.cap, line.left,
        )
        for number, line in enumerate(report.deductions, 1)
    )  # fmt: skip
    total = f"{month_name(report)}，共记扣分{report.charged}次、{points(report.points)}分"
    note = f"{total}；扣完为止，超出条款上限的不再扣"
    return Table(name=ANNEXES[1], note=note, columns=DEDUCTIONS, rows=rows or (_nothing(DEDUCTIONS),))


def _rechecks(report: MonthReport) -> Table:
    rows = tuple(_recheck(number, line) for number, line in enumerate(report.rechecks, 1))
    return Table(name=ANNEXES[2], note=previous(report), columns=RECHECKS, rows=rows or (_nothing(RECHECKS),))


def _recheck(number: int, line: RecheckLine) -> tuple[Value, ...]:
    return (
        number, line.unit, line.problem, line.deadline, checked(line), line.result.value, counted(line),
    )  # fmt: skip


def form(report: MonthReport, number: str, items: Iterable[NoticeItem]) -> Table:
    """整改反馈表 with a row for each item; without items it has empty rows."""
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (number, item.unit, item.number, f"{shortened(item.subject)}：{item.problem}", *([None] * 9))
        for item in items
    )
    spare = tuple((number or None, *([None] * 12)) for _ in range(BLANK_FORM_ROWS))
    until = f"{full_day(report.issue.deadline)}前" if report.issue else "整改期限前"
    note = f"各单位只填报本单位的行，可另加行；于{until}加盖公章后报送。序号与附件1一致"
    return Table(name=ANNEXES[3], note=note, columns=FEEDBACK, rows=rows or spare, row_height=48)


def _corrections(lines: Iterable[Correction]) -> Table:
    rows = tuple(
        (
            number, f"{line.month.year}年{line.month.number}月", line.item, line.unit, line.problem,
            f"{line.clause_id} {line.clause}", line.kind.value, line.told, line.now, line.returned,
            f"事件{line.event_id}",
        )
        for number, line in enumerate(lines, 1)
    )  # fmt: skip
    return Table(name=CORRECTED, note=NOTE, columns=CORRECTIONS, rows=rows)


def _nothing(columns: tuple[Column, ...]) -> tuple[Value, ...]:
    return (None, "无", *([None] * (len(columns) - 2)))
