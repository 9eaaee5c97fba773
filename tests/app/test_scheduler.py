"""What the scheduler does when: real database, moments passed in, nothing waits."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.office import Office
from app.scheduler import LEASE_S, Action, Tick, schedule_of, tick
from domain.clock import BEIJING
from domain.looks import PlannedLook, Run, RunKind, RunOutcome
from domain.units import SubjectKind
from tests.app.deployment import deploy, news, notes

SUBJECTS = ("column:czj-dt", "column:czj-tz")
EVENING = datetime(2026, 10, 7, 20, 0, tzinfo=BEIJING)
MORNING = datetime(2026, 10, 8, 5, 0, tzinfo=BEIJING)
DEAD = 2**22 + 1  # above the kernel's greatest process number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    columns = [news("czj-dt", "http://127.0.0.1:9/dt/"), notes("czj-tz", "http://127.0.0.1:9/tz/")]
    made = deploy(tmp_path / "office", columns, simulation=False)
    yield made
    made.archive.close()


def asked(office: Office, at: datetime, holder: str = "me") -> Tick:
    return tick(office, at, holder=holder)


def crawled(
    office: Office, at: datetime, *, pid: int = DEAD, outcome: RunOutcome | None = RunOutcome.DONE
) -> Run:
    """A nightly run over both subjects; `outcome` None: still running."""
    plan = [PlannedLook(subject_id=s, kind=SubjectKind.COLUMN, url="http://127.0.0.1:9/") for s in SUBJECTS]
    run = office.archive.start_run(RunKind.NIGHTLY, plan, started_at=at, as_of=None, pid=pid)
    if outcome is not None:
        office.archive.finish_run(run, outcome, at + timedelta(minutes=5))
    return run


def test_a_new_deployment_is_first_looked_at_in_the_coming_night(office: Office) -> None:
    assert asked(office, EVENING).action is Action.WAIT
    rows = office.archive.due_table()
    assert {row.subject_id for row in rows} == set(SUBJECTS)
    for row in rows:
        assert MORNING - timedelta(hours=4) <= row.due_at < MORNING
        assert "首次" in row.reason


def test_nothing_starts_a_second_before_the_first_moment(office: Office) -> None:
    asked(office, EVENING)
    first = office.archive.due_table()[0].due_at
    assert asked(office, first - timedelta(seconds=1)).action is Action.WAIT
    assert asked(office, first).action is Action.CRAWL


def test_what_is_due_stays_due_until_a_run_is_done(office: Office) -> None:
    asked(office, EVENING)
    for outcome in (RunOutcome.STOPPED, RunOutcome.DIED):
        crawled(office, MORNING, outcome=outcome)
        assert asked(office, MORNING).action is Action.CRAWL
    crawled(office, MORNING)
    assert asked(office, MORNING + timedelta(minutes=10)).action is Action.WAIT
    assert {row.reason for row in office.archive.due_table()} == {"每晚监测"}


def test_a_run_in_the_night_takes_along_what_is_due_later_in_it(office: Office) -> None:
    asked(office, EVENING)
    first, second = office.archive.due_table()
    crawled(office, first.due_at)
    assert asked(office, second.due_at).action is Action.WAIT
    assert all(row.due_at > MORNING for row in office.archive.due_table())


def test_three_nights_without_power_cost_one_run_at_once(office: Office) -> None:
    asked(office, EVENING)
    back = MORNING + timedelta(days=3, hours=6)
    assert asked(office, back).action is Action.CRAWL
    crawled(office, back)
    assert asked(office, back + timedelta(minutes=10)).action is Action.WAIT


def test_a_living_crawl_is_left_alone_a_dead_one_gone_on_with(office: Office) -> None:
    asked(office, EVENING)
    run = crawled(office, MORNING, pid=1, outcome=None)
    assert asked(office, MORNING).action is Action.WAIT
    silent = MORNING + timedelta(minutes=10)
    assert asked(office, silent).action is Action.CRAWL
    office.archive.finish_run(run, RunOutcome.DONE, silent)
    assert asked(office, silent).action is Action.WAIT


def test_one_scheduler_at_a_time(office: Office) -> None:
    assert asked(office, EVENING, "first").action is Action.WAIT
    assert asked(office, EVENING, "second").action is Action.STAND_BY
    later = EVENING + timedelta(seconds=LEASE_S)
    assert asked(office, later, "second").action is Action.WAIT
    assert asked(office, later, "first").action is Action.STAND_BY


def test_a_check_that_nobody_answers_gets_a_child(office: Office) -> None:
    check_id = office.archive.ask_check("czj", EVENING)
    assert asked(office, EVENING).action is Action.WAIT  # whoever asked is starting one
    assert asked(office, EVENING + timedelta(seconds=3)).action is Action.CHECK
    office.archive.finish_check(check_id, EVENING)
    assert asked(office, EVENING + timedelta(seconds=3)).action is Action.WAIT


def test_the_schedule_changes_nothing_and_says_what_is_late(office: Office) -> None:
    before = schedule_of(office, EVENING)
    assert office.archive.due_table() == []
    asked(office, EVENING)
    assert schedule_of(office, EVENING) == before
    assert all("随即补看" in row.reason for row in schedule_of(office, MORNING))
    assert all("随即补看" not in row.reason for row in office.archive.due_table())


def test_subjects_that_left_the_registry_leave_the_table(office: Office) -> None:
    office.archive.set_due({"column:gone": (EVENING, "每晚监测")})
    assert asked(office, EVENING).action is Action.WAIT
    assert {row.subject_id for row in office.archive.due_table()} == set(SUBJECTS)
