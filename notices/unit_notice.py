"""A month's problems of one unit worded as a 整改通知书 (domain.md §5.2, outline B). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.clock import local_day
from domain.notices import MonthReport, NoticeItem
from notices.blocks import Block, chapter, numbered
from notices.letter import (
    Letter,
    appeal_until,
    banner,
    contact,
    dated,
    fix_until,
    legal_basis,
    month_name,
    numbered_as,
    period,
)
from notices.printed import Row, deadline, problem_row
from notices.wording import clean, document_number, evidence, near_day, points

FORM = "整改反馈表"
MENDED = "上表所列问题监测时均已恢复正常，请核实原因，防止再次发生，并填写整改反馈表。"
OVER = "上表所列为以前通报的问题没有按时整改，请核实原因，防止再次发生，并填写整改反馈表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPart:
    """What of a month's notice concerns one unit. `order`: its place, from 1; part of its number."""

    order: int
    unit: str
    annex: int
    items: tuple[NoticeItem, ...]


def unit_parts(report: MonthReport) -> tuple[UnitPart, ...]:
    """Every unit with items, in the order in which 附件1 first names them."""
    groups: dict[str, list[NoticeItem]] = {}
    for item in report.items:
        groups.setdefault(item.unit_id, []).append(item)
    return tuple(
        UnitPart(order=order, unit=items[0].unit, annex=items[0].annex, items=tuple(items))
        for order, items in enumerate(groups.values(), 1)
    )


def unit_number(report: MonthReport, part: UnitPart) -> str:
    """〔2026〕9-2号: the notice's number, then the unit's place in it; blank before it is issued."""
    year, issue = local_day(report.made_at).year, report.issue
    return numbered_as(
        report.sender,
        issue.issued_on if issue else None,
        f"{issue.number}-{part.order}" if issue else "",
        year,
    )


def compose_unit(report: MonthReport, part: UnitPart) -> Letter:
    """Word the notice to one unit."""
    issued_on = report.issue.issued_on if report.issue else None
    year = local_day(report.made_at).year
    return Letter(
        title=f"{month_name(report)}日常监控整改通知书（{clean(part.unit)}）",
        banner=banner(report),
        number=unit_number(report, part),
        sender=clean(report.sender.name),
        opening=_opening(report, part),
        blocks=(
            *_measures(report, part),
            *_reply(report),
            *_objection(report),
        ),
        contact="",
        annexes=(FORM,),
        date=dated(issued_on, year),
        note="",
        copies="",
        printed=f"{dated(issued_on, year)}印发",
        more=_more(report, part),
    )


def _more(report: MonthReport, part: UnitPart) -> Mapping[str, object]:
    return {
        "month": month_name(report),
        "unit": clean(part.unit),
        "problems": _rows(report, part),
        "evidence": "；".join(
            f"第{item.number}项为{evidence(item)}".replace("；", "、") for item in part.items
        ),
        "deadline": deadline(report),
    }


def _rows(report: MonthReport, part: UnitPart) -> Sequence[Row]:
    return [{**problem_row(item), "deadline": _deadline(report, item)} for item in part.items]


def _deadline(report: MonthReport, item: NoticeItem) -> str:
    """Each row's own: what is in order again needs none."""
    if not item.fixable:
        return "—"
    if item.mended_on:
        return f"{near_day(item.mended_on, report.month.year)}已恢复正常"
    return deadline(report)


def _opening(report: MonthReport, part: UnitPart) -> str:
    count = sum(item.charged for item in part.items)
    taken = sum((item.points for item in part.items), Decimal(0))
    charged = f"，记扣分{count}次、{points(taken)}分" if count else ""
    mine = [basis for basis in report.basis if basis.annex == part.annex]
    number = report.issue and document_number(report.issue.issued_on, report.issue.number)
    told = f"（{month_name(report)}通报{clean(report.sender.prefix)}{number}已列）" if number else ""
    return (
        f"按照{legal_basis(mine)}，{clean(report.sender.name)}于{period(report)}"
        f"对你单位的门户网站栏目、政务新媒体账号开展日常监控，发现{len(part.items)}项问题{charged}{told}。"
        "现通知如下："
    )


def _measures(report: MonthReport, part: UnitPart) -> tuple[Block, ...]:
    open_to_fix = [item for item in part.items if item.fixable]
    mended = sum(item.mended_on is not None for item in open_to_fix)
    if mended == len(open_to_fix):
        fix = MENDED if open_to_fix else OVER
    else:
        kept = f"其中{mended}项监测时已恢复正常，只须反馈原因。" if mended else ""
        fix = f"请逐项核实原因，于{fix_until(report)}整改到位，各项期限见上表。{kept}"
    parts = [Block(2, "限期整改。", fix)]
    quotes = "".join(
        f"没有按时整改或者整改不到位的，按“{clean(rule.quote).rstrip('。')}”的规定扣分。"
        for rule in report.late_rules
        if rule.annex == part.annex
    )
    if quotes and mended < len(open_to_fix):
        parts.append(Block(2, "严格考核。", quotes))
    return (chapter(2, "整改要求"), *numbered(parts))


def _reply(report: MonthReport) -> tuple[Block, ...]:
    where = contact(report.sender, issued=report.issue is not None)
    text = (
        f"请填写附件《{FORM}》，由责任人填写、分管领导签字、加盖公章，"
        f"于{fix_until(report)}报送{clean(report.sender.name)}。{where}"
    )
    return (chapter(3, "反馈"), Block(0, text=text))


def _objection(report: MonthReport) -> tuple[Block, ...]:
    text = (
        f"对上述事实和扣分有异议的，可在{appeal_until(report)}向{clean(report.sender.name)}书面提出复核申请，"
        "写明事件编号和理由，并附佐证材料（如网页截图、发布记录）。经复核不成立的，予以撤销，返还所扣分值，"
        "并在以后的通报中更正。"
    )
    return (chapter(4, "异议与复核"), Block(0, text=text))
