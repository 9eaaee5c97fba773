"""An event's story for a page or a program: what the board knows already is not judged again."""

from app.explain import Story, explain
from web.deps import Ask


def story_of(ask: Ask, event_id: int) -> Story:
    """Raises InputError for an unknown event."""
    event = ask.office.archive.event(event_id)
    known = ask.board(of=event.unit_id).rechecks(event.unit_id) if event is not None else {}
    return explain(ask.office, event_id, known)
