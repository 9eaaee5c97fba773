"""A page as a tree with its texts and links in reading order: what finding a list works on. Pure, bounded.

Scripts, styles, comments and form options are no text. Every element that holds text is met once, parents
before children, so that counting over the tree is one backward pass, however deep the page is nested.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element

MAX_TAGS = 300_000
"""Tags read of one page: some hundred times the longest real list, and a bound on memory."""

_ENDS_DOCUMENT = ("</body>", "</html>", "</BODY>", "</HTML>")
"""Taken out before parsing: pages go on behind them, and the parser would drop what follows."""
_MUTE = frozenset(
    {"script", "style", "option", "textarea", "title", "noscript", "template", "head", "button"}
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDING_CLASS = re.compile(r"(?:^|\s)(?:hide|hidden|d-none|dis-?none|dn|undis|layui-hide)(?:\s|$)", re.I)
_ASIDE_TAGS = {"nav": "nav", "aside": "aside", "footer": "foot", "header": "nav", "marquee": "scroll"}
_ASIDE_NAMES = re.compile(
    r"(?P<foot>(?:^|[\s_-])(?:foot|footer|copyright|bottom|friend_?link|flink|yqlj)\w{0,4}(?:$|[\s_-]))"
    r"|(?P<nav>(?:^|[\s_-])(?:nav|navbar|menu|topnav|mainnav|header|head|dropdown|megamenu|submenu)"
    r"\d?(?:$|[\s_-]))"
    r"|(?P<aside>(?:^|[\s_-])(?:sidebar|side|aside|hot|rank|ranking|phb|rmph|recommend|tuijian|related)"
    r"\d?(?:$|[\s_-]))"
    r"|(?P<scroll>marquee|scroll_?box|gundong)",
    re.I,
)


_PAGER_SCRIPTS = (
    "createPageHTML(",
    "countPage",
    "pageCount",
    "PageCount",
    "totalPage",
    "laypage",
    "pagination",
)


@dataclass(slots=True, eq=False)
class Link:
    """An anchor with its visible texts; `silent`: it shows none and is known by its title or picture."""

    el: Element
    href: str
    index: int
    texts: list["Text"] = field(default_factory=list)
    silent: bool = False


@dataclass(slots=True, eq=False)
class Text:
    """A run of visible characters, its element, its place in reading order."""

    text: str
    el: Element
    index: int
    link: Link | None
    hidden: bool
    rest: str | None = None
    """What is left of the text besides a date read from it; None: no date was."""

    @property
    def words(self) -> str:
        return self.text if self.rest is None else self.rest


class Place(NamedTuple):
    """Where an element stands: in which link, hidden or not, in which part of the page ("" = body)."""

    link: Link | None
    hidden: bool
    part: str


_TOP = Place(None, False, "")


class Page:
    """The tree with its texts and links; `places` holds every element above a text, parents first."""

    def __init__(self, root: Element, markup: str, *, cut: bool = False) -> None:
        self.root = root
        self.cut = cut
        self._styles = "display" in markup or "visibility" in markup or " hidden" in markup
        self._clicks = "onclick" in markup
        self.texts: list[Text] = []
        self.links: list[Link] = []
        self.places: dict[Element, Place] = {}
        self.pager_scripts: list[int] = []
        self._read()

    def _read(self) -> None:
        runs = cast(
            "list[etree._ElementUnicodeResult]", self.root.xpath("descendant::text()[normalize-space()]")
        )
        texts, places = self.texts, self.places
        for found in runs:
            el = found.getparent()
            if found.is_tail and el is not None:
                el = el.getparent()
            if el is None or el.tag in _MUTE:
                if el is not None and el.tag == "script" and any(one in found for one in _PAGER_SCRIPTS):
                    self.pager_scripts.append(len(texts))
                continue
            place = places.get(el) or self._place(el)
            if place.part == "mute":
                continue
            text = Text(str(found), el, len(texts), place.link, place.hidden)
            texts.append(text)
            if place.link is not None:
                place.link.texts.append(text)
        self._read_silent()

    def _place(self, el: Element) -> Place:
        """Walk up to a known ancestor, then down again, noting each element on the way."""
        chain: list[Element] = []
        above: Element | None = el
        while above is not None and above not in self.places:
            chain.append(above)
            above = above.getparent()
        place = _TOP if above is None else self.places[above]
        for one in reversed(chain):
            place = self.places[one] = self._step(one, place)
        return place

    def _step(self, el: Element, above: Place) -> Place:
        tag = el.tag
        if tag in _MUTE:
            return Place(None, True, "mute")
        names, id_ = el.get("class"), el.get("id")
        hidden, part, link = above.hidden, above.part, above.link
        if names or id_:
            hides, named = _by_name(names or "", id_ or "")
            hidden = hidden or hides
            part = part or named
        if not part and tag in _ASIDE_TAGS:
            part = _ASIDE_TAGS[tag]
        if self._styles and not hidden:
            hidden = _hides(el)
        if tag == "a" or (self._clicks and link is None and tag in _CLICKED and el.get("onclick")):
            link = Link(el, _target(el), len(self.texts))
            self.links.append(link)
        if link is above.link and hidden is above.hidden and part == above.part:
            return above
        return Place(link, hidden, part)

    def _read_silent(self) -> None:
        """Anchors without text that a title or a picture's caption names."""
        for el in self.root.iter("a"):
            if el not in self.places and (caption_of(el)):
                place = self._place(el)
                if place.link is not None and place.part != "mute":
                    place.link.silent = True
                    place.link.index = -1

    @cached_property
    def title(self) -> str:
        """The `<title>`, white space folded."""
        found = self.root.find(".//title")
        return " ".join(shown_in(found).split()) if found is not None else ""

    def metas(self) -> Iterator[tuple[str, str]]:
        """(name in lower case, content) of every meta tag that has both."""
        for el in self.root.iter("meta"):
            name = el.get("name") or el.get("property") or el.get("http-equiv")
            content = el.get("content")
            if name and content:
                yield name.strip().lower(), content.strip()

    def scripts(self) -> Iterator[str]:
        """The text of every inline script."""
        for el in self.root.iter("script"):
            if el.text and el.text.strip():
                yield el.text

    def silent_runs(self) -> Iterator[tuple[str, Element, int]]:
        """Attribute values and inline scripts that may hold a date: value, element, place among the texts."""
        found = cast("list[etree._ElementUnicodeResult]", self.root.xpath(_SILENT))
        at = 0
        for run in found:
            el = run.getparent()
            if el is None or run.is_attribute or el.tag == "script":
                owner = el if el is None or run.is_attribute else el.getparent()
                if owner is not None and len(run) < 300:
                    yield str(run), owner, at
                continue
            owner = el.getparent() if run.is_tail else el
            if owner is not None and owner.tag not in _MUTE and self.places[owner].part != "mute":
                at += 1

    def count(self, elements: Iterable[Element]) -> dict[Element, int]:
        """How many of the elements lie in each element's subtree, itself included."""
        counts: dict[Element, int] = {}
        for el in elements:
            counts[el] = counts.get(el, 0) + 1
        for el in reversed(self.places):
            if (own := counts.get(el)) and (above := el.getparent()) is not None:
                counts[above] = counts.get(above, 0) + own
        return counts


_CLICKED = frozenset({"li", "tr", "td", "div", "span", "p", "h3", "h4", "dd", "dt"})
_CLICK_TARGET = re.compile(r"""['"]([^'"\s]{1,300}[/.][^'"\s]{1,300})['"]""")


def is_within(el: Element, box: Element) -> bool:
    """Whether an element is the box or lies in it, at most thirty levels down."""
    one: Element | None = el
    for _ in range(30):
        if one is None or one is box:
            return one is box
        one = one.getparent()
    return False


def says_nothing(el: Element) -> bool:
    """Whether an element holds no characters besides scripts' and styles'."""
    return not any(one.text and one.text.strip() for one in el.iter() if one.tag not in _MUTE) and not any(
        one.tail and one.tail.strip() for one in el.iterdescendants()
    )


_SILENT = (
    "//text()[normalize-space()] | //@*[starts-with(name(), 'data-') or name()='datetime' or name()='title'"
    " or name()='pubdate' or name()='date' or name()='time']"
)


def shown_in(el: Element) -> str:
    """All the characters inside an element, as they stand."""
    return "".join(cast("Iterable[str]", el.itertext()))


def _target(el: Element) -> str:
    href = (el.get("href") or "").strip()
    if href and href[0] not in "jJ#":
        return href
    if href and href[0] != "#" and href[:11].lower() != "javascript:":
        return href
    found = _CLICK_TARGET.search((el.get("onclick") or href)[:2000])
    return found.group(1) if found else href


def _hides(el: Element) -> bool:
    style = el.get("style")
    return (style is not None and _HIDING_STYLE.search(style) is not None) or el.get("hidden") is not None


@lru_cache(maxsize=4096)
def _by_name(names: str, id_: str) -> tuple[bool, str]:
    """Whether such a class hides its element, and which part of the page class and id name."""
    hides = _HIDING_CLASS.search(names) is not None
    found = _ASIDE_NAMES.search(f"{names} {id_}"[:200])
    return hides, (found.lastgroup or "") if found else ""


def caption_of(el: Element) -> str:
    """What a picture-only link is called: its title, or its picture's; "" when that says nothing."""
    for one in (el, *el.iter("img")):
        for name in ("title", "alt"):
            said = " ".join((one.get(name) or "").split())
            if len(said) >= 4:
                return said
    return ""


_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
)


def parse(text: str) -> Page | None:
    """The page of an HTML text, or None when there is no element in it. Longer than MAX_TAGS is cut."""
    cut = text.count("<") > MAX_TAGS
    if cut:
        text = text[: _nth(text, "<", MAX_TAGS)]
    for end in _ENDS_DOCUMENT:
        text = text.replace(end, "")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return Page(root, text, cut=cut) if root is not None else None


def _nth(text: str, mark: str, n: int) -> int:
    at = -1
    for _ in range(n):
        at = text.find(mark, at + 1)
    return at
