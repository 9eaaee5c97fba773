"""整改反馈表, filled in online by the unit, an item of a notice at a time."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.appeals import found
from app.attachments import ALLOWED
from app.event_list import listed
from app.feedback import LIFTED, LONGEST, Reply, event_feedback, give_feedback
from domain.clock import local_day
from domain.errors import InputError
from domain.users import STAFF, Role
from web.access import Own, allow
from web.deps import Ask, Asked
from web.pages import page
from web.uploads import uploads
from web.withheld import KEEPS_SECRETS

routes = APIRouter(dependencies=[KEEPS_SECRETS])
EMPTY = {"cause": "", "done": "", "done_on": "", "person": "", "phone": ""}


@routes.get("/events/{event_id}/feedback")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def feedback(ask: Asked, event_id: int) -> Response:
    return _form(ask, event_id)


@routes.post("/events/{event_id}/feedback")
@allow(Role.UNIT, own=Own.EVENT)
def give(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    event_id: int,
    cause: Annotated[str, Form()] = "",
    done: Annotated[str, Form()] = "",
    done_on: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    phone: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Add a report; the newest counts, earlier ones stay."""
    try:
        reply = Reply(
            cause=cause, done=done, done_on=_day(done_on), person=person, phone=phone, files=uploads(files)
        )
        give_feedback(ask.office, event_id, reply, by=ask.user.person)
    except InputError as error:
        typed = {"cause": cause, "done": done, "done_on": done_on, "person": person, "phone": phone}
        return _form(ask, event_id, why=str(error), typed=typed, status=409)
    return RedirectResponse(f"/events/{event_id}/feedback", HTTPStatus.SEE_OTHER)


def _form(
    ask: Ask, event_id: int, *, why: str = "", typed: dict[str, str] | None = None, status: int = 200
) -> Response:
    event = found(ask.office, event_id)
    given = event_feedback(ask.office, event_id)
    may_give = ask.user.role is Role.UNIT and bool(given) and event.state not in LIFTED
    return page(
        ask.request, "feedback.html", status=status, event=event, row=listed(ask.office, event),
        feedback=given, typed=typed or EMPTY, why=why, may_give=may_give, allowed=ALLOWED, longest=LONGEST,
        today=local_day(ask.office.now()),
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError("请填完成日期，如 2026-10-12。") from None
