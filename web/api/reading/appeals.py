"""Appeals: the list, and where an event's stands."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.appeals import found
from app.contract.appeals import AppealState, appeal_rows, appeal_state, listed_appeals
from domain.users import STAFF, Role
from web.access import Own, allow
from web.api.answers import PREFIX, EventId, Paged, Unit, given, own_unit
from web.api.published import reads
from web.deps import Asked

routes = APIRouter(prefix=PREFIX, tags=["申诉"])


@routes.get(
    "/appeals", operation_id="listAppeals", responses=reads("Appeals", 404, 422, paged=True),
    summary="申诉（同 zwgk appeal list），新的在前",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.FILTERS)
def appeals(
    ask: Asked, at: Paged, unit: Unit = "",
    open: Annotated[bool, Query(description="只看还没有决定的")] = False,
) -> Response:  # fmt: skip
    rows = appeal_rows(ask.office, unit_id=own_unit(ask, unit), open_only=open)
    shown = {"appeals": listed_appeals(ask.office, at.of(rows))}
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/events/{event_id}/appeal", operation_id="getAppeal", responses=reads(AppealState, 404, 422),
    summary="一个事件的申诉：能不能提出，到了哪一步",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def appeal(ask: Asked, event_id: EventId) -> Response:
    inside = ask.user.role is not Role.UNIT
    return given(appeal_state(ask.office, found(ask.office, event_id), inside=inside))
