"""读取方式 in a form: tried on the live page before it is saved; comments kept; logged."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.load import load_registry
from domain.overrides import ListOverride
from domain.units import Column
from domain.users import Role
from tests.app.test_discover import LIST
from tests.site import Page, Site
from tests.web.office import Client, Console, field

FORM, BLOCK_FORM = "/register/reading/czj-dt", "/register/reading/jyj-dt"
GIVEN = {"rows": "ul > li", "title": "", "date": "", "date_pattern": "", "reason": "测试"}
IN_BRACES = """      - {id: jyj-dt, name: 教育动态, kind: 动态, url: "http://127.0.0.1:9/jyj/", clock: 14d,
         monitored_from: 2026-09-01}
"""
IN_LINES = """      - id: jyj-dt
        name: 教育动态  # 原名教育新闻
        kind: 动态
        url: "http://127.0.0.1:9/jyj/"
        clock: 14d
        monitored_from: 2026-09-01
        reading:
          # 张三看过
          rows: "#list > li"  # 正文
          date: span
          reason: 自动认成了侧栏
"""


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    """Both units' columns are there; that of 教育 is written line by line, with a reading."""
    with Site() as site:
        site.pages |= {"/dt/": Page(body=LIST), "/jyj/": Page(body=LIST)}
        [path] = (folder / "units").glob("*.yaml")
        text = path.read_text(encoding="utf-8")
        assert IN_BRACES in text
        path.write_text(
            text.replace(IN_BRACES, IN_LINES).replace("http://127.0.0.1:9", site.url("")), encoding="utf-8"
        )
        yield site


def text_of(folder: Path) -> str:
    [path] = (folder / "units").glob("*.yaml")
    return path.read_text(encoding="utf-8")


def registered(folder: Path, wanted: str) -> Column:
    return next(one for one in load_registry(folder).columns if one.id == wanted)


def sent(client: Client, form: str, page: str, **more: str) -> str:
    """The form sent as it stands on the page; what comes of it."""
    names = {name: field(page, name) for name in ("csrf", "seen", "stamp")}
    answer = client.http.post(form, data={**names, **more}, timeout=180)
    return client.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text


def test_it_is_tried_then_saved_and_taken_away_again(site: Site, console: Console, folder: Path) -> None:
    before = text_of(folder)
    with console.client(Role.OFFICE) as client:
        page = client.get(FORM).text
        untried = sent(client, FORM, page, **GIVEN, do="save")
        blind = sent(client, FORM, page, **{**GIVEN, "rows": "table.none tr"}, do="try")
        good = sent(client, FORM, page, **GIVEN, do="try")
        other = sent(client, FORM, good, **{**GIVEN, "rows": "li"}, do="save")
        assert text_of(folder) == before
        saved = sent(client, FORM, good, **GIVEN, do="save")
        assert "已保存" in saved
        told = registered(folder, "czj-dt").reading
        dropped = sent(client, FORM, saved, do="drop")
    assert "还没有试读成功" in untried
    assert "没有读出列表，不能保存" in blind
    assert "最新日期 2026-11-15" in good
    assert "保存试读过的写法" in good
    assert "还没有试读成功" in other
    assert told == ListOverride(rows="ul > li", reason="测试")
    assert "改回自动识别" in saved
    assert "现在自动识别" in dropped
    assert registered(folder, "czj-dt").reading is None
    entries = console.office.archive.history("columns:czj-dt")
    assert [one.payload["fields"]["rows"] for one in entries] == [["", "ul > li"], ["ul > li", ""]]


def test_line_by_line_the_comments_stay(site: Site, console: Console, folder: Path) -> None:
    before = text_of(folder)
    with console.client(Role.ADMIN) as client:
        page = client.get(BLOCK_FORM).text
        good = sent(client, BLOCK_FORM, page, **GIVEN, do="try")
        assert "已保存" in sent(client, BLOCK_FORM, good, **GIVEN, do="save")
    assert 'value="#list &gt; li"' in page
    after = text_of(folder)
    changed = before.replace('rows: "#list > li"  # 正文', 'rows: "ul > li"  # 正文')
    changed = changed.replace("          date: span\n", "").replace("自动认成了侧栏", "测试")
    assert after == changed


def test_mistakes_stand_at_their_fields(site: Site, console: Console, folder: Path) -> None:
    before = text_of(folder)
    with console.client(Role.OFFICE) as client:
        page = client.get(FORM).text
        bare = sent(client, FORM, page, rows="", reason="", do="try")
        odd = sent(client, FORM, page, **{**GIVEN, "rows": "//li", "date_pattern": "(["}, do="try")
        unknown = client.get("/register/reading/nothing")
    assert len(re.findall(r'<small class="why"', bare)) == 2
    assert len(re.findall(r'<small class="why"', odd)) == 2
    assert unknown.status_code == 404
    assert site.asked == []
    assert text_of(folder) == before
