"""现在检查: one unit, now; the page asks for the progress until it is answered. The office may adopt it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.checks import check_state, start_check
from app.joint import LONGEST, said, waiting
from app.joint_looks import adopt_check, adoption_of
from app.naming import subject_named
from domain.errors import InputError
from domain.users import STAFF, Role
from web.access import CHECKERS, Own, allow
from web.deps import Ask, Asked
from web.pages import page

routes = APIRouter()


@routes.post("/units/{unit_id}/checks")
@allow(*CHECKERS)
def ask_check(ask: Asked, unit_id: str) -> Response:
    return RedirectResponse(f"/checks/{start_check(ask.office, unit_id)}", HTTPStatus.SEE_OTHER)


@routes.get("/checks/{check_id}")
@allow(*STAFF, Role.UNIT, own=Own.CHECK)
def check(ask: Asked, check_id: int) -> Response:
    return _shown(ask, check_id, "check.html")


@routes.get("/checks/{check_id}/progress")
@allow(*STAFF, Role.UNIT, own=Own.CHECK)
def progress(ask: Asked, check_id: int) -> Response:
    """The part of the page that changes."""
    return _shown(ask, check_id, "_partials/check.html")


@routes.post("/checks/{check_id}/adoption")
@allow(Role.OFFICE)
def adoption(ask: Asked, check_id: int, reason: Annotated[str, Form()] = "") -> Response:
    """采用: its looks may accuse from now on; of the office's own units only proposed, to be signed."""
    try:
        done = adopt_check(ask.office, check_id, user=ask.user, reason=said(reason))
    except InputError as error:
        return _shown(ask, check_id, "check.html", why=str(error), reason=reason, status=409)
    first = None if done else waiting(ask.office, adoption_of(check_id))
    where = f"/proposals/{first.id}" if first is not None else f"/checks/{check_id}"
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)


def _shown(
    ask: Ask, check_id: int, template: str, *, why: str = "", reason: str = "", status: int = 200
) -> Response:
    state = check_state(ask.office, check_id)
    found = state.report.findings if state.report else ()
    names = {one.finding.subject_id: subject_named(ask.office, one.finding.subject_id)[0] for one in found}
    return page(
        ask.request, template, status=status, state=state, names=names, why=why, reason=reason,
        longest=LONGEST, may_adopt=ask.user.role is Role.OFFICE,
    )  # fmt: skip
