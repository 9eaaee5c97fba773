"""工作台: what needs somebody today."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from app.today import DAYS, SHOWN, today
from domain.users import Role
from web.access import EVERYBODY, Own, allow
from web.deps import Asked
from web.pages import page

routes = APIRouter()


@routes.get("/")
@allow(*EVERYBODY, own=Own.FILTERS)
def home(ask: Asked) -> Response:
    """The workbench; users of a unit find their unit's page instead."""
    if ask.user.role is Role.UNIT:
        return RedirectResponse(f"/own/{ask.user.unit_id}", HTTPStatus.SEE_OTHER)
    board = ask.board()
    found = today(ask.office, board)
    return page(ask.request, "home.html", board=board, today=found, days=DAYS, shown_most=SHOWN)
