"""Albums of WeChat: alive or unknown, never silence."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.accounts.wechat_album import WechatAlbumSource, read_album
from crawler.answers import Answer, Ask
from crawler.failures import NoAnswer, bad_status
from domain.readings import AccountReading, PageState
from domain.units import Account

NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
SECOND = 1763700000
AT = datetime.fromtimestamp(SECOND, UTC)
ALBUM = Account(
    id="a", unit_id="u", platform="微信", name="a", source="wechat-album", full_coverage=True,
    url="https://mp.weixin.qq.com/mp/appmsgalbum?__biz=Mz==&action=getalbum&album_id=7#wechat_redirect",
)  # fmt: skip


def article(**other: object) -> dict[str, object]:
    return {"msgid": "22475", "itemidx": "1", "title": "一篇", "url": "http://mp.weixin.qq.com/s?1",
            "create_time": str(SECOND), **other}  # fmt: skip


def album(base: dict[str, object] | None = None, **resp: object) -> bytes:
    return json.dumps(
        {"base_resp": {"ret": 0, **(base or {})}, "getalbum_resp": {"continue_flag": "0", **resp}}
    ).encode()


def read(body: bytes) -> AccountReading:
    return read_album(body, NOW)


@pytest.mark.parametrize(
    ("articles", "count"), [([article(), article(msgid="9")], 2), (article(), 1), ([article()], 1)]
)
def test_articles_may_be_an_array_or_one_object(articles: object, count: int) -> None:
    reading = read(album(article_list=articles))
    assert (reading.reason, len(reading.posts), reading.coverage) == ("ok", count, "partial")
    post = reading.posts[0]
    assert (post.id, post.title, post.published_at) == ("22475_1", "一篇", AT)
    assert reading.source_synced_at == NOW


VERBATIM = (
    b'{"base_resp":{"exportkey_token":"","ret":0},"getalbum_resp":{"base_info":{"is_first_screen":"0"},'
    b'"continue_flag":"0","reverse_continue_flag":"1"}}'
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (VERBATIM, "empty"),
        (album(article_list=[]), "empty"),
        (album(base={"verify_status": "1"}, article_list=[article()]), "blocked"),
        (album(verify_status=2), "blocked"),
        (album(base={"ret": "-3"}), "parse_failed"),
        (b'{"base_resp":{"ret":0}}', "parse_failed"),
        (album(article_list=[article(create_time="soon"), "x"]), "parse_failed"),
        (album(article_list=[article(create_time=str(SECOND + 10**7 * 9))]), "parse_failed"),
        ("<html><body>当前环境异常，完成验证后即可继续访问</body></html>".encode(), "blocked"),
        (b"<html><body>hello</body></html>", "parse_failed"),
        (b"", "parse_failed"),
        (b"[]", "parse_failed"),
        (b"[" * 100_000, "parse_failed"),
    ],
)
def test_what_shows_no_article_gives_a_reason(body: bytes, reason: str) -> None:
    reading = read(body)
    assert reading.reason == reason
    assert reading.why
    assert reading.posts == ()


def test_an_article_without_time_is_told() -> None:
    reading = read(album(article_list=[article(), article(create_time=None)]))
    assert len(reading.posts) == 1
    assert "1篇没有发布时间" in reading.why


def test_the_page_is_read_where_the_page_comes() -> None:
    row = (
        '<li data-msgid="5" data-itemidx="2" data-title="网页里的" data-link="http://mp.weixin.qq.com/s?2">'
        f'<span class="x js_article_create_time">{SECOND}</span></li>'
    )
    page = f"<html><script>verifycode</script><ul>{row}<li data-title='x'>y</li></ul></html>"
    reading = read(page.encode())
    assert [(post.id, post.title, post.published_at) for post in reading.posts] == [("5_2", "网页里的", AT)]
    assert reading.coverage == "partial"


def test_what_cannot_be_stored_does_not_come_through() -> None:
    [post] = read(album(article_list=article(title="a\ud800\x00b", url="javascript:1"))).posts
    assert post.title == "a?b"
    assert post.url is None


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(body: bytes) -> None:
    assert read(body).reason in {"ok", "empty", "blocked", "parse_failed"}


def asked(status: int | None, failure: NoAnswer | None) -> tuple[list[Ask], AccountReading | None]:
    asks: list[Ask] = []

    async def fetch(ask: Ask) -> Answer:
        asks.append(ask)
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0.1, status=status, failure=failure,
            body=album(article_list=article()),
        )  # fmt: skip

    return asks, asyncio.run(WechatAlbumSource().read(ALBUM, fetch, urgent=True)).reading


def test_the_album_is_asked_for_as_json() -> None:
    [ask], reading = asked(200, None)
    query = parse_qs(urlsplit(ask.url).query)
    assert (query["f"], query["__biz"], query["album_id"]) == (["json"], ["Mz=="], ["7"])
    assert (ask.urgent, ask.any_content, urlsplit(ask.url).fragment) == (True, True, "")
    assert reading is not None
    assert reading.reason == "ok"
    assert NOW - reading.posts[0].published_at > timedelta(0)


@pytest.mark.parametrize(
    ("status", "reason"), [(403, "blocked"), (404, "not_found"), (429, "rate_limited"), (500, "parse_failed")]
)
def test_statuses_become_reasons(status: int, reason: str) -> None:
    _, reading = asked(status, bad_status(status))
    assert reading is not None
    assert reading.reason == reason


def test_no_answer_is_no_reading() -> None:
    assert asked(None, NoAnswer(PageState.FAILED, "超时"))[1] is None
