"""本单位: what a unit has to do, 签收 of its notices, and a look it asks for."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.score_view import score_years
from app.unit_desk import CHECKS_A_DAY, ask_check, sign_for, unit_desk
from domain.clock import Month
from domain.errors import InputError
from domain.events import NOTICE
from domain.users import STAFF, Role
from web.access import Own, allow
from web.deps import Ask, Asked
from web.pages import page

routes = APIRouter()


@routes.get("/own/{unit_id}")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def own(ask: Asked, unit_id: str) -> Response:
    """What the unit's users find after logging in; staff see the same without the buttons."""
    return _shown(ask, unit_id)


@routes.post("/own/{unit_id}/receipts")
@allow(Role.UNIT, own=Own.UNIT)
def receipt(
    ask: Asked, unit_id: str, month: Annotated[str, Form()] = "", person: Annotated[str, Form()] = ""
) -> Response:
    """签收 of a month's notice, today. `person`: who signed for it."""
    try:
        sign_for(ask.office, _month(month), unit_id, person=person or ask.user.person, by=ask.user.person)
    except InputError as error:
        return _shown(ask, unit_id, why=str(error), status=409)
    return RedirectResponse(f"/own/{unit_id}", HTTPStatus.SEE_OTHER)


@routes.post("/own/{unit_id}/checks")
@allow(Role.UNIT, own=Own.UNIT)
def check(ask: Asked, unit_id: str) -> Response:
    """申请复查: a few a day; its progress and result stand on the check's page."""
    try:
        check_id = ask_check(ask.office, unit_id, by=ask.user.person)
    except InputError as error:
        return _shown(ask, unit_id, why=str(error), status=429)
    return RedirectResponse(f"/checks/{check_id}", HTTPStatus.SEE_OTHER)


def _shown(ask: Ask, unit_id: str, *, why: str = "", status: int = 200) -> Response:
    unit, board = ask.office.unit(unit_id), ask.board(of=unit_id)
    return page(
        ask.request, "own.html", status=status, unit=unit, board=board, sheet=board.sheets.get(unit.id),
        desk=unit_desk(ask.office, unit.id), mine=ask.user.role is Role.UNIT, why=why, a_day=CHECKS_A_DAY,
        years=score_years(ask.office), rechecks=board.rechecks(unit.id), notice=NOTICE,
    )  # fmt: skip


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError:
        raise InputError(f"“{text}”不是月份，应如 2026-10。") from None
