"""Veto indicators of another rubric: for information, never mixed into a score (domain.md §1.2, §1.3)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.findings import Verdict


class Hit(StrEnum):
    """What can be said of a veto: silence is never "not hit"."""

    HIT = "hit"
    NOT_HIT = "not_hit"
    UNKNOWN = "unknown"


class Looker(StrEnum):
    """What an indicator's check looks at: the closed list of this version."""

    SITE_UNREACHABLE = "site.unreachable"  # limits: days, visits a day, seconds, percent
    SITE_STILL = "site.still"  # limits: days
    COLUMNS_OVERDUE = "columns.overdue"  # limits: count; groups with their own limit
    COLUMNS_NEGLECTED = "columns.neglected"  # limits: count; by the clock each column is registered with
    COLUMNS_BLANK = "columns.blank"  # limits: count
    MEDIA_SILENT = "media.silent"  # limits: days
    MEDIA_BROKEN = "media.broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Kinds of columns with their common limit: `days`, or calendar `months`."""

    kinds: tuple[str, ...]
    days: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    look: Looker
    limits: Mapping[str, int] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Hit when any of its checks is; without checks a person alone can say."""

    id: str
    object: str  # 网站, 政务新媒体
    item: str
    threshold: str
    checks: tuple[Check, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetoes:
    """One version. `left_out`: what of the original is not in here, and why."""

    version: str
    title: str
    source: str
    left_out: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFact:
    """A column on a day. `read`: a recent good look stands behind it; `late`: by its registered clock."""

    name: str
    kind: str
    read: bool
    newest_on: date | None = None
    blank: bool = False
    has_clock: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Looks at a site on a day, and those that did not open in time."""

    made: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    name: str
    day: date
    columns: tuple[ColumnFact, ...]
    visits: Mapping[date, Visits]


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFact:
    """An account (or app) on a day, from the newest finding about it: None when there is none.

    `recent`: the finding's look was made in the last days.
    """

    name: str
    day: date
    app: bool
    verdict: Verdict | None
    recent: bool
    newest_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VetoResult:
    indicator: Indicator
    object: str
    hit: Hit
    why: str
