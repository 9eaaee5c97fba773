"""Accounts and listings through a whole run: robots, guard and the order of requests as at night."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from crawler.work import Work
from demo.fake_wechat import Article, FakeWechat
from domain.clock import BEIJING
from domain.credentials import Credential
from domain.looks import Observation, PlannedLook
from domain.readings import AccountReading, PackageReading, PageState
from domain.stores import Store
from domain.units import Account, App, Registry, Subject, SubjectKind
from tests.crawler.crawling import Job, crawl, settings
from tests.site import Page, Site, redirect

UID = "1669879400"
LIST = f"/api/container/getIndex?type=uid&value={UID}"
PKG = "cn.gov.x"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def seen(*subjects: Subject) -> list[Observation]:
    looks = tuple(
        PlannedLook(
            subject_id=one.subject_id, kind=SubjectKind(one.subject_id.partition(":")[0]),
            url=one.package_url if isinstance(one, App) else one.url,
            source=one.source if isinstance(one, Account) else "",
        )
        for one in subjects
    )  # fmt: skip
    registry = Registry(
        accounts=tuple(one for one in subjects if isinstance(one, Account)),
        apps=tuple(one for one in subjects if isinstance(one, App)),
    )
    work = Work(plan=looks, seen=frozenset(), registry=registry, hosts=frozenset({"127.0.0.1"}))
    return [one for one in crawl(Job(work=work, settings=settings())) if isinstance(one, Observation)]


def account(site: Site, source: str, path: str) -> Account:
    return Account(
        id=source, unit_id="u", platform="p", name="n", source=source, url=site.url(path), full_coverage=True
    )


def as_json(value: object, kind: str = "application/json") -> Page:
    return Page(body=json.dumps(value), kind=kind)


def test_weibo_is_asked_twice_by_our_own_name(site: Site) -> None:
    post = {"id": "1", "created_at": "Fri Nov 20 10:28:47 +0800 2020", "text": "x", "user": {"id": int(UID)}}
    site.pages[LIST] = as_json({"ok": 1, "data": {"userInfo": {"id": int(UID)}, "tabsInfo": {"tabs": [
        {"tab_type": "weibo", "containerid": f"107603{UID}"}]}}})  # fmt: skip
    site.pages[f"{LIST}&containerid=107603{UID}"] = as_json(
        {"ok": 1, "data": {"cards": [{"card_type": 9, "mblog": post}]}}
    )
    [found] = seen(account(site, "weibo", f"/u/{UID}"))
    assert isinstance(found.reading, AccountReading)
    assert (found.state, found.reading.coverage) == (PageState.OK, "full")
    assert [post.published_at for post in found.reading.posts] == [
        datetime(2020, 11, 20, 10, 28, 47, tzinfo=BEIJING)
    ]
    assert {asked.headers["User-Agent"].partition("/")[0] for asked in site.asked} == {"zwgk"}


def test_weibo_that_refuses_is_blocked(site: Site) -> None:
    site.pages[LIST] = Page(status=432)
    [found] = seen(account(site, "weibo", f"/u/{UID}"))
    assert found.state is PageState.BLOCKED


def test_robots_denial_leaves_an_account_unknown(site: Site) -> None:
    site.pages["/robots.txt"] = Page(body="User-agent: *\nDisallow: /", kind="text/plain")
    [found] = seen(account(site, "weibo", f"/u/{UID}"))
    assert found.reading is None
    assert found.state is not PageState.OK


def test_an_album_shows_life(site: Site) -> None:
    site.pages["/mp/appmsgalbum?action=getalbum&count=20&album_id=7&f=json"] = as_json(
        {"getalbum_resp": {"article_list": {"msgid": "1", "title": "t", "create_time": "1763700000"}}}
    )
    [found] = seen(account(site, "wechat-album", "/mp/appmsgalbum?album_id=7"))
    assert isinstance(found.reading, AccountReading)
    assert (found.state, found.reading.coverage, len(found.reading.posts)) == (PageState.OK, "partial", 1)


FEED = {"version": "https://jsonfeed.org/version/1", "items": [
    {"id": "1", "title": "t", "url": "https://mp.example/1", "date_modified": "2020-11-20T02:00:00.000Z"}
]}  # fmt: skip
ROUTE = (
    "<rss version='2.0'><channel><lastBuildDate>Fri, 20 Nov 2020 02:00:00 GMT</lastBuildDate><title>t</title>"
    "<item><guid>1</guid><title>t</title><pubDate>Fri, 20 Nov 2020 01:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)


def reading(site: Site, source: str, path: str) -> AccountReading:
    [found] = seen(account(site, source, path))
    assert isinstance(found.reading, AccountReading)
    assert found.state is PageState.OK
    return found.reading


def test_a_json_feed_is_read(site: Site) -> None:
    site.pages["/feed.json"] = as_json(FEED, "application/feed+json")
    assert reading(site, "jsonfeed", "/feed.json").source_synced_at is None


def test_wewe_rss_is_asked_for_its_sync_and_then_for_the_feed(site: Site) -> None:
    site.pages["/feeds"] = as_json([{"id": "MP_WXS_1", "syncTime": 1605837600, "updateTime": 1}])
    site.pages["/feeds/MP_WXS_1.json"] = as_json(FEED)
    found = reading(site, "wewe-rss", "/feeds/MP_WXS_1.json")
    assert (found.coverage, found.source_synced_at) == ("full", datetime(2020, 11, 20, 10, tzinfo=BEIJING))
    assert [one.path for one in site.asked] == ["/robots.txt", "/feeds", "/feeds/MP_WXS_1.json"]


def test_wewe_rss_without_the_account_is_no_silence(site: Site) -> None:
    said = json.dumps({"statusCode": 400, "message": "不存在该feed！"})
    site.pages["/feeds/MP_WXS_1.json"] = Page(status=400, body=said, kind="application/json")
    [found] = seen(account(site, "wewe-rss", "/feeds/MP_WXS_1.json"))
    assert isinstance(found.reading, AccountReading)
    assert (found.state, found.reading.reason) == (PageState.FAILED, "not_found")


def test_we_mp_rss_shows_life(site: Site) -> None:
    post = {
        "id": "1",
        "title": "t",
        "link": "https://mp.weixin.qq.com/s/1",
        "updated": "2020-11-20T10:00:00+08:00",
    }
    site.pages["/feed/MP_WXS_1.json"] = as_json({"name": "n", "items": [post]})
    found = reading(site, "we-mp-rss", "/feed/MP_WXS_1.json")
    assert (len(found.posts), found.source_synced_at) == (1, None)


def test_rsshub_is_as_recent_as_its_feed(site: Site) -> None:
    site.pages["/toutiao/user/token/x"] = Page(body=ROUTE, kind="application/xml")
    found = reading(site, "rsshub", "/toutiao/user/token/x")
    assert (found.coverage, found.source_synced_at) == ("full", datetime(2020, 11, 20, 10, tzinfo=BEIJING))


def test_rsshub_with_expired_cookies_asks_for_a_login(site: Site) -> None:
    page = "<html><pre>Error: Cookies expired. Please update WEIBO_COOKIES</pre></html>"
    site.pages["/weibo/user/1"] = Page(status=503, body=page)
    [found] = seen(account(site, "rsshub", "/weibo/user/1"))
    assert (found.state, "Cookie" in found.why) == (PageState.LOGIN, True)


def app(site: Site, store: Store, path: str) -> App:
    return App(id=store, unit_id="u", name="a", package_url=site.url(path), store=store, listing=PKG)


def test_stores_are_asked_each_in_its_way(site: Site) -> None:
    site.pages["/lookup"] = as_json({"resultCount": 1, "results": [{"bundleId": PKG}]}, "text/javascript")
    site.pages["/appinfo"] = lambda asked: as_json({**json.loads(asked.posted), "version": "2.3.1"})
    site.pages["/details"] = Page(body="<p>小米应用商店</p><p>抱歉，该应用不存在</p>")
    found = seen(
        app(site, Store.APPLE, "/lookup"), app(site, Store.HUAWEI, "/appinfo"),
        app(site, Store.XIAOMI, "/details"),
    )  # fmt: skip
    said = {one.subject_id: one.reading for one in found}
    assert {key: one.verdict for key, one in said.items() if isinstance(one, PackageReading)} == {
        "app:apple": "ok", "app:huawei": "ok", "app:xiaomi": "broken",
    }  # fmt: skip
    assert all(isinstance(one, PackageReading) and one.listing for one in said.values())


KEYS = {"k": Credential(appid="wx1", secret="S3CRET")}


def by_wechat(url: str, **changes: object) -> Observation:
    one = Account(
        id="w", unit_id="u", platform="微信", name="n", source="wechat-api", url=url, full_coverage=True,
        credential="k",
    )  # fmt: skip
    look = PlannedLook(subject_id=one.subject_id, kind=SubjectKind.ACCOUNT, url=url, source=one.source)
    work = Work(
        plan=(look,), seen=frozenset(), registry=Registry(accounts=(one,)),
        hosts=frozenset({"127.0.0.1", "localhost"}), credentials=KEYS,
    )  # fmt: skip
    [found] = [s for s in crawl(Job(work=work, settings=settings(**changes))) if isinstance(s, Observation)]
    assert "S3CRET" not in repr(found)
    return found


def test_wechats_interface_is_asked_from_within_the_run() -> None:
    with FakeWechat() as wechat:
        wechat.secrets["wx1"] = "S3CRET"
        wechat.articles["wx1"] = [Article(id="1", title="t", at=1763700000)]
        found = by_wechat(wechat.url)
    assert isinstance(found.reading, AccountReading)
    assert (found.state, found.reading.coverage, found.http_status) == (PageState.OK, "full", 200)
    assert found.url == wechat.url
    assert "access_token" not in f"{found.final_url}{found.why}"


def test_a_key_is_sent_to_no_private_address_that_is_not_allowed_and_nowhere_else(site: Site) -> None:
    assert "allow_private" in by_wechat(site.url(), allow_private=()).why
    assert site.asked == []
    site.pages["/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=S3CRET"] = redirect("/x?S3CRET")
    found = by_wechat(site.url())
    assert "没有跟随" in found.why
    assert len(site.asked) == 1
    site.pages.clear()
    huge = Page(body=b"{" + b" " * 20_000)
    site.pages["/cgi-bin/token?grant_type=client_credential&appid=wx1&secret=S3CRET"] = huge
    assert "大小上限" in by_wechat(site.url(), max_body_bytes=10_000).why
    assert by_wechat("http://127.0.0.1:9").reading is None
