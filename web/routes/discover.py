"""找栏目: a portal's address, what it proposes, choose, try, save as 试运行; and 试读 of one column."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.portal_looks import Search, Searches, column_of, try_column, try_list
from app.register_edit import add_objects
from app.register_view import registered_urls, unit_choices
from config.register_fields import PARTS
from domain.errors import ConfigError, CrawlError, InputError
from domain.register import WorkbookError
from domain.units import ColumnKind
from web.access import KEEPERS, allow
from web.deps import Ask, Asked
from web.forms import Fields
from web.pages import page

routes = APIRouter()


@routes.get("/register/discover")
@allow(*KEEPERS)
def start_page(ask: Asked) -> Response:
    return _start(ask)


@routes.post("/register/discover")
@allow(*KEEPERS)
def start(
    ask: Asked, url: Annotated[str, Form()] = "", unit: Annotated[str, Form()] = "",
    depth: Annotated[int, Form(ge=0, le=2)] = 1, tries: Annotated[bool, Form()] = False,
) -> Response:  # fmt: skip
    try:
        search = _searches(ask).start(ask.office, url, unit=unit, depth=depth, try_lists=tries)
    except InputError as error:
        return _start(ask, why=str(error), url=url, unit=unit, status=409)
    return RedirectResponse(f"/register/discover/{search}", HTTPStatus.SEE_OTHER)


@routes.get("/register/discover/{search_id}")
@allow(*KEEPERS)
def search(ask: Asked, search_id: str) -> Response:
    """The proposals, or how far it is: that part asks again by itself."""
    return _search(ask, _searches(ask).get(search_id))


@routes.post("/register/discover/{search_id}")
@allow(*KEEPERS)
def save(ask: Asked, search_id: str, fields: Fields) -> Response:
    """The chosen columns into the register, without a day to begin with: 试运行."""
    found = _searches(ask).get(search_id)
    picked = [number for number in range(len(found.columns)) if f"pick-{number}" in fields]
    if not picked:
        return _search(ask, found, fields=fields, why="一个也没有选。请在要登记的栏目前打勾。", status=409)
    unit = dict(unit_choices(ask.office.settings.dir))[found.unit]
    objects = [_object(found, number, fields, unit) for number in picked]
    try:
        made = add_objects(ask.office, "columns", objects, by=ask.user.person)
    except WorkbookError as error:
        wrong = {
            picked[(one.row or 1) - 1]: f"{one.column}：{one.what}。{one.way_out}" for one in error.problems
        }
        return _search(ask, found, fields=fields, wrong=wrong, why="请改正下面标出的地方。", status=409)
    except ConfigError as error:
        return _search(ask, found, fields=fields, why=str(error), status=409)
    return _search(ask, found, saved=len(made))


@routes.post("/register/try")
@allow(*KEEPERS)
def try_address(ask: Asked, url: Annotated[str, Form()] = "") -> Response:
    """An address that is not registered (yet): the reading alone, as a part of a page."""
    try:
        tried, why = try_list(ask.office, url), ""
    except (InputError, CrawlError) as error:
        tried, why = {}, str(error)
    return page(ask.request, "_partials/tried.html", tried=tried, why=why)


@routes.get("/register/try/{column_id}")
@allow(*KEEPERS)
def try_page(ask: Asked, column_id: str) -> Response:
    return _tried(ask, column_id)


@routes.post("/register/try/{column_id}")
@allow(*KEEPERS)
def try_registered(ask: Asked, column_id: str) -> Response:
    try:
        return _tried(ask, column_id, tried=try_column(ask.office, column_id))
    except CrawlError as error:
        return _tried(ask, column_id, why=str(error))


def _object(found: Search, number: int, fields: Mapping[str, str], unit: str) -> dict[str, str]:
    column = found.columns[number]["column"]
    typed = {key: fields.get(f"{key}-{number}", "") for key in ("name", "kind", "clock")}
    return {**typed, "unit": unit, "url": str(column["url"])}


def _searches(ask: Ask) -> Searches:
    searches: Searches = ask.request.app.state.searches
    return searches


def _start(ask: Ask, *, why: str = "", url: str = "", unit: str = "", status: int = 200) -> Response:
    return page(
        ask.request, "register/discover.html", status=status, parts=PARTS, why=why, url=url, unit=unit,
        units=unit_choices(ask.office.settings.dir),
    )  # fmt: skip


def _search(  # noqa: PLR0913 - what the page shows
    ask: Ask, found: Search, *, fields: Mapping[str, str] | None = None, why: str = "",
    wrong: Mapping[int, str] | None = None, saved: int = 0, status: int = 200,
) -> Response:  # fmt: skip
    if ask.htmx and not found.done:
        return page(ask.request, "_partials/search.html", search=found)
    if ask.htmx:  # done: the whole page comes
        return Response(headers={"HX-Refresh": "true"})
    folder = ask.office.settings.dir
    return page(
        ask.request, "register/search.html", status=status, parts=PARTS, search=found, why=why,
        wrong=wrong or {}, saved=saved, fields=fields, kinds=[kind.value for kind in ColumnKind],
        there=registered_urls(folder), unit=dict(unit_choices(folder)).get(found.unit, ""),
    )  # fmt: skip


def _tried(ask: Ask, column_id: str, *, tried: Mapping[str, Any] | None = None, why: str = "") -> Response:
    column = column_of(ask.office, column_id)
    return page(
        ask.request, "register/try.html", parts=PARTS, column=column, tried=tried or {}, why=why
    )  # fmt: skip
