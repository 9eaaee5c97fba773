"""What lapses soon."""

from typing import Any

from app.warnings import Due, Unclear, Warnings


def warnings_json(found: Warnings) -> dict[str, Any]:
    """`left`: days left, today among them; `lapses_on`: the first day too late."""
    return {
        "today": found.today,
        "days": found.days,
        "due": [due_json(one) for one in found.due],
        "unclear": [unclear_json(one) for one in found.unclear],
        "later": found.later,
        "lapsed": found.lapsed,
        "watched": found.watched,
    }


def due_json(one: Due) -> dict[str, Any]:
    return {
        "kind": one.kind, "unit": one.unit.id, "unit_name": one.unit.name, "subject": one.subject_id,
        "subject_name": one.subject, "clause": one.clause_id, "test": one.test_id,
        "last_day": one.last_day, "lapses_on": one.lapses_on, "left": one.left, "limit": one.limit,
        "newest": one.newest_on, "seen_on": one.seen_on, "unanswered": one.unanswered, "why": one.why,
        "event": one.event,
    }  # fmt: skip


def unclear_json(one: Unclear) -> dict[str, Any]:
    return {
        "unit": one.unit.id, "unit_name": one.unit.name, "subject": one.subject_id,
        "subject_name": one.subject, "clause": one.clause_id, "test": one.test_id, "seen_on": one.seen_on,
        "why": one.why,
    }  # fmt: skip
