"""Deeds of two persons that have no page of their own: checks adopted, subjects attested."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.joint import same
from app.proposals import (
    about,
    disagree,
    files_of,
    link_of,
    proposal,
    proposed_file,
    sign,
    unit_id_of,
    what_came,
)
from domain.errors import InputError
from web.access import DECIDERS, allow
from web.deps import Ask, Asked
from web.downloads import download
from web.pages import page

routes = APIRouter()


@routes.get("/proposals/{proposal_id}")
@allow(*DECIDERS)
def shown(ask: Asked, proposal_id: int) -> Response:
    """What waits to be signed, or what became of it; decisions, appeals and marks have pages of their own."""
    link = link_of(proposal(ask.office, proposal_id, ask.user))
    own = f"/proposals/{proposal_id}"
    return _page(ask, proposal_id) if link == own else RedirectResponse(link, HTTPStatus.SEE_OTHER)


@routes.get("/proposals/{proposal_id}/files/{sha256}")
@allow(*DECIDERS)
def attached(ask: Asked, proposal_id: int, sha256: str) -> Response:
    first = proposal(ask.office, proposal_id, ask.user)
    return download(*proposed_file(ask.office, first, sha256))


@routes.post("/proposals/{proposal_id}/signature")
@allow(*DECIDERS)
def signature(
    ask: Asked, proposal_id: int, agreed: Annotated[bool, Form()], reason: Annotated[str, Form()] = ""
) -> Response:
    """The second person signs or disagrees; who proposed may only take it back."""
    first = proposal(ask.office, proposal_id, ask.user)
    try:
        if agreed:
            sign(ask.office, first, user=ask.user)
        else:
            disagree(ask.office, first, user=ask.user, reason=reason)
    except InputError as error:
        return _page(ask, proposal_id, why=str(error), status=409)
    return RedirectResponse(f"/proposals/{proposal_id}", HTTPStatus.SEE_OTHER)


def _page(ask: Ask, proposal_id: int, *, why: str = "", status: int = 200) -> Response:
    first = proposal(ask.office, proposal_id, ask.user)
    return page(
        ask.request, "proposal.html", status=status, first=first, about=about(ask.office, first),
        unit_id=unit_id_of(ask.office, first),
        ended=what_came(ask.office, first), files=files_of(first), own_proposal=same(first, ask.user),
        why=why, steps=ask.office.archive.steps(first.deed, first.subject),
    )  # fmt: skip
