"""How dates, numbers and names are written in an official document."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from domain.clock import BEIJING
from domain.notices import LIFTED, NoticeItem, Place, RecheckLine, RecheckResult

_DIGITS = "零一二三四五六七八九"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHAPING = frozenset("\u180e\u200c\u200d")
"""Invisible, but Mongolian letters take their form from them."""
_NOT_XML = frozenset("\ufffe\uffff")


def clean(text: str) -> str:
    """Text from pages and registries without the invisible characters that documents refuse or hide in."""
    lines = re.sub(r"[\t\r\n]+", " ", text)
    return "".join(char for char in lines if _shown(char)).strip()


def _shown(char: str) -> bool:
    return char in _SHAPING or (unicodedata.category(char) not in _UNSEEN and char not in _NOT_XML)


def points(value: Decimal) -> str:
    """Without noise or exponent: 2, 0.5, 10."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def full_day(day: date) -> str:
    """2026年10月9日, without padding (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def near_day(day: date, year: int) -> str:
    """The year is left out when it is the report's own."""
    return f"{day.month}月{day.day}日" if day.year == year else full_day(day)


def moment(at: datetime) -> str:
    """2026-09-15 01:23, Beijing time."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def moments(of: Iterable[datetime]) -> str:
    """Each once: looks of several items of one notice are made in the same minute."""
    return "；".join(dict.fromkeys(map(moment, of)))


def checked(line: RecheckLine) -> str:
    """When it was seen again. Before the deadline, and of what was taken back, nothing had to be seen."""
    if line.checked_at is not None:
        return moment(line.checked_at)
    unneeded = line.result is RecheckResult.NOT_DUE or line.result in LIFTED
    return "—" if unneeded else "未取得有效监测结果"


def ordinal(number: int) -> str:
    """一 … 九十九, for numbered headings."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def document_number(issued_on: date, number: int | str) -> str:
    """〔2026〕9号: 六角括号, no 第, no leading zero; a unit's own is 〔2026〕9-1号."""
    return f"〔{issued_on.year}〕{number}号"


def joined(parts: Sequence[str]) -> str:
    """甲、乙和丙."""
    return "、".join(parts[:-1]) + ("和" if len(parts) > 1 else "") + parts[-1] if parts else ""


def named(item: NoticeItem, year: int) -> str:
    """Unit and what of it is meant: 财政局（财政动态，最后更新8月30日）, 财政局“财政之声”（微信，…）.

    A column called as the heading calls it is not named again.
    """
    last = f"最后更新{near_day(item.newest_on, year)}" if item.newest_on else ""
    if item.place is Place.MEDIA:
        return f"{clean(item.unit)}“{clean(item.subject)}”{_bracketed(item.platform, last)}"
    what = "" if clean(item.subject) in item.problem else item.subject
    return f"{clean(item.unit)}{_bracketed(what, last)}"


def counted(line: RecheckLine) -> str:
    """Late rectification is proposed, a person confirms it (A1-04); annex 2 has no such clause."""
    if line.result in {RecheckResult.LATE, RecheckResult.PARTLY, RecheckResult.NOT_FIXED}:
        return "拟计入，待确认" if line.counts else "否（所用细则无此条款）"
    return {RecheckResult.UNKNOWN: "待核实", RecheckResult.NOT_DUE: "未到期"}.get(line.result, "否")


def evidence(item: NoticeItem) -> str:
    """What to ask the system for: the event and the looks that prove it."""
    looks = "、".join(map(str, item.observation_ids))
    return f"事件{item.event_id}" + (f"；监测记录{looks}" if looks else "")


def _bracketed(*parts: str) -> str:
    said = "，".join(filter(None, map(clean, parts)))
    return f"（{said}）" if said else ""
