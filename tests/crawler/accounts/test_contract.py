"""Every adapter against every trap: never an exception, never a proof of silence (sources.md §4)."""

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.accounts.base import SourceSaid, state_of
from crawler.accounts.catalog import KEYED, SOURCES
from crawler.answers import Answer, Ask
from crawler.failures import NoAnswer, bad_status
from domain.credentials import Credential
from domain.readings import PageState
from domain.units import Account

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
ADDRESSES = {
    "rss": "http://b.example/feed.xml", "wechat-album": "http://b.example/mp/appmsgalbum?album_id=1",
    "weibo": "http://b.example/u/1669879400", "jsonfeed": "http://b.example/feed.json",
    "rsshub": "http://b.example/weibo/user/1", "wewe-rss": "http://b.example/feeds/MP_WXS_1.json",
    "we-mp-rss": "http://b.example/feed/MP_WXS_1.json",
    "wechat-api": "http://b.example",
}  # fmt: skip
HUGE = b"9" * 40
JSON_FEED = b'{"version":"https://jsonfeed.org/version/1","items":%b}'
TRAPS = {
    "nothing": b"", "blanks": b"  \n", "zeros": b"\x00\x00", "mark": b"\xef\xbb\xbf", "null": b"null",
    "number": b"1", "text": b'"x"', "array": b"[]", "object": b"{}", "cut": b'{"ok":1,"data":{"cards":[{"mb',
    "deep": b"[" * 100_000, "page": b"<html><body>502 Bad Gateway</body></html>",
    "cookies": b"<html>Error: Cookies expired. Please update WEIBO_COOKIES</html>",
    "feed without items": b'<rss version="2.0"><channel><title>t</title></channel></rss>',
    "feed, huge year": b"<rss version='2.0'><channel><item><title>t</title><pubDate>Fri, 20 Nov %b 00:30:00 "
    b"+0800</pubDate></item></channel></rss>" % HUGE,
    "feed, year 1": b"<rss version='2.0'><channel><item><pubDate>0001-01-01T00:00:00+14:00</pubDate></item>"
    b"</channel></rss>",
    "weibo, nulls": b'{"ok":1,"data":{"cards":null,"tabsInfo":null,"userInfo":null}}',
    "weibo, odd cards": b'{"ok":1,"data":{"cards":[null,1,{"mblog":[]},{"mblog":{"created_at":null}}]}}',
    "weibo, huge time": b'{"ok":1,"data":{"cards":[{"mblog":{"id":1,"created_at":"%b"}}]}}' % HUGE,
    "weibo, login": b'{"ok":-100,"url":"https://passport.weibo.com/x"}',
    "weibo, none": '{"ok":0,"msg":"这里还没有内容"}'.encode(),
    "rsshub, empty route": b"<html><pre>Error: this route is empty</pre></html>",
    "rsshub, firewall": b'{"error":{"message":"Empty post data. The request may be filtered by WAF."}}',
    "wewe, list": b'[{"id":"MP_WXS_1","syncTime":1763790000,"updateTime":1763700000}]',
    "wewe, odd list": b'[null,1,"a",[],{"id":{},"syncTime":[]},{"id":"MP_WXS_1","syncTime":%b}]' % HUGE,
    "wewe, unknown": '{"statusCode":400,"message":"不存在该feed！"}'.encode(),
    "wewe, odd message": b'{"message":{"a":["\\ud800"]},"statusCode":null}',
    "json feed, none": JSON_FEED % b"[]", "json feed, odd items": JSON_FEED % b'[null,1,"a",[[]],{}]',
    "json feed, items are an object": JSON_FEED % b'{"a":{"date_published":"2026-11-19"}}',
    "json feed, huge time": JSON_FEED % b'[{"id":1,"date_published":%b}]' % HUGE,
    "json feed, huge year": JSON_FEED % b'[{"date_modified":"%b-01-01T00:00:00Z"}]' % HUGE,
    "json feed, endless number": JSON_FEED % b'[{"id":%b}]' % (b"9" * 5000),
    "json feed, surrogate": JSON_FEED % b'[{"id":"\\ud800","date_published":"\\udfff"}]',
    "json feed, deep": JSON_FEED % (b"[" * 50_000 + b"]" * 50_000),
    "json feed, not a number": JSON_FEED % b'[{"id":NaN,"date_published":-Infinity}]',
    "we-mp, odd": b'{"name":null,"items":[null,{"updated":{}},{"updated":"%b","feed":[]}]}' % HUGE,
    "feed, entities": b'<!DOCTYPE r [<!ENTITY a "2026-11-19">]><rss version="2.0"><channel><item>'
    b"<pubDate>&a;</pubDate></item></channel></rss>",
    "feed, file": b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'
    b"<title>&a;</title><pubDate>2026-11-19</pubDate></item></channel></rss>",
    "wechat, no token": b'{"errcode":0,"access_token":null}',
    "wechat, list cut": b'{"access_token":"t","expires_in":7200,"total_count":9,"item":[[],{"content":1}]}',
    "wechat, huge time": b'{"access_token":"t","total_count":1,"item":[{"update_time":"%b"}]}' % HUGE,
    "wechat, busy": b'{"errcode":-1,"errmsg":"system error"}',
    "album, none": b'{"base_resp":{"ret":0},"getalbum_resp":{"base_info":{"is_first_screen":"0"}}}',
    "album, huge time": b'{"getalbum_resp":{"article_list":{"msgid":"1","create_time":"%b"}}}' % HUGE,
    "album, odd": b'{"base_resp":[],"getalbum_resp":{"article_list":[[],null,{"create_time":{}}]}}',
}  # fmt: skip
KEYS = Credential(appid="wx1", secret="s")
NAMES = (*SOURCES, *KEYED)
STATUSES = (400, 401, 403, 404, 410, 412, 418, 429, 432, 500, 502, 503, 521)


def said(source: str, body: bytes, failure: NoAnswer | None = None, status: int | None = 200) -> SourceSaid:
    async def fetch(ask: Ask) -> Answer:
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0, status=status, body=body, failure=failure
        )

    account = Account(
        id="a", unit_id="u", platform="p", name="n", source=source, url=ADDRESSES[source], full_coverage=True
    )
    if source in KEYED:
        return asyncio.run(KEYED[source].read(account, fetch, KEYS))
    return asyncio.run(SOURCES[source].read(account, fetch))


def proves_nothing(found: SourceSaid) -> None:
    assert found.reading is None or (found.reading.reason != "ok" and found.reading.why)
    assert found.reading is None or state_of(found.reading) is not PageState.OK


def test_every_adapter_is_tried() -> None:
    assert set(ADDRESSES) == set(NAMES)


@pytest.mark.parametrize("source", NAMES)
@pytest.mark.parametrize("trap", TRAPS)
def test_no_trap_is_taken_for_an_account(source: str, trap: str) -> None:
    proves_nothing(said(source, TRAPS[trap]))


@pytest.mark.parametrize("source", NAMES)
@pytest.mark.parametrize("status", STATUSES)
def test_no_refusal_is_silence(source: str, status: int) -> None:
    proves_nothing(said(source, b"{}", bad_status(status), status))


@pytest.mark.parametrize("source", NAMES)
def test_no_connection_is_no_reading(source: str) -> None:
    found = said(source, b"", NoAnswer(PageState.FAILED, "超时"), None)
    assert found.reading is None
    assert found.answer.failure is not None


@pytest.mark.parametrize("source", NAMES)
@given(body=st.binary(max_size=300))
def test_any_bytes_are_survived(source: str, body: bytes) -> None:
    proves_nothing(said(source, body))
