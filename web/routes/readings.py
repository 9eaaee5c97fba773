"""读取方式: selectors for a column that is not recognised by itself, tried on the live page, then saved."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from app.reading_edit import KEYS, drop_reading, registered_reading, save_reading, tried
from app.register_edit import wrong_fields
from config.register_fields import PARTS, READING
from domain.errors import ConfigError, CrawlError, InputError, RefusedError
from domain.register import WorkbookError
from web.access import KEEPERS, allow
from web.deps import Ask, Asked
from web.forms import Fields
from web.pages import page

routes = APIRouter()


@routes.get("/register/reading/{column_id}")
@allow(*KEEPERS)
def form(ask: Asked, column_id: str, saved: bool = False) -> Response:
    return _form(ask, column_id, registered_reading(ask.office, column_id).cells, saved=saved)


@routes.post("/register/reading/{column_id}")
@allow(*KEEPERS)
def act(ask: Asked, column_id: str, fields: Fields) -> Response:
    """试读, 保存 what was tried, or 改回自动识别 (`do`); mistakes stand at their fields."""
    cells = {key: fields.get(key, "") for key in KEYS}
    seen, do, by = fields.get("seen", ""), fields.get("do", "try"), ask.user.person
    try:
        if do == "try":
            found, stamp = tried(ask.office, column_id, cells)
            return _form(ask, column_id, cells, found=found, stamp=stamp, seen=seen)
        if do == "drop":
            drop_reading(ask.office, column_id, seen=seen, by=by)
        else:
            save_reading(
                ask.office, column_id, cells, stamp=fields.get("stamp", ""), seen=seen, by=by
            )  # fmt: skip
    except WorkbookError as error:
        return _form(ask, column_id, cells, wrong=wrong_fields(READING, error), seen=seen)
    except (ConfigError, CrawlError, InputError, RefusedError) as error:
        return _form(ask, column_id, cells, wrong={"": str(error)}, seen=seen)
    return RedirectResponse(f"/register/reading/{quote(column_id)}?saved=1", HTTPStatus.SEE_OTHER)


def _form(  # noqa: PLR0913 - what the form shows
    ask: Ask, column_id: str, cells: Mapping[str, str], *, found: Mapping[str, Any] | None = None,
    stamp: str = "", wrong: Mapping[str, str] | None = None, seen: str = "", saved: bool = False,
) -> Response:  # fmt: skip
    there = registered_reading(ask.office, column_id)
    return page(
        ask.request, "register/reading.html", status=409 if wrong else 200, parts=PARTS, part=READING,
        column_id=column_id, there=there, cells=cells, tried=found or {}, stamp=stamp, wrong=wrong or {},
        seen=seen or there.version, saved=saved, why="",
    )  # fmt: skip
