"""An app known by the page that offers it, looked at by a real crawl of a local site."""

import base64
from collections.abc import Iterator, Mapping

import pytest

from crawler.work import Work
from domain.looks import Observation, PlannedLook
from domain.readings import PackageReading, PageState
from domain.units import App, Registry, SubjectKind
from tests.crawler.apps.codes import qr
from tests.crawler.apps.test_package import APK, SMALL
from tests.crawler.crawling import Job, crawl, settings
from tests.site import Page, Site

FINE, CUT = Page(body=SMALL, kind=APK, ranges=True), Page(body=SMALL[:100], kind=APK, ranges=True)
LANDING = Page(body="<html><head><title>x</title></head><body>下载</body></html>")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def png(data: bytes) -> Page:
    return Page(body=data, kind="image/png")


GONE = '<a href="/gone.apk">x</a>'
CASES: Mapping[str, tuple[str, str, str]] = {
    "link": ('<a href="/fine.apk">安卓</a>', "ok", "网页上的下载链接：安装包可以下载"),
    "one_of_two": ('<a href="/gone.apk">旧版</a><a href="/fine.apk">新版</a>', "ok", "可以下载"),
    "gone": ('<a href="/gone.apk">安卓</a>', "broken", "下载链接已失效（HTTP 404）"),
    "cut": ('<a href="/cut.apk">安卓</a>', "broken", "安装包不完整"),
    "qr": ('<img src="/fine.png" alt="二维码">', "ok", "可以下载"),
    "qr_inline": ('<img src="{inline}" alt="二维码">', "ok", "可以下载"),
    "qr_gone": ('<img src="/gone.png" alt="二维码">', "broken", "HTTP 404"),
    "qr_landing": ('<img src="/landing.png" alt="二维码">', "unknown", "没有全部核对清楚"),
    "gone_but_landing": (f'{GONE}<img src="/landing.png" alt="二维码">', "unknown", "没有全部"),
    "gone_but_unread": (f'{GONE}<img src="/noise.png" alt="二维码">', "unknown", "没有全部"),
    "gone_but_elsewhere": (f'{GONE}<img src="http://a.test/q.png" alt="二维码">', "unknown", ""),
    "gone_and_store": (
        f'{GONE}<a href="https://apps.apple.com/cn/app/id1234567890">苹果</a>', "unknown", "",
    ),
    "server_error": ('<a href="/error.apk">安卓</a>', "unknown", "没有全部核对清楚"),
    "many_gone": ("".join(f'<a href="/{n}.apk">{n}</a>' for n in range(4)), "unknown", "没有全部"),
    "nothing": ("<p>应用即将上线</p>", "unknown", "没有找到下载链接"),
    "wechat": ('<img src="/wechat.png" alt="二维码">', "unknown", "没有找到下载链接"),
}  # fmt: skip


@pytest.fixture(scope="module")
def looks(site: Site) -> Mapping[str, Observation]:
    inline = "data:image/png;base64," + base64.b64encode(qr(site.url("/fine.apk"))).decode()
    site.pages |= {
        "/fine.apk": FINE, "/cut.apk": CUT, "/error.apk": Page(status=500), "/landing": LANDING,
        "/fine.png": png(qr(site.url("/fine.apk"))), "/gone.png": png(qr(site.url("/gone.apk"))),
        "/landing.png": png(qr(site.url("/landing"))), "/noise.png": png(b"\x89PNG noise"),
        "/wechat.png": png(qr("weixin://dl/x")),
    }  # fmt: skip
    for name, (inner, _, _) in CASES.items():
        told = inner.replace("{inline}", inline)
        site.pages[f"/page/{name}"] = Page(
            body=f"<html><body><h1>手机客户端</h1><div>{told}</div></body></html>"
        )
    names = [*CASES, "missing"]
    urls = {name: site.url(f"/page/{name}") for name in names}
    apps = tuple(
        App(id=name, unit_id="u", name=name, package_url=url, page_url=url) for name, url in urls.items()
    )
    plan = tuple(
        PlannedLook(subject_id=f"app:{name}", kind=SubjectKind.APP, url=urls[name]) for name in names
    )
    work = Work(
        plan=plan, seen=frozenset(), registry=Registry(units=(), apps=apps), hosts=frozenset({"127.0.0.1"})
    )
    items = crawl(Job(work=work, settings=settings(accounts_timeout_s=5)))
    return {one.subject_id.removeprefix("app:"): one for one in items if isinstance(one, Observation)}


@pytest.mark.parametrize("name", CASES)
def test_what_a_page_offers_is_tried(looks: Mapping[str, Observation], name: str) -> None:
    look, (_, verdict, why) = looks[name], CASES[name]
    assert isinstance(look.reading, PackageReading)
    assert (look.reading.verdict, look.reading.listing) == (verdict, False), look.why
    assert why in look.why
    assert look.url.endswith(f"/page/{name}")
    assert (look.state is PageState.OK) == (verdict != "unknown")


def test_a_page_that_is_gone_tells_nothing_of_the_app(looks: Mapping[str, Observation]) -> None:
    reading = looks["missing"].reading
    assert isinstance(reading, PackageReading)
    assert reading.verdict == "unknown"
    assert "没有打开" in reading.why


def test_a_broken_package_is_the_evidence(looks: Mapping[str, Observation], site: Site) -> None:
    look = looks["gone"]
    assert (look.http_status, look.final_url) == (404, site.url("/gone.apk"))
    assert isinstance(look.reading, PackageReading)
    assert look.reading.hops == (site.url("/gone.apk"),)
