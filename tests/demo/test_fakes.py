"""The simulated sources as the product's adapters read them: every trap is met, and none accuses."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler.accounts.catalog import KEYED, SOURCES
from crawler.answers import Answer, Ask
from crawler.apps.catalog import STORES
from crawler.failures import bad_status
from demo.nights import NIGHTS
from demo.plant import plant
from demo.reply import Asked
from demo.site import Portal
from demo.sources import ACCOUNTS
from demo.truth import OUTCOMES
from demo.world import Fault, Feed, Package, World
from domain.readings import AccountReading, PackageReading
from domain.stores import Store
from domain.units import Account, App

REASONS: Mapping[Fault, tuple[str, str]] = {
    Fault.NONE: ("ok", "full"),
    Fault.JSON_SILENT: ("ok", "full"),
    Fault.ATOM_WRONG_TIMES: ("ok", "full"),
    Fault.WEWE_SILENT: ("ok", "full"),
    Fault.WEWE_FROZEN: ("ok", "full"),
    Fault.WEWE_UNKNOWN: ("not_found", "unknown"),
    Fault.WE_MP_SILENT: ("ok", "full"),
    Fault.WE_MP_OLD_SILENT: ("ok", "full"),
    Fault.ALBUM_ONE_OLD: ("ok", "partial"),
    Fault.ALBUM_EMPTY: ("empty", "unknown"),
    Fault.ALBUM_CAPTCHA: ("blocked", "unknown"),
    Fault.WEIBO_SILENT: ("ok", "full"),
    Fault.WEIBO_PINNED: ("ok", "full"),
    Fault.WEIBO_TOO_FAST: ("rate_limited", "unknown"),
    Fault.WEIBO_VISITOR: ("blocked", "unknown"),
    Fault.WEIBO_LOGIN: ("auth_expired", "unknown"),
    Fault.RSSHUB_SILENT: ("ok", "full"),
    Fault.RSSHUB_PINNED: ("ok", "full"),
    Fault.RSSHUB_COOKIES: ("auth_expired", "unknown"),
    Fault.RSSHUB_WAF: ("blocked", "unknown"),
    Fault.RSSHUB_EMPTY: ("empty", "unknown"),
    Fault.RSSHUB_UNDATED: ("parse_failed", "unknown"),
}
"""What an account's source is read as, and how much of the account it shows."""


@pytest.fixture(scope="module")
def world() -> World:
    return plant(5, 20_005)


def answered(portal: Portal, ask: Ask) -> Answer:
    parts = urlsplit(ask.url)
    reply = portal.reply(Asked(
        host=parts.hostname or "", path=parts.path, query=dict(parse_qsl(parts.query)),
        posted=ask.posted or "", headers={name.lower(): value for name, value in ask.headers.items()},
    ))  # fmt: skip
    return Answer(
        url=ask.url, final_url=ask.url, fetched_at=portal.now, wall_at=portal.now, elapsed_s=0,
        status=reply.status, headers={"Content-Type": reply.content_type}, body=reply.body,
        failure=None if reply.status == 200 else bad_status(reply.status),
    )  # fmt: skip


def account_reading(portal: Portal, feed: Feed) -> AccountReading:
    account = Account(
        id=feed.id, unit_id="u", platform=feed.platform, name=feed.name, source=feed.source,
        url=portal.world.url(feed.host, feed.path), full_coverage=feed.full_coverage,
    )  # fmt: skip

    async def fetch(ask: Ask) -> Answer:
        return answered(portal, ask)

    reading = asyncio.run(SOURCES[feed.source].read(account, fetch)).reading
    assert reading is not None
    return reading


def accuses(portal: Portal, reading: AccountReading) -> bool:
    """By the rule of sources.md §4, written down anew: whole, synced within two days, all posts old."""
    synced = reading.source_synced_at
    fresh = synced is not None and portal.now - synced <= timedelta(days=2)
    old = all(portal.now - post.published_at > timedelta(days=15) for post in reading.posts)
    return reading.reason == "ok" and reading.coverage == "full" and fresh and old


def feeds(world: World) -> list[Feed]:
    kinds = {(source, fault) for source, _, fault in ACCOUNTS}
    found = (one for one in world.things if isinstance(one, Feed))
    return [one for one in found if one.source in SOURCES and (one.source, one.fault) in kinds]


def test_every_source_is_read_as_meant_and_accuses_only_the_guilty(world: World) -> None:
    for night in NIGHTS:
        portal = Portal(world, now=night)
        for feed in feeds(world):
            reading = account_reading(portal, feed)
            wanted = REASONS[feed.fault]
            assert (reading.reason, reading.coverage if reading.posts else "unknown") == wanted, feed
            assert accuses(portal, reading) is (feed.fault in OUTCOMES), feed


def test_every_adapter_of_the_demo_is_planted(world: World) -> None:
    planted = {one.source for one in world.things if isinstance(one, Feed)}
    assert planted == {*SOURCES, *KEYED, "manual"}
    assert {one.store for one in world.things if isinstance(one, Package)} == set(Store)


def test_old_posts_stand_above_fresh_ones(world: World) -> None:
    for fault in (Fault.WEIBO_PINNED, Fault.RSSHUB_PINNED):
        [feed] = [one for one in feeds(world) if one.fault is fault]
        posts = account_reading(Portal(world), feed).posts
        assert posts[0].published_at == min(post.published_at for post in posts)
        assert max(post.published_at for post in posts) > NIGHTS[0] - timedelta(days=3)


def test_weibo_has_cards_without_posts_and_reposts(world: World) -> None:
    [feed] = [one for one in feeds(world) if one.fault is Fault.WEIBO_SILENT]
    posts = account_reading(Portal(world), feed).posts
    assert len(posts) == len(feed.posts)
    assert {post.is_repost for post in posts} == {True, False}
    refused = Portal(world).reply(Asked(host=feed.host, path="/api/container/getIndex"))
    assert refused.status == 404  # no account is named


def store_reading(portal: Portal, package: Package) -> PackageReading:
    app = App(
        id=package.id, unit_id="u", name=package.name, store=Store(package.store), listing=package.listing,
        package_url=portal.world.url(package.host, package.path),
    )  # fmt: skip
    adapter = STORES[app.store]
    return adapter.said(app, answered(portal, adapter.ask(app, urgent=False)))


def test_stores_say_in_their_own_way_that_an_app_is_gone(world: World) -> None:
    found = [one for one in world.things if isinstance(one, Package) and one.fault is Fault.APP_DELISTED]
    said = {
        one.store: [store_reading(Portal(world, now=night), one).verdict for night in NIGHTS] for one in found
    }
    assert said == dict.fromkeys(map(str, STORES), ["ok", "broken", "broken"])


def test_apple_answers_for_the_country_it_is_asked_for(world: World) -> None:
    app = next(one for one in world.things if isinstance(one, Package) and one.store == "apple")
    query = {"bundleId": app.listing}
    reply = Portal(world).reply(Asked(host=app.host, path="/lookup", query=query))
    assert reply.content_type.startswith("text/javascript")
    assert json.loads(reply.body)["resultCount"] == 0


def test_a_missing_huawei_app_is_no_other_ones(world: World) -> None:
    app = next(one for one in world.things if isinstance(one, Package) and one.store == "huawei")
    for posted in ("", "[]", "{}", '{"pkgName": "cn.other"}'):
        assert Portal(world).reply(Asked(host=app.host, path=app.path, posted=posted)).status == 404
