"""单位表: units, columns, accounts, apps in tables and forms; the files under units/ are what is changed."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from app.exemptions import exemptions
from app.paging import paged
from app.register_edit import add_objects, save_object, wrong_fields
from app.register_view import part_called, register_rows, registered, unit_choices
from config.register_fields import PARTS, Part
from domain.errors import ConfigError, RefusedError
from domain.register import WorkbookError
from web.access import KEEPERS, allow
from web.deps import Ask, Asked
from web.forms import Fields
from web.pages import page

routes = APIRouter()
IN_FORM_ONLY = frozenset({
    "aliases", "valid_from", "valid_to", "account_id", "registered_name", "verified_subject", "full_coverage",
    "synced_within_days", "credential", "page_url",
})  # fmt: skip
"""What the tables leave to the forms: a row must fit the screen."""


@routes.get("/register")
@allow(*KEEPERS)
def register(ask: Asked) -> Response:
    return RedirectResponse("/register/part/units", HTTPStatus.SEE_OTHER)


@routes.get("/register/part/{part}")
@allow(*KEEPERS)
def table(
    ask: Asked, part: str, q: str = "", unit: str = "", number: Annotated[int, Query(alias="page")] = 1
) -> Response:
    this, folder = part_called(part), ask.office.settings.dir
    found = paged(register_rows(folder, this, q.strip()[:100], unit), number)
    asked = {name: value for name, value in (("q", q), ("unit", unit)) if value}
    shown = [field for field in this.fields if field.key not in IN_FORM_ONLY]
    return page(
        ask.request, "register/table.html", part=this, parts=PARTS, found=found, shown=shown, q=q, unit=unit,
        units=unit_choices(folder), further=urlencode(asked),
    )  # fmt: skip


@routes.get("/register/part/{part}/new")
@allow(*KEEPERS)
def blank(ask: Asked, part: str, unit: str = "") -> Response:
    this = part_called(part)
    named = dict(unit_choices(ask.office.settings.dir)).get(unit, "") if unit else ""
    cells = {field.key: named if field.key == "unit" else field.default for field in this.fields}
    return _form(ask, this, cells)


@routes.post("/register/part/{part}/new")
@allow(*KEEPERS)
def add(ask: Asked, part: str, fields: Fields) -> Response:
    this = part_called(part)
    cells = _cells(this, fields)
    try:
        [made] = add_objects(ask.office, part, [cells], by=ask.user.person)
    except WorkbookError as error:
        return _form(ask, this, cells, wrong=wrong_fields(this, error), status=409)
    except (ConfigError, RefusedError) as error:
        return _form(ask, this, cells, wrong={"": str(error)}, status=409)
    return _saved(this, made.id)


@routes.get("/register/part/{part}/object/{object_id}")
@allow(*KEEPERS)
def form(ask: Asked, part: str, object_id: str, saved: bool = False) -> Response:
    found = registered(ask.office.settings.dir, part_called(part), object_id)
    return _form(
        ask, found.part, found.cells, seen=found.version, file=found.file, object_id=object_id, saved=saved
    )  # fmt: skip


@routes.post("/register/part/{part}/object/{object_id}")
@allow(*KEEPERS)
def save(ask: Asked, part: str, object_id: str, fields: Fields) -> Response:
    """Refused when the file changed since the form was shown (`seen`); mistakes stand at their fields."""
    this, seen = part_called(part), fields.get("seen", "")
    cells = {**_cells(this, fields), "id": object_id}
    wrong: Mapping[str, str]
    try:
        save_object(ask.office, part, cells, seen=seen, by=ask.user.person)
    except WorkbookError as error:
        wrong = wrong_fields(this, error)
    except (ConfigError, RefusedError) as error:
        wrong = {"": str(error)}
    else:
        return _saved(this, object_id)
    there = registered(ask.office.settings.dir, this, object_id)
    return _form(
        ask, this, {**there.cells, **cells}, seen=seen, file=there.file, object_id=object_id, wrong=wrong,
        status=409,
    )  # fmt: skip


@routes.get("/register/exemptions")
@allow(*KEEPERS)
def exempt(ask: Asked) -> Response:
    return page(
        ask.request, "register/exemptions.html", parts=PARTS, found=exemptions(ask.office)
    )  # fmt: skip


def _cells(part: Part, fields: Mapping[str, str]) -> dict[str, str]:
    return {field.key: fields[field.key] for field in part.fields if field.key in fields}


def _saved(part: Part, object_id: str) -> Response:
    where = f"/register/part/{part.key}/object/{quote(object_id)}?saved=1"
    return RedirectResponse(where, HTTPStatus.SEE_OTHER)


def _form(  # noqa: PLR0913 - what a form shows
    ask: Ask, part: Part, cells: Mapping[str, str], *, seen: str = "", file: str = "", object_id: str = "",
    wrong: Mapping[str, str] | None = None, saved: bool = False, status: int = 200,
) -> Response:  # fmt: skip
    """The form of an object, of a new one without `object_id`."""
    units = [name for _, name in unit_choices(ask.office.settings.dir)]
    return page(
        ask.request, "register/form.html", status=status, part=part, parts=PARTS, cells=cells, seen=seen,
        file=file, object_id=object_id, wrong=wrong or {}, saved=saved,
        units=units if part.key == "columns" else units[1:],
    )  # fmt: skip
