"""we-mp-rss, old and new: what it shows of life; silence it never proves."""

import json
from datetime import UTC, datetime

import pytest

from crawler.accounts.we_mp_rss import WeMpRssSource
from domain.readings import AccountReading
from tests.crawler.accounts.asking import account, asked, item, rss

URL = "http://m.example/feed/MP_WXS_1.json"
AT = datetime(2026, 11, 19, 2, tzinfo=UTC)
POST = {
    "id": "3295084763-2247_1", "title": "一", "link": "https://mp.weixin.qq.com/s/x",
    "updated": "2026-11-19T10:00:00+08:00", "feed": {"id": "MP_WXS_1", "name": "某局"},
}  # fmt: skip
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<updated>Fri, 20 Nov 2026 08:00:00 +0800</updated><author><email>a</email></author>
<entry><id>x</id><title>一</title><updated>Thu, 19 Nov 2026 10:00:00 +0800</updated></entry></feed>"""


def shape(*items: object) -> str:
    return json.dumps({"name": "某局", "link": URL, "language": "zh-CN", "items": items})


def read(body: str, url: str = URL, status: int = 200) -> AccountReading:
    return asked(WeMpRssSource(), account("we-mp-rss", url), {url: (status, body)})[0]


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (URL, shape(POST)),
        ("http://m.example/rss/MP_WXS_1?ext=json", shape(POST)),
        ("http://m.example/feed/MP_WXS_1.atom", ATOM),
        ("http://m.example/feed/MP_WXS_1.rss", rss(item("Thu, 19 Nov 2026 10:00:00 +0800"))),
        (
            "http://m.example/rss/MP_WXS_1",
            rss(
                item("Thu, 19 Nov 2026 10:00:00 ") + '<id>1</id><enclosure url="http://a/b.jpg" length="0"/>',
                head="<lastBuildDate>Fri, 20 Nov 2026 09:00:00 </lastBuildDate>",
            ),
        ),
    ],
)
def test_every_form_shows_life_and_no_sync(url: str, body: str) -> None:
    reading = read(body, url)
    assert [one.published_at for one in reading.posts] == [AT]
    assert (reading.reason, reading.source_synced_at) == ("ok", None)
    assert "不作停更的依据" in reading.why


def test_an_item_without_a_time_leaves_the_coverage_partial() -> None:
    assert read(shape(POST, POST | {"updated": "?"})).coverage == "partial"
    assert read(shape(POST | {"updated": None})).reason == "parse_failed"
    assert read(shape()).reason == "empty"


def test_posts_of_another_account_do_not_count() -> None:
    other = POST | {"id": "2", "feed": {"id": "MP_WXS_2"}}
    assert [one.id for one in read(shape(POST, other)).posts] == [POST["id"]]
    assert read(shape(other)).reason == "empty"


@pytest.mark.parametrize("path", ["feed/all.json", "rss", "rss/", "feed/tag/a.json", "feed/search/a/b.json"])
def test_an_address_of_many_accounts_is_told(path: str) -> None:
    reading = read(shape(POST), f"http://m.example/{path}")
    assert (reading.reason, reading.posts) == ("parse_failed", ())


@pytest.mark.parametrize(
    "body", ["{}", "[]", '{"items":{}}', "<html>登录</html>", "", '{"detail":"Not Found"}']
)
def test_what_is_no_feed_gives_a_reason(body: str) -> None:
    assert read(body).reason == "parse_failed"


@pytest.mark.parametrize(
    ("status", "reason"), [(401, "auth_expired"), (404, "not_found"), (500, "parse_failed")]
)
def test_statuses_become_reasons(status: int, reason: str) -> None:
    assert read("", status=status).reason == reason
