"""Which of a page's groups is its main list. Pure: shapes and places decide, never a site."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.extract.landmarks import Landmarks, find_landmarks
from crawler.extract.list_dates import Shown
from crawler.extract.list_groups import Group, address_shape
from crawler.extract.list_headings import Heading, has_more, heading_of
from crawler.extract.list_rows import Found, read_entries
from crawler.extract.page_tree import Page, is_within

_PART_WEIGHT = {"nav": 0.15, "aside": 0.3, "foot": 0.1, "scroll": 0.3}
_PART_NAME = {"nav": "导航", "aside": "旁栏", "foot": "页脚", "scroll": "滚动区"}
_FULL_TITLE = 30
RIVAL_SHARE = (0.4, 0.7, 1.0)
"""A second list with more than so much of the first's weight makes the choice a guess. By how many signs of a
main list the first has more than the second: it stands right behind the trail, below the column's name,
before a pager."""
OTHER_HEADING, FRONT_BLOCK = "位置之后的标题不是本栏目名", "带“更多”，像首页栏目块"
BEFORE_PAGER = "后有翻页"
OWN_HEADING = "标题是本栏目名"
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
    def turns_pages(self) -> bool:
        """A pager stands behind it."""
        return BEFORE_PAGER in self.reasons

    @property
    def may_be_block(self) -> bool:
        """Perhaps another column's block: headed otherwise or with "更多", hardly a main list's signs."""
        return self.evidence < 2 and not {OTHER_HEADING, FRONT_BLOCK}.isdisjoint(self.reasons)

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


def is_sure(one: Candidate) -> bool:
    """Three rows repeat; one or two must stand where a list stands, or lead to addresses alike.

    A date without its year is a date only where two signs say that this is the column's list.
    """
    if len(one.rows) > 2:
        return True
    shortest = 6 if one.evidence < 3 else 4
    dated = all(row.mark and (row.mark.year or one.evidence > 1) for row in one.rows)
    if not dated or any(len(row.title) < shortest for row in one.rows):
        return False
    shapes = {address_shape(row.href) for row in one.rows}
    return one.evidence > 0 or (len(one.rows) == 2 and len(shapes) == 1 and "0" in shapes.pop())


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
    ahead = best.evidence - one.evidence
    if ahead == 1 and best.turns_pages and one.group.start < best.group.start:
        ahead = 0  # a pager behind both may be the first one's
    return RIVAL_SHARE[max(0, min(2, ahead))]


def _is_copy(one: Candidate, best: Candidate) -> bool:
    """The same rows again, as pages have them for narrow screens."""
    return {_said(row) for row in one.rows} <= {_said(row) for row in best.rows}


def _said(row: Found) -> tuple[str, int, int, int]:
    mark = row.mark
    return (row.title, mark.year, mark.month, mark.day) if mark else (row.title, 0, 0, 0)


def is_channel(best: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Several blocks of one make, none with a pager: a channel's front page, not a column's list."""
    if best.turns_pages:
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
        yield _Weight(0.5, "在当前位置之前", is_beside=group.end < marks.trail)
    elif marks.trail is not None:
        is_first = spans.next_start(marks.trail, group.start) >= group.start
        yield _Weight(2.0, "当前位置后的第一个列表", True) if is_first else _Weight(1.3, "在当前位置之后")
    following = spans.next_start(group.end, len(page.texts) + 60)
    pager = bisect_left(marks.pagers, group.end)
    if pager < len(marks.pagers) and marks.pagers[pager] <= min(following, group.end + 40):
        yield _Weight(1.8, BEFORE_PAGER, True)


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
    ended = spans.last_end(group.start)
    heading = heading_of(page, group, ended, marks)
    if heading is Heading.BESIDE:
        yield _Weight(0.35, "标题像旁栏", is_beside=True)
    elif heading is Heading.ELSEWHERE:
        yield _Weight(0.5, "标题是别的栏目", is_beside=True)
    elif heading is Heading.LATEST:
        yield _Weight(0.35, OTHER_HEADING, is_beside=marks.trail is None or ended > marks.trail)
    elif heading is Heading.OTHER:
        yield _Weight(0.8, OTHER_HEADING)
    elif heading is Heading.OWN:
        yield _Weight(1.8, OWN_HEADING, True)
    if has_more(page, group.start, group.end, ended):
        is_headed = heading in (Heading.OTHER, Heading.LATEST)
        yield _Weight(0.6, FRONT_BLOCK, is_beside=is_headed)
