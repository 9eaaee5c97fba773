"""The simulated banner as data: what its portal shows at which moment, and which fault was planted where."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from demo.nights import NIGHTS
from domain.units import ColumnKind, UnitKind

ALWAYS = datetime(2000, 1, 1, tzinfo=NIGHTS[0].tzinfo)


class Answer(StrEnum):
    """How an address answers on a night."""

    OK = "ok"
    BLANK = "blank"  # the page without any row
    GONE = "404"
    BROKEN = "503"
    CHALLENGE = "challenge 200"
    CHALLENGE_521 = "challenge 521"
    BACKUP = "backup"  # only rows older than three weeks
    HTML = "html"  # for a package: a web page instead


EVERY_NIGHT_OK = (Answer.OK,) * 3


class Shape(StrEnum):
    """Forms of list pages met on real portals."""

    TRS_TABLE = "TRS table"
    UL_BRACKETS = "ul with [date]"
    ISLAND = "CDATA island"
    JSON = "JSON"
    GB18030 = "GB18030 undeclared"
    SHORT_GROUPED = "MM-DD under the year"
    SHORT_URL = "MM-DD, year in the address"


class Fault(StrEnum):
    """What was planted on a subject; demo/truth.py says what each must lead to."""

    NONE = "none"
    NEWS_DAY_15 = "newest 15 days old on the first night"
    NEWS_MONTHS = "stale for months"
    NEWS_FUTURE = "stale for months, with a row dated in the future"
    NEWS_DAY_14 = "14 days old on the last night"
    NEWS_DAY_15_SECOND = "15 days old on the second night"
    NEWS_DAY_15_LAST = "15 days old on the last night"
    NEWS_UNDATED = "no dates in list and documents"
    NEWS_DATED_BELOW = "dates only in the documents"
    NEWS_BLANK = "blank column"
    NEWS_BROKEN = "server error"
    NEWS_CHALLENGE = "challenge page, status 200"
    NEWS_CHALLENGE_521 = "challenge page, status 521"
    NEWS_GONE_LATER = "404 after a good first night"
    NEWS_FIXED = "stale, updated before the second night"
    NEWS_BACK_DATED = "stale, a back-dated row appears on the third night"
    NEWS_TWO_DATES = "stale by its row, in time by the document's page"
    NEWS_PINNED = "an old pinned row above newer ones"
    NEWS_ELSEWHERE = "newest rows link to another host"
    NEWS_BACKUP = "an old copy of the page on the third night"
    NEWS_FORBIDDEN = "stale, but robots.txt forbids the page"
    NOTICES_SIX_MONTHS = "newest exactly six months old on the last night"
    NOTICES_STALE = "newest six months and a day old on the first night"
    POLICY_STALE = "no policy document for eight months"
    SHARED_SILENT = "nothing of this unit in the shared column for six months"
    DOCUMENT_NO_NUMBER = "document number written 无"
    DOCUMENT_OLD = "labels missing, published before monitoring began"
    DOCUMENT_EMPTY_KEYWORDS = "keywords empty"
    DOCUMENT_ABSENT_NUMBER = "document number not listed"
    DOCUMENT_BARE = "no category, no keywords"
    DOCUMENT_LATE = "keywords empty, published on the month's last days"
    DIRECTORY_MISSING = "directory 404 from the beginning"
    DIRECTORY_BLANK = "directory without entries"
    DIRECTORY_BROKEN = "directory: server error"
    DIRECTORY_GONE_LATER = "directory 404 after a good first night"
    AREAS_STALE = "key areas: newest six months and a day old on the first night"
    SERVICES_BLANK = "services: column without entries"
    REPORT_MISSING = "no annual report this year"
    REPORT_IN_TIME = "annual report on the last day in time"
    INTERVIEWS_NONE_YET = "no interview this year, which still runs"
    FEED_SILENT = "account silent for 20 days, full coverage"
    FEED_PARTIAL = "account silent, source with partial coverage"
    FEED_UNSYNCED = "account silent in a source that has not synced since"
    FEED_DAY_14 = "account: last post 14 days before the last night, shortly after midnight"
    FEED_BROKEN = "account source: server error"
    APP_HTML = "package link gives a web page"
    APP_MISSING = "package link gives 404"
    APP_BROKEN = "package link: server error"
    APP_FLAPPING = "package link: web page, package, web page"
    JSON_SILENT = "site's own JSON Feed silent for 20 days"
    WEWE_SILENT = "wewe-rss, synced tonight: silent for 20 days"
    WEWE_FROZEN = "wewe-rss: silent, its sync frozen since"
    WEWE_UNKNOWN = "wewe-rss does not know the account"
    WE_MP_SILENT = "we-mp-rss, new version: silent"
    WE_MP_OLD_SILENT = "we-mp-rss, old version: silent"
    ALBUM_ONE_OLD = "album with one old article"
    ALBUM_EMPTY = "album without articles"
    ALBUM_CAPTCHA = "album: captcha"
    WEIBO_SILENT = "Weibo list silent for 20 days"
    WEIBO_PINNED = "Weibo: an old pinned post above a fresh one"
    WEIBO_TOO_FAST = "silent, Weibo answers 418"
    WEIBO_VISITOR = "silent, Weibo answers 432"
    WEIBO_LOGIN = "silent, Weibo answers -100"
    RSSHUB_SILENT = "RSSHub route silent for 20 days"
    RSSHUB_PINNED = "RSSHub: an old pinned post above a fresh one"
    RSSHUB_COOKIES = "silent, RSSHub's cookies expired"
    RSSHUB_WAF = "silent, the platform's firewall stops RSSHub"
    RSSHUB_EMPTY = "RSSHub: empty feed with status 200"
    RSSHUB_UNDATED = "RSSHub: items without times"
    ATOM_WRONG_TIMES = "Atom with times in the form of RSS"
    API_SILENT = "WeChat's interface: silent for 20 days"
    API_UNCONFIRMED = "WeChat's interface: silent, the unit did not confirm its way of publishing"
    API_WRONG_SECRET = "WeChat's interface: silent, the secret is out of date"
    MANUAL_SILENT = "looked at by a person only: silent for 20 days"
    MANUAL_UNSEEN = "looked at by a person only, who never did: silent"
    APP_CUT_OFF = "package link gives part of a package"
    APP_NO_RANGES = "package link that refuses ranges"
    APP_REDIRECTED = "package link behind three redirects"
    APP_ENDLESS = "package link that redirects without end"
    APP_DELISTED = "gone from its store after a good first night"
    APP_NEVER_LISTED = "not in its store on any night"
    STORE_BROKEN = "app's store: server error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page behind a row. `labels`: the label block in order, a missing label simply not there."""

    title: str
    day: date
    path: str
    publisher: str
    paragraphs: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    shows_date: bool = True
    meta_day: date | None = None  # where the page itself claims another day
    form: int = 0  # which of the label blocks
    fault: Fault = Fault.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry of a list from `appears` on. `elsewhere`: address on another host instead of a document."""

    document: Document
    appears: datetime = ALWAYS
    elsewhere: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A column as published. `path` ends with `/`; `page_rows`: rows a page, the rest behind the pager."""

    id: str
    name: str
    kind: ColumnKind
    host: str
    path: str
    shape: Shape
    rows: tuple[Row, ...]
    answers: tuple[Answer, ...] = EVERY_NIGHT_OK
    shows_dates: bool = True
    page_rows: int = 15
    fault: Fault = Fault.NONE

    @property
    def subject_id(self) -> str:
        return f"column:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A new-media account behind the address of a source; `posts` newest first, moments in Beijing.

    `source`: what stands there, by the name of its adapter. `path` may have a query.
    """

    id: str
    name: str
    platform: str
    host: str
    path: str
    posts: tuple[datetime, ...]
    source: str = "rss"
    full_coverage: bool = True
    answers: tuple[Answer, ...] = EVERY_NIGHT_OK
    fault: Fault = Fault.NONE

    @property
    def subject_id(self) -> str:
        return f"account:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An app behind a direct link to its Android package, or in a store that knows it as `listing`."""

    id: str
    name: str
    host: str
    path: str
    store: str = "apk"
    listing: str = ""
    answers: tuple[Answer, ...] = EVERY_NIGHT_OK
    fault: Fault = Fault.NONE

    @property
    def subject_id(self) -> str:
        return f"app:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedUnit:
    """`on_shared`: publishes its notices in the banner's shared column. `shared_fault`: planted there."""

    id: str
    name: str
    kind: UnitKind
    aliases: tuple[str, ...]
    columns: tuple[ListPage, ...] = ()
    feeds: tuple[Feed, ...] = ()
    packages: tuple[Package, ...] = ()
    on_shared: bool = False
    shared_fault: Fault = Fault.NONE

    @property
    def annex(self) -> int:
        return 1 if self.kind in {UnitKind.TOWN, UnitKind.DEPARTMENT} else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The banner. `outsiders`: publishers on the shared column that are no assessed unit."""

    seed: int
    banner: str
    port: int
    hosts: tuple[str, ...]
    units: tuple[PlantedUnit, ...]
    shared: ListPage
    outsiders: tuple[str, ...] = field(default=())

    def url(self, host: str, path: str) -> str:
        return f"http://{host}:{self.port}{path}"

    @property
    def things(self) -> tuple[Feed | Package, ...]:
        """Accounts and packages of all units."""
        feeds = tuple(feed for unit in self.units for feed in unit.feeds)
        return (*feeds, *(package for unit in self.units for package in unit.packages))

    @property
    def lists(self) -> tuple[ListPage, ...]:
        return (*(column for unit in self.units for column in unit.columns), self.shared)
