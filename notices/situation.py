"""一、总体情况: what became of the last notice, the portal's columns, the new-media accounts."""

from collections import Counter
from collections.abc import Iterable

from domain.clock import local_day
from domain.notices import LIFTED, OVERDUE, MonthReport, RecheckResult, SubjectCount
from notices.blocks import Block, chapter, numbered
from notices.wording import clean, document_number, near_day


def situation(report: MonthReport) -> tuple[Block, ...]:
    before = report.previous
    skipped = before is not None and before.month != report.month.previous()
    parts = (
        Block(2, f"上{'期' if skipped else '月'}通报问题整改情况。", _rectified(report)),
        Block(2, "门户网站栏目。", _columns(report.columns)),
        Block(2, "政务新媒体。", _media(report.platforms)),
    )
    return (chapter(1, "总体情况"), *numbered(parts))


def _rectified(report: MonthReport) -> str:
    before = report.previous
    if before is None:
        return "无。此前没有印发过日常监控通报，没有需要复核的整改事项。"
    year = report.month.year
    last = f"{before.month.year}年" if before.month.year != year else ""
    number = clean(report.sender.prefix) + document_number(before.issued_on, before.number)
    title = f"{last}{before.month.number}月份通报（{number}"
    title += f"，整改期限{near_day(before.deadline, year)}）"
    if not report.rechecks:
        return f"{title}没有列出需要整改的问题。"
    counts = Counter(line.result for line in report.rechecks)
    overdue = sum(counts[result] for result in OVERDUE)
    said = [f"已整改{counts[RecheckResult.FIXED]}项", f"逾期{overdue}项"]
    for result in (RecheckResult.NOT_DUE, RecheckResult.UNKNOWN, *sorted(LIFTED)):
        if counts[result]:
            said.append(f"{result.value}{counts[result]}项")
    seen = near_day(local_day(report.made_at), year)
    return f"{title}共{len(report.rechecks)}项，截至{seen}{'，'.join(said)}（见附件3）。"


def _columns(count: SubjectCount) -> str:
    if not count.monitored:
        return "本月没有纳入监控的栏目。"
    found = f"存在问题{count.problem}个" if count.problem != count.late else ""
    parts = [f"监控{count.monitored}个", f"正常{count.normal}个", found, f"未按时更新{count.late}个"]
    return _sentence(parts, count)


def _media(platforms: tuple[SubjectCount, ...]) -> str:
    whole = _together(platforms)
    if not whole.monitored:
        return "本月没有纳入监控的政务新媒体账号。"
    kinds = "、".join(f"{clean(one.label)}{one.monitored}个" for one in platforms)
    parts = [f"监控{whole.monitored}个（{kinds}）", f"正常{whole.normal}个", *_faults(whole), _rate(whole)]
    text = _sentence(parts, whole)
    if len(platforms) > 1:
        text += "其中：" + "；".join(_platform(one) for one in platforms) + "。"
    return text


def _faults(count: SubjectCount) -> list[str]:
    broken = count.problem - count.late
    return [f"未按时更新{count.late}个", *([f"无法下载或者使用{broken}个"] if broken else [])]


def _platform(count: SubjectCount) -> str:
    problem = f"存在问题{count.problem + count.carried}个"
    return "，".join((f"{clean(count.label)}{count.monitored}个", problem, _rate(count)))


def _rate(count: SubjectCount) -> str:
    return "无法计算合格率" if count.rate is None else f"合格率{count.rate}%"


def _sentence(parts: Iterable[str], count: SubjectCount) -> str:
    said = [part for part in parts if part]
    if count.units:
        said.append(f"涉及{count.units}个单位")
    text = "，".join(said)
    if count.carried:
        text += f"；以前月份的问题尚未整改、本月不重复计次{count.carried}个"
    if count.suspected:
        text += f"；待核实{count.suspected}个"
    if count.exempt:
        text += f"；准予豁免{count.exempt}个"
    if count.unknown:
        text += f"；因未取得有效监测结果无法判定{count.unknown}个"
    left_out = "（待核实和无法判定的不作为问题通报）" if count.suspected or count.unknown else ""
    return f"{text}{left_out}。"


def _together(platforms: tuple[SubjectCount, ...]) -> SubjectCount:
    return SubjectCount(
        label="政务新媒体",
        monitored=sum(one.monitored for one in platforms),
        problem=sum(one.problem for one in platforms),
        late=sum(one.late for one in platforms),
        carried=sum(one.carried for one in platforms),
        suspected=sum(one.suspected for one in platforms),
        unknown=sum(one.unknown for one in platforms),
        exempt=sum(one.exempt for one in platforms),
        units=0,
    )
