"""Events: stored as they stand now, with every change appended to the log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.clock import Month
from domain.errors import InputError, OvertakenError
from domain.events import Decision, Event, EventState, Sighting
from domain.findings import Verdict
from domain.looks import Run
from domain.matching import identified, matched
from domain.readings import DateSource
from storage.deeds import Deeds, decision_values, deeds_of
from storage.log import append, lock
from storage.part import Part, check_fence
from storage.tables import DecisionRow, EventRow, ObservationRow

NO_LONGER = "按全部监测记录重新判定，此事件不再成立"


class Events(Part):
    def events(
        self,
        *,
        unit_id: str | None = None,
        subject_id: str | None = None,
        test_id: str | None = None,
        open_only: bool = False,
    ) -> list[Event]:
        """Stored events by the moment they opened, with decisions and `notified`; withdrawn ones too."""
        wanted = {"unit_id": unit_id, "subject_id": subject_id, "test_id": test_id}
        conditions = [getattr(EventRow, name) == value for name, value in wanted.items() if value is not None]
        if open_only:
            conditions.append(EventRow.closed_at.is_(None))
        with self._db.read() as session:
            return load(session, *conditions)

    def event(self, event_id: int) -> Event | None:
        with self._db.read() as session:
            return next(iter(load(session, EventRow.id == event_id)), None)

    def events_by_id(self, event_ids: Collection[int]) -> dict[int, Event]:
        """Those of the numbers that are there."""
        with self._db.read() as session:
            return {event.id or 0: event for event in load(session, EventRow.id.in_(event_ids))}

    def save_events(
        self, now: Sequence[Event], gone: Sequence[Event], *, run: Run | None, at: datetime
    ) -> list[Event]:
        """Store events as recomputed, in one transaction; `now` again, with identities.

        Each change is logged once, with the evidence; what did not change writes nothing. `gone`: stored
        events that no longer stand; they stay, withdrawn. Decisions and `notified` are not written here.
        Raises FenceLostError when `run` was taken over, OvertakenError when an event is not what it was when
        it was judged: nothing is stored then.
        """
        actor = f"run:{run.id}" if run else "rejudge"
        with self._db.write() as session:
            if run is not None:
                check_fence(session, run)
            lock(session)
            for event in gone:
                _withdraw(session, event, actor, at)
            identified = _identified(session, now)
            # closed ones first: an open successor must find its place free
            order = sorted(range(len(now)), key=lambda i: identified[i].closed_at is None)
            saved = {i: _save(session, identified[i], actor, at) for i in order}
            return [saved[i] for i in range(len(now))]

    def add_decision(self, event_id: int, decision: Decision) -> None:
        """Append and log what a person decided. The caller recomputes the event and saves it afterwards.

        Raises InputError for an unknown event.
        """
        with self._db.write() as session:
            lock(session)
            row = held(session, event_id)
            values = decision_values(decision)
            session.add(DecisionRow(event_id=event_id, **values))
            session.flush()
            log_event(
                session,
                load_one(session, row),
                ["decided"],
                actor=decision.by,
                at=decision.at,
                more={"decision": values},
            )


def load(session: Session, *conditions: Any) -> list[Event]:
    rows = session.scalars(
        select(EventRow).where(*conditions).order_by(EventRow.opened_at, EventRow.id)
    ).all()
    if not rows:
        return []
    chosen = select(EventRow.id).where(*conditions)
    deeds = deeds_of(session, chosen)
    return [_event(row, deeds.get(row.id, Deeds())) for row in rows]


def held(session: Session, event_id: int) -> EventRow:
    """The event's row, locked until the commit. Raises InputError for an unknown number."""
    row = session.get(EventRow, event_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise InputError(f"没有编号为 {event_id} 的事件。用 zwgk events 查看事件。")
    return row


def log_event(
    session: Session,
    event: Event,
    changes: Sequence[str],
    *,
    actor: str,
    at: datetime,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry with the event as it now stands and the evidence of its sightings."""
    payload = {"changes": list(changes), "event": snapshot(event), **(more or {})}
    payload |= {"evidence": _evidence(session, event), "measured": event.measured, "why": event.why}
    append(session, f"event.{changes[0]}", f"event:{event.id}", payload, actor=actor, at=at)


def snapshot(event: Event) -> dict[str, Any]:
    """What of an event may not change without an entry in the log."""
    return {
        "unit": event.unit_id,
        "subject": event.subject_id,
        "clause": event.clause_id,
        "test": event.test_id,
        "opened_at": _moment(event.opened_at),
        "confirmed_at": _moment(event.confirmed_at),
        "closed_at": _moment(event.closed_at),
        "closed_by": event.closed_by,
        "state": event.state.value,
        "held": event.held,
        "notified": event.notified,
        **({"period": event.period} if event.period is not None else {}),
    }


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _evidence(session: Session, event: Event) -> list[dict[str, Any]]:
    ids = [sighting.observation_id for sighting in event.sightings]
    query = select(ObservationRow.id, ObservationRow.body_sha256).where(ObservationRow.id.in_(ids))
    bodies = {id_: digest for id_, digest in session.execute(query)}
    return [{**one, "sha256": bodies.get(one["observation"])} for one in _sightings_json(event)]


def _withdraw(session: Session, event: Event, actor: str, at: datetime) -> None:
    if event.id is None:
        return
    old = load_one(session, held(session, event.id))
    if old.state is EventState.WITHDRAWN and not old.open:
        return
    new = replace(old, state=EventState.WITHDRAWN, confirmed_at=None, closed_at=old.closed_at or at)
    _write(session, new)
    log_event(session, new, ["recalculated"], actor=actor, at=at, more={"reason": NO_LONGER})


def _identified(session: Session, now: Sequence[Event]) -> list[Event]:
    """Give new events the identity of one stored meanwhile by another judge, so that none is doubled."""
    taken = {event.id for event in now}
    found: list[Event] = []
    for event in now:
        if event.id is None:
            same = _stored_like(session, event, taken)
            if same is not None:
                taken.add(same.id)
                event = identified(_fresh(event, same), same)
        found.append(event)
    return found


def _stored_like(session: Session, event: Event, taken: set[int | None]) -> Event | None:
    key = (
        EventRow.unit_id == event.unit_id,
        EventRow.subject_id == event.subject_id,
        EventRow.test_id == event.test_id,
    )
    stored = [old for old in load(session, *key) if old.id not in taken]
    (same,), _ = matched(stored, [event])
    return next((old for old in stored if same.id is not None and old.id == same.id), None)


def _save(session: Session, event: Event, actor: str, at: datetime) -> Event:
    if event.id is None:
        row = EventRow(**_values(event), notified=False)
        session.add(row)
        session.flush()
        event = replace(event, id=row.id, notified=False)
        log_event(session, event, ["opened", *_changes(None, event)], actor=actor, at=at)
        return event
    old = load_one(session, held(session, event.id))
    event = identified(_fresh(event, old), old)
    if event != old:
        _write(session, event)
        if changes := _changes(old, event):
            log_event(session, event, changes, actor=actor, at=at)
    return event


def _fresh(judged: Event, stored: Event) -> Event:
    """The event, if its state rests on what people did to the stored one by now. Raises OvertakenError."""
    if identified(judged, stored) != replace(judged, id=stored.id):
        raise OvertakenError(
            f"事件 {stored.id} 正在判定时有人作了决定，判定结果没有保存。请重试；下一次监测也会重新判定。"
        )
    return judged


def _changes(old: Event | None, new: Event) -> list[str]:
    """Names of what changed and must be logged; a further sighting in a known month is no change."""
    if old is None:
        late = {"confirmed": new.confirmed_at, "closed": new.closed_at, "held": new.held}
        return [name for name, value in late.items() if value]
    named = {
        "confirmed": old.confirmed_at is None and new.confirmed_at is not None,
        "closed": old.closed_at is None and new.closed_at is not None,
        "reopened": old.closed_at is not None and new.closed_at is None,
        "held": old.held != new.held,
        "state": old.state is not new.state,
        "seen_in_new_month": bool(_months(new) - _months(old)),
        "resighted": not _sighted(old) <= _sighted(new),
    }
    changes = [name for name, changed in named.items() if changed]
    return changes or (["respanned"] if snapshot(old) != snapshot(new) else [])


def _months(event: Event) -> set[Month]:
    return {Month.of(sighting.at) for sighting in event.sightings}


def _sighted(event: Event) -> set[int]:
    return {sighting.observation_id for sighting in event.sightings}


def load_one(session: Session, row: EventRow) -> Event:
    return _event(row, deeds_of(session, [row.id]).get(row.id, Deeds()))


def _write(session: Session, event: Event) -> None:
    row = session.get_one(EventRow, event.id)
    for name, value in _values(event).items():
        setattr(row, name, value)
    session.flush()


def _sightings_json(event: Event) -> list[dict[str, Any]]:
    return [
        {
            "at": s.at.isoformat(),
            "observation": s.observation_id,
            "verdict": s.verdict.value,
            **({"contested": True} if s.contested else {}),
        }
        for s in event.sightings
    ]


def _values(event: Event) -> dict[str, Any]:
    return {
        "unit_id": event.unit_id,
        "subject_id": event.subject_id,
        "clause_id": event.clause_id,
        "test_id": event.test_id,
        "opened_at": event.opened_at,
        "sightings": _sightings_json(event),
        "measured": event.measured,
        "limit": event.limit,
        "why": event.why,
        "newest_on": event.newest_on,
        "date_source": event.date_source.value if event.date_source else None,
        "closed_at": event.closed_at,
        "closed_by": event.closed_by,
        "held": event.held,
        "state": event.state.value,
        "confirmed_at": event.confirmed_at,
        "period": event.period,
    }


def _event(row: EventRow, deeds: Deeds) -> Event:
    return Event(
        id=row.id,
        unit_id=row.unit_id,
        subject_id=row.subject_id,
        clause_id=row.clause_id,
        test_id=row.test_id,
        sightings=tuple(
            Sighting(
                at=datetime.fromisoformat(one["at"]),
                observation_id=one["observation"],
                verdict=Verdict(one["verdict"]),
                contested=one.get("contested", False),
            )
            for one in row.sightings
        ),
        measured=row.measured,
        limit=row.limit,
        why=row.why,
        newest_on=row.newest_on,
        date_source=DateSource(row.date_source) if row.date_source else None,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        held=row.held,
        state=EventState(row.state),
        confirmed_at=row.confirmed_at,
        decisions=tuple(deeds.decisions),
        appeals=tuple(deeds.appeals),
        notified=row.notified,
        notified_at=deeds.notified_at,
        deadline=deeds.deadline,
        period=row.period,
    )
