"""Everything that is judged in the year, each with what its looks had to show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha1

from demo.simulate import sightings
from demo.simulate.pages import href
from demo.simulate.portal import LABELLED, url_of
from demo.simulate.sightings import Sight
from demo.simulate.year import ListPage, Year, YearUnit
from domain.units import ColumnKind

STALE_TEST = {
    ColumnKind.NEWS: "A1-18a", ColumnKind.ANNOUNCEMENTS: "A1-11a", ColumnKind.POLICY: "A1-11b",
}  # fmt: skip


@dataclass(slots=True)
class Case:
    """One unit x test x subject with all its looks. `page`, `number`: of a document."""

    unit: str
    test: str
    subject: str
    sights: list[Sight]
    page: ListPage | None = None
    number: int = 0


def cases_of(year: Year) -> list[Case]:
    units = {unit.id: unit for unit in year.units}
    return [*_column_cases(year), *_document_cases(year), *_media_cases(year, units)]


def documents_again(year: Year, case: Case, awaited: Mapping[int, set[date]]) -> list[Sight]:
    """A document's looks, with those nights on which a notice waited for it."""
    assert case.page is not None
    unit = next(unit for unit in year.units if unit.id == case.unit)
    found = sightings.documents(year, case.page, unit, awaited)
    return next(sights for row, sights in found if row.number == case.number)


def _document_cases(year: Year) -> Iterator[Case]:
    for page in year.lists:
        if page.kind in LABELLED:
            for unit in _units_of(year, page):
                for row, sights in sightings.documents(year, page, unit, {}):
                    yield Case(unit.id, "A1-12", _document_id(page, href(row)), sights, page, row.number)


def _media_cases(year: Year, units: Mapping[str, YearUnit]) -> Iterator[Case]:
    clause = {1: "A1-20", 2: "A2-10"}
    for feed in year.feeds:
        unit = units[feed.unit_id]
        yield Case(unit.id, f"{clause[unit.annex]}a", feed.subject_id, sightings.account(year, feed, unit))
    for package in year.packages:
        unit = units[package.unit_id]
        yield Case(unit.id, f"{clause[unit.annex]}b", package.subject_id, sightings.app(year, package, unit))


def _column_cases(year: Year) -> Iterator[Case]:
    """Columns, with what turned on many of a host in one night held for a person."""
    cases: dict[str, list[tuple[str, str]]] = {}
    looks: dict[str, list[list[Sight]]] = {}
    for page in year.lists:
        for unit in _units_of(year, page):
            test = STALE_TEST.get(page.kind, "A1-10")
            judge = sightings.directory if test == "A1-10" else sightings.stale_own
            if page.unit_id is None:
                judge = sightings.stale_shared
            cases.setdefault(page.subject_id, []).append((unit.id, test))
            looks.setdefault(page.subject_id, []).append(judge(year, page, unit))
    read = {page.subject_id: _read_days(year, page) for page in year.lists}
    held = sightings.with_holds(year, looks, read)
    for subject, pairs in cases.items():
        for (unit_id, test), sights in zip(pairs, held[subject], strict=True):
            yield Case(unit_id, test, subject, sights)


def _read_days(year: Year, page: ListPage) -> set[date]:
    owner = next((unit for unit in year.units if unit.id == page.unit_id), None)
    return {
        day for day in year.days()
        if sightings.seen_rows(page, year.look_at(page, day), day, year.weather(page, day)) is not None
        and (owner is None or sightings.valid(owner, day))
        and (page.valid_from is None or page.valid_from <= day)
    }  # fmt: skip


def _units_of(year: Year, page: ListPage) -> list[YearUnit]:
    if page.unit_id is None:
        return [unit for unit in year.units if unit.shares]
    return [unit for unit in year.units if unit.id == page.unit_id]


def _document_id(page: ListPage, where: str) -> str:
    url = url_of(page) + where[2:]
    return f"document:{sha1(url.encode(), usedforsecurity=False).hexdigest()[:16]}"
