"""Proposing columns from a portal's pages (`zwgk discover`): look, follow the promising pages, perhaps try.

Nothing is stored and no deployment is needed; a person reviews what is proposed.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.discover_ids import slug_of
from crawler.discovering import Fetched, Manners, PoliteReader
from crawler.extract.discover import discover
from crawler.extract.discover_kinds import hub_rank
from crawler.extract.discover_links import page_key, site_of
from crawler.extract.discover_reading import PortalReading, Proposed, merged, own_page, with_type
from crawler.extract.list_page import read_list
from domain.clock import Clock
from domain.errors import CrawlError, InputError
from domain.readings import PageState
from domain.units import ColumnKind

STUBS = 2
"""How many stubs and frames are followed to get to a page's content."""

MOST_FRAMES = 4
"""Frames of the first page that are read as parts of it."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked. `url`: with or without http(s)://.

    `depth`: 0 the page alone, 1 also the channels it leads to, 2 theirs as well;
    `pages`: channels looked at, at most; `prefix`: put before each proposed id.
    """

    url: str
    manners: Manners
    depth: int = 1
    pages: int = 8
    try_lists: bool = False
    prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A column's list as read just now; `newest` None: no date could be read."""

    state: PageState
    why: str
    rows: int
    newest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundColumn:
    """A proposed column: `found_on`, the page that names it."""

    id: str
    column: Proposed
    found_on: str
    tried: Tried | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page that was looked at for columns."""

    url: str
    name: str
    state: PageState
    why: str
    proposed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """Everything found: columns with a kind, by kind; columns without, the pages looked at, links left out.

    `missing`: kinds of which nothing was found; `scripted`: names of columns that only a script opens.
    """

    url: str
    title: str
    columns: tuple[FoundColumn, ...]
    unclassified: tuple[FoundColumn, ...]
    pages: tuple[PageSeen, ...]
    left_out: Mapping[str, int]
    missing: tuple[ColumnKind, ...]
    scripted: tuple[str, ...]
    requests: int


def discover_portal(wish: Wish, *, clock: Clock, progress: Progress = lambda _: None) -> Discovery:
    """Look at a portal and propose its columns.

    Raises InputError for an address that may not be asked, CrawlError when the first page cannot be read.
    """
    return asyncio.run(_discovered(wish, clock, progress))


@dataclass(slots=True)
class _Search:
    """The pages looked at so far and what they named. `home`: the portal's site, after redirects."""

    wish: Wish
    reader: PoliteReader
    progress: Progress
    home: str = ""
    seen: set[str] = field(default_factory=set)
    pages: list[PageSeen] = field(default_factory=list)
    named: list[tuple[Proposed, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    scripted: dict[str, None] = field(default_factory=dict)

    async def look(self, url: str, name: str = "") -> tuple[Fetched, PortalReading | None]:
        """A page's reading, behind its stub if it is one; noted in `pages`."""
        self.progress(f"打开 {name or url}")
        page, reading = await self._read(url)
        self.seen.update({page_key(url), page_key(page.url)})
        state, why = (reading.state, reading.why) if reading else (PageState.FAILED, page.why)
        count = len(reading.proposed) if reading else 0
        title = name or (reading.title if reading else "")
        self.pages.append(PageSeen(url=page.url, name=title, state=state, why=why, proposed=count))
        return page, reading

    async def _read(self, url: str) -> tuple[Fetched, PortalReading | None]:
        page = await self.reader.get(url)
        for _ in range(STUBS):
            if not page.ok:
                return page, None
            reading = discover(page.body, page.url, content_type=page.content_type)
            if reading.state is not PageState.SHELL or reading.next_url is None:
                return page, reading
            page = await self.reader.get(reading.next_url)
        return page, discover(page.body, page.url, content_type=page.content_type) if page.ok else None

    def keep(self, reading: PortalReading, page_url: str) -> None:
        """Note what a page names. Its own kind comes from its ColumnName and ColumnType."""
        self.left_out.update(reading.left_out)
        self.scripted.update(dict.fromkeys(reading.scripted))
        self.named += [
            (replace(one, other_host=site_of(one.url) != self.home), page_url) for one in reading.proposed
        ]
        own = own_page(reading, page_url)
        if own is not None:
            self.named.append((own, page_url))

    def is_own(self, url: str) -> bool:
        """Is the page on the portal's host, or on one below it (xxgk.… of the same portal)?"""
        site = site_of(url)
        return site == self.home or (site.endswith(f".{self.home}") and "." in self.home)

    def channels(self, reading: PortalReading) -> list[tuple[str, str]]:
        """The pages that may lead to more columns, the most promising first: (url, name)."""
        ranked = [
            (rank, one.url, one.name)
            for one in reading.proposed
            if (rank := hub_rank(one.name)) is not None and self.is_own(one.url)
        ]
        frames = [(1, url, "框架页") for url in reading.frames if self.is_own(url)]
        return [(url, name) for _, url, name in sorted(ranked + frames, key=lambda one: one[0])]


async def _discovered(wish: Wish, clock: Clock, progress: Progress) -> Discovery:
    async with PoliteReader(wish.manners) as reader:
        search = _Search(wish, reader, progress)
        page, reading = await _first(search)
        if reading is None:
            raise _unreadable(wish.url, page, search.pages[-1])
        await _follow(search, reading)
        found = _numbered(search)
        if wish.try_lists:
            found = [await _tried(one, search, clock) for one in found]
    kinds, named = {one.column.kind for one in found}, {one.column.name for one in found}
    return Discovery(
        url=page.url,
        title=reading.title,
        columns=tuple(one for kind in ColumnKind for one in found if one.column.kind is kind),
        unclassified=tuple(one for one in found if one.column.kind is None),
        pages=tuple(search.pages),
        left_out=dict(search.left_out),
        missing=tuple(kind for kind in ColumnKind if kind not in kinds and kind is not ColumnKind.OTHER),
        scripted=tuple(name for name in search.scripted if name not in named),
        requests=reader.asked,
    )


async def _first(search: _Search) -> tuple[Fetched, PortalReading | None]:
    """The page to begin with, its frames read with it; no reading when it names nothing.

    An address without a scheme is http, or https where http does not answer.
    """
    url = search.wish.url
    for address in [url] if "://" in url else [f"http://{url}", f"https://{url}"]:
        page, reading = await search.look(address)
        if page.answered or page.refused:
            break
    if reading is None:
        return page, None
    search.home = site_of(page.url)
    frames = [one for one in reading.frames if search.is_own(one)] if reading.state is PageState.SHELL else []
    if reading.state is not PageState.OK and not frames:
        return page, None
    search.keep(reading, page.url)
    for frame in frames[:MOST_FRAMES]:
        inner = (await search.look(frame, "框架页"))[1]
        if inner is not None and inner.state is PageState.OK:
            search.keep(inner, frame)
            reading = replace(reading, proposed=(*reading.proposed, *inner.proposed), state=PageState.OK)
    return page, reading if reading.state is PageState.OK else None


def _unreadable(url: str, page: Fetched, seen: PageSeen) -> InputError | CrawlError:
    hint = next((hint for sign, hint in _HINTS if sign in seen.why), "请在浏览器里核对网址，稍后再试")
    if page.refused:
        return InputError(f"没有打开 {url}：{seen.why}。{hint}")
    return CrawlError(f"没有读到 {seen.url}：{seen.why}。{hint}")


_HINTS = (
    ("内网", "确是本单位的内网网站，请用 --allow-private 写明主机名"),
    ("robots", "网站声明不让程序访问；请与网站管理单位商定，或人工登记栏目"),
    ("已用完", "请把 --budget 加大"),
    ("拦截", "请与网站管理单位商定放行本程序，或人工登记栏目"),
    ("登录", "请从不用登录的页面（如门户首页）开始"),
    ("脚本", "请在浏览器里打开，从网页上直接写有栏目名称的频道页（如“政务公开”）开始"),
    ("框架", "请在浏览器里打开，从框架里那一页的网址开始"),
    ("没有链接", "请从门户首页或栏目较多的频道页开始"),
    ("网址", "请核对网址"),
)


async def _follow(search: _Search, first: PortalReading) -> None:
    """Look at the promising pages, level by level, within the depth and the numbers allowed."""
    waiting = search.channels(first)
    for _ in range(search.wish.depth):
        deeper: list[tuple[str, str]] = []
        for url, name in waiting:
            if page_key(url) in search.seen:
                continue
            if len(search.pages) > search.wish.pages or search.reader.spent:
                return
            page, reading = await search.look(url, name)
            if reading is not None and reading.state is PageState.OK and search.is_own(page.url):
                search.keep(reading, page.url)
                deeper += search.channels(reading)
        waiting = deeper


def _numbered(search: _Search) -> list[FoundColumn]:
    """Each column once, with an id no other has."""
    first_on: dict[str, str] = {}
    for one, page_url in search.named:
        first_on.setdefault(page_key(one.url), page_url)
    taken: Counter[str] = Counter()
    found: list[FoundColumn] = []
    for one in merged(column for column, _ in search.named):
        slug = f"{search.wish.prefix}{slug_of(one)}"[:54].rstrip("-")
        taken[slug] += 1
        unique = slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"
        found.append(FoundColumn(id=unique, column=one, found_on=first_on[page_key(one.url)]))
    return found


async def _tried(found: FoundColumn, search: _Search, clock: Clock) -> FoundColumn:
    """The column with its list as read now; one without a kind is left untried."""
    column = found.column
    if column.kind is None:
        return found
    if column.other_host:
        return replace(found, tried=_not_tried("在其他网站，没有打开"))
    search.progress(f"试读 {column.name}")
    page = await search.reader.get(column.url)
    for hop in range(STUBS + 1):
        if not page.ok:
            return replace(found, tried=_not_tried(page.why))
        at: datetime = clock()
        reading = read_list(page.body, page.url, seen_at=at, content_type=page.content_type)
        inner = reading.next_url if reading.state is PageState.SHELL else None
        if inner is None or hop == STUBS or site_of(inner) != search.home:
            break
        page = await search.reader.get(inner)
    said = discover(page.body, page.url, content_type=page.content_type).page_type
    tried = Tried(state=reading.state, why=reading.why, rows=len(reading.rows), newest=reading.newest_on(at))
    return replace(found, column=with_type(column, said) if said else column, tried=tried)


def _not_tried(why: str) -> Tried:
    return Tried(state=PageState.FAILED, why=why, rows=0, newest=None)


def with_kind(discovery: Discovery) -> Iterator[tuple[ColumnKind, int]]:
    """How many columns of each kind were found, the kinds in the domain's order."""
    counts = Counter(one.column.kind for one in discovery.columns)
    return ((kind, counts[kind]) for kind in ColumnKind if counts[kind])
