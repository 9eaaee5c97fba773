"""Events as a list that people filter, search and page through."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.clues import secret_clauses
from app.naming import subject_named
from app.office import Office
from domain.events import Event
from domain.findings import Verdict
from domain.queries import EventQuery

PAGE = 50
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
    query = _whole(office, query)
    _, total = office.archive.event_page(query, first=0, count=0)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    events, _ = office.archive.event_page(query, first=(page - 1) * PAGE, count=PAGE)
    return EventPage(rows=[listed(office, e) for e in events], total=total, page=page, pages=pages)


def every_event(office: Office, query: EventQuery, most: int) -> list[Listed]:
    """The events asked for without pages, at most so many, newest first."""
    events, _ = office.archive.event_page(_whole(office, query), first=0, count=most)
    return [listed(office, event) for event in events]


def listed(office: Office, event: Event) -> Listed:
    unit = next((unit.name for unit in office.registry.units if unit.id == event.unit_id), event.unit_id)
    test = office.test(event.test_id)
    subject = subject_named(office, event.subject_id)[0]
    return Listed(
        event=event, unit=unit, subject=subject, item=test.item if test else event.test_id, needs=needs(event)
    )


def needs(event: Event) -> str:
    """What the event waits for: a person, or a second look that may confirm it by itself."""
    if event.open_appeal is not None:
        return "申诉待决定"
    if not event.waits:
        return ""
    doubtful = event.held or any(seen.verdict is Verdict.SUSPECTED for seen in event.sightings)
    return FOR_PERSON if doubtful else "待再次监测"


def _whole(office: Office, query: EventQuery) -> EventQuery:
    """With the units and subjects whose names have the words in them, without what is not for everybody."""
    query = query if query.secret else replace(query, hidden_clauses=secret_clauses(office))
    words = query.words.strip()
    if not words:
        return replace(query, words="")
    units = (u.id for u in office.registry.units if any(words in name for name in (u.name, u.id, *u.aliases)))
    subjects = (s.subject_id for s in office.registry.subjects if words in s.name or words in s.subject_id)
    return replace(query, words=words, named_units=frozenset(units), named_subjects=frozenset(subjects))
