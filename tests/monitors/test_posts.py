"""An edit is no publication: of each post the earliest time official looks saw it with counts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import local_day
from domain.findings import Finding, Verdict
from domain.looks import Look, LookKind
from domain.readings import AccountReading, Post
from domain.rubric import Mode, Test
from domain.units import SubjectKind
from monitors.case import Case, History
from monitors.catalog import judge
from tests.builders import at, look

NIGHT = at("2026-10-15")
TEST = Test(
    id="A1-20a", clause_id="A1-20", item="账号", mode=Mode.AUTO, monitor="account.stale", limits={"days": 14}
)


def post(key: str, days_ago: float, **more: object) -> Post:
    """A post of a source with ids of its own."""
    made = Post(
        id=key, title=f"文{key}", url=f"http://mp.example/{key}",
        published_at=NIGHT - timedelta(days=days_ago), id_given=True,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def seen(number: int, *posts: Post, kind: LookKind = LookKind.OFFICIAL) -> Look:
    """The look of a night after NIGHT, numbered."""
    when = NIGHT + timedelta(days=number)
    reading = AccountReading(reason="ok", why="w", posts=posts, source_synced_at=when, coverage="full")
    return look(number + 1, when, reading=reading, subject=SubjectKind.ACCOUNT, kind=kind)


def judged(*looks: Look) -> list[Finding]:
    return judge(Case(unit_id="u", subject_id="account:wx", test=TEST), History(looks=looks))


def verdicts(*looks: Look) -> list[Verdict]:
    return [one.verdict for one in judged(*looks)]


OLD = post("b", 100)
OK, BREACH = Verdict.OK, Verdict.BREACH


def test_an_edit_of_an_old_post_is_no_update() -> None:
    found = judged(seen(0, post("a", 20), OLD), seen(1, post("a", -0.5), OLD))
    assert [one.verdict for one in found] == [BREACH, BREACH]
    assert found[1].newest_on == local_day(NIGHT - timedelta(days=20))


def test_a_new_post_beside_an_edit_is_one() -> None:
    assert verdicts(seen(0, post("a", 20), OLD), seen(1, post("a", -0.5), OLD, post("c", -0.6))) == [
        BREACH,
        OK,
    ]


def test_an_earlier_time_that_turns_up_later_takes_the_edit_back() -> None:
    looks = seen(0, post("a", 1), OLD), seen(1, post("a", 20), OLD), seen(2, post("a", 1), OLD)
    assert verdicts(*looks) == [OK, BREACH, BREACH]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"id_given": False}, {"id_given": False}),  # a digest made here
        ({}, {"title": "另一篇"}),  # ids by position
        ({}, {"url": "http://mp.example/other"}),
        ({"title": ""}, {"title": ""}),
        ({"url": None}, {"url": None}),
    ],
)
def test_what_may_be_another_post_counts_as_new(before: dict[str, object], after: dict[str, object]) -> None:
    looks = seen(0, post("a", 20, **before), OLD), seen(1, post("a", -0.5, **after), OLD)
    assert verdicts(*looks) == [BREACH, OK]


def test_ids_or_addresses_that_repeat_in_a_feed_tell_no_posts_apart() -> None:
    same_id = post("b", 100, id="a"), post("b", 100, url="http://mp.example/a")
    for other in same_id:
        assert verdicts(seen(0, post("a", 20), other), seen(1, post("a", -0.5), other)) == [BREACH, OK]


def test_the_only_post_of_a_feed_may_be_always_the_latest() -> None:
    assert verdicts(seen(0, post("a", 20)), seen(1, post("a", -0.5))) == [BREACH, OK]


def test_a_check_on_demand_lowers_nothing() -> None:
    check = seen(0, post("a", 20), OLD, kind=LookKind.ON_DEMAND)
    assert verdicts(check, seen(1, post("a", 5), OLD))[1] is OK
    assert verdicts(seen(0, post("a", 5), OLD), replace(check, at=NIGHT + timedelta(days=1), id=9))[1] is OK


def test_a_persons_word_stands_and_an_edit_after_it_is_still_none() -> None:
    word = look(
        2, NIGHT + timedelta(days=1), kind=LookKind.ATTESTED, newest=date(2026, 9, 1), status=None,
        reading=None, subject=SubjectKind.ACCOUNT,
    )  # fmt: skip
    looks = seen(0, post("a", 20), OLD), word, seen(2, post("a", -0.5), OLD)
    found = judged(*looks)
    assert [one.verdict for one in found] == [BREACH, BREACH, BREACH]
    assert found[1].newest_on == date(2026, 9, 1)
    assert found[2].newest_on == local_day(NIGHT - timedelta(days=20))


LISTED = st.lists(
    st.builds(
        post, st.sampled_from("abcd"), st.integers(-3, 40), id_given=st.booleans(),
        title=st.sampled_from(["t", "u", ""]),
    ),
    max_size=4,
)  # fmt: skip
KINDS = st.sampled_from([LookKind.OFFICIAL, LookKind.OFFICIAL, LookKind.ON_DEMAND])
HISTORIES = st.lists(st.tuples(LISTED, KINDS), min_size=1, max_size=6)


def looks_of(history: list[tuple[list[Post], LookKind]]) -> list[Look]:
    return [seen(number, *posts, kind=kind) for number, (posts, kind) in enumerate(history)]


@given(HISTORIES, st.randoms())
def test_the_order_in_which_looks_come_changes_nothing(
    history: list[tuple[list[Post], LookKind]], random: Random
) -> None:
    looks = looks_of(history)
    mixed = random.sample(looks, len(looks))
    assert judged(*mixed) == judged(*looks)


@given(HISTORIES)
def test_the_day_is_one_some_look_showed_and_never_after_the_newest(
    history: list[tuple[list[Post], LookKind]],
) -> None:
    shown: set[date] = set()
    for one, found in zip(looks_of(history), judged(*looks_of(history)), strict=True):
        assert isinstance(one.reading, AccountReading)
        shown |= {local_day(each.published_at) for each in one.reading.posts if each.published_at <= one.at}
        assert found.newest_on is None or (found.newest_on in shown and found.newest_on <= max(shown))


@given(HISTORIES)
def test_made_up_ids_are_judged_by_the_newest_alone(history: list[tuple[list[Post], LookKind]]) -> None:
    bare = [([replace(one, id_given=False) for one in posts], kind) for posts, kind in history]
    shown: set[date] = set()
    for one, found in zip(looks_of(bare), judged(*looks_of(bare)), strict=True):
        assert isinstance(one.reading, AccountReading)
        shown |= {local_day(each.published_at) for each in one.reading.posts if each.published_at <= one.at}
        assert not shown or not one.reading.posts or found.newest_on == max(shown)


@given(HISTORIES, st.integers(0, 13))
def test_a_post_never_seen_before_always_acquits(
    history: list[tuple[list[Post], LookKind]], days_ago: int
) -> None:
    looks = looks_of(history)
    fresh = Post(
        id="new", title="新", url="http://mp.example/new", id_given=True,
        published_at=NIGHT + timedelta(days=len(looks) - days_ago),
    )  # fmt: skip
    assert judged(*looks, seen(len(looks), OLD, fresh))[-1].verdict is Verdict.OK


@given(HISTORIES)
def test_who_is_accused_had_every_post_shown_too_old_at_least_once(
    history: list[tuple[list[Post], LookKind]],
) -> None:
    looks = looks_of(history)
    for number, found in enumerate(judged(*looks)):
        limit = local_day(NIGHT + timedelta(days=number)) - timedelta(days=14)
        times: dict[tuple[str, str], datetime] = {}
        for one in looks[: number + 1]:
            assert isinstance(one.reading, AccountReading)
            for each in one.reading.posts:
                if each.published_at <= one.at:
                    key = (each.id, each.title)
                    times[key] = min(each.published_at, times.get(key, each.published_at))
        if found.verdict is Verdict.BREACH:
            assert all(local_day(at) < limit for at in times.values())
