"""The check of one unit while someone is on the phone."""

import itertools
import os
import signal
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest

from app.checks import CheckReport, run_check
from app.crawls import RunReport, run_crawl
from app.office import Office, open_office
from domain.errors import CrawlError, InputError
from domain.findings import Verdict
from domain.looks import LookKind, RunKind
from tests.app.deployment import Background, Gate, deploy, news, notes
from tests.builders import at
from tests.crawler.pages import days_back, document, listing
from tests.site import Page, Site

DAY = date(2026, 11, 20)
RECENT, OLD = days_back(DAY, 8), days_back(DAY - timedelta(days=40), 8)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def checking(office: Office, unit: str = "czj") -> Background:
    def call() -> CheckReport:
        other = open_office(office.settings.dir)
        with other.archive:
            return run_check(other, unit)

    return Background(call)


def test_check_answers_acquits_and_does_not_accuse(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/dt/": listing(OLD), "/tz/": listing(RECENT, folder="/tz"), "/late/": listing(OLD)}
    site.pages |= {f"/tz/{n}.html": document(day) for n, day in enumerate(RECENT, 1)}
    columns = [news("dt", site.url("/dt/")), notes("tz", site.url("/tz/")), news("l", site.url("/late/"))]
    office = deploy(tmp_path / "d", columns)
    for day in ("2026-11-19", "2026-11-20"):
        run_crawl(office, as_of=at(day))
    assert len(office.archive.events(test_id="A1-18a")) == 2
    site.pages["/dt/"] = listing(RECENT)

    report = run_check(office, "财政局", as_of=at("2026-11-20", "10:00"))

    assert (report.unit_id, report.official, report.unseen) == ("czj", False, ())
    assert {look.look for look in report.looks} == {LookKind.ON_DEMAND}
    assert (report.coverage.due, report.coverage.answered) == (3, 3)
    assert len([look for look in report.looks if look.parent_id == "column:tz"]) == 3
    verdicts = {one.finding.subject_id: one for one in report.findings if one.finding.test_id == "A1-18a"}
    assert verdicts["column:dt"].finding.verdict is Verdict.OK
    assert verdicts["column:dt"].event_id is None
    assert verdicts["column:l"].finding.verdict is Verdict.BREACH
    assert not verdicts["column:l"].finding.accuses
    assert verdicts["column:l"].event_id is not None
    assert [event.subject_id for event in office.archive.events(open_only=True, test_id="A1-18a")] == [
        "column:l"
    ]
    office.archive.close()


def test_check_is_served_by_the_crawl_that_holds_the_host(site: Site, tmp_path: Path) -> None:
    names = [f"n{n}" for n in range(40)]
    site.pages |= {f"/{name}/": listing(RECENT, folder=f"/{name}") for name in (*names, "a", "b", "c")}
    more = "  - id: other\n    name: 其他局\n    kind: 部门\n    annex: 1\n    columns:\n" + "".join(
        f"      - {{{news(name, site.url(f'/{name}/'))}, monitored_from: 2026-09-01}}\n" for name in names
    )
    own = [news(name, site.url(f"/{name}/")) for name in ("a", "b", "c")]
    office = deploy(tmp_path / "d", own, more=more, delay_s=1)
    gate = Gate(listing(RECENT, folder="/n1"))
    site.pages["/n1/"] = gate
    crawl = Background(lambda: _crawl(office))
    assert gate.arrived.wait(30)
    gate.opened.set()

    report = checking(office).result()

    assert isinstance(report, CheckReport)
    assert report.unseen == ()
    assert office.archive.check(report.check_id).run_id == 1
    moments = sorted(asked.at for asked in site.asked)
    assert min(later - sooner for sooner, later in itertools.pairwise(moments)) > 0.97
    run = office.archive.unfinished_run()
    assert run is not None
    assert run.pid is not None
    os.kill(run.pid, signal.SIGTERM)
    assert isinstance(crawl.result(), RunReport)
    assert office.archive.unfinished_run(RunKind.ON_DEMAND) is None
    office.archive.close()


def _crawl(office: Office) -> RunReport:
    other = open_office(office.settings.dir)
    with other.archive:
        return run_crawl(other, as_of=at("2026-11-20"))


def test_two_checks_at_once_are_both_answered(site: Site, tmp_path: Path) -> None:
    site.pages |= {"/a/": listing(RECENT), "/b/": listing(RECENT)}
    more = (
        f"  - {{id: jyj, name: 教育局, kind: 部门, annex: 1, columns: [{{{news('b', site.url('/b/'))}}}]}}\n"
    )
    office = deploy(tmp_path / "d", [news("a", site.url("/a/"))], more=more)
    office.archive.advance(at("2026-11-20"))
    reports = [one.result() for one in (checking(office), checking(office, "jyj"))]
    looks = [
        look.subject_id for report in reports if isinstance(report, CheckReport) for look in report.looks
    ]
    assert looks == ["column:a", "column:b"]
    office.archive.close()


def test_site_that_hangs_leaves_its_subjects_unseen_or_unanswered(site: Site, tmp_path: Path) -> None:
    site.pages |= {f"/{n}/": Page(wait=Event()) for n in range(5)}
    office = deploy(tmp_path / "d", [news(f"c{n}", site.url(f"/{n}/")) for n in range(5)])
    office.archive.advance(at("2026-11-20"))
    report = run_check(office, "czj")
    assert report.coverage.answered == 0
    assert report.unseen  # it did not wait for one page's patience after the other
    office.archive.close()


def test_unknown_unit_is_named(site: Site, tmp_path: Path) -> None:
    office = deploy(tmp_path / "d", [news("a", site.url("/a/"))])
    with pytest.raises(InputError, match="没有单位"):
        run_check(office, "nobody")
    office.archive.close()


def _claimed(office: Office) -> bool:
    try:
        return office.archive.check(1).claimed_at is not None
    except InputError:  # not asked yet
        return False


def test_check_taken_by_a_crawl_that_is_killed_is_answered_all_the_same(site: Site, tmp_path: Path) -> None:
    first, second = Gate(listing(RECENT)), Gate(listing(RECENT))
    calls = itertools.count()
    site.pages["/a/"] = lambda asked: (first if next(calls) == 0 else second)(asked)
    office = deploy(tmp_path / "d", [news("a", site.url("/a/"))], delay_s=0)
    crawl = Background(lambda: _crawl(office))
    assert first.arrived.wait(30)
    check = checking(office)
    while not _claimed(office):
        Event().wait(0.05)
    run = office.archive.unfinished_run()
    assert run is not None
    assert run.pid is not None
    first.opened.set()
    assert second.arrived.wait(30)  # the check's own look
    os.kill(run.pid, signal.SIGKILL)
    with pytest.raises(CrawlError):
        crawl.result()
    second.opened.set()
    report = check.result()
    assert isinstance(report, CheckReport)
    assert [look.subject_id for look in report.looks] == ["column:a"]
    office.archive.close()
