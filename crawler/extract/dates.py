"""Finding and parsing dates as Chinese pages write them. Pure, linear in the text, never raises.

Read: 2024-01-05, 2024/1/5, 2024.01.05, 2024年1月5日, 二〇二四年一月五日, with spaces or full-width digits
inside, and a time behind it (10:08, 10∶08, 10时08分, 10时, 下午3:20, T10:08:00). Only days that exist count.
A moment with its zone (T16:30:00Z, +00:00) is the day and the time it is in Beijing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from domain.clock import BEIJING, local_day

OLDEST_YEAR, LATEST_YEAR = 1900, 2199

_FOLD = str.maketrans(
    "０１２３４５６７８９：∶︰．／－–—―‐‑\u00a0\u3000\u2002\u2003\u2009\t\r\n",
    "0123456789:::./------        ",
)
"""One character to one character, so that positions in the folded text are positions in the text."""

_NUMERAL = {"〇": 0, "○": 0, "◯": 0, "零": 0, "O": 0, "o": 0, "Ｏ": 0, "0": 0}
_NUMERAL |= {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
_ONES = "一二三四五六七八九"
_DIGITS = "〇○◯零OoＯ0一二三四五六七八九"

_TIME = (
    r"(?:[ T日,，-]{0,8}(?P<half>上午|下午|晚上|[AaPp][Mm])? {0,2}(?P<hour>[01]?\d|2[0-4]) ?[:时點点] ?"
    r"(?P<minute>[0-5]\d)(?: ?[:分] ?(?P<second>[0-5]\d)?)?(?!\d)(?: ?(?P<half_after>[AaPp][Mm])\b)?"
    r"|[ 日]{0,4}(?P<full_hour>[01]?\d|2[0-4]) ?时整?(?![一-鿿\d]))?"
)
_ZONE = (
    r"(?(hour)(?:(?:\.\d{1,9})? ?(?P<zone>Z(?![A-Za-z])|\+(?:0\d|1[0-4]):?[0-5]\d(?!\d)"
    r"|(?:(?<=:\d\d:\d\d)|(?<=\.\d\d\d))-(?:0\d|1[0-2]):?[0-5]\d(?![\d:])))?)"
)
"""The zone behind a time; a minus only behind seconds, since "10:08-12:30" is a span of time."""
_FULL = re.compile(
    r"(?<!\d)(?<!\d[./-])(?P<year>(?:19|20|21)\d\d) ?(?:(?P<sep>[-/.])|年) ?(?P<month>0?[1-9]|1[0-2]) ?"
    r"(?(sep)(?P=sep)|月) ?(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?: ?[日号])?" + _TIME + _ZONE
)
_CHINESE = re.compile(
    rf"(?P<year>[{_DIGITS}]{{4}}) ?年 ?(?P<month>元|正|[{_ONES}十]{{1,2}}) ?月 ?"
    rf"(?P<day>[{_ONES}]?十[{_ONES}]?|廿?[{_ONES}]|廿) ?[日号]"
)
_TWO_DIGIT_DAY = r"(?P<month>0[1-9]|1[0-2]){}(?P<day>0[1-9]|[12]\d|3[01])"
_GLUED = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])" + _TWO_DIGIT_DAY.format("(?P=sep)"))
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)" + _TWO_DIGIT_DAY.format("") + r"(?!\d)")
_MONTH_DAY = re.compile(
    r"(?<![\d./:-])(?P<month>0?[1-9]|1[0-2]) ?(?P<sep>[-/.]|月) ?(?P<day>0?[1-9]|[12]\d|3[01])"
    r"(?!\d|[./-]\d|[%％]| ?月)(?: ?[日号])?"
)
_WRAPPING = " []【】()（）〔〕<>《》|·•:：,，。;；日期发布时间"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a text, with its place; `end` is behind its time. `time`: "10:08" or "10:08:30", or None."""

    on: date
    start: int
    end: int
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMonthDay:
    """A day without its year ("01-05", "1月5日")."""

    month: int
    day: int
    start: int
    end: int


def fold(text: str) -> str:
    """Full-width digits, odd colons, dashes and blanks as their plain forms; the length stays the same."""
    return text.translate(_FOLD)


def find_dates(text: str) -> Iterator[FoundDate]:
    """Every full date in the text, in its order; a day that does not exist (2月30日) is passed over."""
    folded = fold(text)
    found = [_numeric(match) for match in _FULL.finditer(folded)]
    if "年" in folded:
        found += [_chinese(match) for match in _CHINESE.finditer(folded)]
        found.sort(key=lambda one: one.start if one else 0)
    yield from (one for one in found if one)


def first_date(text: str) -> FoundDate | None:
    """The first full date in the text."""
    return next(find_dates(text), None)


def parse_date(text: str) -> FoundDate | None:
    """The date when the text is nothing but a date (and time), brackets and a date label left aside."""
    if len(text) > 80:
        return None
    found = first_date(text)
    if found is None or (text[: found.start] + text[found.end :]).strip(_WRAPPING + " \t\r\n\u00a0\u3000"):
        return None
    return found


def leading_date(text: str) -> FoundDate | None:
    """A date glued before a text that may begin with a number: "2017-10-152017慈溪…" is 15 October."""
    head = fold(text[:40])
    skipped = len(head) - len(head.lstrip(_WRAPPING))
    match = _GLUED.match(head, skipped)
    return _numeric(match) if match else None


def compact_date(text: str) -> FoundDate | None:
    """The first date written without separators, as in addresses and file names: 20240105."""
    return next((one for match in _COMPACT.finditer(text) if (one := _numeric(match))), None)


def find_month_days(text: str) -> Iterator[FoundMonthDay]:
    """Days without a year; what belongs to a full date is not among them."""
    folded = fold(text)
    taken = [(one.start, one.end) for one in find_dates(folded)]
    for match in _MONTH_DAY.finditer(folded):
        month, day, start = int(match["month"]), int(match["day"]), match.start()
        if on_day(2000, month, day) and not any(low <= start < high for low, high in taken):
            yield FoundMonthDay(month=month, day=day, start=start, end=match.end())


def on_day(year: int, month: int, day: int) -> date | None:
    """The day, or None when there is no such day or it lies outside the years a page may speak of."""
    if not OLDEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric(match: re.Match[str]) -> FoundDate | None:
    on = on_day(int(match["year"]), int(match["month"]), int(match["day"]))
    if on is None:
        return None
    time = _time(match)
    if time and (zone := match.groupdict().get("zone")):
        moment = _moment(on, time, zone).astimezone(BEIJING)
        on, time = local_day(moment), moment.strftime("%H:%M:%S" if len(time) > 5 else "%H:%M")
    return FoundDate(on=on, start=match.start(), end=match.end(), time=time)


def _moment(on: date, time: str, zone: str) -> datetime:
    """The moment of a day and time told with their zone ("Z", "+00:00", "+0800")."""
    hours, minutes = (int(zone[1:3]), int(zone[-2:])) if zone != "Z" else (0, 0)
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)
    return datetime.fromisoformat(f"{on}T{time}").replace(tzinfo=timezone(offset))


def _time(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if parts.get("hour") is None:
        full_hour = parts.get("full_hour")
        return f"{int(full_hour) % 24:02}:00" if full_hour else None
    hour, half = int(parts["hour"]), (parts["half"] or parts["half_after"] or "").lower()
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    if half in ("上午", "am") and hour == 12:
        hour = 0
    clock = f"{hour % 24:02}:{parts['minute']}"
    return f"{clock}:{parts['second']}" if parts["second"] else clock


def _chinese(match: re.Match[str]) -> FoundDate | None:
    year = int("".join(str(_NUMERAL[character]) for character in match["year"]))
    month = 1 if match["month"] in "元正" else _tens(match["month"])
    on = on_day(year, month, _tens(match["day"]))
    return FoundDate(on=on, start=match.start(), end=match.end()) if on else None


def _tens(text: str) -> int:
    """十 = 10, 十二 = 12, 二十 = 20, 三十一 = 31, 廿三 = 23, 九 = 9."""
    text = text.replace("廿", "二十")
    if "十" not in text:
        return _NUMERAL[text] if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (_NUMERAL[tens] if tens else 1) * 10 + (_NUMERAL[ones] if ones else 0)
