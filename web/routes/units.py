"""Units: the list, and one unit's page."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.event_list import event_list
from app.score_view import score_years
from app.trend import most_lost
from app.unit_view import unit_page, unit_view
from domain.queries import EventQuery
from domain.users import STAFF, Role
from web.access import CHECKERS, DECIDERS, Own, allow, staff
from web.deps import Asked
from web.pages import page
from web.routes import pictures

routes = APIRouter()
routes.include_router(pictures.routes)


@routes.get("/units")
@staff()
def units(ask: Asked, q: str = "", number: Annotated[int, Query(alias="page")] = 1) -> Response:
    board = ask.board()
    found = unit_page(ask.office, board, q, number)
    most = most_lost(row.sheet for row in found.rows)
    return page(ask.request, "units.html", board=board, found=found, q=q, most=most)


@routes.get("/units/{unit_id}")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit(ask: Asked, unit_id: str) -> Response:
    board = ask.board(of=unit_id)
    view = unit_view(ask.office, board, unit_id)
    events = event_list(ask.office, EventQuery(unit_id=view.unit.id, open=True))
    return page(
        ask.request, "unit.html", board=board, view=view, events=events, years=score_years(ask.office),
        may_check=ask.user.role in CHECKERS, may_attest=ask.user.role in DECIDERS,
    )  # fmt: skip
