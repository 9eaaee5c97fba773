from datetime import date, datetime, timedelta
from typing import Literal

import pytest

from domain.events import EventState, decided, fold
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind
from domain.readings import AccountReading, PackageReading, PageState, Post
from domain.rubric import Mode, Test
from domain.units import SubjectKind
from monitors.case import Case, History
from monitors.catalog import judge
from tests.builders import at, look, stale_test

NIGHT = at("2026-10-15")
TEST = Test(
    id="A1-20a", clause_id="A1-20", item="账号", mode=Mode.AUTO, monitor="account.stale", limits={"days": 14}
)
APP = Test(id="A1-20b", clause_id="A1-20", item="应用", mode=Mode.AUTO, monitor="app.broken")


def reading(
    *days_ago: int, reason: str = "ok", coverage: Literal["full", "partial", "unknown"] = "full",
    synced: datetime | None = NIGHT,
) -> AccountReading:  # fmt: skip
    posts = tuple(
        Post(id=str(n), title="t", url=None, published_at=NIGHT - timedelta(days=n)) for n in days_ago
    )
    return AccountReading(reason=reason, why="w", posts=posts, source_synced_at=synced, coverage=coverage)


def judged(*looks: Look, test: Test = TEST) -> list[Finding]:
    return judge(Case(unit_id="u", subject_id="account:wx", test=test), History(looks=looks))


def account(seen: AccountReading | None, when: datetime = NIGHT, number: int = 1) -> Look:
    return look(number, when, reading=seen, subject=SubjectKind.ACCOUNT)


@pytest.mark.parametrize(
    ("seen", "want"),
    [
        (reading(14), Verdict.OK),
        (reading(15), Verdict.BREACH),
        (reading(300, 3, 40), Verdict.OK),  # a pinned old post stands first
        (reading(15, coverage="partial"), Verdict.UNKNOWN),
        (reading(3, coverage="partial"), Verdict.OK),
        (reading(15, synced=NIGHT - timedelta(days=3)), Verdict.UNKNOWN),
        (reading(15, synced=None), Verdict.UNKNOWN),
        (reading(15, reason="auth_expired"), Verdict.UNKNOWN),
        (reading(), Verdict.UNKNOWN),
        (reading(-1), Verdict.UNKNOWN),  # only a post from the future
        (None, Verdict.UNKNOWN),
    ],
)
def test_only_full_recent_readings_accuse(seen: AccountReading | None, want: Verdict) -> None:
    [found] = judged(account(seen))
    assert found.verdict is want


def test_a_deleted_post_still_counts() -> None:
    found = judged(account(reading(2)), account(reading(40), NIGHT + timedelta(days=1), 2))
    assert [f.verdict for f in found] == [Verdict.OK, Verdict.OK]


def test_a_person_may_attest() -> None:
    attested = look(
        2, NIGHT, kind=LookKind.ATTESTED, newest=date(2026, 9, 1), status=None, reading=reading(44)
    )
    [found] = judged(attested)
    assert (found.verdict, found.accuses) == (Verdict.BREACH, True)


@pytest.mark.parametrize(
    ("said", "status", "want", "accuses"),
    [
        ("ok", 206, Verdict.OK, True),
        ("broken", 200, Verdict.BREACH, True),
        ("broken", 404, Verdict.BREACH, True),
        ("unknown", 503, Verdict.UNKNOWN, False),
    ],
)
def test_downloads(
    said: Literal["ok", "broken", "unknown"], status: int, want: Verdict, *, accuses: bool
) -> None:
    seen = PackageReading(verdict=said, why="w")
    state = PageState.OK if said != "unknown" else PageState.FAILED
    [found] = judged(
        look(1, NIGHT, reading=seen, status=status, state=state, subject=SubjectKind.APP), test=APP
    )
    assert (found.verdict, found.accuses) == (want, accuses)


def listed(*said: tuple[int, Literal["ok", "broken", "unknown"]]) -> list[Look]:
    """Looks at a store's listing: hours after the night, and what the store said."""
    return [
        look(
            number, NIGHT + timedelta(hours=hours), subject=SubjectKind.APP,
            reading=PackageReading(verdict=verdict, why="在苹果应用商店（中国区）查不到", listing=True),
        )
        for number, (hours, verdict) in enumerate(said, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "state"),
    [
        ((0,), EventState.SUSPECTED),
        ((0, 5), EventState.SUSPECTED),  # the same night: a store's answer is cached for hours
        ((0, 24), EventState.CONFIRMED),
    ],
)
def test_gone_from_a_store_is_charged_only_when_gone_on_two_days(
    hours: tuple[int, ...], state: EventState
) -> None:
    looks = listed((-24, "ok"), *((hour, "broken") for hour in hours))
    [event] = fold(judged(*looks, test=APP))
    assert decided(event, APP).state is state


def test_back_in_the_store_the_next_day_is_never_charged() -> None:
    looks = listed((-24, "ok"), (0, "broken"), (24, "ok"), (48, "broken"))
    events = [decided(event, APP) for event in fold(judged(*looks, test=APP))]
    assert all(event.confirmed_at is None for event in events)


def test_what_a_store_never_had_may_be_a_wrong_number_of_ours() -> None:
    looks = listed((0, "broken"), (24, "unknown"), (48, "broken"), (72, "ok"), (96, "broken"))
    found = judged(*looks, test=APP)
    assert [one.verdict for one in found] == [*[Verdict.UNKNOWN] * 3, Verdict.OK, Verdict.BREACH]
    assert "listing" in found[0].why


def test_column_limits_are_shared_with_columns() -> None:
    assert stale_test().limit("days") == TEST.limit("days")
