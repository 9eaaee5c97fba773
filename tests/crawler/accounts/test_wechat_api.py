"""WeChat's own interface: its codes, its pages, its deleted items; nothing secret in what is kept."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from crawler.accounts.base import SourceSaid, state_of
from crawler.accounts.wechat_api import PAGES, WechatApiSource
from crawler.answers import Answer, Ask
from crawler.failures import NoAnswer, bad_status
from demo.fake_wechat import LIST, TOKEN, Article, Wechat
from domain.credentials import Credential
from domain.readings import AccountReading, PageState
from domain.units import Account

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
KEYS = Credential(appid="wx1", secret="S3CRET")
WORDS = ("S3CRET", "T0KEN", "wx1")


@dataclass
class Talk:
    """A fake WeChat asked without a network. `failures`: by the number of the request."""

    wechat: Wechat = field(default_factory=Wechat)
    source: WechatApiSource = field(default_factory=WechatApiSource)
    full: bool = True
    url: str = "http://wx.example"
    failures: dict[int, NoAnswer] = field(default_factory=dict)
    said: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        self.wechat.secrets["wx1"] = "S3CRET"

    async def fetch(self, ask: Ask) -> Answer:
        parts = urlsplit(ask.url)
        failure = self.failures.get(len(self.wechat.asked))
        posted = json.loads(ask.posted or "{}")
        said = self.wechat.answer(parts.path, dict(parse_qsl(parts.query)), posted)
        said = dict(self.said) if self.said is not None and parts.path == LIST else said
        return Answer(
            url="u", fetched_at=NOW, wall_at=NOW, elapsed_s=0, failure=failure,
            status=None if failure else 200, body=b"" if failure else json.dumps(said).encode(),
        )  # fmt: skip

    def look(self, keys: Credential = KEYS, *, urgent: bool = False) -> SourceSaid:
        account = Account(
            id="a", unit_id="u", platform="微信", name="n", source="wechat-api", url=self.url,
            full_coverage=self.full,
        )  # fmt: skip
        found = asyncio.run(self.source.read(account, self.fetch, keys, urgent=urgent))
        assert not any(word in repr(found) for word in WORDS)
        return found

    def reading(self) -> AccountReading:
        found = self.look().reading
        assert found is not None
        return found

    def paths(self) -> list[str]:
        return [path for path, _ in self.wechat.asked]


@pytest.fixture
def talk() -> Talk:
    return Talk()


def article(number: int, days: float = 1, flag: str = "") -> Article:
    at = int((NOW - timedelta(days=days)).timestamp())
    return Article(id=f"id{number}", title=f"第{number}篇", at=at, flag=flag)


def test_posts_are_read_and_the_token_is_kept_for_its_life(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(1, 1), article(2, 40)]
    reading = talk.reading()
    assert (reading.reason, reading.coverage, reading.source_synced_at) == ("ok", "full", NOW)
    assert [(p.id, p.title, p.published_at) for p in reading.posts][0] == (
        "id1", "第1篇", NOW - timedelta(days=1),
    )  # fmt: skip
    talk.look()
    assert talk.paths() == [TOKEN, LIST, LIST]


def test_evidence_is_an_account_of_the_answer_not_the_answer(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(1)]
    found = json.loads(talk.look().answer.body)
    assert (found["status"], found["errcode"], found["total_count"]) == (200, None, 1)
    assert found["posts"][0]["title"] == "第1篇"


def test_without_the_units_word_the_list_proves_no_silence(talk: Talk) -> None:
    talk.full = False
    talk.wechat.articles["wx1"] = [article(1, 90)]
    assert talk.reading().coverage == "partial"


def test_a_token_that_another_system_replaced_is_asked_for_anew_once(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(1)]
    talk.look()
    talk.wechat.answer(TOKEN, {"appid": "wx1", "secret": "S3CRET"}, {})  # another system
    assert talk.reading().reason == "ok"
    for code in (40001, 42001, 40014):
        talk.wechat.errors[LIST] = [code, code]
        assert talk.reading().reason == "auth_expired"
        talk.wechat.errors[LIST] = [code]
        assert talk.reading().reason == "ok"


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        (40164, "blocked", "203.0.113.9"), (40125, "auth_expired", "AppSecret"),
        (40013, "auth_expired", "AppID"), (45009, "rate_limited", "次日"), (48001, "blocked", "权限"),
        (-1, "rate_limited", "繁忙"), (40001, "auth_expired", "AppSecret"), (99, "parse_failed", "99"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [TOKEN, LIST])
def test_codes_under_status_200_become_reasons(
    talk: Talk, code: int, reason: str, words: str, path: str
) -> None:
    talk.wechat.errors[path] = [code, code]
    found = talk.reading()
    assert (found.reason, state_of(found) is PageState.OK) == (reason, False)
    assert words in found.why


def test_wrong_keys_are_told_and_no_token_is_kept(talk: Talk) -> None:
    found = talk.look(Credential(appid="wx1", secret="wrong")).reading
    assert found is not None
    assert found.reason == "auth_expired"
    assert talk.wechat.given == []


@pytest.mark.parametrize("flag", ["is_deleted", "is_delete"])
def test_deleted_items_are_no_posts(talk: Talk, flag: str) -> None:
    talk.wechat.articles["wx1"] = [article(1, 1, flag), article(2, 20)]
    reading = talk.reading()
    assert [post.id for post in reading.posts] == ["id2"]
    assert reading.coverage == "full"
    talk.wechat.articles["wx1"] = [article(1, 1, flag)]
    assert talk.reading().reason == "empty"


def test_an_empty_list_is_empty_never_silence(talk: Talk) -> None:
    assert talk.reading().reason == "empty"


def test_pages_are_read_until_posts_are_old(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(n, n) for n in range(60)]
    reading = talk.reading()
    assert (len(reading.posts), reading.coverage) == (40, "full")
    assert [asked["offset"] for path, asked in talk.wechat.asked if path == LIST] == [0, 20]


def test_a_list_in_another_order_is_read_on_and_proves_nothing_where_it_is_cut(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(n, 400 - n) for n in range(200)]
    reading = talk.reading()
    assert (len(reading.posts), reading.coverage) == (20 * PAGES, "partial")
    talk.wechat.articles["wx1"] = [article(n, 100 - n) for n in range(60)]
    assert talk.reading().coverage == "full"


def test_someone_on_the_phone_gets_the_first_page(talk: Talk) -> None:
    talk.wechat.articles["wx1"] = [article(n, 1) for n in range(60)]
    found = talk.look(urgent=True).reading
    assert found is not None
    assert (len(found.posts), found.coverage) == (20, "partial")


@pytest.mark.parametrize("failure", [NoAnswer(PageState.FAILED, "超时"), bad_status(500)])
def test_a_page_that_fails_leaves_what_was_read_and_the_rest_unknown(talk: Talk, failure: NoAnswer) -> None:
    talk.wechat.articles["wx1"] = [article(n, 1) for n in range(60)]
    talk.failures = {2: failure}
    reading = talk.reading()
    assert (reading.reason, len(reading.posts), reading.coverage) == ("ok", 20, "partial")


@pytest.mark.parametrize("time", [None, "", "x", 10**30, -5, int(NOW.timestamp()) + 9000])
def test_a_post_without_a_time_leaves_the_coverage_partial(talk: Talk, time: object) -> None:
    good = article(1, 90).item()
    talk.said = {"total_count": 2, "item": [good, {**article(2).item(), "update_time": time}]}
    reading = talk.reading()
    assert ([post.id for post in reading.posts], reading.coverage) == (["id1"], "partial")


def test_a_list_said_to_be_longer_than_it_came_proves_nothing(talk: Talk) -> None:
    talk.said = {"total_count": 50, "item": []}
    assert talk.reading().reason == "empty"
    talk.said = {"total_count": 50}
    assert talk.reading().reason == "parse_failed"
    talk.said = {"total_count": 1, "item": [{"article_id": "id1", "update_time": 1700000000}]}
    assert talk.reading().coverage == "partial"
