"""Noticed subjects whose deadline look is still to come: what a night must look at without fail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.office import Office
from app.rectification import Noticed, noticed
from crawler.plan import document_look
from domain.clock import day_end
from domain.events import EventState
from domain.looks import PlannedLook
from domain.notices import NoticeItem
from domain.rectification import RETRY
from domain.units import Column, SubjectKind

ENDED = frozenset({EventState.WITHDRAWN, EventState.EXEMPT})
REASON = "通报事项复查"


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A noticed subject still in breach. `subject_id`: what the due table knows (a document's column).

    `due`: 24:00 of the deadline day. `document`: the look at the document itself, None for other subjects.
    """

    subject_id: str
    unit_id: str
    due: datetime
    document: PlannedLook | None = None


def awaited(office: Office, day: date) -> list[Awaited]:
    """Of the notices whose deadline, with the days of retry, has not gone by on that day."""
    open_ids = {e.id for e in office.archive.events(open_only=True) if e.state not in ENDED}
    return [
        one
        for notice in noticed(office, due_from=day - timedelta(days=RETRY.days))
        for item in notice.items
        if item.event_id in open_ids and (one := _awaited(office, notice, item)) is not None
    ]


def _awaited(office: Office, notice: Noticed, item: NoticeItem) -> Awaited | None:
    """None for a document that was never looked at, or whose column has left the registry."""
    due = day_end(notice.row.deadline)
    if not item.subject_id.startswith(f"{SubjectKind.DOCUMENT}:"):
        return Awaited(subject_id=item.subject_id, unit_id=item.unit_id, due=due)
    looks = office.archive.looks_of(item.subject_id)
    columns = {s.subject_id: s for s in office.registry.subjects if isinstance(s, Column)}
    column = columns.get(looks[-1].parent_id or "") if looks else None
    if column is None:
        return None
    look = document_look(column, looks[-1].url)
    return Awaited(subject_id=column.subject_id, unit_id=item.unit_id, due=due, document=look)
