"""Pages made by scripts, in a real Chromium, against real local sites: one crawl, judged by observation."""

import asyncio
import os
import select
import signal
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from crawler.browser import Browser, start
from crawler.work import Check, Work
from domain.looks import Observation, PlannedLook
from domain.readings import DocumentReading, ListReading, PageState
from domain.units import Registry, SubjectKind
from tests.crawler.crawling import Job, columns, crawl, settings
from tests.crawler.pages import days_back, document, listing
from tests.crawler.shell_pages import NEWEST, rows_of, shell, told
from tests.site import Asked, Page, Site, redirect

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(240)]
PAGE_S = 10  # for pages that never become quiet
LOAD = "load('/rows' + '.json')"
SIDE = "load('/rows' + '.json'); "
EMPTY = "document.querySelector('.list').innerHTML = '<p>暂无信息</p>'"
FOREIGN = "localhost"  # answers on the same port, and is not registered
DOCUMENT = document(date(2026, 11, 19)).data.decode()


NOT_COLUMNS = {"/plain/", "/document/"}


def seen_in(items: Sequence[object]) -> dict[str, Observation]:
    return {item.url: item for item in items if isinstance(item, Observation)}


def work(*urls: str, hosts: tuple[str, ...] = ("127.0.0.1",)) -> Work:
    return Work(plan=columns(*urls), seen=frozenset(), registry=Registry(), hosts=frozenset(hosts))


@pytest.fixture(scope="module")
def site() -> Site:
    site = Site()
    abroad = f"http://{FOREIGN}:{site.port}"
    uploads = (
        f"<img src='/p.png'><link rel='stylesheet' href='/s.css'><script src='{abroad}/count.js'></script>"
    )
    site.pages |= {
        "/rows.json": told(rows_of()),
        "/later/": shell(f"setTimeout(() => {LOAD}, 200)"),
        "/ready/": shell(f"document.addEventListener('DOMContentLoaded', () => {LOAD})"),
        "/post/": shell("fetch('/query', {method: 'POST', body: 'c=' + 7}).then(r => r.json())"
                        ".then(d => fill(d.list))"),
        "/query": lambda asked: told(rows_of()) if asked.posted == "c=7" else Page(status=400),
        "/abroad/": shell(f"{SIDE}fetch('{abroad}/list.json')"),
        "/sent-abroad/": shell("load('/moved' + '.json')"),
        "/moved.json": redirect(f"{abroad}/rows.json"),
        "/noise/": shell(f"{SIDE}new WebSocket('ws://127.0.0.1:{site.port}/socket');"
                         "new EventSource('/events'); navigator.sendBeacon('/beacon', 'x')", head=uploads),
        "/asking/": shell(f"alert('请登录'); confirm('继续？'); {LOAD}"),
        "/download/": shell(f"{LOAD}; const a = document.createElement('a'); a.href = '/file.zip';"
                            "a.download = 'f.zip'; document.body.append(a); a.click()"),
        "/file.zip": Page(body=b"PK\x03\x04zip", kind="application/zip",
                          headers={"Content-Disposition": "attachment; filename=f.zip"}),
        "/elsewhere/": shell("setTimeout(() => { location.href = '/plain' + '/' }, 50)"),
        "/plain/": listing(days_back(NEWEST, 8)),
        "/counted/": shell(f"{SIDE}fetch('/visit' + '.do')"),
        "/popup/": shell(f"window.open('/plain' + '/'); {LOAD}"),
        "/robots.txt": Page(body="User-agent: *\nDisallow: /closed", kind="text/plain"),
        "/forbidden/": shell(f"{SIDE}load('/closed' + '.json')"),
        "/broken/": shell(f"{SIDE}load('/error' + '.json')"),
        "/error.json": Page(status=500),
        "/empty/": shell(f"fetch('/none' + '.json').then(() => {{ {EMPTY} }})"),
        "/none.json": told([]),
        "/visit.do": Page(status=404),
        "/empty-by-error/": shell(f"fetch('/error' + '.json').then(() => {{ {EMPTY} }})"),
        "/huge/": shell("document.body.append('x'.repeat(300000))"),
        "/framed/": Page(body="<html><body><iframe src='/later/' height='900'></iframe></body></html>"),
        "/document/": Page(
            body="<html><head><title>通知</title></head><body><div id='app'></div><script src='/app.js'>"
            f"</script><script src='{abroad}/statistics.js'></script></body></html>"
        ),
        "/kept/": shell(LOAD, head="<script src='/app.js'></script>"),
        "/app.js": Page(
            body=f"document.getElementById('app').innerHTML = `{DOCUMENT}`", kind="application/javascript"
        ),
    }  # fmt: skip
    return site


@pytest.fixture(scope="module")
def looks(site: Site) -> dict[str, Observation]:
    """All of the site's pages, in one run. 2: what they need is asked for, nothing else is."""
    paths = [path for path in site.pages if path.endswith("/") and path not in NOT_COLUMNS]
    plan = (
        *columns(*map(site.url, paths)),
        PlannedLook(subject_id="document:1", kind=SubjectKind.DOCUMENT, url=site.url("/document/")),
    )
    job = Job(
        Work(plan=plan, seen=frozenset(), registry=Registry(), hosts=frozenset({"127.0.0.1"})),
        settings(max_body_bytes=200_000) | {"RETRY_TIMES": 0},
        bodies=True,
    )
    with site:
        found = seen_in(crawl(job, timeout_s=200))
    return {url.partition(str(site.port))[2]: look for url, look in found.items()}


def newest(look: Observation) -> date | None:
    return look.reading.newest_on(look.fetched_at) if isinstance(look.reading, ListReading) else None


@pytest.mark.parametrize(
    "path",
    ["/later/", "/ready/", "/post/", "/asking/", "/download/", "/noise/", "/framed/", "/popup/", "/counted/"],
)
def test_rows_made_by_scripts_are_read(looks: dict[str, Observation], path: str) -> None:
    assert (looks[path].state, newest(looks[path])) == (PageState.OK, NEWEST), looks[path].why
    assert "用浏览器打开" in looks[path].why


def test_what_the_browser_showed_is_the_evidence(site: Site, looks: dict[str, Observation]) -> None:
    look = looks["/later/"]
    assert rows_of()[0]["title"] in (look.body or b"").decode("utf-8-sig")
    assert isinstance(look.reading, ListReading)
    assert look.reading.rows[0].url == site.url("/tzgg/0.html")
    assert look.headers["Content-Type"] == "text/html; charset=utf-8"


def test_page_that_leads_elsewhere_is_read_there(site: Site, looks: dict[str, Observation]) -> None:
    assert looks["/elsewhere/"].state is PageState.OK
    assert looks["/elsewhere/"].final_url == site.url("/plain/")


def test_document_made_by_a_script_is_read(looks: dict[str, Observation]) -> None:
    reading = looks["/document/"].reading
    assert isinstance(reading, DocumentReading)
    assert (reading.state, reading.published_on) == (PageState.OK, date(2026, 11, 19)), reading.why
    assert "用浏览器打开" in looks["/document/"].why


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/abroad/", f"没有访问未登记的网站 {FOREIGN}"),
        ("/sent-abroad/", f"跳转到未登记的网站 {FOREIGN}"),
        ("/forbidden/", "robots.txt 不允许"),
        ("/broken/", "/error.json 没有成功"),
        ("/empty-by-error/", "/error.json 没有成功"),
        ("/huge/", "超过大小上限"),
    ],
)
def test_page_that_may_not_be_complete_is_unknown(looks: dict[str, Observation], path: str, why: str) -> None:
    assert looks[path].state is PageState.SHELL
    assert why in looks[path].why


def test_column_is_empty_when_its_data_say_so(looks: dict[str, Observation]) -> None:
    assert looks["/empty/"].state is PageState.EMPTY


def test_nothing_leaves_but_documents_scripts_and_data_of_registered_hosts(
    site: Site, looks: dict[str, Observation]
) -> None:
    assert not [asked.path for asked in site.asked if not asked.host.startswith("127.0.0.1")]
    asked = set(site.paths())
    assert asked <= set(site.pages)
    assert {asked.headers["User-Agent"].partition("/")[0] for asked in site.asked} == {"zwgk"}


def test_page_itself_and_shared_scripts_are_asked_for_once(site: Site, looks: dict[str, Observation]) -> None:
    assert site.count("/ready/") == 1
    assert looks["/kept/"].state is PageState.OK
    assert site.count("/app.js") == 1


def test_page_that_never_becomes_quiet_is_unknown_in_time_and_the_next_one_is_read() -> None:
    with Site() as site:
        site.pages |= {
            "/busy/": shell(f"{SIDE}setInterval(() => fetch('/none' + '.json'), 200)"),
            "/loop/": shell("setTimeout(() => { while (true) {} }, 50)"),
            "/next/": shell(LOAD),
            "/rows.json": told(rows_of()),
            "/none.json": told([]),
        }
        urls = [site.url(path) for path in ("/busy/", "/loop/", "/next/")]
        seen = seen_in(crawl(Job(work(*urls), settings() | {"ZWGK_BROWSER_PAGE_S": PAGE_S})))
    busy, loop, after = (seen[url] for url in urls)
    assert (busy.state, loop.state, after.state) == (PageState.SHELL, PageState.SHELL, PageState.OK)
    assert f"浏览器在 {PAGE_S} 秒内没有等到页面安静下来" in busy.why
    assert f"浏览器在 {PAGE_S} 秒内没有等到页面安静下来" in loop.why


def test_requests_of_a_page_keep_the_delay() -> None:
    with Site() as site:
        fetches = "".join(f"fetch('/{n}' + '.json');" for n in range(3))
        site.pages |= {"/": shell(f"{LOAD}; {fetches}"), "/rows.json": told(rows_of())}
        site.pages |= {f"/{n}.json": told([]) for n in range(3)}
        [look] = seen_in(crawl(Job(work(site.url()), settings(delay_s=0.5)))).values()
        moments = [asked.at for asked in site.asked if asked.path.endswith(".json")]
    assert look.state is PageState.OK
    assert len(moments) == 4
    assert max(moments) - min(moments) >= 1.2  # three delays, less what the first one was late to arrive
    assert max(asked.open_at_once for asked in site.asked) == 1


def test_two_shells_at_once_and_other_hosts_go_on() -> None:
    both, plain_done = threading.Barrier(2), threading.Event()

    def data(_: Asked) -> Page:
        both.wait(30)  # the other page's data are asked for, too
        assert plain_done.wait(30)
        return told(rows_of())

    def last(_: Asked) -> Page:
        plain_done.set()
        return listing(days_back(NEWEST, 8))

    sites = [Site(address=f"127.0.0.{n}") for n in (1, 2, 3)]
    one, two, plain = sites
    for shelled in (one, two):
        shelled.pages |= {"/": shell(LOAD), "/rows.json": data}
    plain.pages |= {f"/{n}/": listing(days_back(NEWEST, 8)) for n in range(5)} | {"/5/": last}
    hosts = tuple(site.address for site in sites)
    urls = (one.url(), two.url(), *(plain.url(f"/{n}/") for n in range(6)))
    made = settings(allow_private=hosts, timeout_s=20) | {"ZWGK_BROWSER_PAGES": 2}
    with one, two, plain:
        seen = seen_in(crawl(Job(work(*urls, hosts=hosts), made)))
    assert {look.state for look in seen.values()} == {PageState.OK}
    assert len(seen) == 8


def test_one_place_makes_the_second_page_wait_and_a_check_has_its_own() -> None:
    sites = [Site(address=f"127.0.0.{n}") for n in (1, 2)]
    night, phone = sites
    checked = threading.Event()

    def data(_: Asked) -> Page:
        assert checked.wait(30)
        return told(rows_of())

    def answered(_: Asked) -> Page:
        checked.set()
        return told(rows_of())

    night.pages |= {"/": shell(LOAD), "/rows.json": data, "/robots.txt": Page(status=404)}
    phone.pages |= {"/": shell(LOAD), "/rows.json": answered}
    look = PlannedLook(subject_id="c", kind=SubjectKind.COLUMN, url=phone.url(), check_id=1)
    hosts = tuple(site.address for site in sites)
    made = settings(allow_private=hosts, timeout_s=20) | {"ZWGK_BROWSER_PAGES": 1}
    with night, phone:
        job = Job(work(night.url(), hosts=hosts), made, checks=(Check(id=1, looks=(look,)),))
        seen = seen_in(crawl(job))
    assert {url: look.state for url, look in seen.items()} == {night.url(): "ok", phone.url(): "ok"}


def descendants(pid: int) -> list[int]:
    """Processes below one, from /proc."""
    above: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        above.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        waiting += (below := above.get(waiting.pop(), []))
        found += below
    return found


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="watches processes as Linux does")
def test_browser_that_hangs_is_killed() -> None:
    async def hang() -> list[int]:
        before = set(descendants(os.getpid()))
        engine = await start()
        mine = [pid for pid in descendants(os.getpid()) if pid not in before]
        watched = [os.pidfd_open(pid) for pid in mine]
        for pid in mine:
            if b"chrom" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGSTOP)
        await engine.stop()
        return watched

    watched = asyncio.run(hang())
    assert len(watched) > 1
    for ended in watched:
        assert select.select([ended], [], [], 40)[0], "a process of the browser goes on"
        os.close(ended)


def test_browser_that_was_not_needed_is_not_started() -> None:
    before = descendants(os.getpid())
    browser = Browser()
    asyncio.run(browser.close())
    assert descendants(os.getpid()) == before
