"""登记: what each unit is registered for (已开设, 未开通, 不涉及), recorded and corrected in forms."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from app.paging import Paged, paged
from app.register_edit import wrong_fields
from app.registrations import record, save_record, unit_records
from config.register_fields import PARTS, REGISTRATIONS
from domain.errors import ConfigError, RefusedError
from domain.register import WorkbookError
from web.access import KEEPERS, allow
from web.deps import Ask, Asked
from web.forms import Fields
from web.pages import page

routes = APIRouter()


@routes.get("/register/registrations")
@allow(*KEEPERS)
def every_unit(ask: Asked, q: str = "", number: Annotated[int, Query(alias="page")] = 1) -> Response:
    units = [unit for unit in ask.office.registry.units if q.strip() in unit.name]
    found = paged(units, number)
    rows = [unit_records(ask.office, unit.id) for unit in found.rows]
    return page(
        ask.request, "register/registrations.html", parts=PARTS, q=q,
        found=Paged(rows=rows, total=found.total, at=found.at, pages=found.pages),
    )  # fmt: skip


@routes.get("/register/registrations/{unit_id}")
@allow(*KEEPERS)
def one_unit(ask: Asked, unit_id: str, saved: bool = False) -> Response:
    found = unit_records(ask.office, unit_id)
    return page(ask.request, "register/registration_list.html", parts=PARTS, found=found, saved=saved)


@routes.get("/register/registrations/{unit_id}/record")
@allow(*KEEPERS)
def form(ask: Asked, unit_id: str, kind: str = "", since: str = "") -> Response:
    """The form of one record; of a new one where there is none of that kind and day."""
    there = record(ask.office, unit_id, kind, since)
    cells = there or {"kind": kind, "state": "", "since": since, "reason": "", "by": ask.user.person}
    return _form(ask, unit_id, cells, over=(kind, since) if there else None)


@routes.post("/register/registrations/{unit_id}/record")
@allow(*KEEPERS)
def save(ask: Asked, unit_id: str, fields: Fields, kind: str = "", since: str = "") -> Response:
    """Mistakes stand at their fields; refused when the file changed since the form was shown (`seen`)."""
    cells = {one.key: fields.get(one.key, "") for one in REGISTRATIONS.fields}
    over = (kind, since) if record(ask.office, unit_id, kind, since) else None
    wrong: Mapping[str, str]
    try:
        save_record(
            ask.office, unit_id, cells, over=over, seen=fields.get("seen", ""), by=ask.user.person
        )  # fmt: skip
    except WorkbookError as error:
        wrong = wrong_fields(REGISTRATIONS, error)
    except (ConfigError, RefusedError) as error:
        wrong = {"": str(error)}
    else:
        return RedirectResponse(
            f"/register/registrations/{quote(unit_id)}?saved=1", HTTPStatus.SEE_OTHER
        )  # fmt: skip
    return _form(ask, unit_id, cells, over=over, wrong=wrong, seen=fields.get("seen", ""))


def _form(
    ask: Ask, unit_id: str, cells: Mapping[str, str], *, over: tuple[str, str] | None,
    wrong: Mapping[str, str] | None = None, seen: str = "",
) -> Response:  # fmt: skip
    found = unit_records(ask.office, unit_id)
    return page(
        ask.request, "register/registration.html", status=409 if wrong else 200, parts=PARTS, found=found,
        part=REGISTRATIONS, cells=cells, wrong=wrong or {}, over=over, seen=seen or found.version,
    )  # fmt: skip
