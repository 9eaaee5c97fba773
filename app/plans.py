"""What the archive knows, put together for planning: crawler/plan.py itself is pure."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from app.awaited import REASON, awaited
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
from domain.stores import STORE_NAMES, Store, listing_address
from domain.units import App, Column, Subject, SubjectKind

COUNTED = frozenset({"column.count", "column.found"})

CHECK_DOCUMENTS = 3
"""Newest documents of a column, and documents a notice waits for, opened for an on-demand check."""


def plan_night(
    office: Office, day: date, units: Collection[str] = (), only: Collection[str] | None = None
) -> tuple[PlannedLook, ...]:
    """The looks of a nightly run on a Beijing day; of documents, those that a notice waits for.

    What a notice waits for comes first and unconditionally (design.md §4.12). `only`: these subjects.
    """
    columns = [s for s in office.registry.subjects if isinstance(s, Column)]
    known = dict(known_of(office, columns))
    looks = plan_looks(
        office.registry, day=day, known=known, clocks=clocks_of(office), units=tuple(units),
        yearly=yearly_kinds(office),
    )  # fmt: skip
    waits = [one for one in awaited(office, day) if not units or one.unit_id in units]
    ids = {one.subject_id for one in waits}
    first = [replace(look, validators=None, reason=REASON) for look in looks if look.subject_id in ids]
    hosts = hosts_of(office)
    documents = {
        one.document.subject_id: replace(one.document, reason=REASON)
        for one in waits
        if one.document is not None and host_of(one.document.url) in hosts
    }
    plan = (*first, *documents.values(), *(look for look in looks if look.subject_id not in ids))
    return tuple(look for look in plan if only is None or (look.parent_id or look.subject_id) in only)


def plan_check(office: Office, unit_id: str, day: date, check_id: int) -> tuple[PlannedLook, ...]:
    """The looks of an on-demand check of a unit, with documents that a notice waits for."""
    waits = [one.document for one in awaited(office, day) if one.unit_id == unit_id]
    documents = [replace(look, check_id=check_id) for look in waits if look is not None]
    looks = plan_unit(office.registry, unit_id, day=day, check_id=check_id)
    return (*looks, *list(dict.fromkeys(documents))[:CHECK_DOCUMENTS])


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
    """The registered hosts: of columns, accounts' sources, app stores and control addresses.

    Download links check their own. Where an app is known by a page, all stores, since that may link to them.
    """
    subjects = (
        s.package_url if isinstance(s, App) else s.url
        for s in office.registry.subjects
        if not isinstance(s, App) or s.store is not Store.APK or s.page_url
    )
    by_page = any(app.page_url for app in office.registry.apps)
    stores = [listing_address(store, "1") for store in STORE_NAMES] if by_page else []
    found = (host_of(url) for url in (*subjects, *stores, *office.settings.control_urls))
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
    looks = office.archive.newest_looks_under(look.subject_id)
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
