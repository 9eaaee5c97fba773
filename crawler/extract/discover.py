"""What columns a portal's home or channel page has: `discover`, bytes in, proposals out. Pure, never raises.

Nothing is decided here: proposals are for a person to review, each with where it stood and why it is of its
kind; what has no kind says why not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.extract import discover_platform as platform
from crawler.extract import states
from crawler.extract.charset import decode
from crawler.extract.discover_blocks import heading_of, parent_of, trail_of
from crawler.extract.discover_kinds import clock_of, guess_kind
from crawler.extract.discover_links import (
    Harvest,
    Link,
    absolute,
    harvest,
    host,
    is_name,
    page_key,
    soup_of,
    tidy,
)
from crawler.extract.page_tree import parse
from domain.readings import PageState
from domain.units import ColumnKind

MAX_BODY = 10_000_000
MAX_PROPOSED = 1_000
MAX_MORE = 300
"""“More” links of a page whose headings are looked for."""


class Where(StrEnum):
    """Where on the page a column was named; the order is how much its name there is worth."""

    PLATFORM = "政府信息公开平台"
    TREE = "目录树"
    BLOCK = "栏目块"
    NAV = "导航"
    TRAIL = "当前位置"
    PAGE = "本页"
    LINK = "链接"


_WORTH = {where: at for at, where in enumerate(Where)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A column as a page names it. `kind` None: not classified, and `why` says why not.

    `under`: the menu entry or heading above it; `other_host`: it is not on the page's own host.
    """

    name: str
    url: str
    kind: ColumnKind | None
    clock: str
    where: Where
    why: str
    under: str = ""
    other_host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalReading:
    """A home or channel page as read. `state` OK: it has links; else `why` says what stands in the way.

    `page_name`, `page_type`: ColumnName and ColumnType of the page itself; `frames`: pages shown inside it;
    `next_url`: where a stub sends its visitors; `left_out`: links that are no columns, counted by reason.
    """

    state: PageState
    why: str
    title: str = ""
    page_name: str = ""
    page_type: str = ""
    platform: tuple[str, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    frames: tuple[str, ...] = ()
    next_url: str | None = None
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


def discover(body: bytes, base_url: str, *, content_type: str = "", status: int = 200) -> PortalReading:
    """The columns a page names, once each, in reading order. `base_url`: the page's address."""
    text = decode(body[:MAX_BODY], content_type)
    soup = soup_of(text)
    found = harvest(soup, base_url)
    page_name, page_type = _own_meta(soup)
    trail, last = trail_of(soup)
    parts = platform.parts_of(link.name for link in found.links if not link.other_host)
    on_platform = len(parts) >= platform.ENOUGH
    raw = [*_from_links(found, on_platform=on_platform), *_from_scripts(found), *_from_trail(found, trail)]
    merged = _merged(raw)
    state, why, next_url = _state(text, base_url, status, bool(merged or found.links))
    return PortalReading(
        state=state,
        why=why,
        title=tidy(soup.title.get_text()[:200]) if soup.title else "",
        page_name=page_name or last,
        page_type=page_type,
        platform=tuple(parts.values()) if on_platform else (),
        proposed=tuple(merged[:MAX_PROPOSED]),
        frames=tuple(_frames(found)),
        next_url=next_url,
        left_out=MappingProxyType(dict(found.left_out)),
    )


def own_page(reading: PortalReading, url: str) -> Proposed | None:
    """The looked-at page itself as a column, when its name or ColumnType says of what kind it is."""
    name = reading.page_name or reading.page_type
    guess = guess_kind(name, column_type=reading.page_type) if is_name(name) else None
    if guess is None or guess.kind is None:
        return None
    return Proposed(
        name=name, url=url, kind=guess.kind, clock=clock_of(guess.kind), where=Where.PAGE, why=guess.why
    )


def with_type(column: Proposed, page_type: str) -> Proposed:
    """A column once its own page has said its ColumnType."""
    guess = guess_kind(column.name, under=column.under, column_type=page_type)
    clock = clock_of(guess.kind) if guess.kind else "none"
    return replace(column, kind=guess.kind, clock=clock, why=guess.why) if guess.kind else column


def _own_meta(soup: BeautifulSoup) -> tuple[str, str]:
    said = {"columnname": "", "columntype": ""}
    for meta in soup.find_all("meta", limit=200):
        name = str(meta.get("name") or "").strip().lower()
        if name in said and not said[name]:
            said[name] = tidy(str(meta.get("content") or ""))[:60]
    return said["columnname"], said["columntype"]


def _from_links(found: Harvest, *, on_platform: bool) -> Iterable[Proposed]:
    named: dict[str, str] = {}
    for link in found.links:
        if not link.more and not link.entry and is_name(link.name):
            named.setdefault(link.key, link.name)
    mores = 0
    for link in found.links:
        mores += link.more
        reason = _no_column(link, found, on_platform=on_platform)
        name = link.name
        if not reason and link.more:
            heading = named.get(link.key) or (heading_of(link.el) if mores <= MAX_MORE else None)
            name, reason = heading or "", "" if heading else "“更多”链接，认不出栏目名称"
        if reason:
            found.left_out[reason] += 1
        else:
            yield _proposed(name, link, _where(link, on_platform=on_platform))


def _no_column(link: Link, found: Harvest, *, on_platform: bool) -> str:
    """Why a link is not proposed at all, or ""."""
    if link.entry:
        return "文章、附件或不像栏目名的链接"
    if link.place == "foot":
        return "页脚和友情链接"
    if link.other_host and not link.more and _where(link, on_platform=on_platform) is Where.LINK:
        return "" if guess_kind(link.name).kind else "其他网站的链接，名称里没有类别用词"
    return ""


def _where(link: Link, *, on_platform: bool) -> Where:
    if on_platform and not link.other_host and platform.part_of(link.name):
        return Where.PLATFORM
    if link.more:
        return Where.BLOCK
    if link.place == "nav":
        return Where.NAV
    if platform.in_tree(link.el) and on_platform:
        return Where.TREE
    return Where.BLOCK if link.place == "heading" else Where.LINK


def _proposed(name: str, link: Link, where: Where) -> Proposed:
    under = parent_of(link.el)
    under = under if under != name else ""
    context = under or ("法定主动公开内容" if where is Where.TREE else "")
    return _classified(name, link.url, where, context, other_host=link.other_host)


def _classified(name: str, url: str, where: Where, under: str, *, other_host: bool) -> Proposed:
    guess = guess_kind(name, under=under)
    return Proposed(
        name=name, url=url, kind=guess.kind, clock=clock_of(guess.kind) if guess.kind else "none",
        where=where, why=guess.why, under=under, other_host=other_host,
    )  # fmt: skip


def _from_scripts(found: Harvest) -> Iterable[Proposed]:
    own = host(found.base_url)
    for node in platform.scripted_nodes(found):
        yield _classified(
            node.name, node.url, Where.TREE, "法定主动公开内容", other_host=host(node.url) != own
        )


def _from_trail(found: Harvest, trail: Iterable[Tag]) -> Iterable[Proposed]:
    steps = {id(el) for el in trail}
    for link in found.links:
        if id(link.el) in steps and not link.more and is_name(link.name):
            yield _classified(link.name, link.url, Where.TRAIL, "", other_host=link.other_host)


def _merged(raw: Iterable[Proposed]) -> list[Proposed]:
    """Each address once, under its best name; other names it goes by are told."""
    by_page: dict[str, list[Proposed]] = {}
    for one in raw:
        by_page.setdefault(page_key(one.url), []).append(one)
    return [_best(same) for same in by_page.values()]


def _best(same: list[Proposed]) -> Proposed:
    best = min(same, key=lambda one: (one.kind is None, _WORTH[one.where]))
    others = Counter(one.name for one in same if one.name != best.name)
    if not others:
        return best
    also = "、".join(list(others)[:3])
    return replace(best, why=f"{best.why}；此网址又叫“{also}”")


def _frames(found: Harvest) -> Iterable[str]:
    for el in found.soup.find_all(["iframe", "frame"], src=True, limit=20):
        url = absolute(str(el["src"]), found.base_url)
        if url is not None and not str(el["src"]).startswith("about:"):
            yield url


def _state(text: str, base_url: str, status: int, has_links: bool) -> tuple[PageState, str, str | None]:
    """Whether the page could be read, and if not, what stands in the way."""
    answer = states.Answer(text, parse(text), status)
    if why := states.blocked(answer):
        return PageState.BLOCKED, why, None
    if status >= 400:
        return PageState.FAILED, f"服务器返回 HTTP {status}", None
    if has_links:
        return PageState.OK, "", None
    if target := states.redirect(answer):
        return PageState.SHELL, f"页面没有内容，转到 {target}", absolute(target, base_url)
    for state, test in _HOLLOW:
        if why := test(answer):
            return state, why, None
    return PageState.FAILED, "页面上没有链接", None


_HOLLOW = (
    (PageState.SOFT_404, states.soft_404),
    (PageState.LOGIN, states.login),
    (PageState.SHELL, states.shell),
)
