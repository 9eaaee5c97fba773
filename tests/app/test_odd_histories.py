"""Odd but real histories, read as a unit's lawyer would: what they must never cost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.decisions import decide
from app.scores import score_unit
from domain.clock import day_start
from domain.events import DecisionKind, EventState
from domain.looks import LookKind, Observation
from domain.readings import AccountReading, PageState, Post
from domain.scores import ClauseState
from domain.units import (
    NEW_MEDIA,
    Account,
    AccountState,
    Column,
    ColumnKind,
    Registration,
    RegistrationState,
    Registry,
    SubjectKind,
)
from tests.app.bureau import CZJ, HOST, JYJ, NEWS, SINCE, Bureau, listed
from tests.builders import at

OLD = date(2026, 9, 1)
BRIDGES = ("http://bridge.one/rss", "http://bridge.two/rss")
WECHAT = Account(
    id="czj-wx", unit_id="czj", platform="微信", name="财政微信", source="rss", url=BRIDGES[0],
    full_coverage=True, monitored_from=SINCE,
)  # fmt: skip


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    made = Bureau(tmp_path, registry=Registry(units=(CZJ, JYJ), columns=(NEWS,)))
    yield made
    made.archive.close()


def lost(bureau: Bureau, day: str, unit: str = "czj") -> int:
    return int(score_unit(bureau.office, unit, date.fromisoformat(day)).deducted)


def state_of(
    bureau: Bureau, clause_id: str, day: str, unit: str = "czj", year: int | None = None
) -> ClauseState:
    sheet = score_unit(bureau.office, unit, date.fromisoformat(day), year)
    return next(one.state for one in sheet.clauses if one.clause_id == clause_id)


def silent(bureau: Bureau, column: Column, newest: date, *nights: str) -> None:
    for night in nights:
        bureau.see(listed(column, at(night), newest))


def posted(account: Account, when: datetime, on: date) -> Observation:
    post = Post(id=str(on), title="t", url=None, published_at=day_start(on) + timedelta(hours=9))
    reading = AccountReading(reason="ok", why="", posts=(post,), source_synced_at=when, coverage="full")
    return Observation(
        subject_id=account.subject_id, kind=SubjectKind.ACCOUNT, look=LookKind.OFFICIAL, url=account.url,
        unit_id=account.unit_id, fetched_at=when, wall_at=when, state=PageState.OK, why="", reading=reading,
        http_status=200,
    )  # fmt: skip


def test_an_address_that_came_back_is_on_trial_like_any_other(bureau: Bureau) -> None:
    """The bridge was changed and changed back: what it shows may be weeks old, and nobody accepted it."""
    first, second = (replace(WECHAT, url=url) for url in BRIDGES)
    bureau.see(posted(first, at("2026-09-16"), OLD))
    bureau.see(posted(second, at("2026-09-18"), date(2026, 9, 17)))
    bureau.registry = Registry(units=(CZJ,), accounts=(first,))
    bureau.see(posted(first, at("2026-09-20"), OLD))
    bureau.see(posted(first, at("2026-09-21"), OLD))
    bureau.judge()
    assert lost(bureau, "2026-09-21") == 0
    bureau.registry = Registry(units=(CZJ,), accounts=(replace(first, monitored_from=date(2026, 9, 20)),))
    bureau.judge()
    assert lost(bureau, "2026-09-21") == 2  # the office accepted it


def test_a_column_handed_over_is_not_judged_for_its_new_unit_s_past(bureau: Bureau) -> None:
    """And what it cost the unit before is not forgotten without a word."""
    silent(bureau, NEWS, OLD, "2026-09-16", "2026-09-17")
    bureau.judge()
    assert lost(bureau, "2026-09-17") == 2
    moved = replace(NEWS, unit_id="jyj")
    bureau.registry = Registry(units=(CZJ, JYJ), columns=(moved,))
    silent(bureau, moved, date(2026, 10, 1), "2026-10-02", "2026-10-03")
    bureau.judge()
    assert lost(bureau, "2026-10-03", "jyj") == 0
    assert state_of(bureau, "A1-18", "2026-10-03") is ClauseState.PENDING
    sheet = score_unit(bureau.office, "czj", date(2026, 10, 3))
    [clause] = [one for one in sheet.clauses if one.clause_id == "A1-18"]
    assert "事件 1" in clause.why


def test_a_time_registered_as_not_applicable_is_not_judged_afterwards(bureau: Bureau) -> None:
    def said(state: RegistrationState, since: date) -> Registration:
        return Registration(unit_id="czj", kind=NEW_MEDIA, state=state, since=since)

    none = said(RegistrationState.NOT_APPLICABLE, date(2026, 3, 1))
    bureau.registry = Registry(units=(CZJ,), accounts=(WECHAT,), registrations=(none,))
    for night in ("2026-08-01", "2026-08-02"):
        bureau.see(posted(WECHAT, at(night), date(2026, 2, 1)))
    bureau.judge()
    again = said(RegistrationState.MONITORED, date(2026, 9, 1))
    bureau.registry = Registry(units=(CZJ,), accounts=(WECHAT,), registrations=(none, again))
    bureau.see(posted(WECHAT, at("2026-09-01"), date(2026, 8, 31)))
    bureau.judge()
    assert lost(bureau, "2026-09-01") == 0
    for night in ("2026-09-20", "2026-09-21"):
        bureau.see(posted(WECHAT, at(night), date(2026, 8, 31)))
    bureau.judge()
    assert lost(bureau, "2026-09-21") == 2


def test_a_record_of_a_day_to_come_does_not_count_yet(bureau: Bureau) -> None:
    """Written down in September for October: until then the column is judged as before."""
    from_october = Registration(
        unit_id="czj", kind="动态", state=RegistrationState.NOT_APPLICABLE, since=date(2026, 10, 1),
        reason="职能划转", by="张三",
    )  # fmt: skip
    bureau.registry = Registry(units=(CZJ, JYJ), columns=(NEWS,), registrations=(from_october,))
    silent(bureau, NEWS, OLD, "2026-09-16", "2026-09-17")
    bureau.archive.advance(at("2026-09-17", "12:00"))
    bureau.judge()
    assert lost(bureau, "2026-09-17") == 2
    bureau.archive.advance(at("2026-10-01", "00:00"))
    assert bureau.office.registration("czj", "动态") == from_october


def test_one_look_after_an_exemption_is_not_enough(bureau: Bureau) -> None:
    """The look before it was excused with the rest: two are needed once the exemption is over."""
    silent(bureau, NEWS, OLD, "2026-09-20")
    bureau.judge()
    [event] = bureau.archive.events()
    decide(
        bureau.office, event.id or 0, DecisionKind.EXEMPT, by="张三", reason="系统改造",
        until=date(2026, 10, 15), at=at("2026-09-20", "10:00"),
    )  # fmt: skip
    silent(bureau, NEWS, OLD, "2026-10-01", "2026-10-16")
    bureau.judge()
    assert lost(bureau, "2026-10-16") == 0
    silent(bureau, NEWS, OLD, "2026-10-17")
    bureau.judge()
    assert lost(bureau, "2026-10-17") == 2


def test_two_lapses_seen_once_each_confirm_neither(bureau: Bureau) -> None:
    """Our line was down for a month; the column moved meanwhile, so the first lapse had ended."""
    silent(bureau, NEWS, OLD, "2026-09-16")
    silent(bureau, NEWS, date(2026, 9, 20), "2026-10-09")
    bureau.judge()
    assert lost(bureau, "2026-10-09") == 0
    assert EventState.CONFIRMED not in {event.state for event in bureau.archive.events()}
    silent(bureau, NEWS, date(2026, 9, 20), "2026-10-10")
    bureau.judge()
    assert lost(bureau, "2026-10-10") == 2


REPORT = Column(
    id="jyj-nb", name="年报", kind=ColumnKind.ANNUAL_REPORT, url=f"{HOST}/jyj/nb/", unit_id="jyj",
    monitored_from=date(2026, 3, 1),
)  # fmt: skip


def test_a_unit_founded_after_a_deadline_did_not_miss_it(bureau: Bureau) -> None:
    young = replace(JYJ, valid_from=date(2026, 3, 1))
    bureau.registry = Registry(units=(young,), columns=(REPORT,))
    silent(bureau, REPORT, date(2025, 1, 20), "2026-03-02", "2026-03-03")
    bureau.judge()
    assert bureau.archive.events() == []
    assert state_of(bureau, "A1-06", "2026-03-03", "jyj") is ClauseState.PENDING


def test_a_young_unit_does_not_answer_for_its_predecessor_s_silence(bureau: Bureau) -> None:
    """Only a person may charge it until it has been there for the whole limit; from then on two looks do."""
    young = replace(CZJ, valid_from=date(2026, 9, 20))
    bureau.registry = Registry(units=(young, JYJ), columns=(NEWS,), accounts=(WECHAT,))
    for night in ("2026-09-20", "2026-09-21", "2026-10-04"):
        silent(bureau, NEWS, OLD, night)
        bureau.see(posted(WECHAT, at(night), OLD))
    bureau.judge()
    assert lost(bureau, "2026-10-04") == 0
    assert [event.state for event in bureau.archive.events()] == [EventState.SUSPECTED] * 2
    for night in ("2026-10-05", "2026-10-06"):
        silent(bureau, NEWS, OLD, night)
        bureau.see(posted(WECHAT, at(night), OLD))
    bureau.judge()
    assert lost(bureau, "2026-10-06") == 4


@pytest.mark.parametrize(("clock", "points"), [("00:00", 0), ("23:59", 0)])
def test_a_look_at_24_00_belongs_to_the_next_day(bureau: Bureau, clock: str, points: int) -> None:
    """Day 14 is in time at 23:59; at 00:00 it is day 15, a first look, and one costs nothing."""
    day = "2026-09-15" if clock == "23:59" else "2026-09-16"
    bureau.see(listed(NEWS, at("2026-09-14", clock), OLD))
    bureau.see(listed(NEWS, at(day, clock), OLD))
    bureau.judge()
    assert lost(bureau, "2026-09-16") == points
    assert len(bureau.archive.events()) == (1 if clock == "00:00" else 0)


def test_an_earlier_day_does_not_know_of_a_later_withdrawal(bureau: Bureau) -> None:
    """Also when the column has moved since, so that its event is no longer judged by looks."""
    silent(bureau, NEWS, OLD, "2026-09-16", "2026-09-17")
    bureau.judge()
    assert lost(bureau, "2026-09-17") == 2
    bureau.registry = Registry(units=(CZJ,), columns=(replace(NEWS, url=f"{HOST}/new/"),))
    bureau.judge()
    decide(bureau.office, 1, DecisionKind.WITHDRAW, by="张三", reason="停机", at=at("2026-10-05"))
    assert [lost(bureau, day) for day in ("2026-09-17", "2026-10-04", "2026-10-05")] == [2, 2, 0]


def test_an_account_that_was_closed_leaves_what_was_seen_of_it(bureau: Bureau) -> None:
    """The register says 已注销 without a day: no look was made since, those before still stand."""
    douyin = replace(WECHAT, id="czj-dy", platform="抖音", url="http://bridge.one/dy")
    none = replace(WECHAT, id="czj-wb", platform="微博", url="", state=AccountState.NOT_INVOLVED)
    on = Registration(unit_id="czj", kind=NEW_MEDIA, state=RegistrationState.MONITORED, since=SINCE)

    def register(state: AccountState) -> None:
        accounts = (replace(WECHAT, state=state), douyin, none)
        bureau.registry = Registry(units=(CZJ,), accounts=accounts, registrations=(on,))

    register(AccountState.ACTIVE)
    for night in ("2026-09-20", "2026-09-21"):
        bureau.see(posted(WECHAT, at(night), OLD), posted(douyin, at(night), date(2026, 9, 19)))
    bureau.judge()
    assert (lost(bureau, "2026-09-21"), state_of(bureau, "A1-20", "2026-09-21")) == (2, ClauseState.JUDGED)
    register(AccountState.CLOSED)
    bureau.see(posted(douyin, at("2026-10-20"), date(2026, 10, 19)))
    bureau.judge()
    assert (lost(bureau, "2026-10-20"), state_of(bureau, "A1-20", "2026-10-20")) == (2, ClauseState.JUDGED)
    bureau.see(posted(douyin, at("2027-01-20"), date(2027, 1, 19)))
    bureau.judge()
    assert (lost(bureau, "2027-01-20"), state_of(bureau, "A1-20", "2027-01-20")) == (0, ClauseState.JUDGED)


def test_the_only_account_was_closed_and_its_year_is_settled(bureau: Bureau) -> None:
    bureau.registry = Registry(units=(CZJ,), accounts=(WECHAT,))
    bureau.see(posted(WECHAT, at("2026-09-20"), date(2026, 9, 19)))
    bureau.registry = Registry(units=(CZJ,), accounts=(replace(WECHAT, state=AccountState.CLOSED),))
    bureau.judge()
    assert state_of(bureau, "A1-20", "2026-10-20") is ClauseState.JUDGED
    assert state_of(bureau, "A1-20", "2027-01-20") is ClauseState.PENDING  # 不涉及 is for the office to say
