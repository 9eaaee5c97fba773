"""Pages of the simulated year, written from templates: a page and a moment in, markup out."""

import html
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from demo.simulate.year import ListPage, Publication, Shape

SITE = "演示旗人民政府"
SCRIPTED = '<ul class="list"><li v-for="one in rows"><a :href="one.url">{{one.title}}</a></li></ul>'
CHALLENGE = (
    "<html><head><script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance=1.1|0|x;');"
    "location.href=location.pathname+location.search</script></head><body></body></html>"
)


def framed(title: str, content: str, now: datetime, head: str = "") -> str:
    """A whole page: head, navigation, clock, side list with other dates, footer."""
    nav = "".join(
        f'<li><a href="/nav{n}/">{name}</a></li>'
        for n, name in enumerate(("首页", "要闻", "公开", "服务", "互动"))
    )
    side = "".join(
        f'<li><a href="/zt/{n}.html">专题专栏第{n}期重点内容</a><span>2025-0{n}-1{n}</span></li>'
        for n in range(1, 5)
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{html.escape(title)}-{SITE}</title>'
        f'<meta name="SiteName" content="{SITE}">{head}</head><body>'
        f'<div class="top">您好，今天是{now:%Y年%m月%d日}</div><div class="nav"><ul>{nav}</ul></div>'
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="./">{html.escape(title)}</a>'
        "</div>"
        f'<div class="main"><h2>{html.escape(title)}</h2>{content}</div>'
        f'<div class="side hot"><h4>热门排行</h4><ul>{side}</ul></div>'
        f'<div class="footer">主办：{SITE}办公室　页面生成时间：{now:%Y-%m-%d %H:%M}</div></body></html>'
    )


def list_page(page: ListPage, rows: Sequence[Publication], day: date, now: datetime) -> str:
    """The column with these rows, in the form it has on the day."""
    shape = [form for since, form in page.shapes if since <= day][-1]
    if not rows:
        return framed(page.name, '<ul class="list"></ul><p class="none">暂无内容</p>', now)
    return framed(page.name, f'<div class="list">{_SHAPES[shape](rows)}</div>', now)


def scripted(page: ListPage, now: datetime) -> str:
    return framed(page.name, SCRIPTED, now)


def href(row: Publication) -> str:
    """Where the page behind a row lies, below its column."""
    return f"./{row.shown:%Y%m}/t{row.shown:%Y%m%d}_{row.number}.html"


def _anchor(row: Publication) -> str:
    title = html.escape(row.title)
    return f'<a href="{href(row)}" target="_blank" title="{title}">{title}</a>'


def _ul(rows: Sequence[Publication]) -> str:
    return f"<ul>{''.join(f'<li>{_anchor(row)}<span>{row.shown}</span></li>' for row in rows)}</ul>"


def _table(rows: Sequence[Publication]) -> str:
    cells = (f"<tr><td>·</td><td>{_anchor(row)}</td><td>{row.shown}</td></tr>" for row in rows)
    return f"<table>{''.join(cells)}</table>"


def _brackets(rows: Sequence[Publication]) -> str:
    return f"<ul>{''.join(f'<li>[{row.shown}] {_anchor(row)}</li>' for row in rows)}</ul>"


def _grouped(rows: Sequence[Publication]) -> str:
    parts = []
    for year, some in groupby(rows, key=lambda row: row.shown.year):
        items = "".join(f"<li>{_anchor(row)}<span>{row.shown:%m-%d}</span></li>" for row in some)
        parts.append(f"<h3>{year}年</h3><ul>{items}</ul>")
    return "".join(parts)


def _cards(rows: Sequence[Publication]) -> str:
    return "".join(
        f'<div class="card"><div class="day"><b>{row.shown:%d}</b><i>{row.shown:%Y-%m}</i></div>'
        f'<div class="text">{_anchor(row)}</div></div>'
        for row in rows
    )


_SHAPES: Mapping[Shape, Callable[[Sequence[Publication]], str]] = {
    Shape.UL: _ul, Shape.TABLE: _table, Shape.BRACKETS: _brackets, Shape.GROUPED: _grouped,
    Shape.CARDS: _cards,
}  # fmt: skip


def document(row: Publication, now: datetime, *, labelled: bool) -> str:
    """The page behind a row, with an information table where the column's documents have one."""
    table = _table_of(row, now) if labelled else ""
    head = (
        f'<meta name="ArticleTitle" content="{html.escape(row.title)}">'
        f'<meta name="PubDate" content="{row.shown} 09:00">'
        f'<meta name="ContentSource" content="{row.publisher}">'
    )
    body = (
        "<p>　　为进一步做好有关工作，现将有关事项说明如下，请各有关单位结合实际认真抓好落实。</p>"
        "<p>　　各单位要高度重视，明确责任，细化措施，确保各项任务按时完成。</p>"
    )
    content = (
        f"{table}<h1>{html.escape(row.title)}</h1>"
        f'<div class="info"><span>发布时间：{row.shown} 09:00</span>　'
        f'<span>来源：{row.publisher}</span></div><div class="content">{body}</div>'
    )
    return framed(row.title, content, now, head)


def _table_of(row: Publication, now: datetime) -> str:
    lacking = row.missing if now < row.mended else ()
    number = f"旗政发〔{row.shown.year}〕{row.number % 90 + 1}号" if row.has_number else "无"
    labels = {
        "category": ("分类", "综合政务"), "publisher": ("发布机构", row.publisher),
        "title": ("名称", row.title),
        "doc_number": ("文号", number), "keywords": ("关键字", "工作；通知"),
        "issued_on": ("发文日期", f"{row.shown}"), "index_number": ("索引号", f"0000/{row.number}"),
    }  # fmt: skip
    shown = [
        f"<tr><th>{name}：</th><td>{'' if key in lacking else html.escape(value)}</td></tr>"
        for key, (name, value) in labels.items()
    ]
    return f'<table class="xxgk">{"".join(shown)}</table>'
