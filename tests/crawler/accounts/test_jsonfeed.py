"""JSON Feed: which time is a post's, whose feed it is, and what is no feed."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.accounts.jsonfeed import JsonFeedSource, read_json_feed
from domain.readings import AccountReading
from tests.crawler.accounts.asking import NOW, account, asked, json_feed

URL = "http://p.example/feed.json"
SITE = account("jsonfeed", URL, platform="网站")


def read(text: str) -> AccountReading:
    return read_json_feed(text.encode("utf-8", "surrogatepass"), SITE, NOW)


def test_publication_goes_before_change_and_ids_may_be_numbers() -> None:
    both = {"id": 7, "title": "一", "url": "http://p.example/1", "date_published": "2026-11-01T00:00:00Z",
            "date_modified": "2026-11-19T00:00:00Z"}  # fmt: skip
    changed = {"id": "8", "content_text": "二", "date_modified": "2026-11-02T08:00:00+08:00"}
    said = json_feed(both, changed, version="https://jsonfeed.org/version/1.1")
    reading, urls = asked(JsonFeedSource(), SITE, {URL: (200, said)})
    assert [(one.id, one.title, one.published_at) for one in reading.posts] == [
        ("7", "一", datetime(2026, 11, 1, tzinfo=UTC)), ("8", "二", datetime(2026, 11, 2, tzinfo=UTC)),
    ]  # fmt: skip
    assert all(one.id_given for one in reading.posts)
    assert (reading.coverage, urls) == ("full", [URL])


def test_an_item_without_a_time_leaves_the_coverage_partial_and_none_at_all_is_unknown() -> None:
    dated, bare = {"id": "1", "date_published": "2026-11-01T00:00:00Z"}, {"id": "2", "date_published": None}
    assert read(json_feed(dated, bare, None, 5)).coverage == "partial"
    assert (read(json_feed(bare)).reason, read(json_feed(bare)).coverage) == ("parse_failed", "unknown")
    assert read(json_feed()).reason == "empty"


@pytest.mark.parametrize(
    ("home", "link", "platform", "synced"),
    [
        ("http://p.example/", "http://p.example/1", "网站", NOW),
        ("http://p.example/", "http://p.example/1", "微信公众号", None),
        ("http://p.example/", "http://mp.weixin.qq.com/s/1", "网站", None),
        ("http://p.example/feeds/MP_WXS_1.json", "http://p.example/1", "网站", None),
        (None, "http://p.example/1", "网站", None),
    ],
)
def test_only_a_sites_own_feed_is_as_recent_as_its_answer(
    home: str | None, link: str, platform: str, synced: datetime | None
) -> None:
    said = json_feed({"id": "1", "url": link, "date_published": "2026-11-01"}, home_page_url=home)
    found = read_json_feed(said.encode(), account("jsonfeed", URL, platform=platform), NOW)
    assert found.source_synced_at == synced
    assert (synced is None) == ("不作停更的依据" in found.why)


@pytest.mark.parametrize(
    "said",
    [
        "[]", "{}", '{"version":1,"items":[]}', json_feed(version="https://a.example/version/1"),
        '{"version":"https://jsonfeed.org/version/1","items":{}}', "<rss/>", "[" * 100_000,
        json_feed({"id": 1})[:-1], '{"version":"https://jsonfeed.org/version/1","items":' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_feed_gives_a_reason(said: str) -> None:
    assert read(said).reason == "parse_failed"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["id", "title", "url", "date_published", "date_modified"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_items_give_a_reading_that_can_be_written(value: object) -> None:
    reading = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [value]}))
    for post in reading.posts:
        f"{post.id}{post.title}{post.url}".encode()


def test_lone_surrogates_do_not_survive() -> None:
    [post] = read(
        json_feed({"id": "\ud800", "title": "\udfff", "date_published": "2026-11-01T00:00:00Z"})
    ).posts
    assert (post.id, post.title) == ("?", "?")
