"""Events as the commands show them: the same fields in every JSON output, the same cells in every table."""

from typing import Any

from app.naming import subject_named
from app.office import Office
from cli.output import shown
from domain.events import Event

COLUMNS = ("编号", "状态", "单位", "对象", "细则", "最近更新", "实测", "首次发现", "最近发现", "整改")


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


def event_cells(row: dict[str, Any]) -> tuple[object, ...]:
    return (
        row["id"], row["state"], row["unit_name"], row["subject_name"], row["test"], row["newest"],
        row["measured"], row["opened_at"], row["last_seen_at"],
        shown(row["closed_at"]) if row["closed_at"] else "未整改",
    )  # fmt: skip
