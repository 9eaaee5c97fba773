"""工作台: what needs somebody today."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from app.today import DAYS, SHOWN, open_tasks, today
from domain.users import Role
from web.access import DECIDERS, EVERYBODY, KEEPERS, Own, allow, staff
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
    found = today(ask.office, board, ask.user)
    return page(
        ask.request, "home.html", board=board, today=found, days=DAYS, shown_most=SHOWN,
        keeps=ask.user.role in KEEPERS, decides=ask.user.role in DECIDERS,
    )  # fmt: skip


@routes.get("/tasks")
@staff()
def tasks(ask: Asked, number: Annotated[int, Query(alias="page")] = 1) -> Response:
    """待办: what stands in the way of looking, all of it, with what to do."""
    found = open_tasks(ask.office, number)
    return page(
        ask.request, "tasks.html", found=found, keeps=ask.user.role in KEEPERS,
        decides=ask.user.role in DECIDERS,
    )  # fmt: skip
