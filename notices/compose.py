"""A month's report worded as a 通报 to all units (domain.md §5.2, outline A). Pure: report in, text out."""

from domain.clock import local_day
from domain.notices import MonthReport
from notices.corrections import corrections
from notices.letter import Letter, banner, contact, dated, legal_basis, month_name, numbered_as, period
from notices.letter import document_name as document_name
from notices.printed import monthly_tables
from notices.problems import problems
from notices.requirements import deductions, requirements
from notices.situation import situation
from notices.wording import clean

ANNEXES = ("问题清单", "扣分明细表", "上期问题整改复核表", "整改反馈表")
CORRECTED = "更正事项表"


def compose(report: MonthReport) -> Letter:
    """Word the whole notice."""
    issue, year = report.issue, local_day(report.made_at).year
    issued_on = issue.issued_on if issue else None
    changed = corrections(report, 4)
    return Letter(
        title=f"关于{month_name(report)}政府网站栏目和政务新媒体日常监控情况的通报",
        banner=banner(report),
        number=numbered_as(report.sender, issued_on, str(issue.number) if issue else "", year),
        sender=clean(report.sender.name),
        opening=_opening(report),
        blocks=(
            *situation(report),
            *problems(report),
            *deductions(report),
            *changed,
            *requirements(report, 5 if changed else 4),
        ),
        contact=contact(report.sender, issued=issue is not None),
        annexes=annexes(report),
        date=dated(issued_on, year),
        note=clean(report.sender.public),
        copies=clean(report.sender.copies).rstrip("。"),
        printed=f"{dated(issued_on, year)}印发",
        more={"month": month_name(report), **monthly_tables(report)},
    )


def annexes(report: MonthReport) -> tuple[str, ...]:
    """附件1 to 附件4, and 附件5 where something is put right."""
    return (*ANNEXES, CORRECTED) if report.corrections else ANNEXES


def _opening(report: MonthReport) -> str:
    accounts = sum(one.monitored for one in report.platforms)
    return (
        f"按照{legal_basis(report.basis)}，{clean(report.sender.name)}于{period(report)}"
        f"对{report.units}个单位的{report.columns.monitored}个门户网站栏目、{accounts}个政务新媒体账号"
        "（含移动客户端）开展日常监控。现将有关情况通报如下："
    )
