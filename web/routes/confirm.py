"""一起认定: several suspected events, each looked at on a second page before anything is decided."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from app.bulk import MOST, Chosen, candidates, confirm
from domain.errors import InputError
from web.access import DECIDERS, allow
from web.deps import Ask, Asked
from web.forms import Fields
from web.pages import page

routes = APIRouter()
LONGEST = 1000


@routes.get("/events/confirm")
@allow(*DECIDERS)
def chosen(ask: Asked, ids: Annotated[list[int] | None, Query(alias="id")] = None) -> Response:
    """Every chosen event with what speaks for and against it; changes nothing."""
    return _shown(ask, ids or [], {})


@routes.post("/events/confirm")
@allow(*DECIDERS)
def confirmed(
    ask: Asked, fields: Fields, ids: Annotated[list[int] | None, Form(alias="id")] = None
) -> Response:
    """Confirm those still ticked. `reason`: of all; `reason-12`: of one instead; `seen-12`: as shown."""
    numbers = ids or []
    try:
        picked = [
            Chosen(event_id=number, seen=fields.get(f"seen-{number}", ""), reason=_reason(fields, number))
            for number in numbers
        ]
        outcomes = confirm(ask.office, picked, by=ask.user.person)
    except InputError as error:
        return _shown(ask, numbers, fields, why=str(error), status=409)
    return page(ask.request, "events_confirmed.html", outcomes=outcomes)


def _reason(fields: Fields, number: int) -> str:
    own, common = (fields.get(name, "").strip() for name in (f"reason-{number}", "reason"))
    if len(own) > LONGEST or len(common) > LONGEST:
        raise InputError(f"理由不超过 {LONGEST} 字。")
    return own or common


def _shown(ask: Ask, ids: list[int], typed: Fields, *, why: str = "", status: int = 200) -> Response:
    found = candidates(ask.office, ids)
    return page(
        ask.request, "events_confirm.html", status=status, found=found, why=why, typed=typed, most=MOST,
        able=sum(not one.refusal for one in found), longest=LONGEST,
    )  # fmt: skip
