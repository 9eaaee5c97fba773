"""两人评分: a mark for one of the office's own units, proposed by one user and signed by another."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.attachments import ALLOWED
from app.joint import refuse, same, waiting
from app.joint_deeds import mark_clause, mark_of, sign_mark
from app.marks import Said
from app.proposals import proposed_file
from app.score_view import ClauseView, clause_view
from domain.errors import InputError
from domain.records import Deed
from web.access import DECIDERS, allow
from web.deps import Ask, Asked
from web.downloads import download
from web.pages import page
from web.typed import Typed
from web.uploads import uploads

routes = APIRouter()


@routes.get("/scores/{unit_id}/{clause_id}/joint")
@allow(*DECIDERS)
def joint(ask: Asked, unit_id: str, clause_id: str) -> Response:
    """What waits to be signed, else the form that proposes. Marks of other units take one person."""
    view = _view(ask, unit_id, clause_id)
    return _shown(ask, view, Typed()) if view.unit.office_own else _elsewhere(view)


@routes.get("/scores/{unit_id}/{clause_id}/joint/{sha256}")
@allow(*DECIDERS)
def attached(ask: Asked, unit_id: str, clause_id: str, sha256: str) -> Response:
    """An attachment of the waiting proposal, for who is to sign."""
    view = _view(ask, unit_id, clause_id)
    if not view.unit.office_own:
        return _elsewhere(view)
    return download(
        *proposed_file(ask.office, waiting(ask.office, mark_of(view.unit.id, clause_id, view.year)), sha256)
    )


@routes.post("/scores/{unit_id}/{clause_id}/joint")
@allow(*DECIDERS)
def proposed(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    unit_id: str,
    clause_id: str,
    points: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    clear: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Propose a mark, or that the last one is taken back (`clear`)."""
    view, typed = _view(ask, unit_id, clause_id), Typed({"points": points, "reason": reason})
    if not view.unit.office_own:
        return _elsewhere(view)
    said = typed.words("reason", "理由")
    given = None if clear else typed.points("points", "分值", view.full)
    if typed.wrong:
        return _shown(ask, view, typed, status=422)
    try:
        whole = Said(points=given, by=ask.user.person, reason=said, files=uploads(files))
        mark_clause(ask.office, view.unit.id, clause_id, whole, user=ask.user)
    except InputError as error:
        return _shown(ask, view, typed, why=str(error), status=409)
    return _back(view)


@routes.post("/scores/{unit_id}/{clause_id}/joint/signature")
@allow(*DECIDERS)
def signature(
    ask: Asked,
    unit_id: str,
    clause_id: str,
    seen: Annotated[int, Form()],
    agreed: Annotated[bool, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """The second person signs or disagrees; who proposed may only take it back. `seen`: the proposal."""
    view = _view(ask, unit_id, clause_id)
    matter = mark_of(view.unit.id, clause_id, view.year)
    try:
        if agreed:
            sign_mark(ask.office, matter, seen, user=ask.user)
        else:
            refuse(ask.office, matter, seen, user=ask.user, reason=reason)
    except InputError as error:
        return _shown(ask, view, Typed(), why=str(error), status=409)
    return _back(view)


def _view(ask: Ask, unit_id: str, clause_id: str) -> ClauseView:
    """Raises InputError (unknown)."""
    return clause_view(ask.office, ask.board(), unit_id, clause_id)


def _elsewhere(view: ClauseView) -> Response:
    return RedirectResponse(f"/scores/{view.unit.id}/{view.clause.id}", HTTPStatus.SEE_OTHER)


def _back(view: ClauseView) -> Response:
    return RedirectResponse(f"/scores/{view.unit.id}/{view.clause.id}/joint", HTTPStatus.SEE_OTHER)


def _shown(ask: Ask, view: ClauseView, typed: Typed, *, why: str = "", status: int = 200) -> Response:
    matter = mark_of(view.unit.id, view.clause.id, view.year)
    first = waiting(ask.office, matter)
    return page(
        ask.request, "joint_mark.html", status=status, view=view, typed=typed, why=why, first=first,
        own_proposal=first is not None and same(first, ask.user), allowed=ALLOWED,
        steps=ask.office.archive.steps(Deed.MARK, matter.subject),
    )  # fmt: skip
