"""Pages whose rows are made by scripts, for tests."""

import json
from datetime import date, timedelta

from tests.crawler.pages import TOPICS
from tests.site import Page

NEWEST = date(2026, 11, 20)


def rows_of(newest: date = NEWEST, count: int = 8) -> list[dict[str, str]]:
    """Rows as an interface gives them."""
    return [
        {
            "title": f"关于开展{TOPICS[number % len(TOPICS)]}检查工作的第{number}号通知",
            "url": f"/tzgg/{number}.html",
            "pubDate": str(newest - timedelta(days=number)),
        }
        for number in range(count)
    ]


def told(rows: list[dict[str, str]]) -> Page:
    return Page(body=json.dumps({"list": rows}, ensure_ascii=False), kind="application/json; charset=utf-8")


FILL = """
function fill(rows) {
  document.getElementById('rows').innerHTML = rows.map(function (row) {
    return '<li><a href="' + row.url + '">' + row.title + '</a><span>' + row.pubDate + '</span></li>';
  }).join('');
}
"""
LOAD = "function load(address) { fetch(address).then(r => r.json()).then(d => fill(d.list)); }"
"""Called with a computed address, so that no interface can be read off the page."""


def shell(script: str, *, head: str = "", title: str = "通知公告") -> Page:
    """A list page without rows; `script` runs behind its empty list, `head` is markup before it."""
    return Page(
        body=f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
        f"<div>当前位置：首页 &gt; {title}</div><div class='list'><ul id='rows'></ul></div>"
        f"<script>{FILL}{LOAD}\n{script}</script></body></html>"
    )
