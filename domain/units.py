"""Who is assessed and what of theirs is watched (the registry's nouns)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from domain.overrides import ListOverride
from domain.stores import Store


class UnitKind(StrEnum):
    """Classes of the rubric: annex 1 assesses 苏木镇 and 部门, annex 2 园区 and 其他."""

    TOWN = "苏木镇"
    DEPARTMENT = "部门"
    PARK = "园区"
    OTHER = "其他"


class ColumnKind(StrEnum):
    """Kinds of portal columns the rubric names."""

    NEWS = "动态"
    ANNOUNCEMENTS = "通知公告"
    POLICY = "政策文件"
    BUDGET = "预决算"
    LEADERS = "领导信息"
    DIRECTORY = "信息公开目录"
    INTERPRETATION = "政策解读"
    INTERVIEWS = "在线访谈"
    CONSULTATION = "调查征集"
    SERVICES = "办事服务"
    KEY_AREAS = "重点领域"
    ANNUAL_REPORT = "年报"
    CONCERNS = "回应关切"
    RULES = "规范性文件"
    CRITICISM = "上级通报"
    OTHER = "其他"


CLOCK_OF: Mapping[ColumnKind, str] = MappingProxyType(
    {
        ColumnKind.NEWS: "14d",
        ColumnKind.ANNOUNCEMENTS: "6m",
        ColumnKind.POLICY: "6m",
        ColumnKind.KEY_AREAS: "6m",
        ColumnKind.INTERPRETATION: "1y",
        ColumnKind.INTERVIEWS: "1y",
        ColumnKind.ANNUAL_REPORT: "1y",
    }
)
"""A column's clock where the registry gives none: the rubric's windows (annex 1: 06, 11, 13, 14, 15, 18)."""


class AccountState(StrEnum):
    """In the account register; 拟关停 is still judged until the account is closed (domain.md §1.6)."""

    ACTIVE = "在用"
    CLOSING = "拟关停"
    CLOSED = "已注销"
    NOT_INVOLVED = "不涉及"


IN_USE = frozenset({AccountState.ACTIVE, AccountState.CLOSING})


class RegistrationState(StrEnum):
    """What the office recorded about a unit and a required kind; no record at all means 未登记."""

    MONITORED = "monitored"
    NOT_OPENED = "not_opened"
    NOT_APPLICABLE = "not_applicable"


class SubjectKind(StrEnum):
    COLUMN = "column"
    ACCOUNT = "account"
    APP = "app"
    DOCUMENT = "document"
    NOTICE = "notice"  # an issued notice, judged by what became of its items


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An assessed body. `aliases`: spellings of 发布机构/来源 that mean it; `annex`: its rubric's number."""

    id: str
    name: str
    kind: UnitKind
    annex: int
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    office_own: bool = False  # runs the platform it is judged on: needs a second person (domain.md §8.3.11)

    def valid_on(self, day: date) -> bool:
        return within(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A list page. `unit_id` None: shared by all units, rows attributed by 发布机构.

    `clock`: how often it should move: "14d", "6m", "1y", or "none" (never judged stale).
    `monitored_from` None: 试运行, looked at but not judged. `reading` None: read without any selector.
    """

    id: str
    name: str
    kind: ColumnKind
    url: str
    unit_id: str | None = None
    clock: str = "none"
    monitored_from: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    reading: ListOverride | None = None

    @property
    def subject_id(self) -> str:
        return f"{SubjectKind.COLUMN}:{self.id}"

    @property
    def shared(self) -> bool:
        return self.unit_id is None

    def valid_on(self, day: date) -> bool:
        return within(day, self.valid_from, self.valid_to)


BY_HAND = "manual"
"""The source of accounts that only a person can look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A new-media account. `full_coverage`: the source is known to show every post, so silence is proof.

    `source`: adapter name ("rss"); `url`: what the adapter reads, "" where only a person looks.
    `synced_within_days`: how recent the source's own last sync must be before an old newest post may
    accuse. `credential`: the name of the unit's key, for a source that needs one. `account_id`: the
    platform's id, `registered_name`: 登记名称 as it shows, `verified_subject`: 认证主体; "": not recorded.
    """

    id: str
    unit_id: str
    platform: str
    name: str
    source: str
    url: str
    state: AccountState = AccountState.ACTIVE
    full_coverage: bool = False
    synced_within_days: int = 2
    credential: str | None = None
    account_id: str = ""
    registered_name: str = ""
    verified_subject: str = ""
    monitored_from: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def subject_id(self) -> str:
        return f"{SubjectKind.ACCOUNT}:{self.id}"

    @property
    def by_hand(self) -> bool:
        """Never crawled: what is known of it is what people attest."""
        return self.source == BY_HAND

    def valid_on(self, day: date) -> bool:
        return self.state in IN_USE and within(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A mobile app where it can be had: one listing; an app in two stores is two of them.

    `package_url`: the direct download link of its Android package, or where its store is asked.
    `page_url`: the unit's page that offers it, and then the `package_url` too; "": registered directly.
    `listing`: what the store knows it by (bundle id, trackId, package name), "" for a download link.
    """

    id: str
    unit_id: str
    name: str
    package_url: str
    store: Store = Store.APK
    listing: str = ""
    page_url: str = ""
    state: AccountState = AccountState.ACTIVE
    monitored_from: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def subject_id(self) -> str:
        return f"{SubjectKind.APP}:{self.id}"

    def valid_on(self, day: date) -> bool:
        return self.state in IN_USE and within(day, self.valid_from, self.valid_to)


Subject: TypeAlias = Column | Account | App


def in_use(subject: Subject) -> bool:
    """Whether it is there at all: an account or app that was closed is not looked at any more."""
    return isinstance(subject, Column) or subject.state in IN_USE


def stood_on(subject: Subject, day: date) -> bool:
    """Whether a look of that day counts: what was closed since, without a day, was there when looked at."""
    never = not isinstance(subject, Column) and subject.state is AccountState.NOT_INVOLVED
    return not never and within(day, subject.valid_from, subject.valid_to)


NEW_MEDIA = "政务新媒体"  # the required kind under which accounts and apps are registered


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What the office recorded for a unit and a required kind (a ColumnKind's value or 政务新媒体)."""

    unit_id: str
    kind: str
    state: RegistrationState
    since: date
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Everything that is watched. Ids are unique over each kind; lookups raise KeyError.

    `other_publishers`: spellings of 发布机构 that are known to be no assessed unit.
    """

    units: tuple[Unit, ...] = ()
    columns: tuple[Column, ...] = ()
    accounts: tuple[Account, ...] = ()
    apps: tuple[App, ...] = ()
    registrations: tuple[Registration, ...] = ()
    other_publishers: tuple[str, ...] = ()
    _units_by_id: dict[str, Unit] = field(init=False, repr=False, compare=False, default_factory=dict)
    _subjects: dict[str, Subject] = field(init=False, repr=False, compare=False, default_factory=dict)
    _order: list[Subject] = field(init=False, repr=False, compare=False, default_factory=list)
    _places: dict[str | None, list[int]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _records: dict[tuple[str, str], list[Registration]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._units_by_id.update((unit.id, unit) for unit in self.units)
        everything: tuple[Subject, ...] = (*self.columns, *self.accounts, *self.apps)
        self._subjects.update((subject.subject_id, subject) for subject in everything)
        self._order.extend(self._subjects.values())
        for place, subject in enumerate(self._order):
            self._places.setdefault(subject.unit_id, []).append(place)
        for record in sorted(self.registrations, key=lambda one: one.since):
            self._records.setdefault((record.unit_id, record.kind), []).append(record)

    def unit(self, unit_id: str) -> Unit:
        return self._units_by_id[unit_id]

    def subject(self, subject_id: str) -> Subject:
        return self._subjects[subject_id]

    def watches(self, subject_id: str) -> bool:
        """Whether it is a registered column, account or app (a document or notice is not)."""
        return subject_id in self._subjects

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(self._subjects.values())

    def subjects_of(self, unit_id: str) -> tuple[Subject, ...]:
        """The unit's own columns, accounts and apps, without shared columns."""
        return tuple(self._order[place] for place in self._places.get(unit_id, ()))

    def subjects_for(self, unit_id: str) -> tuple[Subject, ...]:
        """The unit's own subjects and the shared columns, in registry order."""
        places = (*self._places.get(unit_id, ()), *self._places.get(None, ()))
        return tuple(self._order[place] for place in sorted(places))

    def columns_for(self, unit_id: str) -> tuple[Column, ...]:
        """Every column on which items of the unit may stand: its own and the shared ones, in order."""
        return tuple(one for one in self.subjects_for(unit_id) if isinstance(one, Column))

    def has_unit(self, unit_id: str) -> bool:
        return unit_id in self._units_by_id

    def excused_before(self, record: Registration) -> bool:
        """Whether an earlier record of the unit and kind says that there was nothing to monitor."""
        key, monitored = (record.unit_id, record.kind), RegistrationState.MONITORED
        earlier = (one for one in self.registrations if one.since < record.since)
        return any((one.unit_id, one.kind) == key and one.state is not monitored for one in earlier)

    def registrations_of(self, unit_id: str, kind: str) -> Sequence[Registration]:
        """The records for the unit and kind, those of days to come too, the oldest first."""
        return self._records.get((unit_id, kind), ())


def within(day: date, first: date | None, last: date | None) -> bool:
    """Both ends included; None is open."""
    return (first is None or first <= day) and (last is None or day <= last)
