"""The crawl as a whole: child process, archive, judging, and what happens when it is interrupted."""

import os
import signal
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from app.crawls import Progress, RunReport, run_crawl
from app.office import Office, open_office
from app.plans import plan_night
from app.processes import Child, alive
from domain.errors import CrawlError, InputError, NotSimulationError, RefusedError
from domain.events import EventState
from domain.looks import Look, Observation, RunKind, RunOutcome
from domain.readings import DateSource, ListReading, ListRow
from tests.app.deployment import Background, Gate, deploy, news, notes
from tests.builders import at
from tests.crawler.pages import days_back, document, listing
from tests.site import Page, Site

RECENT = days_back(date(2026, 11, 20), 8)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def in_background(office: Office, when: datetime) -> Background:
    """A crawl from another thread, on its own connection."""

    def call() -> RunReport:
        other = open_office(office.settings.dir)
        with other.archive:
            return run_crawl(other, as_of=when)

    return Background(call)


def subjects(office: Office, run_id: int) -> list[str]:
    return [look.subject_id for look in office.archive.looks_in_run(run_id)]


def test_nights_make_looks_and_events(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/dt/": listing(RECENT, folder="/dt", etag=True), "/dt/1.html": document(RECENT[0]),
                   "/tz/": listing(RECENT[:2], folder="/tz"), "/tz/1.html": document(RECENT[0]),
                   "/tz/2.html": Page(status=500)}  # fmt: skip
    office = deploy(tmp_path / "d", [news("dt", site.url("/dt/")), notes("tz", site.url("/tz/"))])
    said: list[Progress] = []
    first = run_crawl(office, as_of=at("2026-11-20"), progress=said.append)
    assert (first.outcome, first.done, first.failed, first.resumed) == (RunOutcome.DONE, 4, 1, False)
    assert [one.done for one in said] == [1, 2, 3, 4]
    looks = {
        look.url.rpartition("127.0.0.1")[2][6:]: look for look in office.archive.looks_in_run(first.run_id)
    }
    assert {look.official for look in looks.values()} == {True}
    assert all(at("2026-11-20") <= look.at < at("2026-11-20", "02:02") for look in looks.values())
    assert office.archive.events(test_id="A1-18a") == []

    second = run_crawl(office, as_of=at("2026-11-21"))
    [again] = [one for one in office.archive.looks_in_run(second.run_id) if one.subject_id == "column:dt"]
    assert (again.http_status, again.newest_on) == (304, RECENT[0])
    assert site.count("/tz/2.html") == 4  # each night once, each time asked again after 500

    for day in ("2026-12-05", "2026-12-06"):
        run_crawl(office, as_of=at(day))
    [event] = office.archive.events(test_id="A1-18a")
    assert event.state is EventState.CONFIRMED
    assert [one.conditional for one in office.archive.looks_of("column:dt")] == [False, True, False, False]
    office.archive.close()


def test_unit_that_is_asked_for_alone(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/dt/": listing(RECENT), "/shared/": listing(RECENT)}
    shared = 'shared_columns:\n  - {id: qi, name: 通知公告, kind: 通知公告, url: "%s", clock: 6m}\n'
    office = deploy(tmp_path / "d", [news("dt", site.url("/dt/"))], more=shared % site.url("/shared/"))
    report = run_crawl(office, units=("财政局",), as_of=at("2026-11-20"))
    assert subjects(office, report.run_id) == ["column:dt"]
    with pytest.raises(InputError):
        run_crawl(office, units=("nobody",), as_of=at("2026-11-20"))
    office.archive.close()


def test_simulated_moment_is_refused_in_an_official_database(site: Site, tmp_path: Path) -> None:
    office = deploy(tmp_path / "d", [news("dt", site.url("/dt/"))], simulation=False)
    with pytest.raises(NotSimulationError):
        run_crawl(office, as_of=at("2026-11-20"))
    site.pages["/dt/"] = listing(RECENT)
    report = run_crawl(office)
    [look] = office.archive.looks_in_run(report.run_id)
    assert look.at == look.wall_at
    office.archive.close()


@pytest.fixture
def held(site: Site, tmp_path: Path) -> Iterator[tuple[Office, Gate]]:
    """Six columns, the fourth held back by the site."""
    gate = Gate(listing(RECENT, folder="/4"))
    site.pages |= {f"/{n}/": listing(RECENT, folder=f"/{n}") for n in range(1, 7)} | {"/4/": gate}
    office = deploy(tmp_path / "d", [news(f"dt{n}", site.url(f"/{n}/")) for n in range(1, 7)])
    yield office, gate
    gate.opened.set()
    office.archive.close()


def pid_of(office: Office) -> int:
    run = office.archive.unfinished_run()
    assert run is not None
    assert run.pid is not None
    assert alive(run, office.clock())
    return run.pid


def test_second_crawl_is_refused_while_one_is_at_work(held: tuple[Office, Gate]) -> None:
    office, gate = held
    running = in_background(office, at("2026-11-20"))
    assert gate.arrived.wait(30)
    with pytest.raises(RefusedError, match=r"第 1 次抓取自 .* 起正在运行"):
        run_crawl(office, as_of=at("2026-11-21"))
    gate.opened.set()
    report = running.result()
    assert isinstance(report, RunReport)
    assert (report.outcome, report.done) == (RunOutcome.DONE, 6)


def test_killed_crawl_is_gone_on_with_and_nothing_is_doubled(site: Site, held: tuple[Office, Gate]) -> None:
    office, gate = held
    for _ in range(2):  # and again on the resumed run
        gate.arrived.clear()
        running = in_background(office, at("2026-11-20"))
        assert gate.arrived.wait(30)
        os.kill(pid_of(office), signal.SIGKILL)
        with pytest.raises(CrawlError, match="从中断处继续"):
            running.result()
    gate.opened.set()
    report = run_crawl(office, as_of=office.archive.simulated_now())
    assert (report.outcome, report.resumed, report.run_id) == (RunOutcome.DONE, True, 1)
    assert sorted(subjects(office, 1)) == [f"column:dt{n}" for n in range(1, 7)]
    assert office.archive.verify().ok
    assert len(office.archive.runs(9)) == 1


def test_stopped_crawl_keeps_what_it_saw(site: Site, held: tuple[Office, Gate]) -> None:
    office, gate = held
    running = in_background(office, at("2026-11-20"))
    assert gate.arrived.wait(30)
    os.kill(pid_of(office), signal.SIGTERM)
    report = running.result()
    assert isinstance(report, RunReport)
    assert report.outcome is RunOutcome.STOPPED
    assert sorted(subjects(office, 1)) == ["column:dt1", "column:dt2", "column:dt3"]
    assert site.count("/5/") == 0
    gate.opened.set()
    report = run_crawl(office, as_of=at("2026-11-20", "03:00"))
    assert (report.run_id, report.resumed, report.done) == (1, True, 6)
    assert len(subjects(office, 1)) == 6


def test_crawl_whose_starter_is_gone_stops_and_can_be_gone_on_with(held: tuple[Office, Gate]) -> None:
    office, gate = held
    office.archive.advance(at("2026-11-20"))
    run = office.archive.start_run(
        RunKind.NIGHTLY, (), started_at=office.clock(), as_of=at("2026-11-20"), pid=os.getpid()
    )
    office.archive.extend_plan(run, plan_night(office, date(2026, 11, 20)))
    child = Child.start(office.settings.dir, run.id)
    assert gate.arrived.wait(30)
    assert child.process.stdin is not None
    child.process.stdin.close()
    [end] = [message["end"] for message in child.messages() if "end" in message]
    assert "再次运行" in end["error"]
    child.close()
    left = office.archive.unfinished_run()
    assert left is not None
    assert not alive(left, office.clock())
    gate.opened.set()
    report = run_crawl(office, as_of=at("2026-11-20", "03:00"))
    assert (report.run_id, report.resumed, report.done) == (1, True, 6)


def test_nothing_confirms_itself_when_no_control_address_answers(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/dt/": listing(RECENT), "/control/": Page(status=404)}
    office = deploy(tmp_path / "d", [news("dt", site.url("/dt/"))])
    settings = tmp_path / "d" / "zwgk.yaml"
    text = settings.read_text(encoding="utf-8")
    for silent in (False, True):
        controls = ["http://nowhere.invalid/", *([] if silent else [site.url("/control/")])]
        settings.write_text(f"{text}control_urls: {controls}\n", encoding="utf-8")
        other = open_office(tmp_path / "d")
        for day in ("2026-12-08", "2026-12-09") if silent else ("2026-11-21",):
            run_crawl(other, as_of=at(day))
        assert [task.kind for task in other.archive.tasks()] == (["control"] if silent else [])
        other.archive.close()
    [event] = office.archive.events(test_id="A1-18a")
    assert event.state is EventState.SUSPECTED
    assert "对照网址" in event.held
    office.archive.close()


def test_late_writer_is_refused_after_a_take_over(held: tuple[Office, Gate]) -> None:
    office, gate = held
    running = in_background(office, at("2026-11-20"))
    assert gate.arrived.wait(30)
    office.archive.take_over(1, pid=os.getpid(), at=office.clock())
    before = subjects(office, 1)
    gate.opened.set()
    with pytest.raises(CrawlError, match="接管"):
        running.result()
    assert subjects(office, 1) == before


def test_run_left_yesterday_is_closed_and_a_new_one_made(held: tuple[Office, Gate]) -> None:
    office, gate = held
    gate.opened.set()
    office.archive.start_run(
        RunKind.NIGHTLY, (), started_at=office.clock(), as_of=at("2026-11-19"), pid=2**22 + 1
    )
    report = run_crawl(office, as_of=at("2026-11-20"))
    assert (report.run_id, report.resumed) == (2, False)
    assert office.archive.run(1).outcome is RunOutcome.DIED


def seen_again(office: Office, look: Look) -> Observation:
    """The same rows, the night after."""
    rows = tuple(
        ListRow(key=row.key, title=row.title, url=row.key, published_on=row.published_on,
                date_source=DateSource.ROW)
        for row in office.archive.rows_of(look.subject_id, None)
    )  # fmt: skip
    return Observation(
        subject_id=look.subject_id, kind=look.kind, look=look.look, url=look.url, unit_id=look.unit_id,
        fetched_at=at("2026-12-05"), wall_at=office.clock(), state=look.state, why=look.why,
        reading=ListReading(state=look.state, why=look.why, rows=rows), http_status=200, window_covered=True,
    )  # fmt: skip


@pytest.mark.parametrize("outcome", [RunOutcome.RUNNING, RunOutcome.STOPPED])
def test_what_a_run_saw_before_it_was_cut_short_is_judged_as_its_own(
    held: tuple[Office, Gate], outcome: RunOutcome
) -> None:
    """Six columns of a host lapse in it at once: held, though the next night is the first to judge them."""
    office, gate = held
    gate.opened.set()
    run_crawl(office, as_of=at("2026-12-04"))
    run = office.archive.start_run(
        RunKind.NIGHTLY, plan_night(office, date(2026, 12, 5)), started_at=office.clock(),
        as_of=at("2026-12-05"), pid=2**22 + 1,
    )  # fmt: skip
    office.archive.record(run, [seen_again(office, look) for look in office.archive.looks_in_run(1)])
    if outcome is RunOutcome.STOPPED:
        office.archive.finish_run(run, outcome, office.clock())
    report = run_crawl(office, as_of=at("2026-12-06"))
    assert (report.run_id, report.resumed) == (3, False)
    events = office.archive.events(test_id="A1-18a")
    assert [event.state for event in events] == [EventState.SUSPECTED] * 6
    assert all("同时异常" in event.held for event in events)


def test_subject_registered_while_a_run_was_left_is_looked_at_too(
    site: Site, held: tuple[Office, Gate]
) -> None:
    office, gate = held
    site.pages["/new/"] = listing(RECENT)
    gate.opened.set()
    plan = plan_night(office, date(2026, 11, 20))
    office.archive.start_run(
        RunKind.NIGHTLY, plan, started_at=office.clock(), as_of=at("2026-11-20"), pid=2**22 + 1
    )
    file = office.settings.dir / "units" / "local.yaml"
    text = file.read_text(encoding="utf-8").replace("id: dt6,", "id: dt7,")
    file.write_text(text.replace(site.url("/6/"), site.url("/new/")), encoding="utf-8")
    other = open_office(office.settings.dir)
    with other.archive:
        report = run_crawl(other, as_of=at("2026-11-20"))
    assert (report.run_id, report.resumed) == (1, True)
    assert sorted(subjects(office, 1)) == [f"column:dt{n}" for n in (1, 2, 3, 4, 5, 7)]
