"""The deadline look is planned whatever the night's window: due table, tick, plan."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.awaited import REASON, awaited
from app.due import DEADLINE, NIGHTLY, Window, due_at, settled, with_deadline
from app.office import Office
from app.plans import plan_check, plan_night
from app.scheduler import Action, tick
from domain.clock import day_end
from domain.looks import LookKind, Observation, PlannedLook, RunKind, RunOutcome
from domain.readings import LABELS, DocumentReading, LabelState, PageState
from domain.records import DueRow
from domain.rectification import GRACE
from domain.units import SubjectKind
from tests.app.monthly import FINANCE, RENDA, WULAN, later, moment, watch
from tests.app.noticed import DEADLINE as LAST_DAY
from tests.app.noticed import OLD, told_office

END = day_end(LAST_DAY)
EARLY, LATE = Window.parse("01:00", "05:00"), Window.parse("22:00", "04:00")
EVENING = Window.parse("20:00", "23:00")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = told_office(tmp_path)
    yield made
    made.archive.close()


def row(due: datetime, reason: str = NIGHTLY) -> DueRow:
    return DueRow(subject_id=FINANCE, due_at=due, reason=reason)


@given(st.sampled_from([EARLY, LATE, EVENING]), st.dates(date(2026, 10, 20), date(2026, 10, 26)))
def test_some_look_comes_within_the_grace_or_at_the_deadline_itself(window: Window, night: date) -> None:
    """Over the nights around a deadline: a look of a night that opened after it, or an extra one at 24:00."""
    now = with_deadline(row(due_at(FINANCE, night, window)), END, looked=False, window=window)
    opened = window.opens(window.night_of(now.due_at))
    extra = now.due_at == END and now.reason == DEADLINE
    before = now.due_at < END
    assert before or extra or END <= opened <= now.due_at <= END + GRACE


def test_the_usual_night_makes_the_deadline_look_itself() -> None:
    usual = row(due_at(FINANCE, date(2026, 10, 23), EARLY))
    assert with_deadline(usual, END, looked=False, window=EARLY) == usual


def test_an_extra_look_is_made_once() -> None:
    evening = row(due_at(FINANCE, date(2026, 10, 23), EVENING))
    extra = with_deadline(evening, END, looked=False, window=EVENING)
    assert (extra.due_at, extra.reason) == (END, DEADLINE)
    assert with_deadline(evening, END, looked=True, window=EVENING) == evening


@pytest.mark.parametrize(("began", "done"), [(END - timedelta(seconds=1), False), (END, True)])
def test_only_a_run_after_the_deadline_settles_it(office: Office, began: datetime, done: bool) -> None:
    plan = (PlannedLook(subject_id=FINANCE, kind=SubjectKind.COLUMN, url="http://a.example/"),)
    run = office.archive.start_run(RunKind.NIGHTLY, plan, started_at=began, as_of=None, pid=1)
    office.archive.finish_run(run, RunOutcome.DONE, began)
    assert bool(settled([row(END, DEADLINE)], [office.archive.run(run.id)], EVENING)) is done


def test_what_waits_is_open_noticed_and_not_too_old(office: Office) -> None:
    assert {one.subject_id for one in awaited(office, date(2026, 10, 10))} == {FINANCE, RENDA}
    assert {one.due for one in awaited(office, LAST_DAY)} == {END}
    assert awaited(office, date(2026, 10, 25)) != []  # three days of retry
    assert awaited(office, date(2026, 10, 26)) == []
    watch(later(office, "2026-10-12 12:00"), "2026-10-12", 1, {FINANCE: date(2026, 10, 11)})
    assert {one.subject_id for one in awaited(office, LAST_DAY)} == {RENDA}


def test_what_waits_is_planned_first_and_unconditionally(office: Office) -> None:
    plan = plan_night(office, date(2026, 10, 23))
    assert [look.subject_id for look in plan] == [FINANCE, RENDA, WULAN]
    assert [(look.validators, look.reason) for look in plan[:2]] == [(None, REASON)] * 2
    only = plan_night(office, date(2026, 10, 23), only={RENDA})
    assert [look.subject_id for look in only] == [RENDA]


def at_clock(office: Office, now: str, window: Window) -> Office:
    settings = office.settings.model_copy(
        update={"night_start": f"{window.start:%H:%M}", "night_end": f"{window.end:%H:%M}"}
    )
    return replace(later(office, now), settings=settings)


def crawled(office: Office, at: str) -> None:
    """A full nightly run at that moment, completed."""
    plan = plan_night(office, moment(at).date())
    run = office.archive.start_run(RunKind.NIGHTLY, plan, started_at=moment(at), as_of=None, pid=1)
    office.archive.finish_run(run, RunOutcome.DONE, moment(at))


def test_an_evening_window_gets_a_crawl_of_its_own_at_24_00(office: Office) -> None:
    at = at_clock(office, "2026-10-22 12:00", EVENING)
    tick(at, moment("2026-10-22 12:00"), holder="me")
    crawled(at, "2026-10-22 22:59")
    assert tick(at, moment("2026-10-22 23:59"), holder="me").action is Action.WAIT
    asked = tick(at, END, holder="me")
    assert (asked.action, asked.only) == (Action.CRAWL, frozenset({FINANCE, RENDA}))
    crawled(at, "2026-10-23 00:01")
    assert tick(at, moment("2026-10-23 00:10"), holder="me").action is Action.WAIT


def test_the_usual_window_needs_no_crawl_of_its_own(office: Office) -> None:
    at = at_clock(office, "2026-10-22 12:00", EARLY)
    tick(at, moment("2026-10-22 12:00"), holder="me")
    assert tick(at, END, holder="me").action is Action.WAIT
    asked = tick(at, moment("2026-10-23 05:00"), holder="me")
    assert (asked.action, asked.only) == (Action.CRAWL, None)


def test_a_noticed_document_is_looked_at_itself(office: Office) -> None:
    """It is long out of the month whose documents a night opens by itself."""
    notice = office.archive.notices()[0]
    url = "http://portal.example/caizhengju/dt/a.html"
    document = f"{SubjectKind.DOCUMENT}:a"
    reading = DocumentReading(
        state=PageState.OK, why="", title="通知", published_on=OLD,
        labels=dict.fromkeys(LABELS, LabelState.EMPTY),
    )  # fmt: skip
    run = office.archive.start_run(RunKind.NIGHTLY, (), started_at=END, as_of=None, pid=1)
    when = moment("2026-10-10 02:00")
    office.archive.record(run, [Observation(
        subject_id=document, kind=SubjectKind.DOCUMENT, look=LookKind.OFFICIAL, url=url, fetched_at=when,
        wall_at=when, state=PageState.OK, why="读到文件", unit_id="caizhengju", parent_id=FINANCE,
        reading=reading, http_status=200,
    )])  # fmt: skip
    report = office.archive.notice_report(notice.id)
    items = report["items"]
    told = {**report, "items": [{**items[0], "subject_id": document}, *items[1:]]}

    class Told:
        """The archive, with the notice naming a document."""

        def __getattr__(self, name: str) -> object:
            return (lambda _: told) if name == "notice_report" else getattr(office.archive, name)

    naming = replace(office, archive=Told())  # type: ignore[arg-type]
    first = next(one for one in awaited(naming, LAST_DAY) if one.document)
    assert first.document is not None
    assert (first.subject_id, first.document.url) == (FINANCE, url)
    plan = plan_night(naming, LAST_DAY)
    assert [(look.kind, look.parent_id) for look in plan if look.url == url] == [
        (SubjectKind.DOCUMENT, FINANCE)
    ]
    asked = plan_check(naming, "caizhengju", LAST_DAY, 7)
    assert [(look.subject_id, look.check_id) for look in asked if look.url == url] == [
        (first.document.subject_id, 7)
    ]
