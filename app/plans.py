"""What the archive knows, put together for planning: crawler/plan.py itself is pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from app.office import Office
from crawler.addresses import host_of
from crawler.plan import (
    LABELLED,
    Clocks,
    DocumentsKnown,
    Known,
    plan_documents,
    plan_looks,
    plan_unit,
    year_from,
)
from domain.clock import local_day
from domain.looks import Look, Observation, PlannedLook, Validators
from domain.readings import ListReading
from domain.units import App, Column, Subject, SubjectKind

COUNTED = frozenset({"column.count", "column.found"})

CHECK_DOCUMENTS = 3
"""Newest documents of a column opened for an on-demand check."""


def plan_night(office: Office, day: date, units: Collection[str] = ()) -> tuple[PlannedLook, ...]:
    """The looks of a nightly run on a Beijing day, documents not yet among them."""
    columns = [s for s in office.registry.subjects if isinstance(s, Column)]
    known = dict(known_of(office, columns))
    return plan_looks(
        office.registry, day=day, known=known, clocks=clocks_of(office), units=tuple(units),
        yearly=yearly_kinds(office),
    )  # fmt: skip


def plan_check(office: Office, unit_id: str, day: date, check_id: int) -> tuple[PlannedLook, ...]:
    """The looks of an on-demand check of a unit."""
    return plan_unit(office.registry, unit_id, day=day, check_id=check_id)


def clocks_of(office: Office) -> Clocks:
    """By column kind, the limits of all loaded tests that judge how old the newest row is."""
    clocks: dict[str, tuple[str, ...]] = {}
    for test in (test for rubric in office.rubrics.values() for test in rubric.tests):
        said = [f"{test.limit(key)}{key[0]}" for key in ("days", "months") if key in test.limits]
        if test.monitor == "column.stale" and said:
            for kind in test.kinds:
                clocks[kind] = (*clocks.get(kind, ()), said[0])
    return clocks


def yearly_kinds(office: Office) -> frozenset[str]:
    """The kinds of columns whose items some loaded test counts over a year."""
    tests = (test for rubric in office.rubrics.values() for test in rubric.tests)
    return frozenset(kind for test in tests if test.monitor in COUNTED for kind in test.kinds)


def hosts_of(office: Office) -> frozenset[str]:
    """The registered hosts: of columns, accounts' sources and control addresses (apps check their own)."""
    subjects = (s.url for s in office.registry.subjects if not isinstance(s, App))
    found = (host_of(url) for url in (*subjects, *office.settings.control_urls))
    return frozenset(host for host in found if host)


def known_of(office: Office, columns: Iterable[Column]) -> Iterable[tuple[str, Known]]:
    """What earlier looks at the columns' present addresses told."""
    columns = list(columns)
    goods = office.archive.last_goods(column.subject_id for column in columns)
    for column in columns:
        good = goods.get(column.subject_id)
        if good is not None and good[0].url == column.url:
            yield column.subject_id, _known(office, column, *good)


def _known(office: Office, column: Column, good: Look, validators: Validators) -> Known:
    known = Known(seen_on=local_day(good.at), newest_on=good.newest_on, validators=validators)
    if column.kind not in LABELLED and not column.shared and column.kind.value not in yearly_kinds(office):
        return known
    covered_at = office.archive.covered_at(column.subject_id, column.url)
    if covered_at is None:
        return known
    return replace(known, covered=True, seen_on=local_day(covered_at))


def documents_due(office: Office, look: PlannedLook, seen: Observation) -> tuple[PlannedLook, ...]:
    """Looks at documents that a column just seen asks for; few when someone waits for them.

    After a 304 the rows seen earlier still count: a document may have lacked labels.
    """
    subject = _column(office, look.subject_id)
    if subject is None or not (subject.shared or subject.kind in LABELLED) or not _was_read(seen):
        return ()
    looks = {one.subject_id: one for one in office.archive.looks_under(look.subject_id)}
    day = local_day(seen.fetched_at)
    since = year_from(day) if subject.kind.value in yearly_kinds(office) else None
    known = DocumentsKnown(rows=office.archive.rows_of(look.subject_id), looks=looks, since=since)
    shown = seen.reading.rows if isinstance(seen.reading, ListReading) else ()
    urgent = look.check_id is not None
    budget = CHECK_DOCUMENTS if urgent else office.settings.document_budget
    found = plan_documents(subject, shown, known, day=day, budget=budget)
    hosts = hosts_of(office) if found else frozenset()
    return tuple(
        replace(one, check_id=look.check_id) for one in found if host_of(one.url) in hosts
    )  # fmt: skip


def _was_read(seen: Observation) -> bool:
    return seen.http_status == 304 or isinstance(seen.reading, ListReading)


def _column(office: Office, subject_id: str) -> Column | None:
    if not subject_id.startswith(f"{SubjectKind.COLUMN}:"):
        return None
    subject: Subject = office.registry.subject(subject_id)
    return subject if isinstance(subject, Column) else None
