"""The tables inside the Word documents, as rows of text; the workbook has more columns of the same."""

from collections.abc import Mapping, Sequence

from domain.notices import Correction, DeductionLine, MonthReport, NoticeItem, RecheckLine
from notices.corrections import NOTE, where
from notices.letter import month_name
from notices.wording import checked, clean, counted, document_number, full_day, moments, points

Row = Mapping[str, str]
NONE = "无"
LONGEST_NAME = 48
"""Characters of a title in a narrow column; the workbook has it whole."""


def monthly_tables(report: MonthReport) -> Mapping[str, object]:
    """Every table of the monthly notice and the line above it; an empty table says 无."""
    return {
        "problems": _or_none([problem_row(item) for item in report.items], PROBLEM),
        "problems_note": f"监控时段：{full_day(report.month.first_day)}至{full_day(report.until)}　　"
        f"整改期限：{deadline(report)}",
        "deductions": _or_none([_deduction(n, d) for n, d in enumerate(report.deductions, 1)], DEDUCTION),
        "deductions_note": f"{month_name(report)}，共记扣分{report.charged}次、{points(report.points)}分；"
        "扣完为止，超出条款上限的不再扣",
        "rechecks": _or_none([_recheck(n, r) for n, r in enumerate(report.rechecks, 1)], RECHECK),
        "rechecks_note": previous(report),
        "corrections": [_correction(n, c) for n, c in enumerate(report.corrections, 1)],
        "corrections_note": NOTE,
    }


def deadline(report: MonthReport) -> str:
    """2026年10月23日, marked where it is not certain; before the issue, how it will be reckoned."""
    if report.issue is None:
        return f"印发后{report.fix_days}个工作日"
    return full_day(report.issue.deadline) + ("" if report.issue.deadline_certain else "（待核）")


PROBLEM = (
    "number", "unit", "name", "subject", "platform", "place", "problem", "detail", "facts", "seen", "looks",
    "clause", "points",
)  # fmt: skip
DEDUCTION = ("number", "unit", "clause", "days", "count", "month_points", "total", "cap")
RECHECK = ("number", "unit", "problem", "deadline", "checked", "result", "counted")


def _or_none(rows: Sequence[Row], names: Sequence[str]) -> Sequence[Row]:
    empty = dict.fromkeys(names, "")
    return rows or [{**empty, "unit": NONE}]


def problem_row(item: NoticeItem) -> Row:
    """One problem.

    `name`: the subject, cut when very long; `place`: its address, else its platform; `facts`: problem and
    detail; `seen`: the moments of the looks; `looks`: the same as a line.
    """
    problem, detail = clean(item.problem), clean(item.detail)
    seen = moments(item.seen_at)
    return {
        "number": str(item.number),
        "unit": clean(item.unit),
        "subject": clean(item.subject),
        "name": shortened(clean(item.subject)),
        "platform": clean(item.platform),
        "place": clean(item.address) or clean(item.platform),
        "problem": problem,
        "detail": detail,
        "facts": f"{problem}。{detail}",
        "seen": seen,
        "looks": f"监测：{seen}" if seen else "",
        "clause": f"{item.clause_id} {clean(item.clause)}",
        "points": points(item.points),
    }


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _deduction(number: int, line: DeductionLine) -> Row:
    return {
        "number": str(number),
        "unit": clean(line.unit),
        "clause": f"{line.clause_id} {clean(line.item)}",
        "days": "、".join(map(full_day, line.days)),
        "count": str(line.count),
        "month_points": points(line.month_points),
        "total": points(line.total),
        "cap": points(line.cap),
    }


def previous(report: MonthReport) -> str:
    """Which notice the 复核 is about."""
    before = report.previous
    if before is None:
        return "此前没有印发过通报"
    number = clean(report.sender.prefix) + document_number(before.issued_on, before.number)
    return f"{before.month.year}年{before.month.number}月通报（{number}）"


def _recheck(number: int, line: RecheckLine) -> Row:
    return {
        "number": str(number),
        "unit": clean(line.unit),
        "problem": clean(line.problem),
        "deadline": full_day(line.deadline),
        "checked": checked(line),
        "result": line.result.value,
        "counted": counted(line),
    }


def _correction(number: int, line: Correction) -> Row:
    return {
        "number": str(number),
        "month": f"{line.month.year}年{line.month.number}月",
        "item": f"第{line.item}项" if line.item is not None else "未列入",
        "where": where(line),
        "unit": clean(line.unit),
        "problem": clean(line.problem),
        "clause": f"{line.clause_id} {clean(line.clause)}",
        "kind": line.kind.value,
        "told": points(line.told),
        "now": points(line.now),
        "returned": points(line.returned),
    }
