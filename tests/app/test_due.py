"""Nightly windows, jitter and what a finished run settles: pure functions of moments."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.due import Window, due_at, next_due, renewed, settled
from domain.clock import BEIJING
from domain.looks import PlannedLook, Run, RunKind, RunOutcome
from domain.records import DueRow
from domain.units import SubjectKind

NIGHT = Window.parse("01:00", "05:00")
OVER_MIDNIGHT = Window.parse("22:00", "04:00")
SUBJECT = "column:czj-dt"
DAY = date(2026, 10, 8)
ROW = DueRow(subject_id=SUBJECT, due_at=due_at(SUBJECT, DAY, NIGHT), reason="")


def beijing(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=BEIJING)


def run(started_at: datetime, outcome: RunOutcome = RunOutcome.DONE, subject_id: str = SUBJECT) -> Run:
    look = PlannedLook(subject_id=subject_id, kind=SubjectKind.COLUMN, url="http://a.example/")
    return Run(
        id=1, kind=RunKind.NIGHTLY, fence=1, started_at=started_at, as_of=None, outcome=outcome, plan=(look,)
    )


DATES = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(st.text(max_size=30), DATES, st.sampled_from([NIGHT, OVER_MIDNIGHT]))
def test_a_due_moment_lies_in_its_night_and_never_moves(subject_id: str, night: date, window: Window) -> None:
    moment = due_at(subject_id, night, window)
    assert window.opens(night) <= moment < window.closes(night)
    assert window.night_of(moment) == night
    assert due_at(subject_id, night, window) == moment


@given(st.text(max_size=30), DATES, st.timedeltas(timedelta(0), timedelta(days=1)))
def test_the_next_moment_is_later_and_within_two_days(subject_id: str, day: date, into: timedelta) -> None:
    at = NIGHT.opens(day) + into
    assert at < next_due(subject_id, at, NIGHT) < at + timedelta(days=2)


def test_subjects_are_spread_over_the_window() -> None:
    hours = {due_at(f"column:{n}", DAY, NIGHT).astimezone(BEIJING).hour for n in range(100)}
    assert hours == {1, 2, 3, 4}


def test_a_night_is_cut_in_beijing() -> None:
    assert NIGHT.opens(DAY) == datetime(2026, 10, 7, 17, 0, tzinfo=UTC)
    assert NIGHT.night_of(datetime(2026, 10, 7, 16, 59, tzinfo=UTC)) == date(2026, 10, 7)
    assert NIGHT.night_of(datetime(2026, 10, 7, 17, 0, tzinfo=UTC)) == DAY


@pytest.mark.parametrize(
    ("looked", "why"),
    [
        (run(beijing(7, 23)), "before the night began"),
        (run(beijing(8, 2), RunOutcome.STOPPED), "stopped"),
        (run(beijing(8, 2), RunOutcome.DIED), "died"),
        (run(beijing(8, 2), subject_id="column:other"), "another subject"),
    ],
)
def test_what_settles_nothing(looked: Run, why: str) -> None:
    assert settled([ROW], [looked], NIGHT) == {}, why


@pytest.mark.parametrize("began", [beijing(8, 1), beijing(8, 4, 59), beijing(8, 15)])
def test_a_finished_run_of_that_night_or_day_moves_it_to_the_next(began: datetime) -> None:
    assert settled([ROW], [run(began)], NIGHT) == {SUBJECT: due_at(SUBJECT, date(2026, 10, 9), NIGHT)}


def test_nights_that_were_missed_cost_one_run() -> None:
    late = run(beijing(12, 9))
    assert settled([ROW], [late], NIGHT) == {SUBJECT: due_at(SUBJECT, date(2026, 10, 13), NIGHT)}


def test_the_table_has_what_is_watched_and_nothing_else() -> None:
    table = renewed({SUBJECT: ROW, "column:gone": ROW}, [SUBJECT, "column:new"], beijing(8, 12), NIGHT)
    assert table.keys() == {SUBJECT, "column:new"}
    assert table[SUBJECT] == ROW
    assert table["column:new"].due_at == due_at("column:new", date(2026, 10, 9), NIGHT)
