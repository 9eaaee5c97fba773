"""What `<meta>` tags, JSON-LD and the address say. Names in any case, `null` and empty as missing."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from itertools import islice

from lxml import etree

from crawler.extract.dates import FoundDate, compact_date, first_date
from crawler.extract.tree import Element, texts
from crawler.extract.words import NO_VALUE
from domain.clock import local_day

_JSON_LD = etree.XPath("//script[@type='application/ld+json']/text()")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_TEMPLATE = re.compile(r"<!--|\$\{|\{\{|\[[\w.]+\]begin|<%|#\{")
_UNFILLED = ("${", "{{", "<%")
_TITLE_NAMES = ("articletitle", "article:title", "og:title", "dc.title", "headline", "titles")
_DATE_NAMES = (
    "pubdate", "publishdate", "firstpublishedtime", "publishtime", "publish_date", "pub_date", "publish-date",
    "publish_time", "pubtime", "datepublished", "article:published_time", "og:published_time", "published",
    "og:article:published_time", "release_date", "releasedate", "dc.date.issued", "dc.date", "dcterms.issued",
    "weibo:article:create_at", "publication_date", "_pubtime", "apub:time", "docreltime",
)  # fmt: skip
_MADE_NAMES = ("maketime", "htmlgeneratetime", "generatetime", "others", "createtime", "generatedate")
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_JSON_DATE = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"([^"]{8,40})"')
ONLINE_SINCE = 1994
"""The year from which pages can have been published."""
MAX_METAS = 400


@dataclass(frozen=True, slots=True)
class Meta:
    """Values by lower-case name, in page order, and the publication date they name, with its time."""

    values: dict[str, list[str]]
    published: FoundDate | None
    published_raw: str
    is_stamp: bool
    """The date is to the second the moment the page was generated: a machine's mark, not an editor's date."""

    def first(self, *names: str) -> str | None:
        return next((value for name in names for value in self.values.get(name, ())), None)

    @property
    def titles(self) -> Sequence[str]:
        """What the tags give as the document's title."""
        return [value for name in _TITLE_NAMES for value in self.values.get(name, ())]


def read_meta(root: Element) -> Meta:
    """The meta tags of the whole page (some systems write them into the body)."""
    values: dict[str, list[str]] = {}
    for tag in islice(root.iter("meta"), MAX_METAS):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop")
        content = clean(tag.get("content", "")) if name else ""
        if name and content:
            values.setdefault(name.strip().lower(), []).append(content)
    raw, found = _published(values)
    if found is None:
        raw, found = _from_json_ld(root)
    return Meta(values, found, raw, _is_stamp(values, found))


def clean(text: str) -> str:
    """A value without mark-up left in it; "" for what systems print where nothing was entered."""
    if "&" in text or "<" in text:
        if _TEMPLATE.search(text):
            return ""
        text = _TAG.sub(" ", unescape(text)) if len(text) < 20_000 else ""
    text = " ".join(text.split())
    return "" if text[:2] in _UNFILLED or text.lower() in NO_VALUE else text


def _published(values: dict[str, list[str]]) -> tuple[str, FoundDate | None]:
    for name in _DATE_NAMES:
        for raw in values.get(name, ()):
            if (found := machine_date(raw)) and found.on.year >= ONLINE_SINCE:
                return raw, found
    return "", None


def machine_date(raw: str) -> FoundDate | None:
    """A date as machines write it: any written form, 20240105, ISO with an offset (its Beijing day)."""
    text = raw.strip()[:60]
    if _OFFSET.search(text) and "T" in text:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return first_date(text)
        if moment.tzinfo is not None and 1990 < moment.year < 2190:
            return FoundDate(on=local_day(moment), start=0, end=len(text))
    return first_date(text) or compact_date(text)


def _from_json_ld(root: Element) -> tuple[str, FoundDate | None]:
    for text in texts(_JSON_LD, root)[:5]:
        if match := _JSON_DATE.search(text[:100_000]):
            raw = _unquoted(match.group(1))
            if found := machine_date(raw):
                return raw, found
    return "", None


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return text


def _is_stamp(values: dict[str, list[str]], published: FoundDate | None) -> bool:
    if published is None or published.time is None or published.time.count(":") < 2:
        return False
    made = (first_date(text) for name in _MADE_NAMES for text in values.get(name, ()))
    return any(one and (one.on, one.time) == (published.on, published.time) for one in made)


_IN_PATH = (
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])/"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)[-_](?P<m>0[1-9]|1[0-2])[-_](?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(r"[/t_](?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])[/_.]"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)-?(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])/"),
)


def url_date(url: str) -> date | None:
    """The day an address carries: /2024/1/5/, /2024-01-05/, /t20240105_123.html, /202401/05/."""
    path = url[:2000].split("?", 1)[0]
    for pattern in _IN_PATH:
        for match in pattern.finditer(path):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None
