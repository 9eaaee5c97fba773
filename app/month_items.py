"""The month's problems: every confirmed event that was confirmed in the month or charged for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from app.assess import Assessment
from app.month_scores import Charge
from app.month_view import MonthView, clause_of, proven
from app.office import Office
from domain.clock import Month, local_day
from domain.clues import without_ids
from domain.events import Event, Sighting, confirming
from domain.findings import Finding
from domain.looks import Look
from domain.notices import NoticeItem, Place
from domain.readings import DocumentReading
from domain.units import Account, App, Column, SubjectKind
from notices.headings import heading, late_update

APP_PLATFORM = "移动客户端"
PORTAL_PLATFORM = "门户网站"
PLACES: Mapping[str, Place] = {
    SubjectKind.COLUMN: Place.PORTAL,
    SubjectKind.DOCUMENT: Place.PORTAL,
    SubjectKind.ACCOUNT: Place.MEDIA,
    SubjectKind.APP: Place.MEDIA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How a subject is called in a document."""

    place: Place
    name: str
    platform: str
    address: str


def items(view: MonthView, charged: Mapping[tuple[int, Month], Charge]) -> tuple[NoticeItem, ...]:
    """Numbered in the order of clauses, then of the registry's units."""
    order = {unit.id: n for n, unit in enumerate(view.office.registry.units)}
    found = [
        _item(view, one, event, charged)
        for one in view.told
        for event in one.events
        if (event.id or 0, view.month) in charged or proven(event, view.month)
    ]
    places = list(Place)
    found.sort(key=lambda i: (places.index(i.place), i.test_id, order[i.unit_id], i.subject_id, i.event_id))
    found = [item for item in _grouped(found)]
    return tuple(replace(item, number=n) for n, item in enumerate(found, 1))


def _grouped(found: list[NoticeItem]) -> Iterable[NoticeItem]:
    """Problems with one heading stand together, also across the two annexes."""
    headings = dict.fromkeys(item.problem for item in found)
    return (item for title in headings for item in found if item.problem == title)


def _item(
    view: MonthView, one: Assessment, event: Event, charged: Mapping[tuple[int, Month], Charge]
) -> NoticeItem:
    unit = view.office.registry.unit(event.unit_id)
    proof = _proof(event, view.month)
    finding = _finding(one, proof)
    newest = finding.newest_on if finding else event.newest_on
    charge = charged.get((event.id or 0, view.month))
    subject = named(view.office, event.subject_id)
    return NoticeItem(
        number=0, unit_id=unit.id, unit=unit.name, annex=unit.annex, place=subject.place,
        subject_id=event.subject_id, subject=subject.name, platform=subject.platform, address=subject.address,
        problem=heading(one.case.test), detail=_detail(event, finding), newest_on=newest,
        seen_at=tuple(s.at for s in proof),
        age_days=(local_day(proof[-1].at) - newest).days if newest and proof else None,
        clause_id=event.clause_id, clause=clause_of(view.office, unit, event.clause_id).item,
        test_id=event.test_id,
        points=charge.points if charge else Decimal(0), event_id=event.id or 0,
        observation_ids=tuple(s.observation_id for s in proof),
        charged=charge is not None, late=late_update(one.case.test),
        mended_on=local_day(event.closed_at) if event.closed_at else None,
    )  # fmt: skip


def _proof(event: Event, month: Month) -> tuple[Sighting, ...]:
    """The looks that prove the breach for this month: up to the confirming one, or two inside the month."""
    confirmed: datetime | None = event.confirmed_at
    if confirmed is not None and Month.of(confirmed) == month:
        pair = [event.sightings[0], *(s for s in event.sightings if s.at == confirmed)]
    else:
        inside = [s for s in event.sightings if Month.of(s.at) == month]
        second = confirming(inside) if inside else None
        pair = [*inside[:1], *([second] if second else [])]
    return tuple(dict.fromkeys(pair))


def _finding(one: Assessment, proof: tuple[Sighting, ...]) -> Finding | None:
    last = proof[-1].observation_id if proof else None
    return next((finding for finding in one.findings if finding.observation_id == last), None)


def _detail(event: Event, finding: Finding | None) -> str:
    why, measured, limit = (
        (finding.why, finding.measured, finding.limit)
        if finding
        else (event.why, event.measured, event.limit)
    )
    told = "，".join(filter(None, (why, measured if measured not in why else "")))
    asked = f"（要求：{limit}）" if limit else ""
    mended = f"；{event.closed_at and local_day(event.closed_at)}监测时已恢复正常" if event.closed_at else ""
    return f"{told}{asked}{mended}"


def named(office: Office, subject_id: str) -> Named:
    """Name and address from the registry; a document's, or a former subject's, from its looks."""
    known = {subject.subject_id: subject for subject in office.registry.subjects}
    match known.get(subject_id):
        case Column() as column:
            return Named(place=Place.PORTAL, name=column.name, platform=PORTAL_PLATFORM, address=column.url)
        case Account() as account:
            return Named(place=Place.MEDIA, name=account.name, platform=account.platform, address="")
        case App() as app:
            return Named(place=Place.MEDIA, name=app.name, platform=APP_PLATFORM, address=app.package_url)
    if subject_id.startswith(f"{SubjectKind.NOTICE}:"):
        month = subject_id.partition(":")[2].partition("/")[0]
        return Named(place=Place.PORTAL, name=f"{month}通报的整改", platform="", address="")
    looks = office.archive.looks_of(subject_id)
    return _from_looks(subject_id, looks)


def _from_looks(subject_id: str, looks: list[Look]) -> Named:
    titles = [look.reading.title for look in looks if isinstance(look.reading, DocumentReading)]
    title = next((title for title in reversed(titles) if title), None)
    place = PLACES.get(subject_id.partition(":")[0], Place.OTHER)
    return Named(
        place=place,
        name=f"《{without_ids(title)}》" if title else subject_id,
        platform=PORTAL_PLATFORM if place is Place.PORTAL else "",
        address=looks[-1].url if looks else "",
    )
