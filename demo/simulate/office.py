"""The simulated year's office: a deployment with the planted registry, and what its people decide."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from app.appeals import decide_appeal, file_appeal
from app.decisions import decide
from app.months import frozen, numbered
from app.office import Office
from config.init import init_folder
from config.load import load_rubrics, load_settings
from demo.simulate.memory import RememberingArchive
from demo.simulate.portal import url_of
from demo.simulate.year import FIRST_DAY, Fate, ListPage, NoticeDates, Year, YearUnit, fate
from domain.clock import Month
from domain.events import DecisionKind, Event, EventState
from domain.findings import Verdict
from domain.records import AppealOutcome
from domain.rubric import Mode
from domain.units import (
    Account,
    App,
    Column,
    ColumnKind,
    Registration,
    RegistrationState,
    Registry,
    Unit,
)

CLOCKS = {ColumnKind.NEWS: "14d", ColumnKind.ANNOUNCEMENTS: "6m", ColumnKind.POLICY: "6m"}


def open_year(folder: Path, year: Year) -> Office:
    """A simulation's deployment in an empty folder, with the planted registry."""
    init_folder(folder, simulation=True)
    archive = RememberingArchive.open(f"sqlite:///{folder / 'data' / 'zwgk.db'}")
    archive.mark_simulation()
    return Office(
        settings=load_settings(folder), registry=registry_of(year), rubrics=load_rubrics(folder),
        archive=archive,
    )  # fmt: skip


def registry_of(year: Year) -> Registry:
    """What the office would have registered: subjects, shared column, who has nothing of a kind."""
    return Registry(
        units=tuple(_unit(unit) for unit in year.units),
        columns=tuple(_column(page, year) for page in year.lists),
        accounts=tuple(
            Account(
                id=feed.id, unit_id=feed.unit_id, platform="微信", name=feed.name, source="rss",
                url=url_of(feed), full_coverage=feed.full_coverage, monitored_from=FIRST_DAY,
            )
            for feed in year.feeds
        ),
        apps=tuple(
            App(
                id=package.id, unit_id=package.unit_id, name=package.name, package_url=url_of(package),
                monitored_from=FIRST_DAY,
            )
            for package in year.packages
        ),
        registrations=tuple(record for unit in year.units for record in registrations(year, unit)),
        other_publishers=year.outsiders,
    )  # fmt: skip


def _unit(unit: YearUnit) -> Unit:
    return Unit(
        id=unit.id, name=unit.name, kind=unit.kind, annex=unit.annex, aliases=unit.aliases,
        valid_from=unit.valid_from, valid_to=unit.valid_to,
    )  # fmt: skip


def _column(page: ListPage, year: Year) -> Column:
    owner = next((unit for unit in year.units if unit.id == page.unit_id), None)
    return Column(
        id=page.id, unit_id=page.unit_id, name=page.name, kind=page.kind, url=url_of(page),
        clock=CLOCKS.get(page.kind, "none"), monitored_from=page.valid_from or FIRST_DAY,
        valid_from=owner.valid_from if owner else None, valid_to=owner.valid_to if owner else None,
    )  # fmt: skip


def registrations(year: Year, unit: YearUnit) -> Iterator[Registration]:
    """Shared publishing, and what a unit does not have."""
    if unit.annex == 1:
        kinds = {page.kind for page in year.lists if page.unit_id == unit.id}
        for kind in (ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY):
            if unit.shares and kind is ColumnKind.ANNOUNCEMENTS:
                yield _registration(unit, kind.value, RegistrationState.MONITORED)
            elif kind not in kinds:
                yield _registration(unit, kind.value, RegistrationState.NOT_APPLICABLE)
    if unit.id not in {*(feed.unit_id for feed in year.feeds), *(one.unit_id for one in year.packages)}:
        yield _registration(unit, "政务新媒体", RegistrationState.NOT_APPLICABLE)


def _registration(unit: YearUnit, kind: str, state: RegistrationState) -> Registration:
    return Registration(
        unit_id=unit.id, kind=kind, state=state, since=date(2025, 1, 1), reason="模拟登记", by="模拟办公室"
    )


def decide_waiting(office: Office, moment: datetime) -> int:
    """The office's person confirms what the machine may not count by itself. Returns how many."""
    waiting = [event for event in office.archive.events() if _waits(office, event)]
    for event in waiting:
        decide(office, event.id or 0, DecisionKind.CONFIRM, by="模拟人员", reason="已人工打开核实", at=moment)
    return len(waiting)


def close_and_issue(office: Office, dates: NoticeDates, moment: datetime) -> None:
    """What the office does about a month on the day: close it, issue its notice."""
    month = Month.parse(dates.name)
    office.archive.advance(moment)
    if moment == dates.closed:
        frozen(office, month, "模拟人员")
    if moment == dates.issued:
        numbered(office, month, dates.month, moment.date(), None, "模拟人员")


def object_to(office: Office, year: Year, dates: NoticeDates, moment: datetime) -> None:
    """Units file their objections to the month's notice; a day later someone else decides them."""
    office.archive.advance(moment)
    notice = office.archive.notice_of(Month.parse(dates.name))
    for event_id in notice.event_ids if notice else ():
        event = office.archive.event(event_id)
        if event is None or event.subject_id.startswith("notice:"):
            continue
        drawn = fate(year.seed, event.unit_id, event.test_id, event.subject_id)
        if drawn is Fate.ACCEPTED or (event.appeals and not event.open_appeal):
            continue
        if moment == dates.appealed:
            file_appeal(office, event_id, by="单位经办人", reason="有异议", at=moment)
        elif event.open_appeal:
            outcome = AppealOutcome.WITHDRAWN if drawn is Fate.WITHDRAWN else AppealOutcome.UPHELD
            decide_appeal(office, event_id, outcome, by="复核人员", reason="复核", at=moment)


def _waits(office: Office, event: Event) -> bool:
    test = office.test(event.test_id)
    if event.state is not EventState.SUSPECTED or test is None:
        return False
    all_suspected = all(sighting.verdict is Verdict.SUSPECTED for sighting in event.sightings)
    return test.mode is not Mode.AUTO or bool(event.held) or all_suspected
