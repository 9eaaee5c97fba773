"""Saved lists, changed as other portals would have written them: the same newest date, or none at all."""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.extract.charset import decode
from crawler.extract.list_page import read_list

SEEN_AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
FOLDERS = sorted((Path(__file__).parents[2] / "fixtures" / "lists").iterdir())
NEWER = "".join(
    f'<li><a href="/zt/{n}.html">全县重点项目建设推进会第{n}次会议</a><span>2026-11-2{n}</span></li>'
    for n in range(4)
)
RANKING = f'<div class="box"><h3>热门排行</h3><ul>{NEWER}</ul></div>'
OTHER = f'<div class="box"><h3>规划计划</h3><a href="/gh/">更多</a><ul>{NEWER}</ul></div>'
HIDDEN = f'<div style="display:none"><ul>{NEWER}</ul></div>'


def _dropped(pattern: str, by: str = "") -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text, flags=re.I | re.S)


def _at_end(markup: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"</body>|\Z", markup, text, count=1, flags=re.I)


def _at_start(markup: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(<body[^>]*>)", r"\1" + markup, text, count=1, flags=re.I)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "no classes": _dropped(r"""\sclass\s*=\s*("[^"]*"|'[^']*'|[\w-]+)"""),
    "no ids": _dropped(r"""\sid\s*=\s*("[^"]*"|'[^']*'|[\w-]+)"""),
    "no pager": _dropped(r"createPageHTML|countPage|下一?页|尾页|末页|共\s*\d+\s*[页条]", "x"),
    "no trail": _dropped(r"(当前|所在|您)的?位置|您现在", "欢迎"),
    "no title or meta": _dropped(r"<title>.*?</title>|<meta\b(?![^>]*charset)[^>]*>"),
    "a ranking behind": _at_end(RANKING),
    "a ranking before": _at_start(RANKING),
    "another column behind": _at_end(OTHER),
    "hidden rows behind": _at_end(HIDDEN),
    "a clock": _at_start("<div>今天是2026年11月24日 星期二</div>"),
    "a dated footer": _at_end("<div><p>最近更新时间：2026年11月24日</p></div>"),
}
"""Changes that leave a list's rows as they are."""


def _lists() -> list[tuple[str, str, str, date]]:
    """Name, text, address and newest day of every saved list with three dated rows, in HTML."""
    found = []
    for folder in FOLDERS:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        pages = list(folder.glob("page.html"))
        days = [day for _, day in expected["rows"] if day]
        if expected["state"] == "ok" and len(days) >= 3 and pages:
            newest = max(date.fromisoformat(day) for day in days)
            found.append((folder.name, decode(pages[0].read_bytes()), expected["base_url"], newest))
    return found


LISTS = _lists()


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_changed_page_gives_the_same_newest_date_or_none(name: str) -> None:
    wrong, silent = [], []
    for folder, text, base_url, newest in LISTS:
        reading = read_list(MUTATIONS[name](text).encode(), base_url, seen_at=SEEN_AT)
        found = reading.newest_on(SEEN_AT)
        if found is None:
            silent.append(folder)
        elif found != newest:
            wrong.append((folder, found, newest))
    assert not wrong
    assert len(silent) * 10 <= len(LISTS), silent


def test_there_are_enough_lists_to_change() -> None:
    assert len(LISTS) >= 50
