"""RSSHub: live feeds, empty ones, and its many ways to say that it has none."""

from datetime import UTC, datetime

import pytest

from crawler.accounts.rsshub import RsshubSource
from domain.readings import AccountReading
from tests.crawler.accounts.asking import NOW, account, asked, built, item, json_feed, rss

URL = "http://hub.example/douyin/user/MS4wLjABAAAAx"
LIVE = "Fri, 20 Nov 2026 00:58:00 GMT"
SIGNED = "<description>n - Powered by RSSHub</description><generator>RSSHub</generator>"


def read(body: str, status: int = 200, url: str = URL, *, full: bool = True) -> AccountReading:
    return asked(RsshubSource(), account("rsshub", url, full=full), {url: (status, body)})[0]


def test_a_live_feed_with_a_pinned_old_post_first() -> None:
    said = rss(
        item("2026-01-01", "1"), item("2026-11-19", "2"), item("2026-11-01", "3"), head=SIGNED + built(LIVE)
    )
    reading = read(said)
    newest = reading.newest(NOW)
    assert newest is not None
    assert newest.id == "2"
    assert reading.source_synced_at == datetime(2026, 11, 20, 0, 58, tzinfo=UTC)
    assert (reading.reason, reading.coverage) == ("ok", "full")
    assert read(said, full=False).coverage == "partial"


@pytest.mark.parametrize("head", ["", built("someday"), built("Fri, 20 Nov 2026 09:30:00 GMT")])
def test_a_feed_that_does_not_say_when_it_was_made_shows_life_only(head: str) -> None:
    reading = read(rss(item("2026-11-01"), head=head))
    assert reading.source_synced_at is None
    assert "不作停更的依据" in reading.why


def test_json_is_read_by_content_and_says_no_time_of_its_own() -> None:
    said = json_feed({"id": "1", "date_published": "2026-11-01T00:00:00Z"})
    reading = read(said, url=f"{URL}?format=json")
    assert (reading.reason, reading.source_synced_at) == ("ok", None)


@pytest.mark.parametrize("query", ["limit=1", "filter_title=a", "filter_time=3600", "format=rss&filterout=x"])
def test_an_address_that_asks_for_some_is_partial(query: str) -> None:
    reading = read(rss(item("2026-11-01"), head=built(LIVE)), url=f"{URL}?{query}")
    assert reading.coverage == "partial"


@pytest.mark.parametrize("body", [rss(head=built(LIVE)), json_feed()])
def test_an_empty_feed_is_empty(body: str) -> None:
    assert (read(body).reason, read(body).posts) == ("empty", ())


def test_a_feed_without_times_is_unknown() -> None:
    kuaishou = "http://hub.example/kuaishou/profile/abc"
    reading = read(rss("<title>t</title>", head=built(LIVE)), url=kuaishou)
    assert (reading.reason, reading.coverage) == ("parse_failed", "unknown")
    assert "快手" in reading.why
    assert read(rss("<title>t</title>", item("2026-11-01"), head=built(LIVE))).coverage == "partial"


@pytest.mark.parametrize(
    ("status", "told", "reason"),
    [
        (503, "Error: Cookies expired. Please update WEIBO_COOKIES", "auth_expired"),
        (503, "Empty post data. The request may be filtered by WAF.", "blocked"),
        (503, "Error: this route is empty, please check the original site", "empty"),
        (503, "暂未发表作品", "empty"),
        (503, "NotFoundError: wrong path", "not_found"),
        (503, "FetchError: 429 Too Many Requests", "rate_limited"),
        (503, "something else", "parse_failed"),
        (404, "", "not_found"),
        (403, "RejectError: Authentication failed. Access denied.", "blocked"),
        (403, "", "blocked"),
        (429, "", "rate_limited"),
        (200, "Error: Cookies expired. Please update WEIBO_COOKIES", "auth_expired"),
        (200, "welcome", "parse_failed"),
    ],
)
@pytest.mark.parametrize(
    "form", ["<html><body><pre>{}</pre></body></html>", '{{"error":{{"message":"{}"}}}}']
)
def test_error_pages_become_reasons(form: str, status: int, told: str, reason: str) -> None:
    reading = read(form.format(told), status)
    assert reading.reason == reason
    assert any("一" <= letter <= "鿿" for letter in reading.why)


def test_a_post_about_cookies_is_a_post() -> None:
    said = rss("<title>Cookies expired</title><pubDate>2026-11-01</pubDate>", head=built(LIVE))
    assert read(said).reason == "ok"
