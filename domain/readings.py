"""What was read from a page, a feed or a package: facts with their source, no verdicts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, TypeAlias

from domain.clock import local_day
from domain.clues import Clue


class PageState(StrEnum):
    """How a page answered (contract: design.md §9). Only OK, UNDATED and EMPTY are readings of a list."""

    OK = "ok"
    UNDATED = "undated"  # a list was recognised, no row shows a date
    EMPTY = "empty"  # a column was recognised, it has no rows
    SHELL = "shell"  # rows are made by script
    BLOCKED = "blocked"  # firewall or challenge page
    SOFT_404 = "soft_404"  # "not found" under status 200
    LOGIN = "login"
    FAILED = "failed"  # nothing recognised, or no answer


class DateSource(StrEnum):
    """Where a publication date stood; the order is the order of trust (design.md §4.6)."""

    ROW = "row"
    PAGE = "page"
    META = "meta"
    URL = "url"


class LabelState(StrEnum):
    """A label of a document's information table (A1-12)."""

    VALUE = "value"
    DECLARED_NONE = "declared_none"  # 无
    EMPTY = "empty"  # label there, nothing behind it
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedBy:
    """A candidate for a publication date and where it stood."""

    on: date
    source: DateSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One entry of a list. `key` identifies it between looks: its address, else a digest of its title.

    `others`: other candidates for its date that disagree or add (never 发文/成文日期).
    """

    key: str
    title: str
    url: str | None
    published_on: date | None
    date_source: DateSource | None = None
    others: tuple[DatedBy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReading:
    """A list page as read. Rows stand in page order; `next_url`: the following page, if it has one."""

    state: PageState
    why: str
    rows: tuple[ListRow, ...] = ()
    next_url: str | None = None

    def newest_on(self, seen_at: datetime) -> date | None:
        """The newest row date not in the future of the look's Beijing day."""
        today = local_day(seen_at)
        dates = (row.published_on for row in self.rows)
        return max((day for day in dates if day is not None and day <= today), default=None)

    def oldest_on(self) -> date | None:
        return min((row.published_on for row in self.rows if row.published_on is not None), default=None)


LABELS = ("category", "publisher", "title", "doc_number", "keywords", "issued_on")
"""The six things clause A1-12 asks of a document: 分类、发布机构、文件名、文号、关键字、发文时间."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """A document page as read; a missing value is None. `labels` has the six of A1-12 and others seen.

    `clues`: what a person should look at for leaks; for named people only (domain/clues.py).
    """

    state: PageState
    why: str
    title: str | None = None
    published_on: date | None = None
    published_time: str | None = None  # "10:05", when shown
    date_source: DateSource | None = None
    publisher: str | None = None
    source: str | None = None
    doc_number: str | None = None
    category: str | None = None
    keywords: str | None = None
    issued_on: date | None = None
    index_number: str | None = None
    labels: MappingProxyType[str, LabelState] = field(default_factory=lambda: MappingProxyType({}))
    conflicts: tuple[str, ...] = ()
    others: tuple[DatedBy, ...] = ()
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post. `id_given`: the source gave the id; else it is a digest made here. `comments`: how many the
    source counts, None where it does not say."""

    id: str
    title: str
    url: str | None
    published_at: datetime  # aware
    pinned: bool = False
    is_repost: bool = False
    id_given: bool = False
    comments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReading:
    """What a source said of an account (sources.md §4). Only full coverage and a recent sync may accuse.

    `reason`: ok | blocked | auth_expired | not_found | parse_failed | rate_limited | empty.
    """

    reason: str
    why: str
    posts: tuple[Post, ...] = ()
    source_synced_at: datetime | None = None
    coverage: Literal["full", "partial", "unknown"] = "unknown"

    def newest(self, seen_at: datetime) -> Post | None:
        """The post with the latest time not in the look's future (never by position: posts are pinned)."""
        known = (post for post in self.posts if post.published_at <= seen_at)
        return max(known, key=lambda post: post.published_at, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageReading:
    """A download link as tried. `verdict`: ok | broken (404, HTML, truncated) | unknown (no clear answer).

    `listing`: what a store said of its listing, instead; broken then means that the store has none.
    """

    verdict: Literal["ok", "broken", "unknown"]
    why: str
    size_bytes: int | None = None
    hops: tuple[str, ...] = ()
    listing: bool = False


Reading: TypeAlias = ListReading | DocumentReading | AccountReading | PackageReading
