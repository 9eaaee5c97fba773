"""Lists behind the interface their page names, asked without a browser; and what is said where none helps."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from crawler.browser import BrowserError, start
from crawler.work import Work
from domain.looks import Observation, PlannedLook
from domain.readings import ListReading, PageState
from domain.units import Registry, SubjectKind
from tests.crawler.crawling import Job, crawl, settings
from tests.crawler.pages import days_back
from tests.crawler.shell_pages import NEWEST, rows_of, shell, told
from tests.site import Page, Site

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
UNIT = "{'webId':'w1','pageId':'p1','tagId':'list','tplSetId':'t1'}"
JPAGE = (
    "jQuery('#77').jpage({perPage: 15, proxyUrl: '/module/web/jpage/dataproxy.jsp', ajaxParam: {'col': '1', "
    "'webid': '9', 'columnid': '123', 'unitid': '77', 'permissiontype': '0'}});"
)
XML = "text/xml; charset=utf-8"


def markup() -> str:
    return "".join(
        f"<li><a href='{row['url']}'>{row['title']}</a><span>{row['pubDate']}</span></li>"
        for row in rows_of()
    )


def articles(page: int) -> Page:
    days = days_back(NEWEST if page == 1 else date(2026, 10, 1), 10)
    rows = [
        {
            "title": f"关于第{page}页第{n}件事项的公告通知",
            "url": f"/post_{page}_{n}.html",
            "display_publish_time": str(day),
        }
        for n, day in enumerate(days)
    ]
    return Page(body=json.dumps({"articles": rows, "total": 40}, ensure_ascii=False), kind="application/json")


@pytest.fixture(scope="module")
def site() -> Site:
    site = Site()
    abroad = f"http://localhost:{site.port}"
    unit_path = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    unit = "?parseType=bulidstatic&pageType=column&webId=w1&pageId=p1&tagId=list"
    proxy = "?startrecord=1&endrecord=45&perpage=15&col=1&webid=9&columnid=123&unitid=77&permissiontype=0"
    records = "".join(f"<record><![CDATA[{row}</li>]]></record>" for row in markup().split("</li>") if row)
    site.pages |= {
        "/gkmlpt/index": shell("window._CONFIG = {SID: 7, TREE: []}", head="<script>axios.get(url)</script>"),
        "/gkmlpt/api/all/475?page=1&sid=7": articles(1),
        "/gkmlpt/api/all/475?page=2&sid=7": articles(2),
        "/unit/": shell("", head=f'<script parsetype="bulidstatic" querydata="{UNIT}"></script>'),
        f"{unit_path}{unit}&tplSetId=t1": Page(
            body=json.dumps({"data": {"html": f"<ul>{markup()}</ul>"}}), kind="application/json"
        ),
        "/col/col123/": shell(JPAGE),
        f"/module/web/jpage/dataproxy.jsp{proxy}": Page(
            body=f"<datastore><recordset>{records}</recordset></datastore>", kind=XML
        ),
        "/get/": Page(body=plain("$.getJSON('/api/list', {channel: 3, page: 1}, function (d) { show(d) })")),
        "/api/list?channel=3&page=1": told(rows_of()),
        "/post/": Page(body=plain("$.post('/queryList', {channel: 3, page: 1}, function (d) { show(d) })")),
        "/queryList": lambda asked: told(rows_of() if asked.posted == "channel=3&page=1" else []),
        "/abroad/": Page(body=plain(f"$.getJSON('{abroad}/api/list', {{page: 1}}, function () {{}})")),
        "/counter/": Page(body=plain("$.getJSON('/api/info', {page: 1}, function () {})")),
        "/api/info?page=1": Page(body='{"visits": 17}', kind="application/json"),
        "/two/": shell(JPAGE.replace("123", "5") + JPAGE.replace("123", "6")),
        **{
            f"/module/web/jpage/dataproxy.jsp{proxy.replace('123', n)}": Page(
                body=f"<datastore><recordset>{records}</recordset></datastore>", kind=XML
            )
            for n in ("5", "6")
        },
    }  # fmt: skip
    return site


def plain(script: str) -> str:
    """A list page without rows and with one call."""
    return (
        "<html><head><title>通知公告</title></head><body><div>当前位置：首页 &gt; 通知公告</div>"
        f"<div class='list'><ul id='rows'></ul></div><script>{script}</script></body></html>"
    )


ASKED = ("/gkmlpt/index#475", "/unit/", "/col/col123/", "/get/", "/post/", "/abroad/", "/counter/", "/two/")


@pytest.fixture(scope="module")
def looks(site: Site) -> dict[str, Observation]:
    plan = tuple(
        PlannedLook(subject_id=path, kind=SubjectKind.COLUMN, url=site.url(path), window_days=30)
        for path in ASKED
    )
    work = Work(
        plan=plan, seen=frozenset(), registry=Registry(), hosts=frozenset({"127.0.0.1"}), as_of=NOW
    )  # fmt: skip
    with site:
        items = crawl(Job(work, settings(browser="off")))
    return {item.subject_id: item for item in items if isinstance(item, Observation)}


@pytest.mark.parametrize(
    ("path", "name"),
    [("/gkmlpt/index#475", "gkmlpt"), ("/unit/", "jpaas"), ("/col/col123/", "jpage"),
     ("/get/", "页面脚本中的接口"), ("/post/", "页面脚本中的接口")],
)  # fmt: skip
def test_list_is_read_from_the_interface_its_page_names(
    looks: dict[str, Observation], path: str, name: str
) -> None:
    look = looks[path]
    assert isinstance(look.reading, ListReading)
    assert (look.state, look.reading.newest_on(NOW)) == (PageState.OK, NEWEST), look.why
    assert f"列表接口（{name}）" in look.why


def test_interface_is_paged_back_over_the_window(looks: dict[str, Observation]) -> None:
    look = looks["/gkmlpt/index#475"]
    assert look.window_covered
    assert isinstance(look.reading, ListReading)
    assert len(look.reading.rows) == 20


@pytest.mark.parametrize("path", ["/abroad/", "/counter/", "/two/"])
def test_page_stays_unknown_without_the_one_list(looks: dict[str, Observation], path: str) -> None:
    assert looks[path].state is PageState.SHELL
    assert "浏览器已在设置中关闭" in looks[path].why


def test_interface_of_another_host_is_not_asked(site: Site, looks: dict[str, Observation]) -> None:
    assert {asked.host for asked in site.asked} == {f"127.0.0.1:{site.port}"}


def test_without_the_extra_the_reason_says_what_to_install() -> None:
    script = (
        "import asyncio, sys\nsys.modules['playwright'] = None\n"
        "import app.child, crawler.run\nfrom crawler.browser import BrowserError, start\n"
        "try:\n    asyncio.run(start())\n"
        "except BrowserError as error:\n    sys.stdout.buffer.write(str(error).encode())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert done.stdout.decode() == "需要浏览器（安装 zwgk[browser]）"


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_browser_that_is_not_there_is_a_reason() -> None:
    with pytest.raises(BrowserError, match="浏览器"):
        asyncio.run(start("/nonexistent/chromium"))
