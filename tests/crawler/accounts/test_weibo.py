"""Weibo: which posts count, when they were made, and when nothing may be concluded."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.accounts.weibo import WeiboSource, read_cards
from crawler.accounts.weibo_time import weibo_time
from crawler.answers import Answer, Ask
from crawler.failures import NoAnswer, bad_status
from domain.clock import BEIJING
from domain.readings import AccountReading, PageState
from domain.units import Account

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 09:00 in Beijing
FULL = "Fri Nov 20 08:28:47 +0800 2026"
WEIBO = Account(
    id="w", unit_id="u", platform="微博", name="w", source="weibo", url="https://m.weibo.cn/u/1669879400",
    full_coverage=True,
)  # fmt: skip


def card(
    created_at: object = FULL, kind: str = "", user: int = 1669879400, **blog: object
) -> dict[str, object]:
    mblog = {"id": "438", "created_at": created_at, "text": "<a href='/n'>@某局</a> 通知&amp;公告",
             "user": {"id": user}, "retweeted_status": None, **blog}  # fmt: skip
    return {"card_type": 9, "profile_type_id": kind, "scheme": "https://m.weibo.cn/status/H", "mblog": mblog}


def answer_of(*cards: object) -> bytes:
    return json.dumps({"ok": 1, "data": {"cards": list(cards)}}).encode()


def read(*cards: object, account: Account = WEIBO) -> AccountReading:
    return read_cards(answer_of(*cards), account, NOW)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (FULL, "2026-11-20 08:28:47"),
        ("刚刚", "2026-11-20 09:00:00"),
        ("3分钟前", "2026-11-20 08:57:00"),
        ("10小时前", "2026-11-19 23:00:00"),
        ("今天 08:01", "2026-11-20 08:01:00"),
        ("昨天 10:05", "2026-11-19 10:05:00"),
        ("06-14", "2026-06-14 00:00:00"),
        ("12-31", "2025-12-31 00:00:00"),  # not ahead: last year's
        ("02-29", "2024-02-29 00:00:00"),
        ("2019-06-14", "2019-06-14 00:00:00"),
    ],
)
def test_times(said: str, meant: str) -> None:
    assert weibo_time(said, NOW) == datetime.fromisoformat(meant).replace(tzinfo=BEIJING)


def test_yesterday_is_beijings() -> None:
    late = datetime(2026, 11, 19, 16, 30, tzinfo=UTC)  # the 20th in Beijing
    assert weibo_time("昨天 23:00", late) == datetime(2026, 11, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "said", ["", "去年", "13-40", "02-30", "昨天 25:00", "0001-01-01", "Fri Foo 20 08:28:47 +0800 2026"]
)
def test_times_that_cannot_be_read(said: str) -> None:
    assert weibo_time(said, NOW) is None


@given(st.text(max_size=20))
def test_any_text_is_a_time_or_none(said: str) -> None:
    weibo_time(said, NOW)


def test_newest_is_by_time_and_pinned_and_reposts_are_told() -> None:
    reading = read(
        {"card_type": 58}, card("2019-06-14", "proweibotop_1", id="1"), card(id="2"),
        card("11-18", id="3", retweeted_status={"id": "9"}),
    )  # fmt: skip
    newest = reading.newest(NOW)
    assert newest is not None
    assert (newest.id, newest.title, newest.url) == ("2", "@某局 通知&公告", "https://m.weibo.cn/status/H")
    assert [(post.pinned, post.is_repost) for post in reading.posts] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert (reading.reason, reading.coverage, reading.source_synced_at) == ("ok", "full", NOW)


@pytest.mark.parametrize(
    ("cards", "account"),
    [
        ([card()], replace(WEIBO, full_coverage=False)),
        ([card(), card("去年")], WEIBO),
        ([card(), card(None)], WEIBO),
        ([card(), card("Fri Nov 20 12:00:00 +0800 2026")], WEIBO),  # three hours ahead
        ([card(kind="proweibotop_1")], WEIBO),  # only what is pinned was shown
    ],
)
def test_what_may_hide_posts_leaves_the_coverage_partial(cards: list[object], account: Account) -> None:
    reading = read(*cards, account=account)
    assert (reading.reason, reading.coverage) == ("ok", "partial")


def test_grouped_posts_count_and_liked_ones_do_not() -> None:
    reading = read({"card_type": 11, "card_group": [card("11-10", id="1")]}, card(id="2", user=5))
    assert [post.id for post in reading.posts] == ["1"]


def test_a_clock_a_little_ahead_is_now() -> None:
    [post] = read(card("Fri Nov 20 09:00:05 +0800 2026")).posts
    assert post.published_at == NOW


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"ok":-100,"url":"https://passport.weibo.com/x"}', "auth_expired"),
        ('{"ok":0,"msg":"这里还没有内容"}'.encode(), "empty"),
        ('{"ok":0,"msg":"系统繁忙"}'.encode(), "parse_failed"),
        (b'{"ok":1}', "empty"),
        (answer_of({"card_type": 58}), "empty"),
        (answer_of(card("去年")), "parse_failed"),
        (b"<html><title>Sina Visitor System</title></html>", "blocked"),
        (b"<html>hello</html>", "parse_failed"),
        (b"", "parse_failed"),
    ],
)
def test_what_is_no_list_gives_a_reason(body: bytes, reason: str) -> None:
    reading = read_cards(body, WEIBO, NOW)
    assert (reading.reason, reading.posts) == (reason, ())
    assert reading.why


@given(st.binary(max_size=300))
def test_any_bytes_give_a_reading(body: bytes) -> None:
    assert read_cards(body, WEIBO, NOW).reason in {"empty", "blocked", "parse_failed"}


TABS = [{"tab_type": "profile", "containerid": "1"}, {"tab_type": "weibo", "containerid": "107603777"}]
PROFILE = {"ok": 1, "data": {"userInfo": {"id": 1669879400}, "tabsInfo": {"tabs": TABS}}}


def ask_all(
    *answers: tuple[int | None, bytes], account: Account = WEIBO
) -> tuple[list[Ask], AccountReading | None]:
    asks: list[Ask] = []

    async def fetch(ask: Ask) -> Answer:
        status, body = answers[len(asks)]
        asks.append(ask)
        failure = NoAnswer(PageState.FAILED, "超时") if status is None else bad_status(status)
        return Answer(
            url=ask.url, fetched_at=NOW, wall_at=NOW, elapsed_s=0.1, status=status, body=body,
            failure=None if status == 200 else failure,
        )  # fmt: skip

    return asks, asyncio.run(WeiboSource().read(account, fetch)).reading


def test_two_requests_on_the_same_host_as_the_pages_script_makes_them() -> None:
    asks, reading = ask_all((200, json.dumps(PROFILE).encode()), (200, answer_of(card())))
    first = "https://m.weibo.cn/api/container/getIndex?type=uid&value=1669879400"
    assert [ask.url for ask in asks] == [first, f"{first}&containerid=107603777"]
    for ask in asks:
        assert ask.headers["MWeibo-Pwa"] == "1"
        assert ask.headers["X-Requested-With"] == "XMLHttpRequest"
        assert ask.headers["Referer"] == WEIBO.url
        assert ask.any_content
    assert reading is not None
    assert reading.coverage == "full"


def test_tabs_keyed_or_missing_still_lead_to_the_list() -> None:
    keyed = b'{"ok":1,"data":{"tabsInfo":{"tabs":{"0":{"tab_type":"weibo","containerid":"107"}}}}}'
    asks, _ = ask_all((200, keyed), (200, answer_of(card())))
    assert asks[1].url.endswith("containerid=107")
    asks, _ = ask_all((200, b'{"ok":1,"data":{}}'), (200, answer_of(card())))
    assert asks[1].url.endswith("containerid=1076031669879400")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(432, "blocked"), (418, "rate_limited"), (403, "blocked"), (401, "auth_expired"), (404, "not_found"),
     (500, "parse_failed")],
)  # fmt: skip
def test_statuses_become_reasons(status: int, reason: str) -> None:
    for answers in ([(status, b"")], [(200, json.dumps(PROFILE).encode()), (status, b"")]):
        asks, reading = ask_all(*answers)
        assert len(asks) == len(answers)
        assert reading is not None
        assert reading.reason == reason
        assert reading.why


def test_another_account_or_a_refusal_is_not_read_on() -> None:
    other = {"ok": 1, "data": {"userInfo": {"id": 5}}}
    for body, reason in ((json.dumps(other).encode(), "parse_failed"), (b'{"ok":-100}', "auth_expired")):
        asks, reading = ask_all((200, body))
        assert len(asks) == 1
        assert reading is not None
        assert reading.reason == reason


def test_an_address_without_a_number_and_no_answer() -> None:
    named = replace(WEIBO, url="https://weibo.com/mouju")
    _, reading = ask_all((200, b"<html>"), account=named)
    assert reading is not None
    assert (reading.reason, "编号" in reading.why) == ("parse_failed", True)
    assert ask_all((None, b""))[1] is None


@pytest.mark.parametrize(
    ("said", "meant"), [(3, 3), (0, 0), (None, None), ("100万+", None), (-1, None), (True, None)]
)
def test_comments_are_counted_where_weibo_gives_a_number(said: object, meant: int | None) -> None:
    assert [post.comments for post in read(card(comments_count=said)).posts] == [meant]
    assert read(card()).posts[0].comments is None
