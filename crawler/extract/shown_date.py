"""The publication date a reader sees: labelled, or standing by itself below the headline. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.extract.dates import FoundDate, find_dates, fold, parse_date
from crawler.extract.facts import Facts, published_date
from crawler.extract.layout import Layout
from crawler.extract.lines import Line, bare
from crawler.extract.meta import ONLINE_SINCE
from crawler.extract.shown_rows import LINKED, is_named_otherwise, is_row
from crawler.extract.words import label_of

HEAD = 40
"""Lines behind the headline in which its date may stand when the text was not found."""
DAY_WITHIN = 8
"""Lines behind the headline in which a mere 时间： or 日期： is the document's."""
MAX_LINE, MAX_REST, MIN_DATE = 600, 45, 8
"""Characters of a line that is looked at; beside the date in its line; of a date itself."""

_CLOCK = re.compile(r"星期|周[一二三四五六日天]|今天|今日|现在|当前|农历|欢迎|北京时间")
_NOT_PUBLISHED = re.compile(
    r"截止|截至|报名|有效|失效|废止|生效|施行|实施|成文|发文|生成|印发|出生|会议|通过|开标|活动|上一[篇条]|下一[篇条]"
)
_FACTS = re.compile(r"来源|字[体号]|浏览|阅读|点击|访问|打印|作者|编辑|分享|发布")
_EVENT = re.compile(
    r"^(?:[一二三四五六七八九十\d][、.．])?(?:会议|活动|比赛|考试|面试|报名|培训|听证)?"
    r"(?:地点|地址|对象|主题|联系|议程|议题|参加|内容|方式|范围|流程)"
)
_PLACE = re.compile(r"(?:发布会?|会议|活动)?地点[:：]")
_BEGINS = re.compile(r"。$|^附件")
"""A short text begins: what stands below it is no longer the head of the document."""
_COLON = re.compile(r"[:：]")
_SENTENCE = re.compile(r"[，。；！？]")
_DIGITS = re.compile(r"\d{4}\D{1,3}\d")
_RANGE = tuple("至-~～—前起止")


@dataclass(frozen=True, slots=True)
class Shown:
    """A date and where it stood, in words."""

    date: FoundDate
    where: str
    rival: FoundDate | None = None
    """Another day right below the headline, where the date chosen stands above it (a card of 相关文件?)."""


def find_shown(lines: Sequence[Line], layout: Layout, facts: Facts, values: frozenset[int]) -> Shown | None:
    """发布日期 before a mere 日期, that before an unlabelled date, that before 更新时间.

    `values`: lines that are the value of a label and so no unlabelled dates.
    """
    is_shown = layout.headline.first >= 0
    if one := _labelled(lines, facts, before=layout.end if is_shown else len(lines)):
        is_above = is_shown and _labelled(lines, facts, before=layout.headline.first) == one
        other = _unlabelled(lines, layout, values) if is_above else None
        return Shown(one, "发布日期标签", other if other and other.on != one.on else None)
    if not is_shown:
        return None
    candidates: tuple[tuple[str, Callable[[], FoundDate | None]], ...] = (
        ("日期标签", lambda: _labelled_day(lines, layout, facts)),
        ("标题下方", lambda: _unlabelled(lines, layout, values)),
        ("正文后的发布日期标签", lambda: _labelled(lines, facts, before=len(lines))),
        ("标题上方", lambda: _above(lines, layout)),
        ("更新日期标签", lambda: facts.date("updated")),
    )
    return next((Shown(one, where) for where, find in candidates if (one := find())), None)


def _labelled(lines: Sequence[Line], facts: Facts, before: int) -> FoundDate | None:
    """发布日期： and the like, unless a place stands beside it (地点：): then it is an event's."""
    for pair in facts.by_name.get("published", ()):
        found = published_date(pair.value) if pair.at < before else None
        if found and not _at_a_place(lines, pair.at):
            return found
    return None


def _at_a_place(lines: Sequence[Line], at: int) -> bool:
    return any(_PLACE.match(line.bare) for line in lines[max(at - 1, 0) : at + 2])


def _labelled_day(lines: Sequence[Line], layout: Layout, facts: Facts) -> FoundDate | None:
    """时间： or 日期： close below the headline, unless it is an event's (地点：, 参加对象： beside it)."""
    last = layout.headline.last + DAY_WITHIN
    for pair in facts.by_name.get("day", ()):
        found = published_date(pair.value)
        if found is None or pair.at > last:
            continue
        beside = [one.bare for one in lines[max(pair.at - 1, 0) : pair.at + 3]]
        behind = pair.value[found.end :].lstrip()[:1]
        if not any(_EVENT.match(text) for text in beside) and behind not in _RANGE:
            return found
    return None


def _unlabelled(lines: Sequence[Line], layout: Layout, values: frozenset[int]) -> FoundDate | None:
    """A date without a label: behind the title in its line, or in a short line of facts below it."""
    head = layout.headline
    for at in range(head.first, min(layout.start, head.last + HEAD)):
        line = lines[at]
        if at > head.last and _BEGINS.search(line.bare) and label_of(_COLON.split(line.bare, 1)[0]) is None:
            break
        if at in values or not _may_hold(line, in_headline=at <= head.last):
            continue
        found = _in_headline(line) if at <= head.last else _in_facts(lines, at, layout)
        if found:
            return None if is_row(lines, at, found) else found
    return None


def _in_headline(line: Line) -> FoundDate | None:
    return next((found for found in _dates_of(line, fold(line.text)) if _closes(line, found)), None)


def _in_facts(lines: Sequence[Line], at: int, layout: Layout) -> FoundDate | None:
    """The first date of a line of facts, unless the words before it, or the cell before it, name another."""
    line, first = lines[at], layout.headline.last + 1
    text = fold(line.text)
    beside = "".join(one.bare for one in lines[max(at - 2, first) : min(at + 3, layout.start)])
    for found in _dates_of(line, text):
        before = text[: found.start]
        if is_named_otherwise(before if before.strip() else lines[at - 1].text):
            return None
        if found.on.year >= ONLINE_SINCE and _is_fact(text, found, beside):
            return None if _at_a_place(lines, at) else found
    return None


def _above(lines: Sequence[Line], layout: Layout) -> FoundDate | None:
    """A date alone right before the headline, both in a box of their own; no clock with seconds."""
    first = layout.headline.first
    box = lines[first].block.getparent()
    if first == 0 or box is None or box.tag == "body" or lines[first - 1].block.getparent() is not box:
        return None
    found = parse_date(lines[first - 1].text.strip())
    is_clock = found is not None and found.time is not None and found.time.count(":") > 1
    return None if is_clock or lines[first - 1].linked else found


def _may_hold(line: Line, *, in_headline: bool) -> bool:
    """Whether the line's words leave room for a publication date; a headline's own words do not count."""
    if in_headline:
        return len(line.starts) > 1
    if len(line.text) > MAX_LINE or line.linked >= LINKED or _NOT_PUBLISHED.search(line.bare):
        return False
    return _CLOCK.search(line.bare) is None or _FACTS.search(line.bare) is not None


def _dates_of(line: Line, text: str) -> Iterator[FoundDate]:
    """The line's dates; where other elements' numbers touch them (2025-03-05<i>123</i>), by element."""
    joined = list(find_dates(text))
    yield from joined
    if not joined and len(line.starts) > 1 and _DIGITS.search(text):
        for start, end in zip(line.starts, [*line.starts[1:], len(text)], strict=True):
            if len(bare(text[start:end])) >= MIN_DATE:
                for found in find_dates(text[start:end]):
                    yield replace(found, start=start + found.start, end=start + found.end)


def _closes(line: Line, found: FoundDate) -> bool:
    """In the headline itself: in an inline part of its own behind the title, or in brackets at the end."""
    own = any(0 <= found.start - start <= 8 for start in line.starts[1:])
    return own and not _SENTENCE.search(line.text[found.start :])


def _is_fact(text: str, found: FoundDate, beside: str) -> bool:
    """Whether a line below the headline states the document's date: short, no sentence, no range of days.

    A day written with 年月日 and nothing beside it may be a signature above the text: it counts when it has a
    time, or facts (source, font sizes) stand in its line or in the lines beside it.
    """
    in_words = "年" in text[found.start : found.end]
    if in_words and text.strip()[:1] in ("（", "("):
        return False
    rest = text[: found.start] + text[found.end :]
    behind = text[found.end : found.end + 1]
    if _SENTENCE.search(rest) or len(rest.replace(" ", "")) > MAX_REST or behind in _RANGE:
        return False
    return not in_words or found.time is not None or _FACTS.search(rest + beside) is not None
