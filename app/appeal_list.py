"""Appeals as a list that people page through."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.appeals import found
from app.event_list import Listed, listed
from app.joint import proposal
from app.office import Office
from domain.records import Appeal

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAppeal:
    """An appeal with its event. `proposed`: a decision waits for a second person."""

    appeal: Appeal
    row: Listed
    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealPage:
    rows: Sequence[ListedAppeal]
    total: int
    page: int
    pages: int


def appeal_list(
    office: Office, *, unit_id: str | None = None, open_only: bool = False, page: int = 1
) -> AppealPage:
    """The page (from 1 on) of the appeals of all units or one, newest first; beyond the last: the last."""
    every = office.archive.appeals(open_only=open_only)
    if unit_id is not None:
        own = {event.id for event in office.archive.events(unit_id=unit_id)}
        every = [one for one in every if one.event_id in own]
    pages = max(1, -(-len(every) // PAGE))
    page = min(max(1, page), pages)
    newest = every[::-1][(page - 1) * PAGE : page * PAGE]
    return AppealPage(rows=[_row(office, one) for one in newest], total=len(every), page=page, pages=pages)


def _row(office: Office, appeal: Appeal) -> ListedAppeal:
    event = found(office, appeal.event_id)
    return ListedAppeal(
        appeal=appeal, row=listed(office, event), proposed=proposal(office, event) is not None
    )
