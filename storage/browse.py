"""Reading for people who look around: events page by page, the newest look of each subject."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select

from domain.events import NOTICE, Event, EventState
from domain.looks import Look
from domain.queries import EventQuery, LogQuery
from domain.records import CheckRow, LogEntry
from storage.events import load
from storage.log import entry_of
from storage.looks import LOOKS, SEEN, look_of, official, under
from storage.part import Part
from storage.queue import check_of
from storage.tables import CheckTable, EventRow, LogRow

DECIDED_AWAY = (EventState.WITHDRAWN.value, EventState.EXEMPT.value)


class Browse(Part):
    def event_page(self, query: EventQuery, *, first: int, count: int) -> tuple[list[Event], int]:
        """So many events from the `first` (0: the newest) on, newest first, and how many there are."""
        conditions = _conditions(query)
        order = (EventRow.opened_at.desc(), EventRow.id.desc())
        with self._db.read() as session:
            total = session.scalar(select(func.count()).select_from(EventRow).where(*conditions)) or 0
            chosen = select(EventRow.id).where(*conditions).order_by(*order).offset(first).limit(count)
            events = load(session, EventRow.id.in_(session.scalars(chosen).all()))
            return sorted(events, key=lambda event: (event.opened_at, event.id or 0), reverse=True), total

    def open_counts(self) -> dict[str, int]:
        """Unit -> its open events, without those decided away."""
        query = (
            select(EventRow.unit_id, func.count())
            .where(EventRow.closed_at.is_(None), EventRow.state.not_in(DECIDED_AWAY))
            .group_by(EventRow.unit_id)
        )
        with self._db.read() as session:
            return {unit_id: count for unit_id, count in session.execute(query)}

    def newest_looks(self, subject_ids: Iterable[str]) -> dict[str, Look]:
        """Subject -> its latest look; subjects never looked at are left out."""
        return self._newest(SEEN.subject_id.in_(list(subject_ids)))

    def newest_looks_under(self, parent_id: str) -> dict[str, Look]:
        """The same of the documents of a column, whichever column led to them last."""
        return self._newest(under(parent_id))

    def _newest(self, condition: ColumnElement[bool]) -> dict[str, Look]:
        latest = func.row_number().over(
            partition_by=SEEN.subject_id, order_by=(SEEN.fetched_at.desc(), SEEN.id.desc())
        )
        ranked = select(SEEN.id, latest.label("place")).where(condition).subquery()
        newest = select(ranked.c.id).where(ranked.c.place == 1)
        query = LOOKS.add_columns(official(None).label("official")).where(SEEN.id.in_(newest))
        with self._db.read() as session:
            return {look.subject_id: look for look in map(look_of, session.execute(query))}

    def log_page(self, query: LogQuery, *, first: int, count: int) -> tuple[list[LogEntry], int]:
        """So many entries of the log from the `first` (0: the newest) on, and how many there are."""
        asked = ((LogRow.subject, query.subject), (LogRow.actor, query.actor))
        conditions = [column.contains(words, autoescape=True) for column, words in asked if words]
        with self._db.read() as session:
            total = session.scalar(select(func.count()).select_from(LogRow).where(*conditions)) or 0
            chosen = select(LogRow).where(*conditions).order_by(LogRow.seq.desc())
            return [entry_of(row) for row in session.scalars(chosen.offset(first).limit(count))], total

    def open_check(self, unit_id: str) -> CheckRow | None:
        """The unit's newest check that is not answered yet."""
        mine = (CheckTable.unit_id == unit_id, CheckTable.done_at.is_(None))
        with self._db.read() as session:
            row = session.scalars(select(CheckTable).where(*mine).order_by(CheckTable.id.desc())).first()
            return check_of(row) if row is not None else None


def _conditions(query: EventQuery) -> list[ColumnElement[bool]]:
    row = EventRow
    same = ((row.unit_id, query.unit_id), (row.subject_id, query.subject_id), (row.test_id, query.test_id))
    found: list[ColumnElement[bool]] = [column == value for column, value in same if value is not None]
    if query.changed_after is not None:
        found.append(_logged_after(query.changed_after))
    if query.states is not None:
        found.append(EventRow.state.in_(sorted(state.value for state in query.states)))
    if query.open is not None:
        ended = or_(EventRow.closed_at.is_not(None), EventRow.state.in_(DECIDED_AWAY))
        found.append(~ended if query.open else ended)
    if query.waits:
        waiting = or_(EventRow.closed_at.is_(None), EventRow.subject_id.startswith(NOTICE))
        undecided = and_(EventRow.confirmed_at.is_(None), EventRow.state.not_in(DECIDED_AWAY))
        found.append(and_(undecided, waiting))
    if query.hidden_clauses:
        found.append(EventRow.clause_id.not_in(sorted(query.hidden_clauses)))
    if query.words:
        found.append(_about(query))
    return found


def _logged_after(seq: int) -> ColumnElement[bool]:
    logged = select(LogRow.subject).where(LogRow.seq > seq, LogRow.subject.startswith("event:"))
    return (literal("event:") + cast(EventRow.id, String)).in_(logged)


def _about(query: EventQuery) -> ColumnElement[bool]:
    texts = (EventRow.why, EventRow.measured)
    return or_(
        *(text.contains(query.words, autoescape=True) for text in texts),
        EventRow.unit_id.in_(sorted(query.named_units)),
        EventRow.subject_id.in_(sorted(query.named_subjects)),
    )
