"""Notices re-checked over a real archive: results, states, A1-04, scores of any day, order of arrival."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.appeals import appeal_until, decide_appeal, file_appeal
from app.board import parts_of
from app.decisions import decide
from app.explain import explain
from app.judge import judge_everything
from app.month_report import month_data
from app.months import close, issue
from app.office import Office
from app.rectification import recheck_month
from app.scores import score_unit
from app.services import record_service, served_late
from domain.errors import RefusedError
from domain.events import DecisionKind, EventState
from domain.notices import RecheckResult, Stage
from domain.records import AppealOutcome, ServiceStep
from domain.rubric import CountPer
from domain.scores import ClauseState
from domain.workdays import Holidays
from tests.app.monthly import FINANCE, RENDA, later, moment, watch
from tests.app.noticed import APPEAL_UNTIL, DEADLINE, OCTOBER, OLD, SEPTEMBER, event_of, seen, told_office

A1_04 = "A1-04"
FRESH = date(2026, 10, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = told_office(tmp_path)
    yield made
    made.archive.close()


def results(office: Office) -> list[RecheckResult]:
    return [one.recheck.result for one in recheck_month(office, SEPTEMBER)[1]]


def clause(office: Office, day: date | None = None, unit: str = "caizhengju") -> tuple[ClauseState, Decimal]:
    [score] = [c for c in score_unit(office, unit, day).clauses if c.clause_id == A1_04]
    return score.state, score.deducted


def test_before_the_deadline_nothing_is_due_and_nothing_is_lost(office: Office) -> None:
    assert results(office) == [RecheckResult.NOT_DUE] * 2
    assert clause(office) == (ClauseState.JUDGED, 0)


def test_each_item_shows_the_looks_before_and_after(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: FRESH, RENDA: OLD}, clock="07:00")
    _, (finance, renda) = recheck_month(now, SEPTEMBER)
    assert (finance.recheck.result, renda.recheck.result) == (RecheckResult.UNKNOWN, RecheckResult.NOT_FIXED)
    fixed = seen(office, "2026-10-23 12:00", "2026-10-21", {FINANCE: FRESH})
    _, (finance, _) = recheck_month(fixed, SEPTEMBER)
    assert finance.recheck.result is RecheckResult.FIXED
    before, after = finance.recheck.before, finance.recheck.after
    assert before is not None
    assert after is not None
    assert (before.newest_on, after.newest_on) == (OLD, FRESH)
    assert before.observation_id in finance.item.observation_ids
    assert after.at == moment("2026-10-21 02:00")


def test_one_unit_alone_can_be_asked_for(office: Office) -> None:
    _, items = recheck_month(office, SEPTEMBER, "财政局")
    assert [one.item.unit for one in items] == ["财政局"]
    with pytest.raises(RefusedError, match="没有乌兰镇的整改事项"):
        recheck_month(office, SEPTEMBER, "wulan")
    with pytest.raises(RefusedError, match="还没有印发"):
        recheck_month(office, OCTOBER)


def test_states_follow_the_deadline(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-21", {FINANCE: FRESH, RENDA: OLD})
    assert (event_of(now, FINANCE).state, event_of(now, RENDA).state) == (
        EventState.RECTIFIED,
        EventState.NOTIFIED,
    )
    watch(now, "2026-10-23", 1, {RENDA: OLD})
    assert event_of(now, RENDA).state is EventState.OVERDUE
    assert now.archive.verify().ok


def test_an_overdue_item_is_a_suspicion_a_person_confirms(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD, RENDA: OLD})
    [event] = now.archive.events(test_id=A1_04)
    assert (event.unit_id, event.subject_id, event.state) == (
        "caizhengju", "notice:2026-09", EventState.SUSPECTED,
    )  # fmt: skip
    assert event.measured == "1项中1项未按时整改"
    assert clause(now) == (ClauseState.PROPOSED, 0)
    decide(now, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="核实")
    assert clause(now) == (ClauseState.JUDGED, 2)
    assert clause(now, date(2026, 10, 22))[1] == 0  # as known before the deadline
    data = month_data(now, OCTOBER, Stage.DRAFT)
    [item] = [item for item in data.report.items if item.test_id == A1_04]
    assert (item.problem, item.subject, item.points) == ("未按通报要求按时整改", "2026-09通报的整改", 2)
    assert now.archive.verify().ok


@pytest.mark.parametrize(("served_on", "said"), [
    (None, "没有登记 2026-09 的通报何时送达本单位"),
    (date(2026, 10, 22), ""),
    (date(2026, 10, 23), "通报 2026-10-23 才送达本单位，晚于整改期限 2026-10-22"),
])  # fmt: skip
def test_a_notice_that_came_late_speaks_for_the_unit(
    office: Office, served_on: date | None, said: str
) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD, RENDA: OLD})
    if served_on is not None:
        record_service(
            now, SEPTEMBER, "caizhengju", ServiceStep.SERVED, on=served_on, person="赵六", by="王五"
        )
    [late] = now.archive.events(test_id=A1_04)
    assert served_late(now, late) == said
    assert served_late(now, event_of(now, FINANCE)) == ""


def test_annex_2_loses_nothing_for_late_rectification(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {RENDA: OLD})
    assert results(now)[1] is RecheckResult.NOT_FIXED
    assert [event.unit_id for event in now.archive.events(test_id=A1_04)] == []
    assert all(not c.clause_id.startswith("A1") for c in score_unit(now, "人大办").clauses)


def test_unknown_never_accuses_and_stays_open_in_the_score(office: Office) -> None:
    now = seen(office, "2026-10-27 12:00", "2026-10-23", {FINANCE: None})
    assert results(now)[0] is RecheckResult.UNKNOWN
    assert now.archive.events(test_id=A1_04) == []
    assert clause(now) == (ClauseState.PENDING, 0)
    [score] = [c for c in score_unit(now, "财政局").clauses if c.clause_id == A1_04]
    assert "无法判定是否按时整改" in score.why


def test_mended_late_still_waits_for_a_person(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD})
    now = seen(now, "2026-10-25 12:00", "2026-10-25", {FINANCE: date(2026, 10, 24)})
    [event] = now.archive.events(test_id=A1_04)
    assert (event.open, event.state, event.waits) == (False, EventState.SUSPECTED, True)
    assert clause(now) == (ClauseState.PROPOSED, 0)
    decide(now, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="核实")
    assert clause(now) == (ClauseState.JUDGED, 2)


def test_what_was_undecided_last_year_does_not_hold_up_this_one(office: Office) -> None:
    now = seen(office, "2027-02-01 12:00", "2026-10-23", {FINANCE: None})
    assert clause(now, date(2026, 12, 31))[0] is ClauseState.PENDING
    assert clause(now, date(2027, 2, 1))[0] is ClauseState.JUDGED


def test_a_withdrawn_event_takes_its_overdue_item_along(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD})
    decide(now, event_of(now, FINANCE).id or 0, DecisionKind.WITHDRAW, by="王五", reason="改版期间")
    [event] = now.archive.events(test_id=A1_04)
    assert event.state is EventState.WITHDRAWN
    assert results(now)[0] is RecheckResult.WITHDRAWN
    assert now.archive.verify().ok


@pytest.mark.parametrize(("outcome", "state"), [
    (AppealOutcome.UPHELD, EventState.SUSPECTED), (AppealOutcome.WITHDRAWN, EventState.WITHDRAWN),
])  # fmt: skip
def test_an_appeal_decided_after_the_deadline_decides_of_lateness_too(
    office: Office, outcome: AppealOutcome, state: EventState
) -> None:
    """Filed in its period, still open at the deadline; until a person confirms, lateness costs nothing."""
    number = event_of(office, FINANCE).id or 0
    file_appeal(later(office, "2026-10-14 10:00"), number, by="赵六", reason="当日平台停机")
    now = seen(office, "2026-10-30 12:00", "2026-10-23", {FINANCE: OLD})
    assert clause(now) == (ClauseState.PROPOSED, 0)
    decide_appeal(now, number, outcome, by="孙七", reason="核实")
    [lateness] = now.archive.events(test_id=A1_04)
    assert lateness.state is state
    assert clause(now)[1] == 0
    assert now.archive.verify().ok


def test_days_off_entered_after_issuing_move_no_deadline(office: Office) -> None:
    """A unit was told a day; what the calendar says later makes it neither shorter nor longer."""
    off = Holidays(days_off=frozenset({date(2026, 10, 12), date(2026, 10, 22)}))
    now = replace(seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD}), holidays=off)
    notice, rechecks = recheck_month(now, SEPTEMBER)
    assert (notice.row.deadline, {one.recheck.deadline for one in rechecks}) == (DEADLINE, {DEADLINE})
    assert appeal_until(now, event_of(now, FINANCE)) == APPEAL_UNTIL


def test_an_exempt_event_is_not_called_withdrawn(office: Office) -> None:
    now = seen(office, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD})
    event, until = event_of(now, FINANCE), date(2026, 12, 31)
    decide(now, event.id or 0, DecisionKind.EXEMPT, by="王五", reason="改版期间", until=until)
    assert results(now)[0] is RecheckResult.EXEMPT
    assert now.archive.events(test_id=A1_04)[0].state is EventState.WITHDRAWN


def test_the_order_in_which_looks_arrive_does_not_matter(tmp_path: Path) -> None:
    nights = [("2026-10-23", OLD), ("2026-10-21", None), ("2026-10-24", FRESH), ("2026-10-22", OLD)]
    stories = []
    for number, order in enumerate((nights, nights[::-1], sorted(nights, key=str))):
        office = later(told_office(tmp_path / str(number)), "2026-10-25 12:00")
        for night, newest in order:
            watch(office, night, 1, {FINANCE: newest})
        judge_everything(office)
        stories.append(
            [
                (e.test_id, e.subject_id, e.state, e.opened_at, e.closed_at, [s.at for s in e.sightings])
                for e in office.archive.events(unit_id="caizhengju")
            ]
        )
        assert results(office)[0] is RecheckResult.LATE
        office.archive.close()
    assert stories[0] == stories[1] == stories[2]


@pytest.mark.parametrize(("first_deadline", "points"), [
    (date(2026, 11, 17), 2),  # both missed in November: one occurrence
    (date(2026, 10, 22), 4),  # one in October, one in November
])  # fmt: skip
def test_notices_missed_in_one_month_are_one_occurrence(
    tmp_path: Path, first_deadline: date, points: int
) -> None:
    office = told_office(tmp_path, first_deadline)
    for night in ("2026-10-23", "2026-10-24"):
        watch(later(office, f"{night} 12:00"), night, 1, {FINANCE: OLD})
    close(later(office, "2026-11-03 09:00"), OCTOBER, tmp_path / "out", "王五")
    november = later(office, "2026-11-04 09:00")
    issue(november, OCTOBER, 10, date(2026, 11, 4), date(2026, 11, 18), "王五", tmp_path / "out")
    for night in ("2026-11-18", "2026-11-19"):
        watch(later(office, f"{night} 12:00"), night, 1, {FINANCE: OLD})
    now = later(office, "2026-11-20 12:00")
    events = now.archive.events(test_id=A1_04)
    assert sorted(event.subject_id for event in events) == ["notice:2026-09", "notice:2026-10"]
    for event in events:
        decide(now, event.id or 0, DecisionKind.CONFIRM, by="王五", reason="核实")
    assert clause(now) == (ClauseState.JUDGED, points)
    assert sum(explain(now, event.id or 0).points for event in events) == points
    office.archive.close()


def test_per_item_each_item_is_a_case(office: Office) -> None:
    rubric = office.rubrics[1]
    clauses = tuple(
        replace(c, tests=tuple(replace(t, count_per=CountPer.ITEM) for t in c.tests)) if c.id == A1_04 else c
        for c in rubric.clauses
    )
    per_item = replace(office, rubrics={**office.rubrics, 1: replace(rubric, clauses=clauses)})
    now = seen(per_item, "2026-10-23 12:00", "2026-10-23", {FINANCE: OLD})
    assert [event.subject_id for event in now.archive.events(test_id=A1_04)] == ["notice:2026-09/1"]


def test_a_subject_that_left_the_registry_is_told_by_its_event(office: Office) -> None:
    gone = replace(office, registry=replace(office.registry, columns=office.registry.columns[1:]))
    now = later(gone, "2026-10-27 12:00")
    _, items = recheck_month(now, SEPTEMBER)
    assert items[0].recheck.result is RecheckResult.UNKNOWN
    assert "不再监测" in items[0].recheck.why
    assert items[0].recheck.deadline == DEADLINE


@pytest.mark.parametrize("newest", [OLD, FRESH, None])
@pytest.mark.parametrize("night", ["2026-10-21", "2026-10-23", "2026-10-25"])
@pytest.mark.parametrize(
    "now", ["2026-10-22 23:00", "2026-10-24 12:00", "2026-10-25 08:00", "2026-10-28 12:00"]
)
def test_a_story_says_the_same_by_what_the_board_knows(
    office: Office, night: str, now: str, newest: date | None
) -> None:
    if now[:10] >= night:
        office = seen(office, now, night, {FINANCE: newest, RENDA: newest})
    else:
        office = later(office, now)
    board = parts_of(office, {one.id for one in office.registry.units}, 2026)
    known = {key: told for part in board.values() for key, told in part.rechecks.items()}
    assert len(known) == (2 if now > "2026-10-26" else 0)  # one of them in annex 2, without A1-04
    for event in office.archive.events():
        assert explain(office, event.id or 0, known) == explain(office, event.id or 0)
