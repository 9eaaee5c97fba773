"""Events: one, and its whole story."""

from typing import Any

from app.explain import LookStory, NoticeStory, Story
from app.naming import subject_named
from app.office import Office
from domain.events import Event
from domain.records import Appeal, Service


def event_row(office: Office, event: Event) -> dict[str, Any]:
    """One event as JSON has it. `looks`: the observations that accuse."""
    unit = {unit.id: unit.name for unit in office.registry.units}
    return {
        "id": event.id,
        "unit": event.unit_id,
        "unit_name": unit.get(event.unit_id, event.unit_id),
        "subject": event.subject_id,
        "subject_name": subject_named(office, event.subject_id)[0],
        "clause": event.clause_id,
        "test": event.test_id,
        "state": event.state,
        "open": event.open,
        "opened_at": event.opened_at,
        "last_seen_at": event.last_seen_at,
        "confirmed_at": event.confirmed_at,
        "closed_at": event.closed_at,
        "newest": event.newest_on,
        "date_source": event.date_source,
        "measured": event.measured,
        "limit": event.limit,
        "why": event.why,
        "held": event.held,
        "looks": [sighting.observation_id for sighting in event.sightings],
        "decisions": event.decisions,
    }


def story_json(story: Story, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "event": row,
        "url": story.subject_url,
        "quote": story.clause.quote if story.clause else None,
        "source": story.clause.source if story.clause else None,
        "points": story.points,
        "occurrences": [
            {"event": one.event_id, "month": one.month, "points": one.points} for one in story.occurrences
        ],
        "looks": [look_json(one) for one in story.looks],
        "remedy": story.remedy,
        "appeal_until": story.appeal_until,
        "notices": [notice_json(one) for one in story.notices],
        "appeals": [appeal_json(one) for one in story.event.appeals],
        "told": [{"kind": t.kind, "sentence": t.sentence, "by": t.by, "at": t.at} for t in story.told],
        "history": story.history,
    }


def notice_json(one: NoticeStory) -> dict[str, Any]:
    """A notice that named the event. `recheck` null: an item that cannot be put right."""
    said = one.recheck
    return {
        "month": one.notice.month,
        "number": one.notice.number,
        "issued_on": one.notice.issued_on,
        "item": one.item.number,
        "deadline": one.notice.deadline,
        "served": step_json(one.service.served),
        "received": step_json(one.service.received),
        "recheck": {
            "result": said.result, "final": said.final, "why": said.why, "before": said.before,
            "after": said.after, "mended": said.mended,
        } if said else None,
    }  # fmt: skip


def step_json(step: Service | None) -> dict[str, Any] | None:
    return {"on": step.on, "person": step.person, "by": step.by} if step else None


def appeal_json(appeal: Appeal) -> dict[str, Any]:
    return {
        "filed_by": appeal.filed_by, "filed_at": appeal.filed_at, "reason": appeal.reason,
        "files": appeal.files, "outcome": appeal.outcome, "decided_by": appeal.decided_by or None,
        "decided_at": appeal.decided_at, "decided_why": appeal.decided_why or None,
    }  # fmt: skip


def look_json(one: LookStory) -> dict[str, Any]:
    look = one.look
    return {
        "id": look.id,
        "at": look.at,
        "kind": look.look,
        "role": one.role,
        "status": look.http_status,
        "state": look.state,
        "newest": look.newest_on,
        "why": look.why,
        "sha256": look.body_sha256,
        "files": look.files,
    }
