"""Appeals as a list that people page through."""

from dataclasses import dataclass

from app.event_list import Listed, all_listed
from app.joint_deeds import appeal_proposal
from app.office import Office
from app.paging import Paged, paged
from domain.records import Appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAppeal:
    """An appeal with its event. `proposed`: a decision waits for a second person."""

    appeal: Appeal
    row: Listed
    proposed: bool


def appeal_list(
    office: Office, *, unit_id: str | None = None, open_only: bool = False, page: int = 1
) -> Paged[ListedAppeal]:
    """The page (from 1 on) of the appeals of all units or one, newest first; beyond the last: the last."""
    every = office.archive.appeals(open_only=open_only)
    if unit_id is not None:
        own = {event.id for event in office.archive.events(unit_id=unit_id)}
        every = [one for one in every if one.event_id in own]
    shown = paged(every[::-1], page)
    events = office.archive.events_by_id({one.event_id for one in shown.rows})
    listed = {row.event.id: row for row in all_listed(office, list(events.values()))}
    rows = [_row(office, one, listed[one.event_id]) for one in shown.rows]
    return Paged(rows=rows, total=shown.total, at=shown.at, pages=shown.pages)


def _row(office: Office, appeal: Appeal, row: Listed) -> ListedAppeal:
    proposed = appeal.outcome is None and appeal_proposal(office, row.event) is not None
    return ListedAppeal(appeal=appeal, row=row, proposed=proposed)
