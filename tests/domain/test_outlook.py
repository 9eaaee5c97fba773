"""When something lapses if nothing new comes, and what the nights to come would find."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.clock import local_day
from domain.events import decided, fold, occurrences
from domain.findings import Finding, Verdict
from domain.outlook import Outlook, Prospect, continued, outlook
from tests.builders import at, finding, stale_test

TODAY = date(2026, 10, 8)
LAPSE = date(2026, 10, 12)


def ok(number: int = 1, day: str = "2026-10-08", **more: object) -> Finding:
    return finding(number, at(day), Verdict.OK, lapses_on=LAPSE, **more)


def silent(number: int, day: str) -> Finding:
    return finding(number, at(day), Verdict.UNKNOWN, why="网站服务器错误")


def test_what_is_in_order_lapses_on_its_day() -> None:
    seen = outlook([ok()], TODAY)
    assert seen == Outlook(prospect=Prospect.DUE, lapses_on=LAPSE, said=ok())


def test_a_look_without_answer_leaves_the_day_and_says_so() -> None:
    seen = outlook([silent(2, "2026-10-08"), ok(1, "2026-10-07")], TODAY)
    assert seen is not None
    assert (seen.prospect, seen.lapses_on, seen.unanswered, seen.why) == (
        Prospect.DUE,
        LAPSE,
        1,
        "网站服务器错误",
    )


@pytest.mark.parametrize(
    ("today", "prospect"),
    [
        (LAPSE - timedelta(1), Prospect.DUE),  # the last day in time
        (LAPSE, Prospect.UNKNOWN),  # nobody looked since: it may be late, it may have moved
    ],
)
def test_a_day_that_came_without_a_look_is_not_called_a_lapse(today: date, prospect: Prospect) -> None:
    seen = outlook([ok()], today)
    assert seen is not None
    assert seen.prospect is prospect


def test_nothing_is_guessed_where_no_look_ever_answered() -> None:
    for findings in ([], [silent(1, "2026-10-07"), silent(2, "2026-10-08")]):
        seen = outlook(findings, TODAY)
        assert seen is not None
        assert (seen.prospect, seen.lapses_on, seen.unanswered) == (Prospect.UNKNOWN, None, len(findings))


@pytest.mark.parametrize("verdict", [Verdict.BREACH, Verdict.SUSPECTED])
def test_what_has_lapsed_is_no_warning(verdict: Verdict) -> None:
    seen = outlook([ok(1, "2026-10-07"), finding(2, at("2026-10-08"), verdict, lapses_on=TODAY)], TODAY)
    assert seen is not None
    assert (seen.prospect, seen.lapses_on) == (Prospect.LAPSED, None)


def test_what_is_done_for_the_year_has_no_day() -> None:
    assert outlook([finding(1, at("2026-10-08"), Verdict.OK)], TODAY) is None


def test_an_exemption_moves_the_lapse_behind_its_last_day() -> None:
    for until, day in ((LAPSE - timedelta(1), LAPSE), (LAPSE, LAPSE + timedelta(1))):
        seen = outlook([ok()], TODAY, until)
        assert seen is not None
        assert seen.lapses_on == day


@pytest.mark.parametrize(
    ("until", "prospect", "day"),
    [
        (TODAY - timedelta(1), Prospect.LAPSED, None),
        (TODAY, Prospect.DUE, TODAY + timedelta(1)),
        (date(2026, 11, 5), Prospect.DUE, date(2026, 11, 6)),
    ],
)
def test_what_is_late_but_exempt_lapses_when_the_exemption_ends(
    until: date, prospect: Prospect, day: date | None
) -> None:
    seen = outlook([finding(1, at("2026-10-08"), Verdict.BREACH, lapses_on=date(2026, 10, 1))], TODAY, until)
    assert seen is not None
    assert (seen.prospect, seen.lapses_on) == (prospect, day)


def test_a_window_that_runs_is_due_on_its_end() -> None:
    said = finding(1, at("2026-10-08"), Verdict.UNKNOWN, running=True, lapses_on=date(2027, 1, 1))
    seen = outlook([said], TODAY)
    assert seen is not None
    assert (seen.prospect, seen.lapses_on) == (Prospect.DUE, date(2027, 1, 1))


def nights(count: int, first: date = TODAY + timedelta(1)) -> list[date]:
    return [first + timedelta(n) for n in range(count)]


def test_what_is_in_order_becomes_a_breach_from_its_day_on() -> None:
    found = continued([ok()], nights(5), 2026)
    assert [one.verdict for one in found] == [Verdict.OK] * 3 + [Verdict.BREACH] * 2
    assert [local_day(one.at) for one in found] == nights(5)
    assert [one.observation_id for one in found] == [-1, -2, -3, -4, -5]
    assert all(one.accuses for one in found)


def test_a_window_that_ends_is_suspected_never_a_breach() -> None:
    said = finding(
        1, at("2026-01-10"), Verdict.UNKNOWN, running=True, period=2026, lapses_on=date(2026, 2, 1)
    )
    found = continued([said], [date(2026, 1, 31), date(2026, 2, 1)], 2026)
    assert [one.verdict for one in found] == [Verdict.UNKNOWN, Verdict.SUSPECTED]


@pytest.mark.parametrize("verdict", [Verdict.BREACH, Verdict.SUSPECTED])
def test_a_lapse_stays_one(verdict: Verdict) -> None:
    found = continued([finding(1, at("2026-10-08"), verdict, accuses=False)], nights(2), 2026)
    assert [(one.verdict, one.accuses) for one in found] == [(verdict, True)] * 2


def test_what_is_unknown_stays_unknown_even_after_good_looks() -> None:
    assert continued([ok(1, "2026-10-07"), silent(2, "2026-10-08")], nights(90), 2026) == []
    assert continued([], nights(90), 2026) == []


def test_what_is_about_another_year_is_not_carried_on() -> None:
    said = finding(1, at("2027-01-08"), Verdict.SUSPECTED, period=2026)
    assert continued([said], [date(2027, 1, 9)], 2027) == []
    assert continued([said], [date(2027, 1, 9)], 2026) != []


def test_nights_of_an_exemption_accuse_nobody() -> None:
    found = continued([ok()], nights(6), 2026, date(2026, 10, 13))
    assert [one.accuses for one in found] == [False] * 5 + [True]


def test_months_ahead_are_counted_by_the_rules_of_today() -> None:
    """A lapse on the last day of a month charges nothing in it; on the day before it does."""
    for day, months in ((30, ["2026-10", "2026-11"]), (31, ["2026-11"])):
        said = replace(ok(), lapses_on=date(2026, 10, day))
        events = [decided(e, stale_test()) for e in fold([said, *continued([said], nights(53), 2026)])]
        assert [str(one.month) for one in occurrences(events, stale_test())] == months


def test_an_exemption_for_ever_moves_the_lapse_out_of_sight() -> None:
    seen = outlook([finding(1, at("2026-10-07"), Verdict.BREACH)], TODAY, date.max)
    assert seen is not None
    assert (seen.prospect, seen.lapses_on) == (Prospect.DUE, date.max)
