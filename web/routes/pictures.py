"""Pictures of a unit's page, drawn when somebody sees them; and the same as a table."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, Response

from app.board import Board
from app.painting import Pictures
from app.score_view import chosen_year, score_years
from app.trend import lost_by_month
from app.unit_pictures import lost_svg, timeline_svg, unit_timeline
from domain.users import STAFF, Role
from web.access import Own, allow
from web.deps import Ask, Asked
from web.pages import page

AT_ONCE = 4
"""So many requests ask for pictures; others wait without taking a thread from the pages."""


@asynccontextmanager
async def painting(app: FastAPI) -> AsyncIterator[None]:
    app.state.pictures, app.state.picture_threads = Pictures(), CapacityLimiter(AT_ONCE)
    yield
    await to_thread.run_sync(app.state.pictures.close)


routes = APIRouter(lifespan=painting)


@routes.get("/units/{unit_id}/timeline.svg")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
async def timeline_picture(
    ask: Asked, unit_id: str, narrow: bool = False, year: int | None = None
) -> Response:
    return await _picture(ask, partial(_timeline, ask, unit_id, narrow, year))


@routes.get("/units/{unit_id}/lost.svg")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
async def lost_picture(ask: Asked, unit_id: str, narrow: bool = False, year: int | None = None) -> Response:
    return await _picture(ask, partial(_lost, ask, unit_id, narrow, year))


@routes.get("/units/{unit_id}/timeline")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def timeline_table(ask: Asked, unit_id: str, year: int | None = None) -> Response:
    """What the two pictures show, in words and figures; of an earlier score year too."""
    board, unit = _board(ask, unit_id, year), ask.office.unit(unit_id)
    sheet, figure = board.sheets.get(unit.id), unit_timeline(ask.office, board, unit.id)
    return page(
        ask.request, "timeline.html", board=board, unit=unit, figure=figure, sheet=sheet,
        lost=lost_by_month(sheet) if sheet is not None else None, years=score_years(ask.office),
        asked_year=board.year if board.year != board.day.year else None,
    )  # fmt: skip


async def _picture(ask: Ask, draw: Callable[[], str]) -> Response:
    threads: CapacityLimiter = ask.request.app.state.picture_threads
    return Response(await to_thread.run_sync(draw, limiter=threads), media_type="image/svg+xml")


def _timeline(ask: Ask, unit_id: str, narrow: bool, year: int | None) -> str:
    pictures: Pictures = ask.request.app.state.pictures
    return timeline_svg(pictures, ask.office, _board(ask, unit_id, year), unit_id, narrow=narrow)


def _lost(ask: Ask, unit_id: str, narrow: bool, year: int | None) -> str:
    pictures: Pictures = ask.request.app.state.pictures
    return lost_svg(pictures, ask.office, _board(ask, unit_id, year), unit_id, narrow=narrow)


def _board(ask: Ask, unit_id: str, year: int | None) -> Board:
    """Raises InputError for a year without sheets."""
    return ask.board(chosen_year(ask.office, year), of=unit_id)
