"""Confirmation, acquittal, counting: design.md §4.2-4.4."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import Month, local_day
from domain.events import (
    APART,
    Decision,
    DecisionKind,
    Event,
    EventState,
    Sighting,
    confirming,
    decided,
    fold,
    occurrences,
)
from domain.findings import Finding, Verdict
from domain.matching import matched
from domain.rubric import CountBy, Mode
from tests.builders import at, days, finding, stale_test

AUTO, ASSISTED = stale_test(), stale_test(mode=Mode.ASSISTED)
B, OK, UNKNOWN, S = Verdict.BREACH, Verdict.OK, Verdict.UNKNOWN, Verdict.SUSPECTED


def one(findings: list[Finding]) -> Event:
    [event] = fold(findings)
    return decided(event, AUTO)


def test_two_looks_on_two_days_confirm() -> None:
    event = one([finding(1, at("2026-09-29"), B), finding(2, at("2026-09-30"), B)])
    assert event.state is EventState.CONFIRMED
    assert event.confirmed_at == at("2026-09-30")


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        (("2026-09-29", "23:30"), ("2026-09-30", "00:30"), EventState.SUSPECTED),  # an hour apart
        (("2026-09-29", "01:00"), ("2026-09-29", "23:30"), EventState.SUSPECTED),  # one day
        (("2026-09-29", "04:00"), ("2026-09-30", "00:00"), EventState.CONFIRMED),  # 20 h, the limit itself
        (("2026-09-29", "04:01"), ("2026-09-30", "00:00"), EventState.SUSPECTED),
    ],
)
def test_confirming_looks_stand_apart(
    first: tuple[str, str], second: tuple[str, str], state: EventState
) -> None:
    assert one([finding(1, at(*first), B), finding(2, at(*second), B)]).state is state


@pytest.mark.parametrize(("newest", "states"), [
    (date(2026, 9, 15), [EventState.CONFIRMED]),  # before the first look: one lapse, seen twice
    (date(2026, 9, 16), [EventState.SUSPECTED] * 2),  # dated on its day or later: that lapse had ended
    (date(2026, 9, 20), [EventState.SUSPECTED] * 2),
])  # fmt: skip
def test_an_update_between_two_looks_parts_two_lapses(newest: date, states: list[EventState]) -> None:
    """Nothing answered in between: what was published meanwhile has lapsed again."""
    first = finding(1, at("2026-09-16"), B, newest_on=date(2026, 9, 1), lapses_on=date(2026, 9, 16))
    again = finding(2, at("2026-10-09"), B, newest_on=newest, lapses_on=newest + timedelta(days=15))
    found = [decided(event, AUTO) for event in fold([first, again])]
    assert [event.state for event in found] == states
    assert [event.open for event in found] == [False] * (len(states) - 1) + [True]


@pytest.mark.parametrize(("nights", "confirmed"), [
    (("2026-09-20", "2026-10-16"), None),  # the one before was excused with the rest
    (("2026-09-20", "2026-10-16", "2026-10-17"), "2026-10-17"),
    (("2026-09-19", "2026-09-20", "2026-10-16"), "2026-09-20"),  # proven before it was excused
])  # fmt: skip
def test_looks_excused_do_not_confirm_those_after_an_exemption(
    nights: tuple[str, ...], confirmed: str | None
) -> None:
    [event] = fold([finding(n, at(night), B) for n, night in enumerate(nights)])
    said = Decision(
        kind=DecisionKind.EXEMPT, by="张", reason="改造", at=at("2026-09-20", "10:00"),
        until=date(2026, 10, 15),
    )  # fmt: skip
    now = decided(replace(event, decisions=(said,)), AUTO)
    assert now.confirmed_at == (at(confirmed) if confirmed else None)
    months = [str(one.month) for one in occurrences([now], AUTO)]
    assert months == (["2026-10"] if confirmed == "2026-10-17" else [])


def test_a_good_look_between_begins_anew() -> None:
    looks = days("2026-09-01", 3)
    events = fold([finding(1, looks[0], B), finding(2, looks[1], OK), finding(3, looks[2], B)])
    assert [decided(e, AUTO).state for e in events] == [EventState.SUSPECTED] * 2
    assert events[0].closed_at == looks[1]


def test_unknown_neither_opens_nor_closes() -> None:
    looks = days("2026-09-01", 3)
    event = one([finding(1, looks[0], B), finding(2, looks[1], UNKNOWN), finding(3, looks[2], B)])
    assert event.state is EventState.CONFIRMED
    assert fold([finding(1, looks[0], UNKNOWN)]) == ()


def test_looks_that_may_not_accuse_only_acquit() -> None:
    looks = days("2026-09-01", 3)
    quiet = [finding(n, when, B, accuses=False) for n, when in enumerate(looks)]
    assert fold(quiet) == ()
    [event] = fold([finding(7, looks[0], B), finding(8, looks[1], OK, accuses=False)])
    assert not event.open


def test_suspected_looks_wait_for_a_person_even_in_auto_mode() -> None:
    looks = days("2026-09-01", 4)
    event = one([finding(n, when, S) for n, when in enumerate(looks)])
    assert event.state is EventState.SUSPECTED


def test_held_looks_wait_for_a_person() -> None:
    looks = days("2026-09-01", 3)
    held = [finding(0, looks[0], B, held="整站改版"), *(finding(n, looks[n], B) for n in (1, 2))]
    event = one(held)
    assert event.state is EventState.SUSPECTED
    confirm = Decision(kind=DecisionKind.CONFIRM, by="张", reason="核实", at=looks[2])
    assert decided(_with(event, confirm), AUTO).state is EventState.CONFIRMED


def test_held_looks_charge_no_later_month_until_a_person_saw_them() -> None:
    """Our own line failed in October: what a person confirmed in September does not speak for those looks."""
    nights = ("2026-09-01", "2026-10-05", "2026-10-06", "2026-10-07")
    for held in ({0, 1, 2, 3}, {1, 2, 3}, {0, 1, 2}):
        looks = [finding(n, at(on), B, held="断网" if n in held else "") for n, on in enumerate(nights)]
        [event] = fold(looks)
        confirm = Decision(kind=DecisionKind.CONFIRM, by="张", reason="核实", at=at("2026-09-02"))
        assert charged(_with(event, confirm)) == [("2026-09", 2026)]
        later = replace(confirm, at=at("2026-10-08"))
        assert charged(_with(event, confirm, later))[-1] == ("2026-10", 2026)


def test_a_back_dated_row_leaves_the_sightings_to_a_person() -> None:
    looks = days("2026-09-20", 3)
    event = one(
        [
            finding(1, looks[0], B, newest_on=date(2026, 9, 1)),
            finding(2, looks[1], B, newest_on=date(2026, 9, 1)),
            finding(3, looks[2], OK, newest_on=date(2026, 9, 19)),
        ]
    )
    assert "倒填日期" in event.held
    assert event.state is EventState.SUSPECTED
    assert event.closed_at == looks[2]


def test_an_update_after_the_sighting_is_no_back_dating() -> None:
    looks = days("2026-09-20", 3)
    event = one(
        [
            finding(1, looks[0], B, newest_on=date(2026, 9, 1)),
            finding(2, looks[1], B, newest_on=date(2026, 9, 1)),
            finding(3, looks[2], OK, newest_on=date(2026, 9, 21)),  # the day of the last sighting
        ]
    )
    assert event.held == ""
    assert event.state is EventState.CONFIRMED


def _with(event: Event, *decisions: Decision) -> Event:
    return replace(event, id=5, decisions=decisions)


def charged(event: Event, count_by: CountBy = CountBy.MONTH) -> list[tuple[str, int]]:
    test = replace(AUTO, count_by=count_by)
    return [(str(o.month), o.score_year) for o in occurrences([decided(event, test)], test)]


def seen_on(*moments: str) -> Event:
    [event] = fold([finding(n, at(day), B) for n, day in enumerate(moments, 1)])
    return event


def test_first_occurrence_belongs_to_the_month_of_the_confirming_look() -> None:
    assert charged(seen_on("2026-09-30", "2026-10-01")) == [("2026-10", 2026)]


def test_a_later_month_needs_two_looks_inside_it() -> None:
    assert charged(seen_on("2026-09-29", "2026-09-30", "2026-10-31")) == [("2026-09", 2026)]
    twice = seen_on("2026-09-29", "2026-09-30", "2026-10-30", "2026-10-31")
    assert charged(twice) == [("2026-09", 2026), ("2026-10", 2026)]


def test_mere_suspicions_do_not_charge_a_later_month() -> None:
    """A confirmed breach whose list loses its dates in October: October waits for a person."""
    nights = [(B, "2026-09-29"), (B, "2026-09-30"), (S, "2026-10-30"), (S, "2026-10-31")]
    [event] = fold([finding(n, at(day), verdict) for n, (verdict, day) in enumerate(nights)])
    assert charged(event) == [("2026-09", 2026)]
    confirm = Decision(kind=DecisionKind.CONFIRM, by="张", reason="核实", at=at("2026-11-02"))
    assert charged(_with(event, confirm)) == [("2026-09", 2026), ("2026-10", 2026)]


def test_looks_contested_after_a_person_decided_do_not_charge_a_later_month() -> None:
    nights = ("2026-09-29", "2026-09-30", "2026-10-05", "2026-10-06")
    seen = [finding(n, at(day), B, newest_on=date(2026, 9, 1)) for n, day in enumerate(nights)]
    [event] = fold([*seen, finding(9, at("2026-10-10"), OK, newest_on=date(2026, 10, 4))])
    confirm = Decision(kind=DecisionKind.CONFIRM, by="张", reason="核实", at=at("2026-10-01"))
    assert charged(_with(event, confirm)) == [("2026-09", 2026)]
    later = replace(confirm, at=at("2026-10-11"))
    assert charged(_with(event, later)) == [("2026-09", 2026), ("2026-10", 2026)]


def test_the_score_year_is_that_of_the_first_look() -> None:
    assert charged(seen_on("2026-12-31", "2027-01-01")) == [("2027-01", 2026)]
    on = seen_on("2026-12-31", "2027-01-01", "2027-02-01", "2027-02-02")
    assert charged(on) == [("2027-01", 2026), ("2027-02", 2027)]


def test_count_by_year_and_once() -> None:
    on = seen_on("2026-11-01", "2026-11-02", "2026-12-01", "2026-12-02", "2027-01-01", "2027-01-02")
    assert charged(on, CountBy.YEAR) == [("2026-11", 2026), ("2027-01", 2027)]
    assert charged(on, CountBy.ONCE) == [("2026-11", 2026)]


def test_two_events_of_one_month_cost_once() -> None:
    looks = days("2026-09-01", 5)
    verdicts = [B, B, OK, B, B]
    events = [
        decided(e, AUTO)
        for e in fold([finding(n, w, v) for n, (w, v) in enumerate(zip(looks, verdicts, strict=True))])
    ]
    assert len(events) == 2
    assert len(occurrences(events, AUTO)) == 1


def test_a_person_confirms_an_assisted_breach_and_may_set_points() -> None:
    event = seen_on("2026-09-29")
    assert decided(event, ASSISTED).state is EventState.SUSPECTED
    confirm = Decision(
        kind=DecisionKind.CONFIRM, by="张", reason="核实", at=at("2026-10-03"), points=Decimal("0.5")
    )
    event = decided(_with(event, confirm), ASSISTED)
    [hit] = occurrences([event], ASSISTED)
    assert (hit.month, hit.points) == (Month(2026, 9), Decimal("0.5"))


def test_withdrawn_costs_nothing_and_stays() -> None:
    withdraw = Decision(kind=DecisionKind.WITHDRAW, by="张", reason="平台故障", at=at("2026-10-03"))
    event = decided(_with(seen_on("2026-09-29", "2026-09-30"), withdraw), AUTO)
    assert event.state is EventState.WITHDRAWN
    assert occurrences([event], AUTO) == ()


def test_exempt_costs_nothing_until_its_end() -> None:
    event = seen_on("2026-09-29", "2026-09-30", "2026-11-01", "2026-11-02")
    exempt = Decision(
        kind=DecisionKind.EXEMPT, by="张", reason="机构改革", at=at("2026-10-03"), until=date(2026, 10, 31)
    )
    assert charged(_with(event, exempt)) == [("2026-11", 2026)]


@given(
    st.lists(st.tuples(st.integers(0, 40 * 24), st.sampled_from(list(Verdict)), st.booleans()), max_size=25)
)
def test_the_fold_does_not_depend_on_the_order_of_arrival(looks: list[tuple[int, Verdict, bool]]) -> None:
    start = at("2026-09-01")
    findings = [
        finding(n, start + timedelta(hours=hours), verdict, accuses=accuses)
        for n, (hours, verdict, accuses) in enumerate(looks)
    ]
    shuffled = random.Random(len(looks)).sample(findings, len(findings))
    assert fold(shuffled) == fold(findings)


@given(st.lists(st.integers(0, 24 * 90), min_size=1, max_size=30, unique=True))
def test_confirming_always_stands_a_day_and_twenty_hours_after_another(hours: list[int]) -> None:
    start = at("2026-09-01")
    seen = [Sighting(at=start + timedelta(hours=h), observation_id=h, verdict=B) for h in sorted(hours)]
    found = confirming(seen)
    pairs = [
        later
        for later in seen
        for first in seen
        if later.at - first.at >= APART and local_day(later.at) != local_day(first.at)
    ]
    assert (found is None) == (not pairs)
    assert found is None or found in pairs


def test_recomputed_events_keep_identity_and_decisions() -> None:
    confirm = Decision(kind=DecisionKind.CONFIRM, by="张", reason="核实", at=at("2026-10-03"))
    stored = replace(seen_on("2026-09-29", "2026-09-30"), id=7, decisions=(confirm,), notified=True)
    earlier = fold(
        [
            finding(9, at("2026-09-28"), B),
            *(finding(n, at(d), B) for n, d in [(1, "2026-09-29"), (2, "2026-09-30")]),
        ]
    )
    [now], gone = matched([stored], earlier)
    assert (now.id, now.decisions, now.notified, gone) == (7, (confirm,), True, ())
    assert now.opened_at == at("2026-09-28")


def test_events_the_history_no_longer_bears_are_named() -> None:
    stored = replace(seen_on("2026-09-29"), id=7)
    assert matched([stored], []) == ((), (stored,))


def test_a_new_period_ends_the_old_ones_breach() -> None:
    looks = days("2026-12-31", 4)
    findings = [replace(finding(n, when, S), period=2026) for n, when in enumerate(looks[:2])]
    findings += [replace(finding(n, when, S), period=2027) for n, when in enumerate(looks[2:], 2)]
    old, new = fold(findings)
    assert (old.period, old.closed_at, new.period, new.open) == (2026, looks[2], 2027, True)
    confirm = Decision(kind=DecisionKind.CONFIRM, by="a", reason="b", at=looks[1])
    confirmed = replace(old, decisions=(confirm,))
    yearly = replace(stale_test(mode=Mode.ASSISTED), count_by=CountBy.YEAR)
    [cost] = occurrences([decided(confirmed, yearly)], yearly)
    assert cost.score_year == 2026


def test_a_held_look_undoes_no_confirmation_and_charges_no_month() -> None:
    """A night on which our own line failed holds what it saw, not what two looks proved before."""
    looks = [*days("2026-09-28", 2), *days("2026-10-05", 2)]
    september = [finding(n, when, B) for n, when in enumerate(looks[:2])]
    october = [finding(2, looks[2], B), finding(3, looks[3], B, held="对照网址打不开")]
    event = one([*september, *october])
    assert (event.state, event.confirmed_at, event.held) == (EventState.CONFIRMED, looks[1], "")
    assert [o.month for o in occurrences([event], AUTO)] == [Month(2026, 9)]
    first_held = [finding(0, looks[0], B, held="疑似改版"), *september[1:], *october[:1]]
    assert one(first_held).state is EventState.SUSPECTED
