"""申诉: filed by the unit, decided by another person, or by two for the office's own units."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.appeal_list import appeal_list
from app.appeals import appeal_until, file_appeal, found, why_not
from app.attachments import ALLOWED
from app.event_list import listed
from app.joint import LONGEST, refuse, same
from app.joint_deeds import appeal_of, appeal_proposal, rule, sign_appeal, takes_two
from domain.errors import InputError
from domain.records import AppealOutcome, Deed
from domain.users import STAFF, Role
from web.access import DECIDERS, Own, allow
from web.deps import Ask, Asked
from web.pages import page
from web.uploads import uploads

routes = APIRouter()


@routes.get("/appeals")
@allow(*STAFF, Role.UNIT, own=Own.FILTERS)
def all_appeals(ask: Asked, show: str = "", number: Annotated[int, Query(alias="page")] = 1) -> Response:
    """`show`: open or nothing. Users of a unit get their own unit's, whatever they ask."""
    mine = ask.user.role is Role.UNIT
    own = ask.user.unit_id or "" if mine else None
    listing = appeal_list(ask.office, unit_id=own, open_only=show == "open", page=number)
    return page(ask.request, "appeals.html", found=listing, show=show, mine=mine)


@routes.get("/events/{event_id}/appeal")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def appeal(ask: Asked, event_id: int) -> Response:
    return _shown(ask, event_id)


@routes.post("/events/{event_id}/appeal")
@allow(Role.UNIT, own=Own.EVENT)
def file(
    ask: Asked, event_id: int, reason: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:  # fmt: skip
    """The unit objects, within the period its notice names."""
    try:
        if not reason.strip() or len(reason) > LONGEST:
            raise InputError(f"请写明申诉理由（不超过 {LONGEST} 字；更多的内容请作为附件）。")
        file_appeal(ask.office, event_id, by=ask.user.person, reason=reason, files=uploads(files))
    except InputError as error:
        return _shown(ask, event_id, why=str(error), reason=reason, status=409)
    return _back(event_id)


@routes.post("/events/{event_id}/appeal/decision")
@allow(*DECIDERS)
def decision(
    ask: Asked, event_id: int, outcome: Annotated[AppealOutcome, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Decided at once; for the office's own units only proposed, and a second person's to sign."""
    try:
        rule(ask.office, event_id, outcome, user=ask.user, reason=reason)
    except InputError as error:
        return _shown(ask, event_id, why=str(error), reason=reason, status=409)
    return _back(event_id)


@routes.post("/events/{event_id}/appeal/signature")
@allow(*DECIDERS)
def signature(
    ask: Asked, event_id: int, seen: Annotated[int, Form()], agreed: Annotated[bool, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """The second person signs or disagrees; who proposed may only take it back. `seen`: the proposal."""
    try:
        if agreed:
            sign_appeal(ask.office, event_id, seen, user=ask.user)
        else:
            refuse(ask.office, appeal_of(event_id), seen, user=ask.user, reason=reason)
    except InputError as error:
        return _shown(ask, event_id, why=str(error), reason=reason, status=409)
    return _back(event_id)


def _back(event_id: int) -> Response:
    return RedirectResponse(f"/events/{event_id}/appeal", HTTPStatus.SEE_OTHER)


def _shown(ask: Ask, event_id: int, *, why: str = "", reason: str = "", status: int = 200) -> Response:
    event = found(ask.office, event_id)
    first = appeal_proposal(ask.office, event)
    return page(
        ask.request, "appeal.html", status=status, event=event, row=listed(ask.office, event), why=why,
        reason=reason, until=appeal_until(ask.office, event), allowed=ALLOWED, longest=LONGEST,
        refusal=why_not(ask.office, event, ask.office.now()), unit_user=ask.user.role is Role.UNIT,
        may_decide=ask.user.role in DECIDERS and event.open_appeal is not None, first=first,
        own_proposal=first is not None and same(first, ask.user),
        takes_two=takes_two(ask.office, event.unit_id),
        steps=ask.office.archive.steps(Deed.APPEAL, f"event:{event_id}")
        if ask.user.role is not Role.UNIT else (),
    )  # fmt: skip
