"""What columns a portal's home or channel page has: `discover`, bytes in, proposals out. Pure, never raises.

Nothing is decided here: proposals are for a person to review, each with where it stood and why it is of its
kind; what has no kind says why not.
"""

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from bs4 import BeautifulSoup
from bs4.element import Tag

from crawler.extract import discover_platform as platform
from crawler.extract import states
from crawler.extract.charset import decode
from crawler.extract.discover_blocks import heading_of, parent_of, trail_of
from crawler.extract.discover_kinds import guess_kind, hub_rank
from crawler.extract.discover_links import Harvest, Link, absolute, harvest, site_of, soup_of
from crawler.extract.discover_names import is_name, tidy
from crawler.extract.discover_reading import PortalReading, Proposed, Where, classified, merged
from crawler.extract.page_tree import parse
from domain.readings import PageState

MAX_BODY = 10_000_000
MAX_PROPOSED = 1_000
MAX_MORE = 300
"""“More” links of a page whose headings are looked for."""
MANY_LINKS = 10
"""A page with so many links is no challenge page, whatever words and scripts it has."""
UNDER_TREE = "法定主动公开内容"
"""What a directory tree's columns stand below when nothing nearer says it."""


def discover(body: bytes, base_url: str, *, content_type: str = "", status: int = 200) -> PortalReading:
    """The columns a page names, once each, in reading order. `base_url`: the page's address."""
    text = decode(body[:MAX_BODY], content_type)
    soup = soup_of(text)
    found = harvest(soup, base_url)
    page_name, page_type = _own_meta(soup)
    trail, last = trail_of(soup)
    parts = platform.parts_of(link.name for link in found.links if not link.other_host)
    on_platform = len(parts) >= platform.ENOUGH
    columns = merged([*_linked(found, on_platform=on_platform), *_scripted(found), *_on_trail(found, trail)])
    state, why, next_url = _state(text, base_url, status, links=len(found.links) + len(columns))
    return PortalReading(
        state=state,
        why=why,
        title=" ".join(soup.title.get_text()[:200].split()) if soup.title else "",
        page_name=page_name or last,
        page_type=page_type,
        platform=tuple(parts.values()) if on_platform else (),
        proposed=tuple(columns[:MAX_PROPOSED]),
        frames=tuple(_frames(found)),
        next_url=next_url,
        left_out=MappingProxyType(dict(found.left_out)),
        scripted=tuple(found.scripted),
    )


def _own_meta(soup: BeautifulSoup) -> tuple[str, str]:
    said = {"columnname": "", "columntype": ""}
    for meta in soup.find_all("meta", limit=200):
        name = str(meta.get("name") or "").strip().lower()
        if name in said and not said[name]:
            said[name] = tidy(str(meta.get("content") or ""))[:60]
    return said["columnname"], said["columntype"]


def _linked(found: Harvest, *, on_platform: bool) -> Iterator[Proposed]:
    """The columns that links lead to; what leads elsewhere is counted in `found.left_out`."""
    named: dict[str, str] = {}
    for link in found.links:
        if not link.more and not link.entry and is_name(link.name):
            named.setdefault(link.key, link.name)
    mores = 0
    for link in found.links:
        mores += link.more
        reason = _no_column(link, on_platform=on_platform)
        name = link.name
        if not reason and link.more:
            heading = named.get(link.key) or (heading_of(link.el) if mores <= MAX_MORE else None)
            name, reason = heading or "", "" if heading else "“更多”链接，认不出栏目名称"
        if reason:
            found.left_out[reason] += 1
        else:
            yield _proposed(name, link, _where(link, on_platform=on_platform))


def _no_column(link: Link, *, on_platform: bool) -> str:
    """Why a link is not proposed at all, or ""."""
    if link.entry:
        return "文章、附件或不像栏目名的链接"
    if link.place == "foot":
        return "页脚和友情链接"
    if link.other_host and not link.more and link.place != "heading" and not _of_use(link.name):
        return "其他网站的链接，名称里没有类别用词"
    return ""


def _of_use(name: str) -> bool:
    """May a link to another host be a column, or lead to some?"""
    return any((guess_kind(name).kind, hub_rank(name) is not None, platform.part_of(name)))


def _where(link: Link, *, on_platform: bool) -> Where:
    if on_platform and not link.other_host and platform.part_of(link.name):
        return Where.PLATFORM
    if link.more:
        return Where.BLOCK
    if link.place == "nav":
        return Where.NAV
    if on_platform and platform.in_tree(link.el):
        return Where.TREE
    return Where.BLOCK if link.place == "heading" else Where.LINK


def _proposed(name: str, link: Link, where: Where) -> Proposed:
    under = parent_of(link.el)
    under = under if under != name else ""
    if not under and where is Where.TREE:
        under = UNDER_TREE
    return classified(name, link.url, where, under=under, other_host=link.other_host)


def _scripted(found: Harvest) -> Iterator[Proposed]:
    own = site_of(found.base_url)
    for node in platform.scripted_nodes(found):
        yield classified(
            node.name, node.url, Where.TREE, under=UNDER_TREE, other_host=site_of(node.url) != own
        )


def _on_trail(found: Harvest, trail: Iterable[Tag]) -> Iterator[Proposed]:
    steps = {id(el) for el in trail}
    for link in found.links:
        if id(link.el) in steps and not link.more and is_name(link.name):
            yield classified(link.name, link.url, Where.TRAIL, other_host=link.other_host)


def _frames(found: Harvest) -> Iterator[str]:
    for el in found.soup.find_all(["iframe", "frame"], src=True, limit=20):
        if (url := absolute(str(el["src"]), found.base_url)) is not None:
            yield url


def _state(text: str, base_url: str, status: int, *, links: int) -> tuple[PageState, str, str | None]:
    """Whether the page could be read, and if not, what stands in the way; where a stub leads."""
    answer = states.Answer(text, parse(text), status)
    if links < MANY_LINKS and (why := states.blocked(answer)):
        return PageState.BLOCKED, why, None
    if status >= 400:
        return PageState.FAILED, f"服务器返回 HTTP {status}", None
    if links:
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
