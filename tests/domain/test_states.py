"""An event's state follows from looks, decisions, notice and appeals: design.md §4, event states."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import day_end
from domain.events import (
    Decision,
    DecisionKind,
    Event,
    EventState,
    Sighting,
    charged,
    decided,
    occurrences,
    outcome,
    told_state,
)
from domain.findings import Verdict
from domain.notices import RecheckResult
from domain.records import Appeal, AppealOutcome
from domain.rubric import CountBy, CountPer, Mode
from tests.builders import at, stale_test

TEST = stale_test()
DEADLINE = date(2026, 10, 22)
END = day_end(DEADLINE)
GRACE, RETRY = timedelta(hours=6), timedelta(days=3)  # written out: the rule itself may be wrong
TOLD_AT = at("2026-10-09", "09:00")


def event(*more: datetime, closed_at: datetime | None = None, **changes: object) -> Event:
    """Confirmed by two looks in September, named by a notice of 9 October."""
    moments = (at("2026-09-29"), at("2026-09-30"), *more)
    seen = tuple(
        Sighting(at=when, observation_id=n, verdict=Verdict.BREACH) for n, when in enumerate(moments)
    )
    given: dict[str, object] = {
        "unit_id": "u", "subject_id": "column:dt", "clause_id": "A1-18", "test_id": "A1-18a",
        "sightings": seen, "measured": "", "limit": "", "why": "", "closed_at": closed_at, "notified": True,
        "notified_at": TOLD_AT, "deadline": DEADLINE, "id": 1, **changes,
    }  # fmt: skip
    return Event(**given)  # type: ignore[arg-type]


def appeal(
    filed: datetime, outcome: AppealOutcome | None = None, decided_at: datetime | None = None
) -> Appeal:
    return Appeal(
        event_id=1, filed_by="甲", reason="误判", filed_at=filed, outcome=outcome, decided_at=decided_at
    )


def state(one: Event, recheck: RecheckResult | None = None) -> EventState:
    return decided(one, TEST, recheck).state


@pytest.mark.parametrize(("closed_at", "want"), [
    (None, EventState.NOTIFIED),
    (at("2026-10-01"), EventState.RECTIFIED),  # before the notice was out
    (END - timedelta(seconds=1), EventState.RECTIFIED),
    (END + GRACE, EventState.RECTIFIED),
    (END + GRACE + timedelta(seconds=1), EventState.NOTIFIED),  # nobody saw it late
])  # fmt: skip
def test_closed_by_the_deadline_is_rectified(closed_at: datetime | None, want: EventState) -> None:
    assert state(event(closed_at=closed_at)) is want
    assert told_state(event(closed_at=closed_at)) is want


@pytest.mark.parametrize(("seen", "want"), [
    (END - timedelta(seconds=1), EventState.NOTIFIED),
    (END, EventState.OVERDUE),
    (END + RETRY, EventState.OVERDUE),
    (END + RETRY + timedelta(seconds=1), EventState.NOTIFIED),
])  # fmt: skip
def test_seen_after_the_deadline_is_overdue(seen: datetime, want: EventState) -> None:
    assert state(event(seen)) is want


def test_put_right_too_late_stays_overdue() -> None:
    assert state(event(END, closed_at=END + timedelta(days=1))) is EventState.OVERDUE


@pytest.mark.parametrize(("recheck", "want"), [
    (RecheckResult.FIXED, EventState.RECTIFIED),
    (RecheckResult.LATE, EventState.OVERDUE),
    (RecheckResult.PARTLY, EventState.OVERDUE),
    (RecheckResult.NOT_FIXED, EventState.OVERDUE),
    (RecheckResult.UNKNOWN, EventState.NOTIFIED),
    (RecheckResult.NOT_DUE, EventState.NOTIFIED),
])  # fmt: skip
def test_the_recheck_of_all_looks_goes_before_the_sightings(recheck: RecheckResult, want: EventState) -> None:
    assert state(event(END), recheck) is want


def test_without_a_notice_there_is_no_deadline() -> None:
    told_of_nothing = event(END, notified=False, notified_at=None, deadline=None)
    assert state(told_of_nothing) is EventState.CONFIRMED


def test_late_rectification_itself_has_no_deadline() -> None:
    assert state(event(END, subject_id="notice:2026-09")) is EventState.NOTIFIED


FILED, DECIDED = at("2026-10-10"), at("2026-10-12")


@pytest.mark.parametrize(("appeals", "want"), [
    ((appeal(FILED),), EventState.APPEALED),
    ((appeal(FILED, AppealOutcome.UPHELD, DECIDED),), EventState.UPHELD),
    ((appeal(FILED, AppealOutcome.UPHELD, DECIDED), appeal(DECIDED)), EventState.APPEALED),
])  # fmt: skip
def test_appeals_show_in_the_state(appeals: tuple[Appeal, ...], want: EventState) -> None:
    assert state(event(appeals=appeals)) is want


def test_what_happened_last_is_told() -> None:
    upheld = (appeal(FILED, AppealOutcome.UPHELD, DECIDED),)
    assert state(event(END, appeals=upheld)) is EventState.OVERDUE
    assert state(event(closed_at=at("2026-10-20"), appeals=upheld)) is EventState.RECTIFIED
    late = (appeal(FILED, AppealOutcome.UPHELD, END + timedelta(days=1)),)
    assert state(event(END, appeals=late)) is EventState.UPHELD
    before_the_notice = (appeal(at("2026-10-01"), AppealOutcome.UPHELD, at("2026-10-02")),)
    assert state(event(appeals=before_the_notice)) is EventState.NOTIFIED


def test_an_appealed_suspicion_is_still_unconfirmed() -> None:
    one = event(appeals=(appeal(FILED),), sightings=event().sightings[:1], notified=False)
    now = decided(one, TEST)
    assert (now.state, now.unconfirmed) == (EventState.APPEALED, True)
    done = decided(replace(one, appeals=(appeal(FILED, AppealOutcome.UPHELD, DECIDED),)), TEST)
    assert (done.state, done.unconfirmed) == (EventState.SUSPECTED, True)


def test_a_withdrawn_event_costs_nothing_whatever_else() -> None:
    gone = Decision(kind=DecisionKind.WITHDRAW, by="乙", reason="申诉成立", at=DECIDED)
    one = event(END, decisions=(gone,), appeals=(appeal(FILED, AppealOutcome.WITHDRAWN, DECIDED),))
    now = decided(one, TEST)
    assert (now.state, now.confirmed_at, occurrences([now], TEST)) == (EventState.WITHDRAWN, None, ())


MOMENTS = st.integers(-30 * 86400, 10 * 86400).map(lambda s: END + timedelta(seconds=s))


@given(st.lists(MOMENTS, max_size=5), st.one_of(st.none(), MOMENTS))
def test_an_appeal_that_is_upheld_changes_no_points(more: list[datetime], closed_at: datetime | None) -> None:
    plain = decided(event(*sorted(more), closed_at=closed_at), TEST)
    upheld = decided(replace(plain, appeals=(appeal(FILED, AppealOutcome.UPHELD, DECIDED),)), TEST)
    pending = decided(replace(plain, appeals=(appeal(FILED),)), TEST)
    assert occurrences([plain], TEST) == occurrences([upheld], TEST) == occurrences([pending], TEST)
    assert outcome(plain, DEADLINE) == outcome(upheld, DEADLINE)


A1_04 = replace(
    stale_test(mode=Mode.ASSISTED), id="A1-04", clause_id="A1-04", monitor="notice.rectified",
    count_by=CountBy.ONCE, count_per=CountPer.UNIT,
)  # fmt: skip


def overdue(number: int, subject: str, *seen: str, unit: str = "u") -> Event:
    made = Decision(kind=DecisionKind.CONFIRM, by="乙", reason="核实", at=at("2027-01-01"))
    sightings = tuple(
        Sighting(at=at(day), observation_id=number * 10 + n, verdict=Verdict.SUSPECTED)
        for n, day in enumerate(seen)
    )
    one = event(
        id=number, unit_id=unit, subject_id=subject, sightings=sightings, decisions=(made,), test_id="A1-04",
        clause_id="A1-04",
    )  # fmt: skip
    return decided(one, A1_04)


def test_one_occurrence_per_unit_per_month_however_many_notices() -> None:
    two = [overdue(1, "notice:2026-08", "2026-10-10"), overdue(2, "notice:2026-09", "2026-10-23")]
    other = overdue(3, "notice:2026-09", "2026-10-23", unit="v")
    later = overdue(4, "notice:2026-10", "2026-11-23")
    found = charged([*two, other, later], A1_04)
    assert sorted((o.unit_id, str(o.month), o.event_id) for o in found) == [
        ("u", "2026-10", 1), ("u", "2026-11", 4), ("v", "2026-10", 3),
    ]  # fmt: skip


def test_per_item_each_counts() -> None:
    per_item = replace(A1_04, count_per=CountPer.ITEM)
    found = charged(
        [overdue(1, "notice:2026-09/1", "2026-10-23"), overdue(2, "notice:2026-09/2", "2026-10-23")], per_item
    )
    assert len(found) == 2


def test_a_notice_counts_once_though_its_items_are_looked_at_over_months() -> None:
    days = ("2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02")
    assert [str(o.month) for o in charged([overdue(1, "notice:2026-09", *days)], A1_04)] == ["2026-10"]
