"""Dates that a row counts from the day of the look: 刚刚, 半小时前, 昨日 09:30, 1周前. Pure.

Such a word stands for a span of days ("1周前" is shown for seven days): the latest of them is taken, so that
no row is held for older than it can be. It is read only where it stands alone, never out of a title.
"""

import re
from datetime import date, timedelta

from crawler.extract.dates import fold, on_day
from crawler.extract.list_dates import Mark, Shown

MAX_RELATIVE = 24
"""Characters of a run that may be such a word, its label and its time."""

_EDGE = " []【】()|·"
_RELATIVE = re.compile(
    r"(?:(?:发布|更新|发表)?(?:时间|日期)? ?: ?|发布于 ?)?"
    r"(?:(?P<now>刚刚|刚才)|(?P<day>大前天|[今昨][天日]|前[天日])"
    r"|(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,2}|半|几|数) ?(?:个 ?(?P<month>月)|个? ?(?P<unit>秒钟?"
    r"|分钟?|小时|钟头|天|日|周|星期|礼拜|年)) ?之?前)"
    r"(?: ?(?:凌晨|早上|上午|中午|下午|晚上)? ?\d{1,2}[:时点]\d{2}(?::\d{2}|分)?)? ?(?:发布|更新|发表)?"
)
_DAYS = {"今": 0, "昨": 1, "前": 2, "大": 3}
_LENGTHS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365}
_NUMERALS = "零一二三四五六七八九十"


def maybe_relative(text: str) -> bool:
    """Whether looking closer is worth it: cheap, for every run of a page."""
    return len(text) <= MAX_RELATIVE and ("前" in text or "天" in text or "日" in text or "刚" in text)


def read_relative(text: str, today: date) -> Mark | None:
    """The day such a word means at most, counted from the day of the look; None for any other text."""
    found = _RELATIVE.fullmatch(fold(text).strip(_EDGE))
    if not found:
        return None
    days = _DAYS[found["day"][0]] if found["day"] else _length(found)
    if days is None:
        return None
    on = today - timedelta(days=days)
    return Mark(on.year, on.month, on.day, Shown.ALONE, 0, len(text)) if on_day(*on.timetuple()[:3]) else None


def _length(found: re.Match[str]) -> int | None:
    """Whole days of "3天前"; 0 within a day, None where it counts nothing ("几天前")."""
    length = _LENGTHS.get(found["month"] or found["unit"] or "", 0)
    count = found["count"] or ""
    if not length:
        return 0
    if count in ("几", "数"):
        return None
    return length // 2 if count == "半" else length * _number(count)


def _number(count: str) -> int:
    """12, 两, 十, 十二, 二十."""
    if count.isdecimal():
        return int(count)
    tens, ten, ones = count.replace("两", "二").rpartition("十")
    value = _NUMERALS.index(ones) if ones else 0
    return value + (10 * (_NUMERALS.index(tens) if tens else 1) if ten else 0)


_TIME_ALONE = re.compile(r"(?!0?0:00)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?")


def is_clock_time(text: str) -> bool:
    """Whether a run is nothing but a time of day; 00:00 is what a lost one is shown as."""
    if len(text) > MAX_RELATIVE or not (":" in text or "：" in text or "∶" in text):
        return False
    return _TIME_ALONE.fullmatch(fold(text).strip(_EDGE)) is not None
