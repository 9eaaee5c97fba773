"""Which dates and links of a page stand together as rows, and which rows as a list. Pure, linear in the page.

A date's *core* is the smallest element around it that also holds a title link. A core's *box* is the largest
element around it that holds no other core: boxes that are brothers are the rows of one list, whatever tags
the page uses. Where cores hold many dates and links in turn (`dl`, bare `a` + `p`) the rows are read flat.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from crawler.extract.page_tree import Element, Link, Page, caption_of, is_within
from crawler.extract.row_dates import Dated

NEAR = 6
"""Runs of text between a row's link and its date, where rows are not told apart by their boxes."""
MAX_LINKS = 12
"""Links to different places a row may hold; what holds more is a part of the page."""

MIN_LONG = 3
"""Rows that make what holds them a list, and its brothers of the same make lists too."""

_NO_TITLE = re.compile(
    r"^(?:\W*|\d+|首\s*页|上一?页|前一?页|下一?页|后一?页|尾\s*页|末\s*页|第\d+页|\W*更\s*多\W*|more\W*|\[?详\s*[情细]\]?|"
    r"查看(?:详情|更多|全文)?|阅读全文|下\s*载|附件\d*|置顶|返回\S{0,4}|登录|注册|搜索)$",
    re.I,
)

_NEIGHBOUR = re.compile(
    r"^\W*(?:(?:上|下|前|后)一?(?:篇|条|则)|分享|转发|打印|复制|扫一扫|微信|QQ|新浪微博|我要纠错|字[体号]|(?:word|pdf|ofd)\s*下载)",
    re.I,
)
"""Links below a document: to the ones beside it, to share it, to print it."""


@dataclass(slots=True, eq=False)
class Entry:
    """A row as found: its box (None when read flat), its title links and its dates, in reading order."""

    box: Element | None
    links: list[Link]
    dates: list[Dated]
    core: Element

    @property
    def index(self) -> int:
        """Place in reading order of its first date or link."""
        return min(
            [one.index for one in self.dates] + [one.index for one in self.links if one.index >= 0], default=0
        )


@dataclass(slots=True, eq=False)
class Group:
    """Rows that belong together; `parent` holds their boxes."""

    parent: Element
    entries: list[Entry]
    flat: bool = False
    parents: list[Element] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.entries[0].index

    @property
    def end(self) -> int:
        return self.entries[-1].index


def link_text(link: Link) -> str:
    """What a link says, dates left out."""
    return "".join(text.words for text in link.texts)


def names_something(link: Link) -> bool:
    """Whether a link can be a row's title: not a pager's, not "more", not a bare date."""
    said = caption_of(link.el) if link.silent else link_text(link).strip(" []()【】（）\t\r\n\u3000\u00a0")
    if len(said) > 16:
        return len(said) > 40 or not _NEIGHBOUR.match(said)
    return not (_NO_TITLE.match(said) or _NEIGHBOUR.match(said))


_NUMBER = re.compile(r"[0-9a-f]{16,}|\d+", re.I)


def address_shape(href: str) -> str:
    """An address with its numbers left out: rows of one list are alike, blocks between them are not."""
    return _NUMBER.sub("0", href.split("?")[0].rsplit("#")[0][:300]) + ("?" if "?" in href else "")


class Finder:
    """The cores of a page and the groups their boxes make."""

    def __init__(self, page: Page, dates: Sequence[Dated]) -> None:
        self._alone: dict[Element, bool] = {}
        self._long_lists: dict[Element, dict[object, int]] = {}
        self._rows: set[Element] = set()
        self.titles = [link for link in page.links if names_something(link)]
        self.title_count = page.count(link.el for link in self.titles)
        self.dates_of: dict[Element, list[Dated]] = defaultdict(list)
        for dated, core in self._cores(dates):
            self.dates_of[core].append(dated)
        self.titles_of: dict[Element, list[Link]] = defaultdict(list)
        for link, core in self._under_cores():
            self.titles_of[core].append(link)
        self.core_count = page.count(
            core for core in self.dates_of for _ in range(2 if self._is_flat(core) else 1)
        )

    def _cores(self, dates: Iterable[Dated]) -> Iterator[tuple[Dated, Element]]:
        known: dict[Element, Element | None] = {}
        for dated in dates:
            path: list[Element] = []
            el: Element | None = dated.el
            while el is not None and el not in known and not self.title_count.get(el):
                path.append(el)
                el = el.getparent()
            core = known[el] if el is not None and el in known else el
            for one in path:
                known[one] = core
            if core is not None:
                yield dated, core

    def _under_cores(self) -> Iterator[tuple[Link, Element]]:
        known: dict[Element, Element | None] = {}
        for link in self.titles:
            path: list[Element] = []
            el: Element | None = link.el
            while el is not None and el not in known and el not in self.dates_of:
                path.append(el)
                el = el.getparent()
            core = known[el] if el is not None and el in known else el
            for one in path:
                known[one] = core
            if core is not None:
                yield link, core

    def _is_flat(self, core: Element) -> bool:
        """Dates and links in turn, at least twice each: several rows without boxes."""
        dates, links = self.dates_of[core], self.titles_of.get(core, [])
        if len(dates) < 2 or len(links) < 2:
            return False
        order = sorted(
            [(one.index, "d") for one in dates] + [(one.index, "t") for one in links if one.index >= 0]
        )
        runs = [kind for at, (_, kind) in enumerate(order) if at == 0 or order[at - 1][1] != kind]
        return runs.count("d") >= 2 and runs.count("t") >= 2

    def groups(self) -> list[Group]:
        by_parent: dict[Element, list[Entry]] = defaultdict(list)
        groups, chained = self._chains()
        for core, dates in self.dates_of.items():
            links = self.titles_of.get(core, [])
            if core in chained:
                continue
            if self._is_flat(core) and self.core_count.get(core, 0) <= 2:
                groups.append(Group(core, _read_flat(core, dates, links), flat=True, parents=[core]))
            elif self.core_count.get(core, 0) > 1:
                for dated in dates:
                    by_parent[core].append(Entry(_child_on_path(core, dated.el), [], [dated], dated.el))
            elif len({link.href for link in links}) <= MAX_LINKS:
                box = self._box(core)
                above = box.getparent()
                by_parent[box if above is None else above].append(Entry(box, links, dates, core))
        for parent, entries in by_parent.items():
            groups.extend(self._complete(parent, entries))
        return sorted((one for one in groups if one.entries), key=lambda one: one.start)

    def _chains(self) -> tuple[list[Group], set[Element]]:
        """Rows that hold each other, because the page never closes them: read flat, in reading order."""
        holding: dict[object, list[Element]] = defaultdict(list)
        for core in self.dates_of:
            if self.core_count.get(core, 0) > 1 and not self._is_flat(core) and self._has_near_link(core):
                holding[core.tag, core.get("class")].append(core)
        groups: list[Group] = []
        chained: set[Element] = set()
        for cores in holding.values():
            if len(cores) < 3 or not is_within(cores[1], cores[0]):
                continue
            cores.extend(self._innermost(cores[-1]))
            dates = [dated for core in cores for dated in self.dates_of[core]]
            first, last = dates[0].index - NEAR, dates[-1].index + NEAR
            links = [link for link in self.titles if first <= link.index <= last]
            groups.append(Group(cores[0], _read_flat(cores[0], dates, links), flat=True, parents=[cores[0]]))
            chained.update(cores)
        return groups, chained

    def _has_near_link(self, core: Element) -> bool:
        place = self.dates_of[core][0].index
        return any(abs(link.index - place) <= NEAR for link in self.titles_of.get(core, []))

    def _innermost(self, outer: Element) -> list[Element]:
        """The core inside the last of a chain, which holds no other."""
        place = self.dates_of[outer][0].index
        for core, dates in self.dates_of.items():
            if self.core_count.get(core, 0) == 1 and dates[0].index > place:
                return [core] if is_within(core, outer) else []
        return []

    def _box(self, core: Element) -> Element:
        box = core
        above = box.getparent()
        while above is not None and self.core_count.get(above, 0) == 1:
            box, above = above, above.getparent()
        if above is None or self._stands_alone(above):
            return _row_element(core)
        return self._row_within(box, above, core)

    def _row_within(self, box: Element, parent: Element, core: Element) -> Element:
        """The row in a list of one row beside a longer one of its make, as where each year has a list."""
        if parent not in self._long_lists:
            longer = (child for child in parent if self.core_count.get(child, 0) >= MIN_LONG)
            self._long_lists[parent] = {_make(child): self._depth_of_rows(child) for child in longer}
        depth = self._long_lists[parent].get(_make(box))
        if depth is None:
            return box
        inside = [*takewhile(lambda one: one is not box, (core, *core.iterancestors())), box][::-1]
        row = inside[min(depth, len(inside) - 1)]
        self._rows.add(row)
        return row

    def _depth_of_rows(self, el: Element) -> int:
        """How many levels below a list its rows stand."""
        depth = 1
        holding = [child for child in el if self.core_count.get(child)]
        while len(holding) == 1 and holding[0] not in self.dates_of:
            depth += 1
            holding = [child for child in holding[0] if self.core_count.get(child)]
        return depth

    def _stands_alone(self, parent: Element) -> bool:
        """Only one of the parent's children holds a core: the box grew beyond its row."""
        if parent not in self._alone:
            holding = islice((child for child in parent if self.core_count.get(child)), 2)
            self._alone[parent] = sum(1 for _ in holding) < 2
        return self._alone[parent]

    def _complete(self, parent: Element, entries: list[Entry]) -> Iterator[Group]:
        """Rows of one parent: link-less ones kept beside linked ones, undated brothers added."""
        linked = [one for one in entries if one.links]
        if not linked:
            return
        only = linked[0].box if len(linked) == 1 else None
        if only is not None and only.tag not in _ROW_TAGS and only not in self._rows:
            box = _row_element(linked[0].core)
            linked = [Entry(box, linked[0].links, linked[0].dates, linked[0].core)]
            above = box.getparent()
            parent, entries = (box if above is None else above), linked
        tags = Counter(one.box.tag for one in linked if one.box is not None)
        tag = tags.most_common(1)[0][0]
        rows = [one for one in entries if one.box is not None and one.box.tag == tag]
        yield Group(parent, rows, parents=[parent])
        for other in set(tags) - {tag}:
            rest = [one for one in linked if one.box is not None and one.box.tag == other]
            yield Group(parent, rest, parents=[parent])

    def add_undated(self, groups: Sequence[Group]) -> None:
        """Brothers of rows that hold a title link and no date become rows of their group."""
        brothers = {child: group for group in groups for child in self._brothers(group)}
        links_of: dict[Element, list[Link]] = defaultdict(list)
        for link in self.titles:
            if link.index >= 0 and (box := _first_in(link.el, brothers)) is not None:
                links_of[box].append(link)
        for box, links in links_of.items():
            brothers[box].entries.append(Entry(box, links, [], box))
        for group in {id(one): one for one in brothers.values()}.values():
            group.entries.sort(key=lambda one: one.index)

    def _brothers(self, group: Group) -> Iterator[Element]:
        box = group.entries[0].box
        if box is None or len(group.entries) < 2:
            return
        for parent in group.parents:
            for child in parent:
                if child.tag == box.tag and self.title_count.get(child) and not self.core_count.get(child):
                    yield child


def _first_in(el: Element, wanted: Mapping[Element, object]) -> Element | None:
    """The element or its nearest ancestor among the wanted, at most thirty levels up."""
    one: Element | None = el
    for _ in range(30):
        if one is None or one in wanted:
            return one
        one = one.getparent()
    return None


_ROW_TAGS = frozenset({"li", "tr", "dl", "dd", "dt", "p"})


def _make(el: Element) -> object:
    return el.tag, el.get("class")


def _row_element(core: Element) -> Element:
    """The li, tr … a lone core stands in, at most three levels up; else the core itself."""
    el: Element | None = core
    for _ in range(4):
        if el is None:
            break
        if el.tag in _ROW_TAGS:
            return el
        el = el.getparent()
    return core


def _child_on_path(core: Element, el: Element) -> Element | None:
    one: Element | None = el
    while one is not None:
        above = one.getparent()
        if above is core:
            return one
        one = above
    return None


def _read_flat(core: Element, dates: list[Dated], links: list[Link]) -> list[Entry]:
    """Pair each date with the link before it, or behind it where the first date stands before any link."""
    order: list[tuple[int, int, Dated | Link]] = []
    order += [(one.index, 1, one) for one in dates]
    order += [(one.index, 0, one) for one in links if one.index >= 0]
    order.sort(key=lambda one: (one[0], one[1]))
    date_first = isinstance(order[0][2], Dated)
    entries: list[Entry] = []
    for _, _, one in order:
        starts = isinstance(one, Dated) if date_first else isinstance(one, Link)
        kind_before = bool(entries) and bool(entries[-1].links if date_first else entries[-1].dates)
        if not entries or (starts and kind_before):
            entries.append(Entry(None, [], [], core))
        if isinstance(one, Dated):
            entries[-1].dates.append(one)
        else:
            entries[-1].links.append(one)
    return [one for one in entries if one.links]
