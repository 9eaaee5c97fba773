"""得分: the matrix, one unit's sheet, one clause with its events and marks, what is open."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.attachments import ALLOWED, Upload, attachments
from app.board import Board
from app.clues import reads_clues
from app.marks import Said, mark
from app.score_view import (
    ClauseView,
    attachment,
    chosen_year,
    clause_view,
    matrix,
    of_cell,
    open_clauses,
    open_items,
    score_years,
)
from domain.errors import InputError
from domain.scores import ClauseState
from domain.users import STAFF, Role
from web.access import DECIDERS, KEEPERS, Own, allow, staff
from web.deps import Ask, Asked
from web.downloads import download
from web.pages import page
from web.typed import Typed

routes = APIRouter()
OPEN_STATES = (ClauseState.PROPOSED, ClauseState.PENDING)


@routes.get("/scores")
@staff()
def scores(
    ask: Asked, annex: int = 1, q: str = "", year: int | None = None,
    number: Annotated[int, Query(alias="page")] = 1,
) -> Response:  # fmt: skip
    board = ask.board(chosen_year(ask.office, year))
    found = matrix(ask.office, board, annex, q[:60], number)
    return page(
        ask.request, "scores.html", board=board, found=found, q=q, annexes=sorted(ask.office.rubrics),
        of_cell=of_cell, ranking=ask.office.settings.ranking, years=score_years(ask.office),
        of_year=_of_year(board),
        further=urlencode({"annex": annex, "q": q, "year": board.year}),
    )  # fmt: skip


@routes.get("/open-clauses")
@staff()
def open_list(
    ask: Asked, q: str = "", clause: str = "", state: str = "",
    number: Annotated[int, Query(alias="page")] = 1,
) -> Response:  # fmt: skip
    """待定事项: every clause of a unit that nobody and nothing has settled."""
    board = ask.board()
    found = open_items(ask.office, board, words=q[:60], clause_id=clause, state=state, page=number)
    asked = {"q": q, "clause": clause, "state": state}
    return page(
        ask.request, "open_clauses.html", board=board, found=found, asked=asked, clauses=open_clauses(board),
        states=OPEN_STATES, keeps=ask.user.role in KEEPERS,
        further=urlencode({name: value for name, value in asked.items() if value}),
    )  # fmt: skip


@routes.get("/scores/{unit_id}")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def sheet(ask: Asked, unit_id: str, year: int | None = None) -> Response:
    board, unit = _board(ask, unit_id, year), ask.office.unit(unit_id)
    return page(
        ask.request, "sheet.html", board=board, unit=unit, sheet=board.sheets.get(unit.id),
        years=score_years(ask.office), of_year=_of_year(board), keeps=ask.user.role in KEEPERS,
    )  # fmt: skip


@routes.get("/scores/{unit_id}/{clause_id}")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def clause(ask: Asked, unit_id: str, clause_id: str, year: int | None = None) -> Response:
    board = _board(ask, unit_id, year)
    return _clause_page(ask, board, _view(ask, board, unit_id, clause_id), Typed())


@routes.post("/scores/{unit_id}/{clause_id}/marks")
@allow(*DECIDERS)
def enter(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    unit_id: str,
    clause_id: str,
    year: int | None = None,
    points: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    clear: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006 - read only
) -> Response:
    """Enter a mark, or take the last one back (`clear`). Who and when come from the log-in."""
    board = _board(ask, unit_id, year)
    view = _view(ask, board, unit_id, clause_id)
    typed = Typed({"points": points, "reason": reason})
    said = typed.words("reason", "理由")
    given = None if clear else typed.points("points", "分值", view.full)
    sent = _sent(files, typed)
    if typed.wrong:
        return _clause_page(ask, board, view, typed, status=422)
    try:
        whole = Said(points=given, by=ask.user.person, reason=said, files=sent)
        mark(ask.office, unit_id, clause_id, whole, year=board.year)
    except InputError as error:
        return _clause_page(ask, board, view, typed, why=str(error), status=409)
    return RedirectResponse(f"/scores/{view.unit.id}/{view.clause.id}{_of_year(board)}", HTTPStatus.SEE_OTHER)


@routes.get("/scores/{unit_id}/marks/{mark_id}/{sha256}")
@staff()
def attached(ask: Asked, unit_id: str, mark_id: int, sha256: str) -> Response:
    return download(*attachment(ask.office, unit_id, mark_id, sha256))


def _sent(files: list[UploadFile], typed: Typed) -> tuple[Upload, ...]:
    """The files chosen; what is wrong with one is told at the field."""
    sent = tuple(Upload(name=one.filename, data=one.file.read()) for one in files if one.filename)
    try:
        attachments(sent)
    except InputError as error:
        typed.wrong["files"] = str(error)
    return sent


def _view(ask: Ask, board: Board, unit_id: str, clause_id: str) -> ClauseView:
    return clause_view(ask.office, board, unit_id, clause_id, secrets=reads_clues(ask.office, ask.user))


def _board(ask: Ask, unit_id: str, year: int | None) -> Board:
    return ask.board(chosen_year(ask.office, year), of=unit_id)


def _of_year(board: Board) -> str:
    """What leads from page to page of an earlier year; nothing for today's."""
    return f"?year={board.year}" if board.year != board.day.year else ""


def _clause_page(
    ask: Ask, board: Board, view: ClauseView, typed: Typed, *, why: str = "", status: int = 200
) -> Response:
    return page(
        ask.request, "clause.html", status=status, board=board, of_year=_of_year(board), view=view,
        typed=typed, why=why, may=ask.user.role in DECIDERS, joint=view.unit.office_own, allowed=ALLOWED,
        staff=ask.user.role in STAFF, keeps=ask.user.role in KEEPERS,
    )  # fmt: skip
