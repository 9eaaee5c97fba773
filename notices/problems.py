"""二、主要问题: one paragraph a kind of problem, naming units and their last update."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from domain.notices import MonthReport, NoticeItem
from domain.units import SubjectKind
from notices.blocks import Block, chapter, numbered
from notices.wording import clean, named

NAMED = 20
"""So many are named for a kind of problem; 附件1 has all of them."""


def _none_new(carried: int) -> str:
    """A month may have nothing to charge and yet old lapses that go on."""
    if not carried:
        return "本月监控没有发现需要通报的问题。"
    return f"本月监控没有新增需要通报的问题；以前月份的问题尚有{carried}个没有整改，本月不重复计次。"


def problems(report: MonthReport) -> tuple[Block, ...]:
    title = chapter(2, "主要问题")
    if not report.items:
        return (title, Block(0, text=_none_new(report.carried)))
    groups: dict[str, list[NoticeItem]] = defaultdict(list)
    for item in report.items:
        groups[item.problem].append(item)
    return (title, *numbered(Block(2, f"{clean(k)}。", _named(v, report)) for k, v in groups.items()))


def _named(items: Sequence[NoticeItem], report: MonthReport) -> str:
    documents = [item for item in items if item.subject_id.startswith(f"{SubjectKind.DOCUMENT}:")]
    others = [named(item, report.month.year) for item in items if item not in documents]
    per_unit = Counter(clean(item.unit) for item in documents)
    others += [f"{unit}（{count}份文件）" for unit, count in per_unit.items()]
    units = len({item.unit_id for item in items})
    if len(items) == 1:
        return f"{others[0]}。"
    many = f"等{units}家单位" if units > 1 else ""
    annex = "（见附件1）" if len(others) > NAMED else ""
    return f"{'、'.join(others[:NAMED])}{many}，共{len(items)}项{annex}。"
