"""The date a list row shows, however it is written. Pure; a day alone is kept without a year.

What is read is one run of text: the date alone ("[2024-01-05]", "发布时间：2024年1月5日 10:08"), or glued to
the edge of a title ("2017-10-152017年…", "…报道(2020-12-08)"). A date in the middle of a sentence is none.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from crawler.extract.dates import find_dates, fold, leading_date, on_day

MAX_LABELLED = 90
"""Characters of a run that may stand around a labelled date (来源、浏览次数); a longer one is an abstract."""

LABEL_ALONE = 6
"""Characters before a date that are its label without a colon; more of them end a title ("…预算公开")."""


class Shown(IntEnum):
    """How surely a date is the row's own, best first."""

    ALONE = 0
    BRACKETED = 1  # at the edge of a text, in brackets
    GLUED = 2  # at the edge of a text, bare
    ATTRIBUTE = 3
    SCRIPT = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A date in a run of text. `year` 0: not shown. `start`, `end`: its place, brackets included."""

    year: int
    month: int
    day: int
    shown: Shown
    start: int
    end: int
    label: str = ""

    @property
    def on(self) -> date | None:
        return on_day(self.year, self.month, self.day) if self.year else None


_QUICK = re.compile(
    r"\d\s*[-/.．－–—年月／]\s*\d|(?:^|\D)(?:19|20)\d{6}(?:\D|$)|[\d０-９]年[\d０-９]"
    r"|^\W*[A-Z][a-z]{2}[A-Za-z ]{1,12}\d|(?:19|20)\d\d(?:[ _·•]|--)"
)
_CLOCK = re.compile(
    r"(?:今天|今日|现在|今)是|现在时间|北京时间|星期|农历|欢迎您|欢迎访问|今[天日] ?[:：]"
    r"|周[一二三四五六日]\W*$"
)
_OPEN, _CLOSE = "[【(（〔<《{「|", "]】)）〕>》}」|"
_BLANK = " \t\r\n\u00a0\u3000\u2002\u2003"
_EDGE = _BLANK + _OPEN + _CLOSE + "·•:：,，、;；-_/"
_LABEL = re.compile(
    r"([\u4e00-\u9fff ]{0,10}?(?:时 {0,8}间|日 {0,8}期|发布|发表|更新|公开|上传|录入|发稿)[于在]?)"
    r" ?[:： ]{0,3}[\[(（【]?$"
)
_SIDE_FACT = re.compile(
    r"^(?:来源|信息来源|稿源|浏览|点击|阅读|作者|编辑|访问|人气|发布|责编|责任|字号|字体|次|热度|查看|评论|文章|分类|类别"
    r"|信息|供稿|录入|单位|\d{1,7} ?(?:次|$))"
)
_MD = r"(0?[1-9]|1[0-2]) ?(?:[-/.]|月) ?(0?[1-9]|[12]\d|3[01])"
_MONTH_DAY = re.compile(rf"^{_MD}(?: ?[日号])?(?: {{1,3}}[0-2]?\d:[0-5]\d(?::[0-5]\d)?)?$")
_EDGE_MONTH_DAY = re.compile(rf"^[\[【(（〔]{_MD}日?[\]】)）〕]|[\[【(（〔]{_MD}日?[\]】)）〕]$")
_SHORT_YEAR = re.compile(
    r"^['‘’]?(\d\d) ?(?:([-/.])|年) ?(0?[1-9]|1[0-2]) ?(?(2)\2|月) ?(0?[1-9]|[12]\d|3[01])(?(2)| ?[日号]?)$"
)
_CLOCK_TIME = r"(?: {1,3}[0-2]?\d:[0-5]\d(?::[0-5]\d)?)?"
_MIXED = re.compile(
    r"^((?:19|20)\d\d) ?(?:[-/._·•]{1,2}|年) ?(0?[1-9]|1[0-2]) ?(?:[-/._·•]{1,2}|月) ?"
    r"(0?[1-9]|[12]\d|3[01])(?: ?[日号])?" + _CLOCK_TIME + "$"
)
"""A year, month and day parted in two ways (2026年10-07) or by unusual signs."""
_SPACED = re.compile(r"^((?:19|20)\d\d) (0[1-9]|1[0-2]) (0[1-9]|[12]\d|3[01])" + _CLOCK_TIME + "$")
_WEEKDAY = re.compile(
    r"(?:(?<=[\d日号])|(?<=[\d日号] )|^\W{0,3}) ?[\[(（]?(?:星期|礼拜|周)[一二三四五六日天][\])）]?"
)
_COMPACT = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_ENGLISH = re.compile(
    r"^(?:[A-Z][a-z]{2} )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} (\d{1,2})"
    r"(?: \d\d:\d\d:\d\d [A-Z]{2,4})?,? ((?:19|20)\d\d)$"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

NOT_PUBLICATION = re.compile(
    r"成文|生成|发文|印发|签发|制发|落款|截止|截至|开始|结束|开标|报名|举办|活动|会议|生效|施行|实施|废止|有效|起止|出生|受理|办结|征集|征求|调查|投票|来信|写信|回复|答复|留言|咨询|点击|年限"
)
"""Labels of dates that are never the publication's."""


def maybe(text: str) -> bool:
    """Whether looking closer is worth it: cheap, for every run of a page."""
    return _QUICK.search(text) is not None


_PLAIN = re.compile(r"^\s*[\[(【（]?\s?((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})\s?[\])】）]?\s*$")


def read_plain(text: str) -> Mark | None:
    """The commonest form, a bare date with its year, without the cost of the others."""
    found = _PLAIN.match(text) if len(text) < 80 else None
    if found is None:
        return None
    return _checked(int(found[1]), int(found[3]), int(found[4]), len(text))


def read_mark(text: str) -> Mark | None:
    """The row date in a run of text, or None. Beside a weekday only a date alone is one: see has_weekday."""
    folded = fold(text)
    if len(folded) <= 60 and (blanked := _WEEKDAY.sub(_blank, folded)) != folded:
        mark = _read(blanked)
        if mark and mark.shown is Shown.ALONE:
            return mark
    return _read(folded)


def _read(folded: str) -> Mark | None:
    inner = folded.strip(_EDGE)
    if len(inner) <= 40 and (mark := _bare(inner, folded)):
        return mark
    return _full(folded)


def has_weekday(text: str) -> bool:
    """Whether a run names the weekday of its date: rows do so, and clocks in page heads."""
    return len(text) <= 60 and _WEEKDAY.search(fold(text)) is not None


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


@dataclass(frozen=True, slots=True)
class _Day:
    on: date
    start: int
    end: int


def _full(folded: str) -> Mark | None:
    """A date with its year: alone or labelled, else at an edge of the run."""
    found = _some_dates(folded)
    if found and (mark := _alone(found, folded)):
        return mark
    if len(found) > 1 and (_in_span(found, 0, folded) or _in_span(found, len(found) - 1, folded)):
        return None
    return _leading(folded) or (_at_edge(found, folded) if found else None)


def _alone(found: list[_Day], folded: str) -> Mark | None:
    """A date with nothing beside it but brackets, labels, a source, a count of visits."""
    if len(folded.strip()) > MAX_LABELLED or (len(folded) <= 60 and _CLOCK.search(folded)):
        return None
    first = found[0]
    before, after = folded[: first.start].strip(_EDGE), folded[first.end :].strip(_EDGE)
    label = _LABEL.search(folded[max(0, first.start - 30) : first.start])
    if len(found) == 2 and _in_span(found, 0, folded):
        after = folded[found[1].end :].strip(_EDGE)
    ends = not after or _SIDE_FACT.match(after) is not None
    is_labelled = label is not None and (":" in label[0] or len(before) <= LABEL_ALONE)
    if (not before and ends) or (is_labelled and (ends or len(found) > 1)):
        return _labelled(found, folded)
    return None


def _leading(folded: str) -> Mark | None:
    """A date before a title, which may begin with a number of its own."""
    glued = leading_date(folded)
    if glued is None or not folded[glued.end :].strip(_BLANK) or _CLOCK.search(folded[:40]):
        return None
    closes = folded[glued.end : glued.end + 2].strip()[:1]
    in_brackets = bool(closes) and closes in _CLOSE and folded.lstrip(_BLANK)[:1] in _OPEN
    end = folded.index(closes, glued.end) + 1 if in_brackets else glued.end
    return _mark(glued.on, Shown.BRACKETED if in_brackets else Shown.GLUED, 0, end)


def _at_edge(found: list[_Day], folded: str) -> Mark | None:
    """A date behind a title, or in brackets before it."""
    if len(folded) <= 60 and _CLOCK.search(folded):
        return None
    first, last = found[0], found[-1]
    tail = folded[last.end :].strip(_BLANK)
    if not tail.strip(_EDGE) and folded[: last.start].strip(_EDGE):
        bracketed = bool(tail[:1]) and tail[0] in _CLOSE
        if bracketed or "年" not in folded[last.start : last.end]:
            start = len(folded[: last.start].rstrip(_BLANK + _OPEN))
            return _mark(last.on, Shown.BRACKETED if bracketed else Shown.GLUED, start, len(folded))
    head = folded[: first.start].strip(_BLANK)
    if head[-1:] and head[-1] in _OPEN and not head[:-1].strip(_EDGE):
        end = first.end + len(folded[first.end :]) - len(folded[first.end :].lstrip(_BLANK + _CLOSE))
        return _mark(first.on, Shown.BRACKETED, 0, end)
    return None


def _some_dates(folded: str) -> list[_Day]:
    found = []
    for one in find_dates(folded[:400] if len(folded) > 800 else folded):
        found.append(_Day(one.on, one.start, one.end))
        if len(found) == 8:
            break
    return found


def _labelled(found: list[_Day], folded: str) -> Mark | None:
    """The publication date of a run that may label several."""
    best: Mark | None = None
    for at, day in enumerate(found):
        if _in_span(found, at, folded):
            continue
        label = _LABEL.search(folded[max(0, day.start - 30) : day.start])
        said = label.group(1).replace(" ", "") if label else ""
        if said and NOT_PUBLICATION.search(said):
            continue
        if best is None or ("发布" in said and "发布" not in best.label):
            best = _mark(day.on, Shown.ALONE, day.start, day.end, said)
    if best is None and found:
        day = found[0]
        return Mark(day.on.year, day.on.month, day.on.day, Shown.ALONE, day.start, day.end, "成文日期")
    return best


_UNTIL = re.compile(r"^[^\d]{0,8}(?:至|到|~|—|--)[^\d]{0,4}$")


def _in_span(found: list[_Day], at: int, folded: str) -> bool:
    """One end of "2024-03-01 至 2024-04-01": a time for taking part, not a publication."""
    ends = ((at - 1, at), (at, at + 1))
    return any(
        one >= 0 and other < len(found) and _UNTIL.match(folded[found[one].end : found[other].start])
        for one, other in ends
    )


def _bare(inner: str, folded: str) -> Mark | None:
    """Forms that are only read when nothing else stands beside them."""
    size = len(folded)
    if found := _MONTH_DAY.match(inner):
        month, day = int(found[1]), int(found[2])
        return Mark(0, month, day, Shown.ALONE, 0, size) if on_day(2000, month, day) else None
    if written := _with_year(inner):
        return _checked(*written, size)
    stripped = folded.strip(_BLANK)
    if found := _EDGE_MONTH_DAY.search(stripped):
        month, day = int(found[1] or found[3]), int(found[2] or found[4])
        offset = len(folded) - len(folded.lstrip(_BLANK))
        if on_day(2000, month, day):
            return Mark(0, month, day, Shown.BRACKETED, found.start() + offset, found.end() + offset)
    return None


def _with_year(inner: str) -> tuple[int, int, int] | None:
    """Year, month and day of a text that is nothing else."""
    if found := _SHORT_YEAR.match(inner):
        return 2000 + int(found[1]), int(found[3]), int(found[4])
    for form in (_MIXED, _SPACED, _COMPACT):
        if found := form.match(inner):
            return int(found[1]), int(found[2]), int(found[3])
    if found := _ENGLISH.match(inner.strip()):
        return int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2])
    return None


def _checked(year: int, month: int, day: int, size: int) -> Mark | None:
    on = on_day(year, month, day)
    return _mark(on, Shown.ALONE, 0, size) if on else None


def _mark(on: date, shown: Shown, start: int, end: int, label: str = "") -> Mark:
    return Mark(on.year, on.month, on.day, shown, start, end, label)


_PART = re.compile(r"^[\d./\-年月日 \[\]()（）【】]{1,12}$")
_Y, _M, _D = r"(?P<y>(?:19|20)\d\d)", r"(?P<m>0?[1-9]|1[0-2])", r"(?P<d>0?[1-9]|[12]\d|3[01])"
_JOINED = tuple(
    re.compile(f"^{form}$")
    for form in (
        rf"{_Y} ?(?:[-/.]|年) ?{_M}(?: ?[-/.]|月)? +{_D} ?日?",
        rf"{_D} ?日?[ /]+{_Y} ?(?:[-/.]|年) ?{_M} ?月?",
        rf"{_Y} ?年? +{_M} ?(?:[-/.]|月) ?{_D} ?日?",
        rf"{_M} ?(?:[-/.]|月) ?{_D} ?日? +{_Y} ?年?",
        rf"{_D} ?日? +{_M} ?月?[ ,/]+{_Y} ?年?",
        rf"{_Y} ?[-/.年] ?{_M} ?[-/.月] ?{_D} ?日?",
        rf"{_M} ?月 +{_D} ?日?",
        rf"{_D} ?日? +{_M} ?月",
        rf"{_M} ?[-/.] ?{_D}",
    )
)


def is_part(text: str) -> bool:
    """A piece that may be part of a date spread over elements: digits and separators only."""
    return len(text) <= 16 and _PART.match(fold(text).strip(_BLANK)) is not None


def read_joined(pieces: list[str]) -> Mark | None:
    """The date that neighbouring pieces make together ("05" + "2024-01"), brackets left aside."""
    joined = " ".join(fold(piece).strip(_BLANK + _OPEN + _CLOSE) for piece in pieces)
    joined = " ".join(joined.split())
    for form in _JOINED:
        if found := form.match(joined):
            parts = found.groupdict()
            year, month, day = int(parts.get("y") or 0), int(parts["m"]), int(parts["d"])
            if on_day(year or 2000, month, day):
                return Mark(year, month, day, Shown.ALONE, 0, 0)
    return None
