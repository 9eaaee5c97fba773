"""三、扣分情况 and 四、整改要求: what it costs, until when to object, what to do by when."""

from datetime import date

from domain.notices import OVERDUE, MonthReport
from notices.blocks import Block, chapter, numbered
from notices.wording import clean, full_day, points

UNCERTAIN = "（该日在已公布的放假调休安排之后，待核）"


def deductions(report: MonthReport) -> tuple[Block, ...]:
    year = f"{report.month.year}年累计记扣分{report.year_count}次、{points(report.year_points)}分"
    if not report.deductions:
        return (chapter(3, "扣分情况"), Block(0, text=f"本月没有记扣分，{year}。"))
    text = (
        f"本月共记扣分{report.charged}次、{points(report.points)}分（见附件2），{year}。"
        f"对扣分有异议的，可在{_appeal_until(report)}向{clean(report.sender.name)}书面提出复核申请，并附佐证材料。"
    )
    return (chapter(3, "扣分情况"), Block(0, text=text))


def requirements(report: MonthReport) -> tuple[Block, ...]:
    if not report.items:
        return (chapter(4, "工作要求"), *_no_items(report))
    until = _fix_until(report)
    parts = [
        Block(2, "限期整改。", f"附件1所列问题，请有关单位逐项核实原因，于{until}整改到位。"),
        Block(2, "按时反馈。", f"有关单位填写附件4，加盖公章，于{until}报送{clean(report.sender.name)}。"),
    ]
    late = _late(report)
    if late:
        parts.append(Block(2, "严格考核。", late))
    return (chapter(4, "整改要求"), *numbered(parts))


def _no_items(report: MonthReport) -> tuple[Block, ...]:
    keep = "请各单位继续做好栏目、账号的内容更新和日常检查。"
    if any(line.result in OVERDUE for line in report.rechecks):
        text = "附件3所列逾期没有整改或者整改不到位的问题，请有关单位立即整改，并填写附件4反馈。"
        return numbered((Block(2, "保持更新。", keep), Block(2, "补齐整改。", text)))
    return (Block(0, text=keep),)


def _late(report: MonthReport) -> str:
    """Only for units whose rubric has such a clause, and only when one of them is concerned."""
    concerned = {item.annex for item in report.items}
    titles = {basis.annex: clean(basis.title).strip("《》") for basis in report.basis}
    return "".join(
        f"适用《{titles.get(rule.annex, f'附件{rule.annex}')}》的单位（{'、'.join(rule.units)}），"
        f"没有按时整改或者整改不到位的，按“{clean(rule.quote).rstrip('。')}”的规定扣分。"
        for rule in report.late_rules
        if rule.annex in concerned
    )


def _fix_until(report: MonthReport) -> str:
    if report.issue is None:
        return f"印发之日起{report.fix_days}个工作日内（具体日期印发时确定）"
    return _before(report.issue.deadline, report.issue.deadline_certain)


def _appeal_until(report: MonthReport) -> str:
    if report.issue is None:
        return f"印发之日起{report.appeal_days}个工作日内（具体日期印发时确定）"
    return _before(report.issue.appeal_until, report.issue.appeal_certain)


def _before(day: date, certain: bool) -> str:
    """The day itself is in time, until 24:00."""
    return f"{full_day(day)}前（含当日）{'' if certain else UNCERTAIN}"
