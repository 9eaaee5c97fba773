"""List pages of the simulated portal in the shapes met on real ones. A page and a moment in, bytes out."""

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from demo.frame import framed
from demo.world import Answer, ListPage, Row, Shape, World

BACKUP_AGE = timedelta(days=21)
"""An old copy of a page shows rows at least this old."""


@dataclass(frozen=True, slots=True)
class Written:
    """An answer's body and what the server declares of it."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a list: its rows, its number from 0, and how many there are."""

    world: World
    page: ListPage
    rows: tuple[Row, ...]
    number: int
    count: int

    def href(self, row: Row) -> str:
        return row.elsewhere or row.document.path

    def day(self, row: Row, form: str = "%Y-%m-%d") -> str:
        return f"{row.document.day:{form}}" if self.page.shows_dates else ""


def list_page(world: World, page: ListPage, number: int, now: datetime, answer: Answer) -> Written | None:
    """The list's page `number` as it stands at `now`, None where there is no such page."""
    rows = [] if answer is Answer.BLANK else [row for row in page.rows if row.appears <= now]
    if answer is Answer.BACKUP:
        rows = [row for row in rows if row.document.day <= (now - BACKUP_AGE).date()]
    count = max(1, -(-len(rows) // page.page_rows))
    if number >= count:
        return None
    shown = tuple(rows[number * page.page_rows : (number + 1) * page.page_rows])
    sheet = Sheet(world, page, shown, number, count)
    if page.shape is Shape.JSON:
        return _json(sheet, len(rows))
    body = _SHAPES[page.shape](sheet) if shown else '<ul class="list"></ul><p class="none">暂无内容</p>'
    text = framed(world, page.name, body, now)
    if page.shape is Shape.GB18030:
        text = text.replace('<meta charset="utf-8">', "")
        return Written(text.encode("gb18030"), "text/html")
    return Written(text.encode())


def page_number(page: ListPage, path: str) -> int | None:
    """Which page of the list a path names: `…/`, `…/index.html` the first, `…/index_2.html` the third."""
    name = path.removeprefix(page.path)
    if name in {"", "index.html"}:
        return 0
    number = name.removeprefix("index_").removesuffix(".html")
    return int(number) if number.isdecimal() and name == f"index_{number}.html" else None


def _json(sheet: Sheet, total: int) -> Written:
    """As list interfaces of one province answer."""
    articles = [
        {
            "id": 7_000_000 + at, "title": row.document.title, "url": _absolute(sheet, row),
            "created_at": f"{row.document.day} 09:00:00", "publisher": row.document.publisher,
            "display_publish_time": f"{row.document.day} 09:00:00",
        }
        for at, row in enumerate(sheet.rows)
    ]  # fmt: skip
    body = {"code": 0, "articles": articles, "total": total, "page": 1, "page_size": sheet.page.page_rows}
    return Written(json.dumps(body, ensure_ascii=False).encode(), "application/json; charset=utf-8")


def _absolute(sheet: Sheet, row: Row) -> str:
    return row.elsewhere or sheet.world.url(sheet.page.host, row.document.path)


def _trs_table(sheet: Sheet) -> str:
    cells = [
        f'<tr><td class="dot">·</td><td><a href="{sheet.href(row)}" target="_blank" '
        f'title="{_title(row)}">{_mark(row)}{_title(row)}</a></td><td class="date">{sheet.day(row)}</td></tr>'
        for row in sheet.rows
    ]
    pager = f'<script>createPageHTML({sheet.count}, {sheet.number}, "index", "html");</script>'
    return f'<table class="list" width="100%">{"".join(cells)}</table><div class="page">{pager}</div>'


def _ul_brackets(sheet: Sheet) -> str:
    items = [
        f"<li>{_bracketed(sheet.day(row))}{_mark(row)}"
        f'<a href="{sheet.href(row)}" target="_blank">{_title(row)}</a></li>'
        for row in sheet.rows
    ]
    return f'<ul class="gl-list">{"".join(items)}</ul>{_next_link(sheet)}'


def _island(sheet: Sheet) -> str:
    records = [
        f'<record><![CDATA[<li><a href="{sheet.href(row)}" title="{_title(row)}">{_mark(row)}'
        f"{_title(row)}</a><span>{sheet.day(row)}</span></li>]]></record>"
        for row in sheet.rows
    ]
    following = sheet.page.path + f"index_{sheet.number + 1}.html"
    group = f'<nextgroup><![CDATA[<a href="{following}"></a>]]></nextgroup>' if _has_next(sheet) else ""
    store = (
        f"<datastore>{group}<recordset>{''.join(records)}</recordset>"
        f"<totalrecord>{len(sheet.rows)}</totalrecord></datastore>"
    )
    return f'<div id="5371" class="default_pgContainer"><script type="text/xml">{store}</script></div>'


def _short_grouped(sheet: Sheet) -> str:
    """Month and day only; the year stands above each group."""
    parts = []
    for year, rows in groupby(sheet.rows, key=lambda row: row.document.day.year):
        items = [
            f'<li><a href="{sheet.href(row)}">{_mark(row)}{_title(row)}</a>'
            f"<span>{sheet.day(row, '%m-%d')}</span></li>"
            for row in rows
        ]
        parts.append(f"<h3>{year}年</h3><ul>{''.join(items)}</ul>")
    return f'<div class="news">{"".join(parts)}</div>{_next_link(sheet)}'


def _short_url(sheet: Sheet) -> str:
    """Month and day only; the year stands in the address."""
    items = [
        f'<dd><i>{sheet.day(row, "%m-%d")}</i><a href="{sheet.href(row)}">{_mark(row)}{_title(row)}</a></dd>'
        for row in sheet.rows
    ]
    return f'<dl class="lb">{"".join(items)}</dl>{_next_link(sheet)}'


_SHAPES: Mapping[Shape, Callable[[Sheet], str]] = {
    Shape.TRS_TABLE: _trs_table,
    Shape.UL_BRACKETS: _ul_brackets,
    Shape.ISLAND: _island,
    Shape.GB18030: _ul_brackets,
    Shape.SHORT_GROUPED: _short_grouped,
    Shape.SHORT_URL: _short_url,
}


def _title(row: Row) -> str:
    return html.escape(row.document.title)


def _mark(row: Row) -> str:
    return "<em>[置顶]</em>" if row.pinned else ""


def _bracketed(day: str) -> str:
    return f"<span>[{day}]</span>" if day else ""


def _has_next(sheet: Sheet) -> bool:
    return sheet.number + 1 < sheet.count


def _next_link(sheet: Sheet) -> str:
    if not _has_next(sheet):
        return '<div class="page"><span>尾页</span></div>'
    return f'<div class="page"><a href="index_{sheet.number + 1}.html">下一页</a></div>'
