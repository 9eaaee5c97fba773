"""工作台: what needs somebody today."""

from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from domain.users import Role
from web.access import EVERYBODY, Own, allow
from web.deps import Asked
from web.pages import page

routes = APIRouter()


@routes.get("/")
@allow(*EVERYBODY, own=Own.FILTERS)
def home(ask: Asked) -> Response:
    if ask.user.role is Role.UNIT:
        return RedirectResponse(f"/units/{ask.user.unit_id}", HTTPStatus.SEE_OTHER)
    return page(ask.request, "home.html")
