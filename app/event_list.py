"""Events as a list that people filter, search and page through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.clues import secret_clauses
from app.naming import subjects_named
from app.office import Office
from domain.events import Event
from domain.findings import Verdict
from domain.queries import EventQuery

PAGE, FAR = 50, 10**9
FOR_PERSON = "待人认定"
"""What an event needs that no look will ever confirm by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An event with the names of what it is about. `needs`: what it waits for, "" for nothing."""

    event: Event
    unit: str
    subject: str
    item: str
    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    rows: Sequence[Listed]
    total: int
    page: int
    pages: int


def event_list(office: Office, query: EventQuery, page: int = 1) -> EventPage:
    """The page (from 1 on) of the events asked for, newest first; a page beyond the last is the last."""
    query, page = _whole(office, query), min(max(1, page), FAR)
    events, total = office.archive.event_page(query, first=(page - 1) * PAGE, count=PAGE)
    pages = max(1, -(-total // PAGE))
    if page > pages:
        page = pages
        events, total = office.archive.event_page(query, first=(page - 1) * PAGE, count=PAGE)
    return EventPage(rows=all_listed(office, events), total=total, page=page, pages=pages)


def every_event(office: Office, query: EventQuery, most: int) -> list[Listed]:
    """The events asked for without pages, at most so many, newest first."""
    events, _ = office.archive.event_page(_whole(office, query), first=0, count=most)
    return all_listed(office, events)


def listed(office: Office, event: Event) -> Listed:
    return all_listed(office, [event])[0]


def all_listed(office: Office, events: Sequence[Event]) -> list[Listed]:
    """Events with the names of what they are about, read together."""
    units = {unit.id: unit.name for unit in office.registry.units}
    subjects = subjects_named(office, {event.subject_id for event in events})
    tests = {test.id: test.item for rubric in office.rubrics.values() for test in rubric.tests}
    return [
        Listed(
            event=event, unit=units.get(event.unit_id, event.unit_id), subject=subjects[event.subject_id][0],
            item=tests.get(event.test_id, event.test_id), needs=needs(event),
        )
        for event in events
    ]  # fmt: skip


def needs(event: Event) -> str:
    """What the event waits for: a person, or a second look that may confirm it by itself."""
    if event.open_appeal is not None:
        return "申诉待决定"
    if not event.waits:
        return ""
    doubtful = event.held or any(seen.verdict is Verdict.SUSPECTED for seen in event.sightings)
    return FOR_PERSON if doubtful else "待再次监测"


def event_slice(office: Office, query: EventQuery, *, first: int, count: int) -> tuple[list[Event], int]:
    """So many of the events asked for from the `first` (0: the newest) on, and how many there are."""
    return office.archive.event_page(_whole(office, query), first=first, count=count)


def _whole(office: Office, query: EventQuery) -> EventQuery:
    """With the units and subjects whose names have the words in them, without what is not for everybody."""
    query = query if query.secret else replace(query, hidden_clauses=secret_clauses(office))
    words = query.words.strip()
    if not words:
        return replace(query, words="")
    units = (u.id for u in office.registry.units if any(words in name for name in (u.name, u.id, *u.aliases)))
    subjects = (s.subject_id for s in office.registry.subjects if words in s.name or words in s.subject_id)
    return replace(query, words=words, named_units=frozenset(units), named_subjects=frozenset(subjects))
