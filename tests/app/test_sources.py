"""A source that cannot be read is a thing of its own: one task when it begins, one when it ends, no lapse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.judge import judge_everything
from app.sources import BACK, TASK, SourceHealth, alarm, sources
from domain.looks import LookKind, Observation
from domain.readings import AccountReading, PageState, Post
from domain.units import Account, SubjectKind
from tests.app.bureau import SINCE, Bureau

START = datetime(2026, 9, 10, 17, tzinfo=UTC)
ONE, TWO = (
    Account(
        id=name, unit_id=unit, platform="微博", name=f"{name}微博", source="weibo",
        url=f"https://m.weibo.cn/u/{name}", full_coverage=True, monitored_from=SINCE,
    )
    for name, unit in (("one", "czj"), ("two", "jyj"))
)  # fmt: skip


@pytest.fixture
def well(bureau: Bureau) -> Bureau:
    bureau.registry = replace(bureau.registry, columns=(), accounts=(ONE, TWO))
    return bureau


def look(account: Account, at: datetime, reason: str, url: str = "") -> Observation:
    post = Post(id="1", title="t", url=None, published_at=at - timedelta(days=1))
    reading = AccountReading(
        reason=reason, why=f"因为{reason}", posts=(post,) if reason == "ok" else (),
        source_synced_at=at - timedelta(hours=1) if reason == "ok" else None, coverage="full",
    )  # fmt: skip
    return Observation(
        subject_id=account.subject_id, kind=SubjectKind.ACCOUNT, look=LookKind.OFFICIAL,
        url=url or account.url, unit_id=account.unit_id, fetched_at=at, wall_at=at, http_status=200,
        state=PageState.OK if reason == "ok" else PageState.BLOCKED, why=reading.why, reading=reading,
    )  # fmt: skip


def night(well: Bureau, number: int, *reasons: str) -> list[tuple[str, str]]:
    """The open tasks about sources after a night on which the accounts were read so."""
    at = START + timedelta(days=number)
    well.see(*(look(a, at, r) for a, r in zip((ONE, TWO), reasons, strict=False) if r))
    well.archive.advance(at)
    judge_everything(well.office)
    alarm(well.office)
    return [(row.kind, row.subject) for row in well.archive.tasks() if row.kind in {TASK, BACK}]


def health(well: Bureau) -> SourceHealth:
    [one] = sources(well.office)
    return one


KEY = "weibo m.weibo.cn"


def test_a_source_never_asked_is_not_failing(well: Bureau) -> None:
    one = health(well)
    assert (one.accounts, one.answered, one.failing_since, one.last_ok_at) == (2, 0, None, None)
    alarm(well.office)
    assert well.archive.tasks() == []


def test_the_reason_told_is_that_of_the_key_that_ran_out(well: Bureau) -> None:
    assert night(well, 0, "auth_expired", "empty") == [(TASK, KEY)]
    assert night(well, 1, "auth_expired", "not_found") == [(TASK, KEY)]
    assert health(well).last_failure == "因为auth_expired"
    assert "因为auth_expired" in well.archive.tasks()[0].detail


def test_one_task_when_it_begins_and_one_when_it_ends(well: Bureau) -> None:
    assert night(well, 0, "ok", "ok") == []
    assert night(well, 1, "blocked", "ok") == []
    assert night(well, 2, "blocked", "blocked") == [(TASK, KEY)]
    assert health(well).failing_since == START + timedelta(days=2)
    assert night(well, 3, "rate_limited", "blocked") == [(TASK, KEY)]
    assert len([row for row in well.archive.tasks(open_only=False) if row.kind == TASK]) == 1
    assert night(well, 4, "ok", "blocked") == [(BACK, KEY)]
    assert night(well, 5, "ok", "ok") == [(BACK, KEY)]
    assert night(well, 7, "ok", "ok") == []
    assert len(well.archive.tasks(open_only=False)) == 2 + sum(
        row.kind == "unknown" for row in well.archive.tasks(open_only=False)
    )
    assert well.archive.events() == []


def test_it_failing_again_takes_back_the_word_that_it_is_well(well: Bureau) -> None:
    night(well, 0, "blocked", "blocked")
    night(well, 1, "ok", "ok")
    assert night(well, 2, "blocked", "blocked") == [(TASK, KEY)]


def test_a_key_that_ran_out_is_told_though_others_are_read(well: Bureau) -> None:
    night(well, 0, "ok", "ok")
    assert night(well, 1, "ok", "auth_expired") == [(TASK, KEY)]
    one = health(well)
    assert (one.expired, one.answered, one.failing_since) == (
        ("two微博",), 1, START + timedelta(days=1),
    )  # fmt: skip
    [task] = [row for row in well.archive.tasks() if row.kind == TASK]
    assert "two微博" in task.detail
    assert "不会扣分" in task.detail
    assert task.unit_id is None
    assert night(well, 2, "ok", "ok") == [(BACK, KEY)]


def test_what_is_shown_is_what_the_looks_say(well: Bureau) -> None:
    night(well, 0, "ok", "ok")
    night(well, 1, "blocked", "ok")
    one = health(well)
    assert one.last_ok_at == START + timedelta(days=1) - timedelta(hours=1)
    assert (one.last_failed_at, one.last_failure) == (START + timedelta(days=1), "因为blocked")
    assert one.failing_since is None


def test_a_look_at_part_of_the_accounts_blames_no_source(well: Bureau) -> None:
    night(well, 0, "ok", "ok")
    assert night(well, 1, "blocked") == []


def test_looks_at_an_earlier_address_say_nothing_of_the_present_source(well: Bureau) -> None:
    well.see(look(ONE, START, "blocked", url="https://m.weibo.cn/u/old"))
    assert health(well).last_failed_at is None


def test_a_source_that_left_the_registry_leaves_no_task(well: Bureau) -> None:
    assert night(well, 0, "blocked", "blocked")
    well.registry = replace(well.registry, accounts=())
    alarm(well.office)
    assert [row for row in well.archive.tasks() if row.kind == TASK] == []
