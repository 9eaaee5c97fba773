"""What every address of the simulated year answers at a moment. No sockets: the looks ask it directly."""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime
from html import escape

from demo.simulate.pages import CHALLENGE, document, href, list_page, scripted
from demo.simulate.year import BEIJING, Feed, ListPage, Package, Publication, Thing, Weather, Year
from domain.units import ColumnKind

ROWS = 12
"""Rows a column shows; the shared one shows more."""
SHARED_ROWS = 400
LABELLED = frozenset({ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY})
BACKUP_DAYS = 25
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` None: no connection."""

    status: int | None
    body: bytes = b""
    content_type: str = HTML


@dataclass(slots=True)
class Portal:
    """Answers by address: columns, the pages behind their rows, feeds, packages."""

    year: Year
    _things: dict[str, Thing] = field(default_factory=dict)
    _documents: dict[str, tuple[ListPage, Publication]] = field(default_factory=dict)
    _package: bytes = b""

    def __post_init__(self) -> None:
        self._package = _package()
        for thing in self.year.things:
            self._things[url_of(thing)] = thing
        for page in self.year.lists:
            for row in (*page.publications, *((page.pinned,) if page.pinned else ())):
                self._documents[url_of(page) + href(row)[2:]] = (page, row)

    def reply(self, url: str, now: datetime) -> Reply:
        """The answer to a GET at a moment of the simulated year."""
        day = now.astimezone(BEIJING).date()
        if url in self._documents:
            page, row = self._documents[url]
            return self._document(page, row, day, now)
        thing = self._things.get(url)
        if thing is None:
            return Reply(404, b"<html><title>404 Not Found</title></html>")
        weather = self.year.weather(thing, day)
        if (refused := _refused(weather)) is not None:
            return refused
        match thing:
            case ListPage():
                return _list(thing, weather, day, now)
            case Feed():
                return Reply(200, _feed(thing, now), "application/rss+xml; charset=utf-8")
            case Package():
                page_instead = b"<!DOCTYPE html><html><head><title>x</title></head><body>x</body></html>"
                return Reply(200, page_instead if weather is Weather.HTML else self._package)

    def _document(self, page: ListPage, row: Publication, day: date, now: datetime) -> Reply:
        weather = self.year.weather(page, day)
        if (refused := _refused(weather)) is not None and weather is not Weather.GONE:
            return refused
        return Reply(200, document(row, now, labelled=page.kind in LABELLED).encode())


def url_of(thing: Thing) -> str:
    return f"http://{thing.host}{thing.path}"


def visible(page: ListPage, now: datetime) -> list[Publication]:
    """The rows the column shows at a moment: newest first, an old pinned one on top."""
    rows = [row for row in page.publications if row.appears <= now < row.removed]
    rows.sort(key=lambda row: (row.shown, row.number), reverse=True)
    shown = rows[: ROWS if page.unit_id else SHARED_ROWS]
    return [page.pinned, *shown] if page.pinned and shown else shown


def backed_up(rows: list[Publication], day: date) -> list[Publication]:
    """What an old copy of the page shows."""
    return [row for row in rows if (day - row.shown).days >= BACKUP_DAYS]


def _refused(weather: Weather) -> Reply | None:
    return {
        Weather.DOWN: Reply(None),
        Weather.BROKEN: Reply(503, b"<html><title>503</title></html>"),
        Weather.CHALLENGE: Reply(200, CHALLENGE.encode()),
        Weather.GONE: Reply(404, b"<html><title>404 Not Found</title><h1>404 Not Found</h1></html>"),
    }.get(weather)


def _list(page: ListPage, weather: Weather, day: date, now: datetime) -> Reply:
    if weather is Weather.TEMPLATE:
        return Reply(200, scripted(page, now).encode())
    rows = visible(page, now)
    if weather is Weather.BACKUP:
        rows = backed_up(rows, day)
    if weather is Weather.BLANK:
        rows = []
    return Reply(200, list_page(page, rows, day, now).encode())


def _feed(feed: Feed, now: datetime) -> bytes:
    """The account's RSS as a bridge writes it: the posts it has synced, newest first."""
    synced = min(now, feed.synced_until)
    posts = sorted((post for post in feed.posts if post <= synced), reverse=True)[:5]
    items = "".join(
        f"<item><title>{escape(feed.name)}</title><link>http://weixin.invalid/s/{at:%Y%m%d%H%M}</link>"
        f'<guid isPermaLink="false">{at:%Y%m%d%H%M}</guid><pubDate>{format_datetime(at)}</pubDate></item>'
        for at in posts
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
        f"<title>{escape(feed.name)}</title>"
        f"<link>http://weixin.invalid/</link><description>x</description>"
        f"<lastBuildDate>{format_datetime(synced)}</lastBuildDate>{items}</channel></rss>"
    ).encode()


def _package() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("AndroidManifest.xml", "classes.dex"):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), b"x" * 2000)
    return out.getvalue()
