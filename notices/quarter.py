"""A quarter's closed months as a 检查通报 in the upper levels' form (domain.md §5.2, outline C). Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from domain.clock import Month, local_day
from domain.notices import LIFTED, OVERDUE, MonthReport, NoticeItem, Place, RecheckLine, RecheckResult
from domain.quarters import QuarterReport
from notices.blocks import Block, chapter, numbered
from notices.letter import Letter, Picture, contact, dated, legal_basis, marks, numbered_as, simulated
from notices.printed import shortened
from notices.quarter_counts import Sum, media, portal, together
from notices.wording import clean, document_number, joined, points

LIST = "问题名单"
NAMED = 10
"""So many units are named for a problem; all of them stand in the annex."""
_QUARTERS = "一二三四"


def compose_quarter(report: QuarterReport, picture: Picture | None = None) -> Letter:
    """Word the whole document."""
    issue, year = report.issue, local_day(report.made_at).year
    issued_on = issue.issued_on if issue else None
    date = dated(issued_on, year)
    return Letter(
        title=f"关于{quarter_title(report)}政府网站和政务新媒体检查情况的通报",
        banner=marks("" if issue else "草稿", report.simulation),
        number=numbered_as(report.sender, issued_on, str(issue.number) if issue else "", year),
        sender=clean(report.sender.name),
        opening=_opening(report),
        blocks=(*_situation(report), *_problems(report), *_requirements(report)),
        contact=contact(report.sender, issued=issue is not None),
        annexes=(LIST,),
        date=date,
        note=clean(report.sender.public),
        copies=clean(report.sender.copies).rstrip("。"),
        printed=f"{date}印发",
        more={
            "quarter": quarter_title(report),
            "problems": _rows(report),
            "picture": picture,
            "picture_title": picture.title if picture is not None else "",
            "problems_note": f"监控时段：{_months(report)}　　经复核撤销的不列入；同一问题多个月通报的列一行",
        },
    )


def quarter_title(report: QuarterReport) -> str:
    """2026年第三季度."""
    return f"{report.quarter.year}年第{_QUARTERS[report.quarter.number - 1]}季度"


def quarter_name(report: QuarterReport) -> str:
    """The file's name without ending: 2026Q3 检查情况通报（草稿）."""
    mark = document_number(report.issue.issued_on, report.issue.number) if report.issue else "（草稿）"
    return f"{simulated(report.simulation)}{report.quarter} 检查情况通报{mark}"


def _opening(report: QuarterReport) -> str:
    missing = joined([f"{month.number}月" for month in report.missing])
    left_out = f"（{missing}尚未结账，未计入）" if missing else ""
    return (
        f"按照{legal_basis(report.months[-1].basis)}，{clean(report.sender.name)}对{_months(report)}"
        f"政府网站栏目和政务新媒体运行情况进行了检查{left_out}。现将有关情况通报如下："
    )


def _months(report: QuarterReport) -> str:
    return f"{report.quarter.year}年{joined([f'{one.month.number}月' for one in report.months])}"


def _situation(report: QuarterReport) -> tuple[Block, ...]:
    parts = (
        Block(2, "整改复查情况。", _rectified(report.months)),
        Block(2, "政府网站。", _site(portal(report.months))),
        Block(2, "政务新媒体。", _accounts(media(report.months), together(report.months))),
        Block(2, "扣分情况。", f"{_months(report)}{_charged(report.months)}"),
    )
    return (chapter(1, "总体情况"), *numbered(parts))


def _rectified(months: Sequence[MonthReport]) -> str:
    lines = rechecked(months)
    if not lines:
        return "本季度没有需要复查的整改事项。"
    counts = Counter(line.result for line in lines)
    overdue = sum(counts[result] for result in OVERDUE)
    said = [f"已整改{counts[RecheckResult.FIXED]}项", f"逾期{overdue}项"]
    for result in (RecheckResult.NOT_DUE, RecheckResult.UNKNOWN, *sorted(LIFTED)):
        if counts[result]:
            said.append(f"{result.value}{counts[result]}项")
    return f"对以前通报的{len(lines)}项问题进行了复查，{'，'.join(said)}。"


def rechecked(months: Sequence[MonthReport]) -> list[RecheckLine]:
    """Each item of the notices re-checked in the quarter once, as it stood last."""
    last = {(one.previous.month, line.item): line for one in months if one.previous for line in one.rechecks}
    return list(last.values())


def _site(total: Sum) -> str:
    if not total.looked_at:
        return "本季度没有纳入监控的栏目。"
    return (
        f"季末运行并监控门户网站栏目{total.running}个；按月检查共{total.looked_at}个次，"
        f"{_result(total)}；涉及{total.units}个单位的{total.subjects}个栏目。{_unknown(total)}"
    )


def _accounts(platforms: Sequence[Sum], whole: Sum) -> str:
    if not whole.looked_at:
        return "本季度没有纳入监控的政务新媒体账号。"
    kinds = "、".join(f"{clean(one.label)}{one.running}个" for one in platforms)
    text = (
        f"季末运行并监控{whole.running}个（{kinds}）；按月检查共{whole.looked_at}个次，{_result(whole)}；"
        f"涉及{whole.units}个单位的{whole.subjects}个账号。{_unknown(whole)}"
    )
    if len(platforms) > 1:
        text += "其中：" + "；".join(f"{clean(one.label)}{_result(one)}" for one in platforms) + "。"
    return text


def _result(total: Sum) -> str:
    rate = "无法计算合格率" if total.rate is None else f"合格率{total.rate}%"
    return f"合格{total.normal}个次，存在问题{total.bad}个次，{rate}"


def _unknown(total: Sum) -> str:
    return f"另有{total.undecided}个次待核实、无法判定或者准予豁免，不计入合格率。" if total.undecided else ""


def _charged(months: Sequence[MonthReport]) -> str:
    charged = [item for one in months for item in one.items if item.charged]
    taken = sum((item.points for item in charged), Decimal(0))
    return f"共记扣分{len(charged)}次、{points(taken)}分。"


def _problems(report: QuarterReport) -> tuple[Block, ...]:
    parts = (
        Block(2, "网站方面。", _kinds(report, Place.PORTAL)),
        Block(2, "新媒体方面。", _kinds(report, Place.MEDIA)),
        Block(2, "其他方面。", _others(report)),
    )
    return (chapter(2, "存在的主要问题"), *numbered(parts))


def _kinds(report: QuarterReport, place: Place) -> str:
    groups: dict[str, list[tuple[Month, NoticeItem]]] = {}
    for one in report.months:
        for item in one.items:
            if item.place is place:
                groups.setdefault(item.problem, []).append((one.month, item))
    if not groups:
        return "没有发现需要通报的问题。"
    return "".join(_kind(problem, found) for problem, found in groups.items())


def _kind(problem: str, found: Sequence[tuple[Month, NoticeItem]]) -> str:
    """工作动态超过两周未更新：如，财政局、民政局等2家单位，共3项（次）。"""
    units = list(dict.fromkeys(_who(item) for _, item in found))
    count = len({item.unit_id for _, item in found})
    many = f"等{count}家单位" if count > 1 else ""
    such = "如，" if len(units) > NAMED else ""
    return f"{clean(problem)}：{such}{'、'.join(units[:NAMED])}{many}，共{len(found)}项（次）。"


def _who(item: NoticeItem) -> str:
    if item.place is Place.MEDIA:
        return f"{clean(item.unit)}“{clean(item.subject)}”（{clean(item.platform)}）"
    return clean(item.unit)


def _others(report: QuarterReport) -> str:
    overdue = [line for line in rechecked(report.months) if line.result in OVERDUE]
    said = [_kinds(report, Place.OTHER)] if _any(report, Place.OTHER) else []
    if overdue:
        units = list(dict.fromkeys(clean(line.unit) for line in overdue))
        many = f"等{len(units)}家单位" if len(units) > 1 else ""
        said.append(f"整改不及时或者不到位{len(overdue)}项：{'、'.join(units[:NAMED])}{many}。")
    again = [row for row in _grouped(report).values() if len({month for month, _ in row}) > 1]
    if again:
        said.append(f"同一问题在两个以上月份出现的{len(again)}项（见附件）。")
    return "".join(said) or "没有发现其他问题。"


def _any(report: QuarterReport, place: Place) -> bool:
    return any(item.place is place for one in report.months for item in one.items)


def _requirements(report: QuarterReport) -> tuple[Block, ...]:
    fix = "各有关单位对附件所列问题逐项核对，按各月通报的期限整改到位；已经逾期的立即整改并报送整改反馈表。"
    if not any(one.items for one in report.months):
        fix = "各单位保持现有做法，发现问题随时整改。"
    keep = (
        "各单位按规定时限更新栏目和账号，落实信息发布“三审三校”制度，落实专人每周自查；"
        "确不具备维护条件的账号，及时按程序整合或者关停，关停前照常更新。"
    )
    safe = "加强账号密码和发布权限管理，防止发生信息内容安全和泄密问题，发现异常立即处置并报告。"
    parts = (
        Block(2, "抓好问题整改。", fix),
        Block(2, "加强日常监管。", keep),
        Block(2, "守牢安全底线。", safe),
    )
    return (chapter(3, "下一步工作要求"), *numbered(parts))


def _grouped(report: QuarterReport) -> dict[tuple[str, str, str], list[tuple[Month, NoticeItem]]]:
    """The same problem of the same subject of a unit, over the months."""
    rows: dict[tuple[str, str, str], list[tuple[Month, NoticeItem]]] = {}
    for one in report.months:
        for item in one.items:
            rows.setdefault((item.unit_id, item.subject_id, item.problem), []).append((one.month, item))
    return rows


def _rows(report: QuarterReport) -> list[Mapping[str, str]]:
    rows = [_row(number, found) for number, found in enumerate(_grouped(report).values(), 1)]
    empty = ("number", "place", "name", "subject", "problem", "months", "points")
    return rows or [{**dict.fromkeys(empty, ""), "unit": "无"}]


def _row(number: int, found: Sequence[tuple[Month, NoticeItem]]) -> Mapping[str, str]:
    item = found[-1][1]
    months = dict.fromkeys(f"{month.number}月" for month, _ in found)
    return {
        "number": str(number),
        "unit": clean(item.unit),
        "place": clean(item.platform) if item.place is Place.MEDIA else item.place.value,
        "subject": clean(item.subject),
        "name": shortened(clean(item.subject)),
        "problem": clean(item.problem),
        "months": "、".join(months),
        "points": points(sum((one.points for _, one in found), Decimal(0))),
    }
