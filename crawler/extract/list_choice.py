"""Which of a page's groups is its main list. Pure: shapes and places decide, never a site."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.landmarks import Landmarks, find_landmarks
from crawler.extract.list_dates import Shown
from crawler.extract.list_groups import Group
from crawler.extract.list_rows import Found, read_entries
from crawler.extract.page_tree import Page, Text, is_within

_BESIDE = re.compile(
    r"^\W*(?:(?:热门|热点|推荐|相关|精彩|最近|最新|图片|焦点|随机|点击|阅读|浏览|本周|本月|一周)?"
    r"(?:排行榜?|热点|热词|排名|推荐|链接|阅读|文章|新闻|资讯|信息|更新|关注|点击|专题|图片|浏览|发布)|猜你喜欢|来信选登|"
    r"信件选登|领导信箱|\S{0,4}信箱|最新(?:来信|信件|留言)|网民留言|热门|推荐|最新|相关|焦点图|滚动新闻|友情链接)\W*$"
)
_MORE = re.compile(r"^\W*(?:更\s*多|more)\W*$", re.I)
_PART_WEIGHT = {"nav": 0.15, "aside": 0.3, "foot": 0.1, "scroll": 0.3}
_PART_NAME = {"nav": "导航", "aside": "旁栏", "foot": "页脚", "scroll": "滚动区"}
_FULL_TITLE = 30
RIVAL_SHARE = (0.4, 0.7, 1.0)
"""A second list with more than so much of the first's weight makes the choice a guess. By how many signs of a
main list the first has more than the second: it stands right behind the trail, below the column's name,
before a pager."""
SIGNED_SHARE = 0.25
"""The same for a second list that has as many signs, at least one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A group read as rows; `reasons`: why it weighs what it does; `evidence`: signs of a main list."""

    group: Group
    rows: tuple[Found, ...]
    score: float
    reasons: tuple[str, ...]
    evidence: int
    stands_beside: bool = False
    is_hidden: bool = False

    @property
    def dated(self) -> int:
        return sum(1 for row in self.rows if row.mark)

    @property
    def is_aside(self) -> bool:
        """In a side bar, menu or footer, or below such a heading, with at most one sign of a main list."""
        return self.stands_beside and self.evidence < 2


class _Spans:
    """Where groups begin and end in reading order."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._starts = sorted(group.start for group in groups)
        self._ends = sorted(group.end for group in groups)

    def next_start(self, place: int, default: int) -> int:
        """The first beginning behind a place."""
        at = bisect_right(self._starts, place)
        return self._starts[at] if at < len(self._starts) else default

    def last_end(self, place: int) -> int:
        """The last end before a place, -1 if there is none."""
        at = bisect_left(self._ends, place)
        return self._ends[at - 1] if at else -1


@dataclass(frozen=True, slots=True)
class _Weight:
    factor: float
    reason: str
    is_evidence: bool = False
    is_beside: bool = False


def rank(page: Page, groups: Sequence[Group]) -> list[Candidate]:
    """The groups as candidates, the heaviest first."""
    marks = find_landmarks(page)
    spans = _Spans(groups)
    candidates = []
    for group in groups:
        rows = tuple(read_entries(page, group))
        if rows:
            candidates.append(_weigh(page, group, rows, marks, spans))
    return in_order(candidates)


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The heaviest first, lists that stand aside or are hidden behind all others."""
    return sorted(candidates, key=lambda one: (one.is_aside, one.is_hidden, -one.score))


def rival_of(best: Candidate, candidates: Sequence[Candidate]) -> Candidate | None:
    """Another list too heavy for a sure choice; lists inside the best one and its copies are its own."""
    for one in candidates:
        if one is best or is_within(one.group.parent, best.group.parent) or _is_copy(one, best):
            continue
        if one.is_aside and best.evidence > min(1, 2 - len(best.rows) // 3):
            continue
        if one.is_hidden and not best.is_hidden:
            continue
        if one.score > _share(best, one) * best.score:
            return one
    return None


def _share(best: Candidate, one: Candidate) -> float:
    if one.evidence and one.evidence >= best.evidence:
        return SIGNED_SHARE
    return RIVAL_SHARE[max(0, min(2, best.evidence - one.evidence))]


def _is_copy(one: Candidate, best: Candidate) -> bool:
    """The same rows again, as pages have them for narrow screens."""
    return {_said(row) for row in one.rows} <= {_said(row) for row in best.rows}


def _said(row: Found) -> tuple[str, int, int, int]:
    mark = row.mark
    return (row.title, mark.year, mark.month, mark.day) if mark else (row.title, 0, 0, 0)


def is_channel(best: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Several blocks of one make, none with a pager: a channel's front page, not a column's list."""
    if "后有翻页" in best.reasons:
        return False
    alike = 0
    for one in candidates:
        same = _make(one.group) == _make(best.group) and one is not best
        if same and 5 * len(one.rows) >= 3 * len(best.rows) and "标题像旁栏" not in one.reasons:
            alike += 1
    return alike >= 2


def _make(group: Group) -> tuple[object, ...]:
    entry, parent = group.entries[0], group.parent
    el = entry.dates[0].el if entry.dates else entry.core
    above = parent.getparent()
    return (
        parent.tag,
        parent.get("class"),
        above.tag if above is not None else "",
        entry.core.tag,
        el.tag,
        el.get("class"),
    )


def _weigh(page: Page, group: Group, rows: tuple[Found, ...], marks: Landmarks, spans: _Spans) -> Candidate:
    dated = [row for row in rows if row.mark]
    score = float(sum(min(len(row.title), _FULL_TITLE) for row in dated or rows))
    reasons = [f"{len(rows)} 行，{len(dated)} 行有日期"]
    weights = [*_by_place(page, group, marks, spans), *_by_rows(dated or rows)]
    weights += _by_heading(page, group, marks, spans)
    for weight in weights:
        score *= weight.factor
        reasons.append(weight.reason)
    evidence = sum(weight.is_evidence for weight in weights)
    return Candidate(
        group,
        rows,
        score,
        tuple(reasons),
        evidence,
        stands_beside=any(weight.is_beside for weight in weights),
        is_hidden=_is_hidden(group),
    )


def _by_place(page: Page, group: Group, marks: Landmarks, spans: _Spans) -> Iterator[_Weight]:
    place = page.places.get(group.parent)
    if place is not None and place.part:
        yield _Weight(_PART_WEIGHT[place.part], f"位于{_PART_NAME[place.part]}", is_beside=True)
    if _is_hidden(group):
        yield _Weight(0.1, "被隐藏")
    if marks.trail is not None and group.start < marks.trail:
        yield _Weight(0.5, "在当前位置之前")
    elif marks.trail is not None:
        is_first = spans.next_start(marks.trail, group.start) >= group.start
        yield _Weight(2.0, "当前位置后的第一个列表", True) if is_first else _Weight(1.3, "在当前位置之后")
    following = spans.next_start(group.end, len(page.texts) + 60)
    pager = bisect_left(marks.pagers, group.end)
    if pager < len(marks.pagers) and marks.pagers[pager] <= min(following, group.end + 40):
        yield _Weight(1.8, "后有翻页", True)


def _is_hidden(group: Group) -> bool:
    hidden = sum(1 for entry in group.entries for one in entry.dates[:1] if one.hidden)
    return hidden * 2 > len(group.entries)


def _by_rows(dated: Sequence[Found]) -> Iterator[_Weight]:
    marks = [row.mark for row in dated if row.mark]
    if not marks:
        yield _Weight(0.7, "没有日期")
    elif sum(1 for mark in marks if not mark.year) * 2 > len(marks):
        yield _Weight(0.7, "日期无年份")
    if marks and sum(1 for mark in marks if mark.shown is Shown.GLUED) * 2 > len(marks):
        yield _Weight(0.7, "日期与标题相连")
    elif marks and marks[0].shown in (Shown.ATTRIBUTE, Shown.SCRIPT):
        yield _Weight(0.9, "日期在标签属性或脚本里")
    if len(dated) == 1:
        yield _Weight(0.4, "只有一行")
    hrefs = [row.href for row in dated if row.href]
    if not hrefs:
        yield _Weight(0.4, "没有链接")
    elif sum(1 for href in hrefs if href.startswith("./")) * 5 > len(dated) * 4:
        yield _Weight(1.4, "链接都在本栏目之下")


def _by_heading(page: Page, group: Group, marks: Landmarks, spans: _Spans) -> Iterator[_Weight]:
    first = max(0, group.start - 5, spans.last_end(group.start) + 1)
    before = _headings(page.texts[first : group.start])
    named = max((at for at, one in enumerate(before) if one in marks.names), default=-1)
    if marks.trail is not None and first <= marks.trail:
        below = _headings(page.texts[max(first, marks.trail + 1) : group.start])
        if named < len(before) - len(below) and any(_is_heading(one) for one in below):
            named = -1
    if any(_BESIDE.match(one) for one in before[max(named + 1, len(before) - 2) :]):
        yield _Weight(0.35, "标题像旁栏", is_beside=True)
    elif named >= 0:
        yield _Weight(1.8, "标题是本栏目名", True)
    after = _headings(page.texts[group.end + 1 : group.end + 4])
    if any(_MORE.match(one) for one in (*before[-3:], *after)):
        yield _Weight(0.6, "带“更多”，像首页栏目块")


_HEADING = re.compile(
    r"^(?!.*(?:标题|名称|题名|时间|日期|序号|索引|文号|机构|查询|搜索|检索|排序|全部|关键|共|第))"
    r"\W*[\u4e00-\u9fff]{2,12}\W*$"
)
"""Words that may head a list, unlike those of a table's header or a search form."""


def _is_heading(said: str) -> bool:
    return _HEADING.match(said) is not None


def _headings(texts: Sequence[Text]) -> list[str]:
    return [said for text in texts if len(said := text.text.strip()) <= 16]
