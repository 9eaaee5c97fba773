"""App stores: what a store must say before an app counts as gone; everything else tells nothing."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import AddressBook
from crawler.answers import Answer, Ask
from crawler.apps.catalog import STORES
from crawler.failures import bad_status
from crawler.spiders.accounts import see_app
from crawler.stamp import Stamp
from crawler.visit import Visit
from domain.looks import Observation, PlannedLook
from domain.readings import PackageReading, PageState
from domain.stores import Store, listing_address
from domain.units import App, SubjectKind

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
PKG = "cn.gov.x"


def app(store: Store, listing: str = PKG) -> App:
    url = listing_address(store, listing)
    return App(id="a", unit_id="u", name="某某通", package_url=url, store=store, listing=listing)


def seen(
    store: Store, body: str | bytes, *, status: int = 200, kind: str = "text/html", listing: str = PKG
) -> tuple[Ask, Observation]:
    """The look through `see_app`, with what was asked."""
    asked: list[Ask] = []

    async def fetch(ask: Ask) -> Answer:
        asked.append(ask)
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0, status=status, final_url=ask.url,
            headers={"Content-Type": kind}, body=body.encode() if isinstance(body, str) else body,
            failure=None if status == 200 else bad_status(status),
        )  # fmt: skip

    async def at_once(address: str) -> None:
        return None

    subject = app(store, listing)
    visit = Visit(
        look=PlannedLook(subject_id="app:a", kind=SubjectKind.APP, url=subject.package_url), fetch=fetch,
        book=AddressBook(()), pause=at_once, stamp=Stamp(), hosts=frozenset(), subject=subject,
    )  # fmt: skip
    [found] = asyncio.run(see_app(visit))
    [ask] = asked
    return ask, found


def verdict(store: Store, body: str | bytes, **more: str) -> str:
    _, found = seen(store, body, **more)  # type: ignore[arg-type]
    assert isinstance(found.reading, PackageReading)
    assert found.why == found.reading.why
    assert (found.state is PageState.OK) == (found.reading.verdict != "unknown")
    return found.reading.verdict


def test_every_store_has_its_adapter() -> None:
    assert set(STORES) == set(Store) - {Store.APK}


def apple(*results: object, count: object = None) -> str:
    return json.dumps({"resultCount": len(results) if count is None else count, "results": list(results)})


@pytest.mark.parametrize(
    ("body", "want"),
    [
        (apple({"bundleId": "cn.gov.X", "trackId": 6762150416}), "ok"),
        (apple(), "broken"),
        (apple({"bundleId": "cn.gov.other", "trackId": 1}), "unknown"),
        (apple(count=1), "unknown"),
        (apple(count=False), "unknown"),
        (apple("x", None), "unknown"),
        ('{"resultCount":0}', "unknown"),
        ('{"errorMessage":"Invalid value(s) for key(s): [bundleId]"}', "unknown"),
        ("[]", "unknown"),
        ("<html><body>resultCount 0</body></html>", "unknown"),
        ("", "unknown"),
    ],
)
def test_apple(body: str, want: str) -> None:
    assert verdict(Store.APPLE, body, kind="text/javascript; charset=utf-8") == want


def test_apple_is_asked_for_china_by_either_name() -> None:
    number, found = seen(Store.APPLE, apple({"trackId": 6762150416}), listing="6762150416")
    bundle, gone = seen(Store.APPLE, apple())
    assert number.url == "https://itunes.apple.com/lookup?id=6762150416&country=cn"
    assert bundle.url == "https://itunes.apple.com/lookup?bundleId=cn.gov.x&country=cn"
    assert (found.why, gone.why) == ("在苹果应用商店（中国区）可以查到", "在苹果应用商店（中国区）查不到")


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ({"pkgName": PKG, "version": "2.3.1", "isShelves": 1}, "ok"),
        ({"rtnCode": 0, "pkgName": PKG, "version": "2.3.1"}, "ok"),
        ({"pkgName": PKG, "version": "2.3.1", "isShelves": 0}, "unknown"),
        ({"pkgName": "cn.other", "version": "1"}, "unknown"),
        ({"version": "1"}, "unknown"),
        ({"rtnCode": 0}, "unknown"),
        ({"rtnCode": "0", "rtnDesc": "success"}, "unknown"),
        ({"pkgName": PKG, "name": ""}, "unknown"),
        ({"rtnCode": 0, "rtnDesc": "token invalid"}, "unknown"),
        ({"rtnCode": 5, "rtnDesc": "system busy"}, "unknown"),
        ({"rtnCode": 5, "rtnDesc": "应用接口不存在"}, "unknown"),
        ({"rtnCode": 5, "rtnDesc": "interface not found"}, "unknown"),
        ({"rtnCode": 5, "rtnDesc": "app not exist"}, "broken"),
        ({"rtnCode": None}, "unknown"),
        ({"pkgName": ["x"], "version": "1"}, "unknown"),
        ({"message": "forbidden"}, "unknown"),
        ({}, "unknown"),
        ([], "unknown"),
    ],
)
def test_huawei(said: object, want: str) -> None:
    assert verdict(Store.HUAWEI, json.dumps(said), kind="application/json") == want


def test_huawei_is_posted_json() -> None:
    ask, _ = seen(Store.HUAWEI, "<html>")
    assert json.loads(ask.posted or "")["pkgName"] == PKG
    assert ask.headers["Content-Type"].startswith("application/json")


LISTED = f"<div>某某通</div><p>版本号</p><p>1.0.5</p><p>更新时间</p><p>2026-09-09</p><a id={PKG}>下载</a>"
PAGES: list[tuple[Callable[[str], str], str]] = [
    (lambda name: f"<title>{name}</title>{LISTED}", "ok"),
    (lambda name: f"{name}{LISTED.replace(PKG, 'cn.other')}", "unknown"),  # redirected to another app
    (lambda name: f"<div>{name}</div>{LISTED}<p>评论：为什么找不到应用</p>", "unknown"),
    (lambda name: f"<div>{name}</div><p>抱歉，找不到该应用</p>", "broken"),
    (lambda name: f"<div>{name}</div><p>系统繁忙，找不到该应用，请稍后再试</p>", "unknown"),
    (lambda name: "<p>找不到该应用</p>", "unknown"),  # no page of the store
    (lambda name: f"<div>{name}</div><script>var t='找不到该应用'</script>", "unknown"),
    (lambda name: f"<div>{name}</div><p>找不到该应用</p>{'<p>别的应用推荐</p>' * 300}", "unknown"),
    (lambda name: f"<div>{name}</div>", "unknown"),
    (lambda name: "", "unknown"),
]


@pytest.mark.parametrize(("store", "name"), [(Store.TENCENT, "应用宝"), (Store.XIAOMI, "小米应用商店")])
@pytest.mark.parametrize(("page", "want"), PAGES)
def test_detail_pages(store: Store, name: str, page: Callable[[str], str], want: str) -> None:
    assert verdict(store, f"<html><body>{page(name)}</body></html>", kind="text/html; charset=utf-8") == want


@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503])
def test_no_status_accuses(store: Store, status: int) -> None:
    _, found = seen(store, apple(), status=status)
    assert isinstance(found.reading, PackageReading)
    assert found.reading.verdict == "unknown"
    assert found.state is not PageState.OK


@pytest.mark.parametrize("store", STORES)
@given(body=st.binary(max_size=200))
def test_arbitrary_bytes_never_accuse(store: Store, body: bytes) -> None:
    assert verdict(store, body) == "unknown"
