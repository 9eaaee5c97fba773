"""Groups that go on from each other made one: rows in fives, a list a month, a table a row. Pure."""

import re
from collections.abc import Sequence
from itertools import islice

from crawler.extract.list_groups import Entry, Finder, Group, address_shape
from crawler.extract.page_tree import Element, Page, Text, is_within
from crawler.extract.row_dates import Dated

MAX_LEAD = 2
"""Rows that may stand enlarged before the others."""


def find_groups(page: Page, dates: Sequence[Dated]) -> list[Group]:
    """Every set of rows on the page, in reading order."""
    finder = Finder(page, dates)
    groups = _with_leads(page, _merged(page, finder.groups()))
    finder.add_undated(groups)
    return groups


def _merged(page: Page, groups: list[Group]) -> list[Group]:
    """Join groups that go on from each other: rows in fives, a list per month, a table per row."""
    merged: list[Group] = []
    for group in groups:
        for before in reversed(merged[-4:]):
            if _goes_on(page, before, group):
                before.entries.extend(group.entries)
                before.parents.extend(group.parents)
                break
        else:
            merged.append(group)
    return merged


def _with_leads(page: Page, groups: list[Group]) -> list[Group]:
    """Join a newest row that stands enlarged, with an abstract, right before the list it belongs to."""
    joined: list[Group] = []
    for group in groups:
        if joined and _leads(page, joined[-1], group):
            lead = joined.pop()
            known = {link.href for entry in group.entries for link in entry.links}
            group.entries[:0] = [one for one in lead.entries if one.links[0].href not in known]
        joined.append(group)
    return joined


def _leads(page: Page, lead: Group, group: Group) -> bool:
    """Few rows before more, alike in address, with nothing between and near in the tree."""
    if len(lead.entries) > MAX_LEAD or len(group.entries) < 3 or lead.end >= group.start:
        return False
    shapes = {address_shape(one.links[0].href) for one in group.entries if one.links}
    if not all(one.links and address_shape(one.links[0].href) in shapes for one in lead.entries):
        return False
    own = {link.href for one in lead.entries for link in one.links}
    between = [text for text in page.texts[lead.end + 1 : group.start] if text.words.strip()]
    if any(
        not (text.link and text.link.href in own) and not is_within(text.el, lead.parent) for text in between
    ):
        return False
    return _is_near(lead.parent, group.parent) and _is_hidden(page, lead) is _is_hidden(page, group)


def _is_near(one: Element, other: Element) -> bool:
    """At most two levels below the same element."""
    above = [one, *islice(one.iterancestors(), 2)]
    return any(el in above for el in (other, *islice(other.iterancestors(), 1)))


def _goes_on(page: Page, before: Group, group: Group) -> bool:
    if group.start < before.end or _is_hidden(page, before) is not _is_hidden(page, group):
        return False
    nested = _holds(before.parents[-1], group.parent) or _holds(group.parent, before.parents[-1])
    alike = nested and _shape(before.entries[-1]) == _shape(group.entries[0])
    if not alike and not _cousins(before.parents[-1], group.parent):
        return False
    ended = {link for one in before.entries[-1:] for link in one.links}
    between = [text for text in page.texts[before.end + 1 : group.start] if text.words.strip()]
    between = [text for text in between if text.link is None or text.link not in ended]
    if any(text.link is not None or not _may_stand_between(text) for text in between):
        return False
    last, first = _day_of(before.entries[-1]), _day_of(group.entries[0])
    restarts = last and first and last[0] and first[0] and first > last and len(before.entries) >= 3
    return nested or not restarts or any(_YEAR_HEADING.match(text.words) for text in between)


def _is_hidden(page: Page, group: Group) -> bool:
    return page.places[group.entries[0].core].hidden


_BETWEEN = re.compile(r"^(?:\W*|\W*(?:19|20)\d\d\s*(?:年度?)?(?:\s*\d{1,2}\s*月)?\W*|\W*\d{1,2}\s*月\W*)$")
_YEAR_HEADING = re.compile(r"^\W*(?:19|20)\d\d\s*年")
"""The newest year may stand last."""


def _may_stand_between(text: Text) -> bool:
    """Between rows that go on only a year's or month's heading stands; another heading begins a list."""
    return _BETWEEN.match(text.words) is not None


def _holds(outer: Element, inner: Element) -> bool:
    one = inner.getparent()
    for _ in range(6):
        if one is None:
            return False
        if one is outer:
            return True
        one = one.getparent()
    return False


def _shape(entry: Entry) -> tuple[object, ...]:
    """What a row looks like: its tag, and tag and class of its first link and date."""
    link = entry.links[0].el if entry.links else None
    dated = entry.dates[0].el if entry.dates else None
    named = [(one.tag, one.get("class")) for one in (link, dated) if one is not None]
    return (entry.core.tag, len(named), *named)


def _day_of(entry: Entry) -> tuple[int, int, int] | None:
    for one in entry.dates:
        return (one.mark.year, one.mark.month, one.mark.day)
    return None


def _cousins(one: Element, other: Element) -> bool:
    """Brothers, or cousins up to three levels apart, of the same tags and classes."""
    left: Element | None = one
    right: Element | None = other
    for _ in range(4):
        if left is None or right is None or left.tag != right.tag or left.get("class") != right.get("class"):
            return False
        left, right = left.getparent(), right.getparent()
        if left is right:
            return True
    return False
