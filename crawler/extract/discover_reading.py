"""What was proposed from a portal's pages, and how proposals of one address become one. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from crawler.extract.discover_kinds import clock_of, guess_kind
from crawler.extract.discover_links import page_key
from crawler.extract.discover_names import is_name, tidy
from domain.readings import PageState
from domain.units import ColumnKind

_TITLE_END = re.compile(r"[\s_\-—–|｜>»]+")


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

    `page_name`, `page_type`: ColumnName and ColumnType of the page itself; `platform`: the parts of the
    政府信息公开 platform it shows; `frames`: pages shown inside it; `next_url`: where a stub sends its
    visitors; `left_out`: links that are no columns, counted by reason; `scripted`: names of columns that
    only a script opens.
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
    scripted: tuple[str, ...] = ()


def classified(name: str, url: str, where: Where, *, under: str = "", other_host: bool = False) -> Proposed:
    """A column with the kind its name means, if it means one."""
    guess = guess_kind(name, under=under)
    return Proposed(
        name=name, url=url, kind=guess.kind, clock=clock_of(guess.kind) if guess.kind else "none",
        where=where, why=guess.why, under=under, other_host=other_host,
    )  # fmt: skip


def own_page(reading: PortalReading, url: str) -> Proposed | None:
    """The looked-at page itself as a column, when its name or ColumnType says of what kind it is.

    Its name is its ColumnName or the end of its trail, else how its title begins. A site's home page is none.
    """
    name = reading.page_name or tidy(_TITLE_END.split(reading.title, maxsplit=1)[0]) or reading.page_type
    parts = urlsplit(url)
    if not is_name(name) or not (parts.path.strip("/") or parts.query):
        return None
    guess = guess_kind(name, column_type=reading.page_type)
    if guess.kind is None:
        return None
    return Proposed(
        name=name, url=url, kind=guess.kind, clock=clock_of(guess.kind), where=Where.PAGE, why=guess.why
    )


def with_type(column: Proposed, page_type: str) -> Proposed:
    """A column once its own page has said its ColumnType."""
    guess = guess_kind(column.name, under=column.under, column_type=page_type)
    if guess.kind is None:
        return column
    return replace(column, kind=guess.kind, clock=clock_of(guess.kind), why=guess.why)


def merged(proposed: Iterable[Proposed]) -> list[Proposed]:
    """Each address once, under its best name; other names it goes by are told."""
    by_page: dict[str, list[Proposed]] = {}
    for one in proposed:
        by_page.setdefault(page_key(one.url), []).append(one)
    return [_best(same) for same in by_page.values()]


def _best(same: list[Proposed]) -> Proposed:
    best = min(same, key=lambda one: (one.kind is None, _WORTH[one.where]))
    others = Counter(one.name for one in same if one.name != best.name)
    if not others or "；此网址又叫" in best.why:
        return best
    return replace(best, why=f"{best.why}；此网址又叫“{'、'.join(list(others)[:3])}”")
