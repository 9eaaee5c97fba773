"""The simulated year as data: what the portal shows at which moment, and how its hosts answer.

Nothing here judges. demo/simulate/truth.py says what must follow; the product is held against that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from hashlib import sha1

from chinese_calendar import is_workday

from domain.units import ColumnKind, UnitKind

BEIJING = timezone(timedelta(hours=8))
"""The simulation's own clock: it must not err with the product's."""
ALWAYS = datetime(2000, 1, 1, tzinfo=BEIJING)
NEVER = datetime(2100, 1, 1, tzinfo=BEIJING)
FIRST_DAY, NIGHTS = date(2026, 1, 1), 365


class Weather(StrEnum):
    """How a host, or a single page, answers on a night."""

    FAIR = "fair"
    DOWN = "no connection"
    BROKEN = "503"
    CHALLENGE = "challenge page, status 200"
    TEMPLATE = "new template: rows made by script"
    BACKUP = "an old copy of every page"
    GONE = "404"
    BLANK = "the page without any row"
    HTML = "a web page instead of the package"


UNREADABLE = frozenset({Weather.DOWN, Weather.BROKEN, Weather.CHALLENGE, Weather.TEMPLATE})


class Shape(StrEnum):
    """Forms of list pages; a column changes its form when its host gets a new template."""

    UL = "ul li span"
    TABLE = "table"
    BRACKETS = "[date] before the link"
    GROUPED = "month and day below the year"
    CARDS = "day and month-year apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """Weather from `first` to `last`, both included."""

    first: date
    last: date
    weather: Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A row and the page behind it. `shown`: the date it bears; `missing`: labels its table lacks."""

    number: int
    title: str
    publisher: str
    shown: date
    appears: datetime
    removed: datetime = NEVER
    missing: tuple[str, ...] = ()
    mended: datetime = NEVER  # when the missing labels are filled in
    has_number: bool = True  # False: 文号 is written 无


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A column as published. `unit_id` None: shared by all. `pinned`: an old row kept on top."""

    id: str
    unit_id: str | None
    name: str
    kind: ColumnKind
    host: str
    publications: tuple[Publication, ...]
    shapes: tuple[tuple[date, Shape], ...]
    spells: tuple[Spell, ...] = ()
    pinned: Publication | None = None
    valid_from: date | None = None

    @property
    def subject_id(self) -> str:
        return f"column:{self.id}"

    @property
    def path(self) -> str:
        return f"/{self.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A new-media account behind an RSS address. `synced`: the bridge goes on syncing until then."""

    id: str
    unit_id: str
    name: str
    host: str
    posts: tuple[datetime, ...]
    full_coverage: bool = True
    synced_until: datetime = NEVER
    spells: tuple[Spell, ...] = ()

    @property
    def subject_id(self) -> str:
        return f"account:{self.id}"

    @property
    def path(self) -> str:
        return f"/feeds/{self.id}.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An app's package behind a direct link."""

    id: str
    unit_id: str
    name: str
    host: str
    spells: tuple[Spell, ...] = ()

    @property
    def subject_id(self) -> str:
        return f"app:{self.id}"

    @property
    def path(self) -> str:
        return f"/apk/{self.id}.apk"


Thing = ListPage | Feed | Package


@dataclass(frozen=True, slots=True, kw_only=True)
class YearUnit:
    """`shares`: publishes its 通知公告 in the shared column. `aliases`: how it signs."""

    id: str
    name: str
    kind: UnitKind
    aliases: tuple[str, ...] = ()
    shares: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def annex(self) -> int:
        return 1 if self.kind in {UnitKind.TOWN, UnitKind.DEPARTMENT} else 2


WORKING_DAYS = 10
"""From a notice's date to its deadline: 10个工作日."""


@dataclass(frozen=True, slots=True)
class NoticeDates:
    """When the office closes a month, issues its notice, takes and decides appeals; the day to mend by."""

    month: int

    def _at(self, day: int) -> datetime:
        return datetime(FIRST_DAY.year, self.month + 1, day, 10, tzinfo=BEIJING)

    @property
    def name(self) -> str:
        return f"{FIRST_DAY.year}-{self.month:02}"

    @property
    def closed(self) -> datetime:
        return self._at(4)

    @property
    def issued(self) -> datetime:
        return self._at(5)

    @property
    def appealed(self) -> datetime:
        return self._at(6)

    @property
    def decided(self) -> datetime:
        return self._at(7)

    @property
    def deadline(self) -> date:
        day, left = self.issued.date(), WORKING_DAYS
        while left:
            day += timedelta(days=1)
            left -= is_workday(day)
        return day


class Fate(StrEnum):
    """What becomes of a noticed breach when its unit may object."""

    ACCEPTED = "accepted"
    UPHELD = "appealed in vain"
    WITHDRAWN = "appealed with success"


def fate(seed: int, unit: str, test: str, subject: str) -> Fate:
    """A planted rule, the same for the office and for the truth."""
    drawn = int(sha1(f"{seed} {unit} {test} {subject}".encode(), usedforsecurity=False).hexdigest(), 16) % 14
    return {0: Fate.WITHDRAWN, 1: Fate.UPHELD}.get(drawn, Fate.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Everything of one seed. `spells`: a host's weather; `starts`: minutes after 01:00 its looks begin."""

    seed: int
    nights: int
    units: tuple[YearUnit, ...]
    lists: tuple[ListPage, ...]
    feeds: tuple[Feed, ...]
    packages: tuple[Package, ...]
    outsiders: tuple[str, ...]
    spells: Mapping[str, tuple[Spell, ...]]
    starts: Mapping[str, tuple[int, ...]]
    _places: dict[str, int] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._places.update((thing.subject_id, at) for at, thing in enumerate(self.things))

    @property
    def things(self) -> tuple[Thing, ...]:
        return (*self.lists, *self.feeds, *self.packages)

    def days(self) -> list[date]:
        return [FIRST_DAY + timedelta(days=n) for n in range(self.nights)]

    @property
    def last_day(self) -> date:
        return FIRST_DAY + timedelta(days=self.nights - 1)

    def notices(self) -> list["NoticeDates"]:
        """The months that are closed, issued and re-checked within the simulated nights."""
        dates = (NoticeDates(month) for month in range(1, 12))
        return [one for one in dates if one.issued.date() <= self.last_day]

    def decisions(self) -> list[datetime]:
        """When the office decides what waits for it: at noon of each month's 2nd day, and of the last day."""
        days = [day for day in self.days()[7:] if day.day == 2 or day == self.last_day]
        return [datetime(day.year, day.month, day.day, 12, tzinfo=BEIJING) for day in days]

    def weather(self, thing: Thing, day: date) -> Weather:
        """The host's weather goes before the page's own."""
        for spell in (*self.spells.get(thing.host, ()), *thing.spells):
            if spell.first <= day <= spell.last:
                return spell.weather
        return Weather.FAIR

    def look_at(self, thing: Thing, day: date) -> datetime:
        """When the night's crawl sees it: a host's subjects a second after each other."""
        start = self.starts[thing.host][(day - FIRST_DAY).days]
        seconds = start * 60 + self._places[thing.subject_id]
        return datetime(day.year, day.month, day.day, 1, tzinfo=BEIJING) + timedelta(seconds=seconds)
