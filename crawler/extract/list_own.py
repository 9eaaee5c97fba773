"""The column's own list against what outweighs it, and blocks of one make of which one is newer. Pure.

A column that was just opened has one row, and another column's block below it weighs more. What stands first
below the column's name is the column's own list, however short.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crawler.extract.landmarks import find_landmarks
from crawler.extract.list_choice import OWN_HEADING, Candidate, in_order, is_sure
from crawler.extract.list_groups import Group
from crawler.extract.list_headings import Gap, gap_between, has_more_above
from crawler.extract.list_merge import MAX_LEAD
from crawler.extract.list_years import settle_years
from crawler.extract.page_tree import Element, Page, is_within

OTHERS_BLOCK = "本栏目列表之下别的栏目的块"
WITH_LEAD = "连同上方单列的行"

MAX_TWINS = 20
"""Candidates looked at, the heaviest first."""


def own_of(candidates: Sequence[Candidate]) -> Candidate | None:
    """The list right below the column's name, where it stands before the heaviest and has more signs.

    A pager behind both is no sign of the lower one. None where the heaviest is headed so itself or holds it,
    or where it is too little to be a list.
    """
    best = candidates[0]
    if OWN_HEADING in best.reasons:
        return None
    for one in candidates[1:]:
        is_own = OWN_HEADING in one.reasons and one.dated and not one.is_hidden
        if is_own and one.evidence > best.evidence - best.turns_pages and one.group.end < best.group.start:
            return one if is_sure(one) and not is_within(one.group.parent, best.group.parent) else None
    return None


def settle_own(page: Page, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, the own list no longer outweighed where it is plain by what.

    Another column's block ("通知公告 更多", no sign of a main list) stands aside; several of them may be a
    channel's front page below its headline. One or two own rows with nothing between them and the list are
    its first rows, enlarged.
    """
    own = own_of(candidates) if candidates else None
    if own is None:
        return candidates
    names = find_landmarks(page).names
    best = candidates[0]
    if len(own.rows) <= MAX_LEAD and gap_between(page, own.group, best.group, names) is Gap.NOTHING:
        known = {row.href for row in best.rows if row.href}
        lead = [row for row in own.rows if row.href not in known]
        joined = replace(best, rows=(*lead, *best.rows), reasons=(*best.reasons, WITH_LEAD))
        return [joined, *(one for one in candidates[1:] if one is not own)]
    heavier = [one for one in candidates if one.score > own.score and not (one.is_aside or one.is_hidden)]
    is_block = gap_between(page, own.group, best.group, names) is Gap.OTHERS_BLOCK and not best.evidence
    if not is_block or len(heavier) > 1:
        return candidates
    aside = replace(best, stands_beside=True, reasons=(*best.reasons, OTHERS_BLOCK))
    return in_order([aside, *candidates[1:]])


def newer_twin(page: Page, candidates: Sequence[Candidate], today: date) -> Candidate | None:
    """A block made like the heaviest that shows a newer day: of one column, perhaps, and its other half.

    A pager between them ends the heaviest; a block with "更多" beside one without is another column's.
    """
    best = candidates[0]
    twins = [one for one in candidates[1:MAX_TWINS] if one.dated and _is_twin(page, one, best)]
    if not twins:
        return None
    newest = _newest(page, best, today) or date.min
    return next((one for one in twins if (_newest(page, one, today) or date.min) > newest), None)


def _is_twin(page: Page, one: Candidate, best: Candidate) -> bool:
    if one.is_aside or one.is_hidden or not _is_made_alike(one.group, best.group):
        return False
    if best.turns_pages and one.group.start > best.group.end:
        return False
    return has_more_above(page, best.group.start) or not has_more_above(page, one.group.start)


def _newest(page: Page, one: Candidate, today: date) -> date | None:
    days = settle_years(page, one.rows, today)
    return max((day for day in days if day is not None and day <= today), default=None)


_NUMBER = re.compile(r"\d+")


def _is_made_alike(one: Group, other: Group) -> bool:
    """Brothers, or cousins up to three levels apart, of the same tags and classes, numbers left out.

    The lists' own classes may differ where what holds them is alike.
    """
    left: Element | None = one.parent
    right: Element | None = other.parent
    is_alike = True
    for level in range(4):
        if left is None or right is None or left is right or left.tag != right.tag:
            return False
        is_alike = _class_of(left) == _class_of(right)
        if level and not is_alike:
            return False
        left, right = left.getparent(), right.getparent()
        if left is right:
            return is_alike
    return False


def _class_of(el: Element) -> str:
    return _NUMBER.sub("0", el.get("class") or "")
