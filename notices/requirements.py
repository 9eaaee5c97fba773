"""三、扣分情况 and 整改要求, the last chapter: what it costs, until when to object, what to do by when."""

from domain.notices import OVERDUE, MonthReport
from notices.blocks import Block, chapter, numbered
from notices.letter import appeal_until, fix_until, lateness
from notices.wording import clean, points


def deductions(report: MonthReport) -> tuple[Block, ...]:
    year = f"{report.month.year}年累计记扣分{report.year_count}次、{points(report.year_points)}分"
    if not report.deductions:
        return (chapter(3, "扣分情况"), Block(0, text=f"本月没有记扣分，{year}。"))
    text = (
        f"本月共记扣分{report.charged}次、{points(report.points)}分（见附件2），{year}。"
        f"对扣分有异议的，可在{appeal_until(report)}向{clean(report.sender.name)}书面提出复核申请，并附佐证材料。"
    )
    return (chapter(3, "扣分情况"), Block(0, text=text))


def requirements(report: MonthReport, number: int) -> tuple[Block, ...]:
    """`number`: of the chapter."""
    if not report.items:
        return (chapter(number, "工作要求"), *_no_items(report))
    until = fix_until(report)
    parts = [
        Block(2, "限期整改。", f"附件1所列问题，请有关单位逐项核实原因，于{until}整改到位。"),
        Block(2, "按时反馈。", f"有关单位填写附件4，加盖公章，于{until}报送{clean(report.sender.name)}。"),
    ]
    late = lateness(report, {item.annex for item in report.items})
    if late:
        parts.append(Block(2, "严格考核。", late))
    return (chapter(number, "整改要求"), *numbered(parts))


def _no_items(report: MonthReport) -> tuple[Block, ...]:
    keep = "请各单位继续做好栏目、账号的内容更新和日常检查。"
    if any(line.result in OVERDUE for line in report.rechecks):
        text = "附件3所列逾期没有整改或者整改不到位的问题，请有关单位立即整改，并填写附件4反馈。"
        return numbered((Block(2, "保持更新。", keep), Block(2, "补齐整改。", text)))
    if report.carried:
        keep += "以前月份的问题还没有整改的，请有关单位抓紧整改。"
    return (Block(0, text=keep),)
