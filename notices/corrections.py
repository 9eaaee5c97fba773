"""更正事项: charges of closed months put right, each named, points given back."""

from collections import Counter
from decimal import Decimal

from domain.notices import Correction, CorrectionKind, MonthReport
from notices.blocks import Block, chapter
from notices.wording import clean, points

NOTE = "已结账月份的得分表和通报不改动，以本表为准；分值均按条款上限计"

NAMED = 6
"""So many corrections are told one by one; more are counted, and stand in 附件5."""


def corrections(report: MonthReport, number: int) -> tuple[Block, ...]:
    """The chapter, or nothing."""
    if not report.corrections:
        return ()
    lines = report.corrections
    said = "；".join(map(_told, lines)) if len(lines) <= NAMED else _counted(lines)
    net = sum((line.returned for line in lines), Decimal(0))
    text = (
        f"对以前月份通报的扣分作如下更正（见附件5）：{said}。{_net(net)}已计入累计扣分；"
        "以前月份的通报以本次更正为准。"
    )
    return (chapter(number, "更正事项"), Block(0, text=text))


def where(line: Correction) -> str:
    """2026年9月通报第3项; a charge that stood in none is only dated."""
    month = f"{line.month.year}年{line.month.number}月"
    return f"{month}通报第{line.item}项" if line.item is not None else month


def _told(line: Correction) -> str:
    return f"{where(line)}（{clean(line.unit)}，{clean(line.problem)}）{_what(line)}"


def _what(line: Correction) -> str:
    match line.kind:
        case CorrectionKind.WITHDRAWN:
            return f"经复核撤销，{_back(line)}"
        case CorrectionKind.EXEMPT:
            return f"准予豁免，{_back(line)}"
        case CorrectionKind.ADDED:
            return f"月末后认定，补记{points(line.now)}分"
        case CorrectionKind.CHANGED:
            return f"由{points(line.told)}分改计为{points(line.now)}分"


def _back(line: Correction) -> str:
    return f"返还{points(line.returned)}分" if line.returned else "该条款已扣至上限，扣分不变"


def _counted(lines: tuple[Correction, ...]) -> str:
    counts = Counter(line.kind for line in lines)
    return "，".join(f"{kind.value}{counts[kind]}项" for kind in CorrectionKind if counts[kind])


def _net(net: Decimal) -> str:
    if net > 0:
        return f"合计返还{points(net)}分，"
    return f"合计补记{points(-net)}分，" if net < 0 else "扣分总数不变，"
