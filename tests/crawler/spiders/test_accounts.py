"""Accounts and listings through a whole run: robots, guard and the order of requests as at night."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest

from crawler.work import Work
from domain.clock import BEIJING
from domain.looks import Observation, PlannedLook
from domain.readings import AccountReading, PackageReading, PageState
from domain.stores import Store
from domain.units import Account, App, Registry, Subject, SubjectKind
from tests.crawler.crawling import Job, crawl, settings
from tests.site import Page, Site

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
