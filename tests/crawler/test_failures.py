"""Every failure is an observation that says why; one crawl meets them all."""

import socket
from datetime import date
from threading import Event

import pytest

from crawler.work import Work
from domain.looks import Observation
from domain.readings import PageState
from domain.units import Registry
from tests.crawler.crawling import Job, columns, crawl, settings
from tests.crawler.pages import listing
from tests.site import Page, Site, redirect, zipped

TODAY = [date(2026, 11, day) for day in (20, 19, 18)]
LARGE = "<html><body>" + "很长" * 20_000


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def seen() -> dict[str, Observation]:
    with Site() as site:
        site.pages |= {
            "/ok/": listing(TODAY),
            "/moved/": redirect("/ok/"),
            "/home/": redirect("/"),
            "/": listing(TODAY),
            "/away/": redirect("http://elsewhere.example/"),
            "/file/": redirect("file:///etc/passwd"),
            "/round/": redirect("/round/"),
            "/gone/": Page(status=410),
            "/500/": Page(status=500),
            "/503/": Page(status=503, headers={"Retry-After": "1"}),
            "/403/": Page(status=403),
            "/412/": Page(status=412),
            "/521/": Page(status=521),
            "/429/": Page(status=429),
            "/401/": Page(status=401),
            "/304/": Page(status=304),
            "/pdf/": Page(body=b"%PDF-1.7 ...", kind="application/pdf"),
            "/data/": Page(body=b"\0\1\2\3", kind="application/octet-stream"),
            "/large/": Page(body=LARGE),
            "/bomb/": zipped(LARGE * 10),
            "/slow/": Page(wait=Event()),
            "/cut/": Page(body=LARGE[:4000], cut=1000),
            "/nothing/": Page(),
        }
        others = [
            f"http://127.0.0.1:{closed_port()}/refused/", "http://nowhere.invalid/dns/",
            site.url("/private/", host="127.0.0.2"), f"https://127.0.0.1:{site.port}/tls/",
            "ftp://127.0.0.1/ftp/", "http://[::1/brackets/",
        ]  # fmt: skip
        urls = [*map(site.url, [*site.pages, "/404/"]), *others]
        hosts = frozenset({"127.0.0.1", "127.0.0.2", "nowhere.invalid", "[::1"})
        work = Work(plan=columns(*urls), seen=frozenset(), registry=Registry(), hosts=hosts)
        items = crawl(Job(work, settings(timeout_s=1, max_body_bytes=20_000)))
    looks = [item for item in items if isinstance(item, Observation)]
    assert sorted(look.url for look in looks) == sorted(urls)
    return {look.url.rstrip("/").rpartition("/")[2]: look for look in looks}


@pytest.mark.parametrize(
    ("name", "state", "status", "why"),
    [
        ("404", PageState.FAILED, 404, "页面不存在"),
        ("gone", PageState.FAILED, 410, "页面不存在"),
        ("500", PageState.FAILED, 500, "服务器错误"),
        ("503", PageState.FAILED, 503, "服务器错误"),
        ("403", PageState.BLOCKED, 403, "拦截"),
        ("412", PageState.BLOCKED, 412, "拦截"),
        ("521", PageState.BLOCKED, 521, "拦截"),
        ("429", PageState.BLOCKED, 429, "频率"),
        ("401", PageState.LOGIN, 401, "登录"),
        ("304", PageState.FAILED, 304, "异常"),
        ("home", PageState.SOFT_404, 200, "首页"),
        ("away", PageState.FAILED, None, "未登记的网站 elsewhere.example"),
        ("round", PageState.FAILED, None, "跳转次数"),
        ("pdf", PageState.FAILED, 200, "不是网页（PDF）"),
        ("data", PageState.FAILED, 200, "不是网页（application/octet-stream）"),
        ("large", PageState.FAILED, None, "大小上限"),
        ("bomb", PageState.FAILED, None, "大小上限"),
        ("slow", PageState.FAILED, None, "超时"),
        ("cut", PageState.FAILED, None, "不完整"),
        ("nothing", PageState.FAILED, 200, "空"),
        ("refused", PageState.FAILED, None, "拒绝连接"),
        ("dns", PageState.FAILED, None, "域名无法解析"),
        ("private", PageState.FAILED, None, "内网或本机地址"),
        ("ftp", PageState.FAILED, None, "只访问 http 和 https"),
        ("brackets", PageState.FAILED, None, "网址格式不正确"),
    ],
)  # fmt: skip
def test_failure_is_an_observation_that_says_why(
    seen: dict[str, Observation], name: str, state: PageState, status: int | None, why: str
) -> None:
    look = seen[name]
    assert (look.state, look.http_status) == (state, status)
    assert why in look.why


def test_good_answers_are_read(seen: dict[str, Observation]) -> None:
    assert seen["ok"].state is PageState.OK
    assert seen["moved"].state is PageState.OK
    assert str(seen["moved"].final_url).endswith("/ok/")


def test_redirect_to_another_scheme_is_not_followed(seen: dict[str, Observation]) -> None:
    assert seen["file"].state is PageState.FAILED


def test_tls_failure_is_a_failed_look(seen: dict[str, Observation]) -> None:
    assert seen["tls"].state is PageState.FAILED
    assert seen["tls"].http_status is None
