"""Where elements stand, as a CSS selector that people can read and the registry accepts. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from crawler.extract.override import select
from crawler.extract.page_tree import Element

Step: TypeAlias = Callable[[Element], str]
"""How one element of a path is named."""

_PLAIN = re.compile(r"[A-Za-z][\w-]{0,40}")
"""Names that need no escaping; longer ones are generated."""
MAX_STEPS = 8
"""Elements named at most; further up nothing distinguishes one part of a page from another."""
MAX_BROTHERS = 200
"""Elements beside each other that are counted: counting many takes too long, and helps nobody."""


def names_of(el: Element) -> str:
    """The element's path by names alone, whatever else it selects: for pages too large to look over."""
    *_, longest = _paths(el, _named)
    return longest


def path_to(wanted: Sequence[Element], root: Element) -> str:
    """The shortest path, from the elements upwards, that selects them and nothing else.

    Where names do not tell them apart, places do (`:nth-of-type`). Where nothing does, the path that selects
    the fewest others beside them; "" where they stand in different ways, so that none selects them all.
    """
    least, fewest = "", 0
    paths = list(_paths(wanted[0], _named))
    if len(wanted) == 1:
        paths += _paths(wanted[0], _placed)
    for path in paths:
        found = set(select(path, root))
        if not found.issuperset(wanted):
            continue
        if len(found) == len(set(wanted)):
            return path
        if not least or len(found) < fewest:
            least, fewest = path, len(found)
    return least


def _paths(el: Element, form: Step) -> Iterator[str]:
    path, one = "", el
    for _ in range(MAX_STEPS):
        step = form(one)
        path = f"{step} > {path}" if path else step
        yield path
        above = one.getparent()
        if above is None or above.tag == "html":
            return
        one = above


def _named(el: Element) -> str:
    """tag#id, else tag.class.class."""
    tag, id_ = str(el.tag), el.get("id") or ""
    if _PLAIN.fullmatch(id_):
        return f"{tag}#{id_}"
    names = [name for name in (el.get("class") or "").split() if _PLAIN.fullmatch(name)]
    return ".".join((tag, *names[:2]))


def _placed(el: Element) -> str:
    """tag#id, else the element's number among its brothers of the same tag."""
    above = el.getparent()
    if above is None or _PLAIN.fullmatch(el.get("id") or ""):
        return _named(el)
    brothers = [one for one in above if one.tag == el.tag]
    if not 1 < len(brothers) <= MAX_BROTHERS:
        return _named(el)
    return f"{_named(el)}:nth-of-type({brothers.index(el) + 1})"
