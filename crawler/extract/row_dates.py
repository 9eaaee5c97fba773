"""The dates of a page with their places: standing alone, glued to a title, spread over elements. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crawler.extract.dates import find_dates, parse_date
from crawler.extract.list_dates import (
    NOT_PUBLICATION,
    Mark,
    Shown,
    has_weekday,
    is_part,
    maybe,
    read_joined,
    read_mark,
    read_plain,
)
from crawler.extract.page_tree import Element, Page, Text
from crawler.extract.relative_dates import is_clock_time, maybe_relative, read_relative

MAX_JOINED = 5
"""Elements a single date may be spread over."""
COMPANION = 6
"""Runs of text between a title and the date its row shows."""


@dataclass(slots=True, eq=False)
class Dated:
    """A date with its place on the page; `texts`: the runs it was read from."""

    mark: Mark
    el: Element
    index: int
    hidden: bool
    texts: tuple[Text, ...] = ()


def find_dates_on(page: Page, today: date) -> list[Dated]:
    """Every date on the page that could be a row's, in reading order; noted on its texts, too."""
    found: list[Dated] = []
    taken = -1
    for at, text in enumerate(page.texts):
        if at <= taken:
            continue
        dated = _dated(page.texts, at, today)
        if dated is None:
            continue
        taken = dated.texts[-1].index
        found.append(dated)
        for one in dated.texts:
            one.rest = ""
        if dated.mark.shown is not Shown.ALONE:
            text.rest = text.text[: dated.mark.start] + text.text[dated.mark.end :]
    return _without_titles_own(_with_times(page.texts, _without_clocks(found), today))


def _without_clocks(found: list[Dated]) -> list[Dated]:
    """Leave out dates with a weekday unless such elements show several days: a clock shows only one."""
    alone = [one for one in found if one.mark.shown is Shown.ALONE and one.texts]
    named = [one for one in alone if has_weekday(one.texts[0].text)]
    if not named:
        return found
    days: dict[tuple[object, ...], set[tuple[int, int]]] = {}
    for one in alone:
        days.setdefault(_tags(one.el), set()).add((one.mark.month, one.mark.day))
    clocks = {id(one) for one in named if len(days[_tags(one.el)]) < 2}
    for one in named:
        if id(one) in clocks:
            one.texts[0].rest = None
    return [one for one in found if id(one) not in clocks]


def _tags(el: Element) -> tuple[object, ...]:
    """The make without its row's class, which the first row of a list may have of its own."""
    above = el.getparent()
    return (el.tag, el.get("class"), above.tag if above is not None else "")


DATE_CELLS = 2
"""Elements of one make that show a date alone, from which that make is the list's date cell."""


def _with_times(texts: Sequence[Text], found: list[Dated], today: date) -> list[Dated]:
    """Add times alone ("10:32") in cells where the other rows show a date: such a row is of today.

    A time in a cell beside a date, or in a cell of its own (the length of a film), says nothing of the day.
    """
    times = [one for one in texts if one.rest is None and is_clock_time(one.text)]
    if not times:
        return found
    cells = Counter(_make(one.el) for one in found if one.mark.shown is Shown.ALONE and len(one.texts) == 1)
    dated = {text.index for one in found for text in one.texts}
    boxes = {one.el.getparent() for one in found}
    added = []
    for text in times:
        beside = {text.index - 1, text.index + 1} & dated
        if cells[_make(text.el)] < DATE_CELLS or beside or text.el.getparent() in boxes:
            continue
        text.rest = ""
        mark = Mark(today.year, today.month, today.day, Shown.ALONE, 0, len(text.text))
        added.append(Dated(mark, text.el, text.index, text.hidden, (text,)))
    return sorted([*found, *added], key=lambda one: one.index) if added else found


def _without_titles_own(found: list[Dated]) -> list[Dated]:
    """Leave out dates that end titles ("…日报（3月5日）") where such rows show another date alone.

    Judged over all titles of one make: a date alone behind the last of them may be anything's.
    """
    makes: dict[tuple[object, ...], list[tuple[Dated, bool]]] = {}
    for at, one in enumerate(found):
        if one.mark.shown in (Shown.BRACKETED, Shown.GLUED) and one.texts and one.texts[0].link is not None:
            following = found[at + 1] if at + 1 < len(found) else None
            makes.setdefault(_make(one.el), []).append((one, _is_companion(one, following)))
    dropped: set[int] = set()
    for ones in makes.values():
        if sum(accompanied for _, accompanied in ones) * 2 > len(ones):
            dropped.update(id(one) for one, _ in ones)
    if not dropped:
        return found
    for one in found:
        if id(one) in dropped:
            one.texts[0].rest = None
    return [one for one in found if id(one) not in dropped]


def _is_companion(one: Dated, following: Dated | None) -> bool:
    return (
        following is not None
        and following.mark.shown is Shown.ALONE
        and following.index - one.index <= COMPANION
        and not NOT_PUBLICATION.search(following.mark.label)
    )


def _make(el: Element) -> tuple[object, ...]:
    above = el.getparent()
    return (
        el.tag,
        el.get("class"),
        above.tag if above is not None else "",
        above is not None and above.get("class"),
    )


_HAS_DIGIT = re.compile(r"[0-9０-９]")


def _dated(texts: Sequence[Text], at: int, today: date) -> Dated | None:
    text = texts[at]
    run = text.text
    mark: Mark | None = None
    if _HAS_DIGIT.search(run):
        mark = read_plain(run)
        if mark is None and len(run) <= 60 and (joined := _joined(texts, at)):
            return joined
        if mark is None and maybe(run):
            mark = read_mark(run)
    if mark is None and maybe_relative(run):
        mark = read_relative(run, today)
    if mark is None or _is_title_start(mark, text):
        return None
    return Dated(mark, text.el, at, text.hidden, (text,))


_DAY = r"""\s*["']\s*(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[^"'<>]{0,12}["']"""
_QUOTED_YEARS = ('"20', "'20", '"19', "'19", '" 20', "' 20")
_HINTS = (
    (('"20', "'20", '"19', "'19", '" 20', "' 20"), re.compile("[=(]" + _DAY)),
    (("间：20", "间:20", "期：20", "期:20"), re.compile(r"[间期][:：]20\d\d[^<>\"']{5,20}[\"']")),
)
"""An attribute, or an argument in a script, that is a date, and a labelled one at the end of an attribute:
what such pages contain, which costs next to nothing to look for, and what it must be followed by."""


def find_silent_dates(page: Page, markup: str) -> list[Dated]:
    """Dates that stand in attributes (`data-time`, `datetime`, `title`) or in a script inside the row."""
    if not any(hint.search(markup) for starts, hint in _HINTS if any(one in markup for one in starts)):
        return []
    found = []
    for said, el, at in page.silent_runs():
        run = _dated_line(said) if "\n" in said else said
        is_script = "(" in run
        days = list(find_dates(run)) if maybe(run) else []
        if len(days) != 1 or (not is_script and parse_date(run) is None):
            continue
        shown = Shown.SCRIPT if is_script else Shown.ATTRIBUTE
        on = days[0].on
        mark = Mark(on.year, on.month, on.day, shown, 0, 0)
        place = page.places.get(el)
        found.append(Dated(mark, el, at, place.hidden if place else False))
    return found


_TIME_LABEL = re.compile(r"^\s*(?:更新|发布|录入|添加|发表)?(?:时间|日期)\s*[:：]")


def _dated_line(said: str) -> str:
    """The line of an attribute of several ("文章标题：…", "更新时间：…") that says when."""
    return next((_TIME_LABEL.sub("", one) for one in said.splitlines() if _TIME_LABEL.match(one)), "")


def _is_title_start(mark: Mark, text: Text) -> bool:
    """ "4月21日" beside more words of the same link is part of a title."""
    if mark.year or text.link is None or "月" not in text.text:
        return False
    return text.el is text.link.el or len(text.el) > 0 or text.el.tag in ("em", "font", "b", "strong")


def _joined(texts: Sequence[Text], at: int) -> Dated | None:
    """A date spread over neighbouring elements, beginning here."""
    first = texts[at]
    if not _starts_part(first.text):
        return None
    pieces = [first]
    for text in texts[at + 1 : at + MAX_JOINED]:
        if not is_part(text.text) or not _near(first, text):
            break
        pieces.append(text)
    alone = read_mark(first.text)
    if alone is not None and alone.year:
        return None
    while len(pieces) > 1:
        mark = read_joined([piece.text for piece in pieces])
        if mark is not None and (mark.year or alone is None):
            above = pieces[0].el if pieces[0].el is pieces[-1].el else pieces[0].el.getparent()
            return Dated(mark, pieces[0].el if above is None else above, at, first.hidden, tuple(pieces))
        pieces.pop()
    return None


def _starts_part(run: str) -> bool:
    return len(run.strip()) <= 12 and is_part(run.strip())


def _near(one: Text, other: Text) -> bool:
    """Within two levels of each other: pieces of one cell, not of two rows."""
    if one.el is other.el:
        return True
    above, beside = one.el.getparent(), other.el.getparent()
    return above is not None and (above is beside or above is other.el or beside is one.el)
