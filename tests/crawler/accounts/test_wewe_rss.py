"""wewe-rss: its own sync decides what an old feed proves."""

import json
from datetime import UTC, datetime

import pytest

from crawler.accounts.wewe_rss import WeweRssSource, read_sync
from domain.readings import AccountReading
from tests.crawler.accounts.asking import NOW, account, asked, built, item, json_feed, rss

ID = "MP_WXS_3295084763"
LIST = "http://w.example/feeds"
URL = f"{LIST}/{ID}.json"
SYNCED = datetime(2026, 11, 19, 22, tzinfo=UTC)
ENTRY = {"id": ID, "name": "某局", "syncTime": int(SYNCED.timestamp()), "updateTime": int(NOW.timestamp())}
POST = {
    "id": "f6",
    "url": "https://mp.weixin.qq.com/s/f6",
    "title": "一",
    "date_modified": "2026-11-01T02:00:00.000Z",
}
FEED = json_feed(POST, home_page_url=URL)
UNKNOWN = json.dumps({"statusCode": 400, "message": "不存在该feed！"}, ensure_ascii=False)


def read(
    feed: str = FEED, feeds: object = (ENTRY,), *, status: int = 200, url: str = URL, listed: int = 200
) -> AccountReading:
    pages = {LIST: (listed, json.dumps(feeds)), url: (status, feed)}
    return asked(WeweRssSource(), account("wewe-rss", url), pages)[0]


def test_the_list_is_asked_before_the_feed_and_its_sync_time_is_the_sources() -> None:
    pages = {LIST: (200, json.dumps([ENTRY])), URL: (200, FEED)}
    reading, urls = asked(WeweRssSource(), account("wewe-rss", URL), pages)
    assert urls == [LIST, URL]
    assert (reading.reason, reading.coverage, reading.source_synced_at) == ("ok", "full", SYNCED)
    assert [(one.id, one.published_at) for one in reading.posts] == [
        ("f6", datetime(2026, 11, 1, 2, tzinfo=UTC))
    ]


@pytest.mark.parametrize("ending", ["", ".rss", ".atom", ".json?limit=30"])
def test_any_form_is_read_by_content(ending: str) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><updated>2026-11-20T00:00:00Z</updated>'
        "<entry><id>f6</id><title>一</title><updated>2026-11-01T02:00:00Z</updated></entry></feed>"
    )
    for body in (FEED, rss(item("Sun, 01 Nov 2026 02:00:00 GMT"), head=built("2026-11-20T00:59:00Z")), atom):
        reading = read(body, url=f"{LIST}/{ID}{ending}")
        assert (reading.source_synced_at, reading.posts[0].published_at.day) == (SYNCED, 1)


def test_a_frozen_sync_stays_as_old_as_it_is() -> None:
    old = datetime(2026, 8, 1, tzinfo=UTC)
    assert read(feeds=[ENTRY | {"syncTime": int(old.timestamp())}]).source_synced_at == old


@pytest.mark.parametrize(
    "feeds",
    [
        [], {}, None, [None, 1, []], "MP", [ENTRY | {"id": "MP_WXS_1"}], [ENTRY | {"syncTime": None}],
        [ENTRY | {"syncTime": 0}], [ENTRY | {"syncTime": int("9" * 30)}], [ENTRY | {"syncTime": True}],
        [ENTRY | {"syncTime": int(NOW.timestamp()) + 86400}], [{"id": ID, "updateTime": 1763700000}],
        [ENTRY | {"syncTime": int(SYNCED.timestamp()) * 1000}], {"data": [ENTRY]}, [ENTRY, {"id": ID}],
    ],
)  # fmt: skip
def test_a_list_that_does_not_say_leaves_the_sync_unknown(feeds: object) -> None:
    reading = read(feeds=feeds)
    assert (reading.reason, reading.source_synced_at) == ("ok", None)
    assert "不作停更的依据" in reading.why


def test_of_two_entries_the_older_sync_counts() -> None:
    later = ENTRY | {"syncTime": int(SYNCED.timestamp()) + 600}
    assert read_sync(json.dumps([later, ENTRY]).encode(), ID, NOW) == SYNCED


@pytest.mark.parametrize("listed", [403, 404, 500])
def test_a_list_that_is_refused_leaves_the_sync_unknown(listed: int) -> None:
    assert (read(listed=listed).reason, read(listed=listed).source_synced_at) == ("ok", None)


def test_an_unknown_account_is_not_found() -> None:
    assert read(UNKNOWN, status=400).reason == "not_found"
    assert read(UNKNOWN).reason == "not_found"
    assert read("{}", status=400).reason == "parse_failed"
    assert read(json_feed()).reason == "empty"


@pytest.mark.parametrize("path", ["all.json", "", "a/b.json"])
def test_an_address_of_no_single_account_is_told(path: str) -> None:
    url = f"{LIST}/{path}"
    reading, urls = asked(WeweRssSource(), account("wewe-rss", url), {url: (200, FEED)})
    assert (reading.reason, reading.posts, urls) == ("parse_failed", (), [url])
    assert "MP_WXS_" in reading.why


@pytest.mark.parametrize("query", ["title_include=a", "title_exclude=a", "page=2"])
def test_an_address_that_asks_for_some_is_partial(query: str) -> None:
    assert read(url=f"{URL}?{query}").coverage == "partial"
