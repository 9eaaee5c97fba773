"""Feeds: what counts as a post, as full coverage, as a sync; everything else is unknown, never silence."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.accounts.rss import RssSource, read_feed
from crawler.answers import Answer, Ask
from crawler.failures import NoAnswer, bad_status
from domain.readings import AccountReading, PageState
from domain.units import Account

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
BRIDGE = Account(
    id="wx", unit_id="u", platform="微信", name="财政之声", source="rss", url="http://bridge.example/feed/1",
    full_coverage=True,
)  # fmt: skip
OWN = Account(
    id="w", unit_id="u", platform="网站", name="w", source="rss", url="http://p.example/rss.xml",
    full_coverage=True,
)  # fmt: skip

HOME = "<link>http://p.example/</link>"
MP = "http://mp.weixin.qq.com/s/1"
BUILT = "<lastBuildDate>2026-11-18T00:00:00Z</lastBuildDate>"


def rss(*items: str, head: str = "") -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>{head}' + (
        "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"
    )


def post(day: str, title: str = "一条", link: str = "http://mp.weixin.qq.com/s/1") -> str:
    return f"<title>{title}</title><link>{link}</link><guid>{title}</guid><pubDate>{day}</pubDate>"


def read(text: str | bytes, account: Account = BRIDGE) -> AccountReading:
    body = text if isinstance(text, bytes) else text.encode()
    return read_feed(body, account, NOW)


@pytest.mark.parametrize(
    ("said", "published_at"),
    [
        ("Fri, 20 Nov 2026 00:30:00 +0800", datetime(2026, 11, 19, 16, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 00:30:00 GMT", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 00:30:00 -0000", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 08:30:00 ", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),  # no zone: Beijing
        ("2026-11-20T08:30:00+08:00", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("2026-11-20T00:30:00Z", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("2026-11-20 08:30:00", datetime(2026, 11, 20, 0, 30, tzinfo=UTC)),
        ("2026-11-20", datetime(2026, 11, 19, 16, tzinfo=UTC)),
    ],
)
def test_times_of_posts(said: str, published_at: datetime) -> None:
    [found] = read(rss(post(said))).posts
    assert found.published_at == published_at


def test_newest_is_by_time_not_by_position() -> None:
    reading = read(rss(post("2026-01-01", "置顶"), post("2026-11-19", "新"), post("2026-11-10", "旧")))
    newest = reading.newest(NOW)
    assert newest is not None
    assert newest.title == "新"
    assert (reading.reason, reading.coverage) == ("ok", "full")


def test_coverage_is_full_only_where_registered() -> None:
    partial = Account(id="a", unit_id="u", platform="微信", name="a", source="rss", url="http://b/f")
    assert read(rss(post("2026-11-19")), partial).coverage == "partial"


@pytest.mark.parametrize("undated", ["<title>t</title>", post("昨天"), post("Fri, 99 Nov 2026 99:00:00")])
def test_item_without_readable_time_leaves_the_coverage_partial(undated: str) -> None:
    reading = read(rss(undated, post("2026-11-01")))
    assert (reading.reason, reading.coverage, len(reading.posts)) == ("ok", "partial", 1)


def test_feed_that_breaks_off_is_partial() -> None:
    reading = read(rss(post("2026-11-01"), post("2026-10-01"))[:-30])
    assert reading.coverage == "partial"


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (rss(), "empty"),
        (rss("<title>t</title>"), "parse_failed"),
        ("<!doctype html><html><head><title>登录</title></head><body>请登录</body></html>", "parse_failed"),
        ("", "parse_failed"),
        ("{}", "parse_failed"),
        (b"\xff\xfe\x00", "parse_failed"),
        (BOMB + rss(post("2026-11-19", "&b;")), "parse_failed"),
        (rss(post("2026-11-19")).replace("<rss", BOMB + "<rss"), "parse_failed"),
        (rss(post("2026-11-19")).replace("<rss", BOMB + "<rss").encode("utf-16"), "parse_failed"),
        ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(post("&x;")), "parse_failed"),
    ],
)  # fmt: skip
def test_what_is_no_feed_gives_a_reason(body: str | bytes, reason: str) -> None:
    reading = read(body)
    assert reading.reason == reason
    assert reading.why
    assert reading.posts == ()


def test_external_doctype_is_not_fetched_and_does_not_hinder() -> None:
    old = '<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    assert read(rss(post("2026-11-19")).replace("<rss", old + "<rss")).reason == "ok"


def test_gb18030_feed() -> None:
    text = rss(post("2026-11-19", "鄂托克旗㐀")).replace("utf-8", "gb2312")
    assert read(text.encode("gb18030")).posts[0].title == "鄂托克旗㐀"


@pytest.mark.parametrize(
    ("account", "link", "head", "synced"),
    [
        (OWN, "http://p.example/1.html", HOME + "<lastBuildDate>2026-10-01</lastBuildDate>", NOW),
        (OWN, "http://p.example/1.html", "", None),  # nothing says whose feed it is
        (OWN, MP, HOME, None),
        (OWN, "http://p.example/1.html", HOME + "<generator>RSSHub</generator>" + BUILT, None),
        (OWN, "http://p.example/1.html", "<link>http://p.example/feeds/MP_WXS_1.rss</link>" + BUILT, None),
        (BRIDGE, MP, "", None),
        (BRIDGE, MP, BUILT, datetime(2026, 11, 18, tzinfo=UTC)),
        (BRIDGE, MP, "<lastBuildDate>2026-11-20T01:05Z</lastBuildDate>", NOW),
        (BRIDGE, MP, "<lastBuildDate>2027-01-01</lastBuildDate>", None),
        (BRIDGE, MP, BUILT + "<generator>https://github.com/jpmonette/feed</generator>", None),
        (BRIDGE, MP, BUILT + "<description>n - Powered by RSSHub</description>", None),
        # a bridge that rewrites everything to itself: WeChat has no feeds, so it is none of WeChat's
        (BRIDGE, "http://bridge.example/s/1", "<link>http://bridge.example/</link>", None),
    ],
)  # fmt: skip
def test_sync_time(account: Account, link: str, head: str, synced: datetime | None) -> None:
    assert read(rss(post("2026-11-01", link=link), head=head), account).source_synced_at == synced


def test_one_post_elsewhere_and_the_feed_is_not_the_sites_own() -> None:
    posts = post("2026-11-01", link="http://p.example/1"), post("2026-11-02", link=MP)
    assert read(rss(*posts, head=HOME), OWN).source_synced_at is None


def test_a_time_ahead_is_none_and_leaves_the_coverage_partial() -> None:
    reading = read(rss(post("2026-11-01"), post("2026-11-21T10:00:00+08:00")))
    assert (reading.coverage, len(reading.posts)) == ("partial", 1)


def test_which_ids_are_the_sources_own() -> None:
    bare = "<title>t</title><link>http://a/1</link><pubDate>2026-11-01</pubDate>"
    given = "<title>t</title><guid>7</guid><pubDate>2026-11-01</pubDate>"
    assert [one.id_given for one in read(rss(bare, given)).posts] == [False, True]


@given(st.binary(max_size=400))
def test_any_bytes_give_a_reading(body: bytes) -> None:
    assert read(body).reason in {"ok", "empty", "parse_failed"}


def answered(status: int | None, failure: NoAnswer | None) -> AccountReading | None:
    async def fetch(ask: Ask) -> Answer:
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0.1, status=status, failure=failure,
            body=rss(post("2026-11-19")).encode(),
        )  # fmt: skip

    return asyncio.run(RssSource().read(BRIDGE, fetch)).reading


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "auth_expired"),
        (403, "blocked"),
        (404, "not_found"),
        (429, "rate_limited"),
        (500, "parse_failed"),
    ],
)
def test_statuses_become_reasons(status: int, reason: str) -> None:
    reading = answered(status, bad_status(status))
    assert reading is not None
    assert reading.reason == reason


def test_no_answer_is_no_reading() -> None:
    assert answered(None, NoAnswer(PageState.FAILED, "超时")) is None
    good = answered(200, None)
    assert good is not None
    assert NOW - good.posts[0].published_at < timedelta(days=2)
