"""Blocks of a portal's page: the name a “more” link belongs to, the entry a sub-menu hangs below. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from bs4.element import PageElement, Tag

from crawler.extract.discover_names import (
    MAX_RUNS,
    is_more,
    is_name,
    is_text,
    names,
    strings,
    text_within,
    tidy,
)

LEVELS = 5
"""How far above a link its block's heading is looked for."""
SIBLINGS = 12
CHOICE = 6
"""More short texts than this are a list, not a heading with tabs."""
LONGEST = 120
"""Characters of a part that may be a heading."""

WHOLE = 4
"""Two runs of so many characters are two names, shorter ones may be pieces of one."""

_CHOSEN = re.compile(r"(?:^|[\s_-])(?:on|cur|current|active|selected|hover|sel|now)(?:$|[\s_-]|\d)", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "legend")
_LISTS = frozenset({"ul", "ol", "dd", "tbody", "table", "nav"})
_CLOCKS = re.compile(r"农历|星期|天气|欢迎|今天是")


def heading_of(more: Tag) -> str | None:
    """What the block a “more” link belongs to is called: the nearest short text before it, level by level.

    Of tabs with as many links the one in the same place, else the one shown; None when nothing says it.
    """
    node: Tag = more
    for level in range(LEVELS):
        name = _among(islice(node.previous_siblings, SIBLINGS), more)
        if name is None and level < 2:
            name = _among(islice(node.next_siblings, 3), more)
        if name is not None:
            return name or None
        above = node.parent
        if above is None or above.name in ("body", "html", "[document]"):
            return None
        node = above
    return None


def _among(siblings: Iterable[PageElement], more: Tag) -> str | None:
    """The name among the parts next to a link; "" where another block begins; None to look further up."""
    for sibling in siblings:
        if _is_other_block(sibling, more):
            return ""
        found = list(_short_texts(sibling))
        if found:
            return "" if len(found) > CHOICE else _chosen(found, more)
    return None


def _is_other_block(part: PageElement, more: Tag) -> bool:
    """Does a part end with a “more” link of its own?"""
    if not isinstance(part, Tag) or part.name == "a":
        return False
    links = (el for el in islice(part.descendants, MAX_RUNS) if isinstance(el, Tag) and el.name == "a")
    return any(is_more(el) and el.get("href") != more.get("href") for el in links)


def _chosen(found: Sequence[tuple[str, Tag | None]], more: Tag) -> str:
    if len(found) > 1 and more.parent is not None:
        links = [one for one in more.parent.find_all("a", limit=CHOICE + 1) if is_more(one)]
        place = next((at for at, one in enumerate(links) if one is more), None)
        if place is not None and len(links) == len(found):
            return found[place][0]
        for name, el in found:
            if any(one is not None and _CHOSEN.search(names(one)) for one in (el, el.parent if el else None)):
                return name
    return found[0][0]


def _short_texts(part: PageElement) -> Iterator[tuple[str, Tag | None]]:
    """The names in a part of the page small enough to be a heading; of a large part its `<h3>`."""
    if is_text(part):
        if is_name(text := tidy(part)):
            yield text, part.parent
        return
    if not isinstance(part, Tag) or part.name in ("script", "style", "select", "form"):
        return
    if text_within(part, LONGEST) is None or len(part.find_all("li", limit=CHOICE + 1)) > CHOICE:
        heading = next((el for el in islice(part.descendants, MAX_RUNS) if _is_heading(el)), None)
        if isinstance(heading, Tag) and (name := _name_in(heading)):
            yield name, heading
        return
    yield from _pieces(part, 0)


def _pieces(part: Tag, depth: int) -> Iterator[tuple[str, Tag | None]]:
    if part.name == "a" and is_more(part):
        return
    if whole := _name_in(part):
        yield whole, part
        return
    if part.name == "img" and is_name(caption := tidy(str(part.get("alt") or ""))):
        yield caption, part
        return
    if depth >= LEVELS:
        return
    for child in part.children:
        if isinstance(child, Tag):
            yield from _pieces(child, depth + 1)
        elif is_text(child) and is_name(name := tidy(child)):
            yield name, part


def _is_heading(el: PageElement) -> bool:
    return isinstance(el, Tag) and el.name in _HEADINGS


def _name_in(el: Tag) -> str:
    """An element's whole text where that is one name, else ""."""
    if len(el.find_all(["a", "li"], limit=2)) > 1 and el.name not in ("a", "li"):
        return ""
    name = tidy(text_within(el, LONGEST) or "")
    if (
        len(name) >= 2 * WHOLE
        and sum(len(run.strip()) >= WHOLE and is_name(tidy(run)) for run in strings(el)) > 1
    ):
        return ""
    return name if is_name(name) else ""


def parent_of(el: Tag) -> str:
    """The menu entry or heading a link stands below; "" when there is none."""
    node: Tag = el
    for _ in range(LEVELS):
        above = node.parent
        if above is None or above.name in ("body", "html", "[document]"):
            return ""
        if name := _heading_before(node):
            return name
        if node.name in _LISTS or (node.name == "div" and len(node.find_all("a", limit=2)) > 1):
            before = node.find_previous_sibling()
            alike = isinstance(before, Tag) and before.name == node.name and names(before) == names(node)
            name = _name_in(before) if isinstance(before, Tag) and not alike else ""
            if name and not _CLOCKS.search(name):
                return name
        node = above
    return ""


def _heading_before(node: Tag) -> str:
    """The heading among the parts before a link in its own box; "" when another box stands between."""
    for before in islice(node.previous_siblings, SIBLINGS):
        if isinstance(before, Tag) and before.name in _HEADINGS:
            return _name_in(before)
        if isinstance(before, Tag) and before.name != node.name:
            return ""
    return ""


_HERE = re.compile(r"(?:当前|所在|现在)的?(?:页面)?的?位置|您的位置|位置\s*[:：]|您现在的?位置|您所在")


def trail_of(soup: Tag) -> tuple[list[Tag], str]:
    """The links of the breadcrumb trail, and the name of the page it ends with ("": no trail)."""
    for run in soup.find_all(string=_HERE, limit=5):
        box = run.parent
        for _ in range(3):
            if box is None or box.find("a", href=True) is not None:
                break
            box = box.parent
        text = text_within(box, 200) if box is not None else None
        if box is None or text is None:
            continue
        steps = [tidy(step) for step in re.split(r"[>＞»›/\\→:：]+|-{1,2}", text)]
        last = next((step for step in reversed(steps) if is_name(step) and not _HERE.search(step)), "")
        return box.find_all("a", href=True, limit=10), last
    return [], ""
