"""The stored events of a case as they stood at a moment."""

from dataclasses import replace
from datetime import datetime

from app.office import Office
from domain.events import BACK_DATED, Event, EventState
from domain.records import Appeal
from monitors.case import Case
from monitors.catalog import Over, monitor_of


def known_events(office: Office, case: Case, until: datetime | None) -> list[Event]:
    """The case's stored events as they stood before `until`.

    Where several columns are judged as one, also those kept under another column: the first may change.
    """
    as_one = monitor_of(case.test.monitor or "", case.test.id).over is Over.COLUMNS
    subject_id = None if as_one else case.subject_id
    stored = office.archive.events(unit_id=case.unit_id, subject_id=subject_id, test_id=case.test.id)
    if until is None:
        return stored
    return [as_known(event, until) for event in stored if event.opened_at < until]


def as_known(event: Event, until: datetime) -> Event:
    """What ended it later, and what that contested, was not known yet."""
    ended = event.closed_at is not None and event.closed_at < until
    later = any(decision.at >= until for decision in event.decisions)
    sightings = (sighting for sighting in event.sightings if sighting.at < until)
    return replace(
        event,
        sightings=tuple(s if ended else replace(s, contested=False) for s in sightings),
        held=event.held if ended or event.held != BACK_DATED else "",
        decisions=tuple(decision for decision in event.decisions if decision.at < until),
        appeals=tuple(_appeal_then(appeal, until) for appeal in event.appeals if appeal.filed_at < until),
        state=EventState.SUSPECTED if later else event.state,  # what it came to by then is decided anew
        closed_at=event.closed_at if ended else None,
        closed_by=event.closed_by if ended else None,
    )


def _appeal_then(appeal: Appeal, until: datetime) -> Appeal:
    """An appeal as it stood: decided later means not yet decided."""
    if appeal.decided_at is None or appeal.decided_at < until:
        return appeal
    return replace(appeal, outcome=None, decided_by="", decided_why="", decided_at=None)
