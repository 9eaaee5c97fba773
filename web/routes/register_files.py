"""单位表 as a workbook: out, and back in with a preview of what would change."""

from typing import Annotated

from fastapi import APIRouter, Form, Response, UploadFile

from app.register import import_register, office_register, register_version
from app.register_edit import log_import
from app.register_upload import keep_upload, kept_upload
from config.register_fields import PARTS
from domain.errors import ConfigError, InputError, RefusedError
from domain.register import Import, WorkbookError
from web.access import KEEPERS, allow
from web.deps import Ask, Asked
from web.downloads import download
from web.pages import page

routes = APIRouter()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@routes.get("/register/export")
@allow(*KEEPERS)
def export(ask: Asked) -> Response:
    return download("单位表.xlsx", ask.workshop.do(office_register, ask.office))


@routes.get("/register/import")
@allow(*KEEPERS)
def upload_page(ask: Asked) -> Response:
    return _shown(ask)


@routes.post("/register/import")
@allow(*KEEPERS)
def preview(ask: Asked, file: UploadFile | None = None) -> Response:
    """What the workbook would change; nothing is written."""
    try:
        name = keep_upload(ask.office, file.file.read() if file is not None else b"")
        return _tried(ask, name)
    except InputError as error:
        return _shown(ask, why=str(error), status=409)


@routes.post("/register/import/confirm")
@allow(*KEEPERS)
def confirm(ask: Asked, name: Annotated[str, Form()] = "", seen: Annotated[str, Form()] = "") -> Response:
    """What was previewed is written, unless the register changed since."""
    try:
        book = kept_upload(ask.office, name)
        if not seen:
            raise RefusedError("请先看过差异再保存。")
        done = import_register(ask.office.settings.dir, book, write=True, seen=seen)
    except (InputError, ConfigError) as error:
        return _shown(ask, why=str(error), status=409)
    if done.written:
        log_import(ask.office, done, by=ask.user.person)
    return _shown(ask, done=done)


def _tried(ask: Ask, name: str) -> Response:
    seen = register_version(ask.office.settings.dir)
    try:
        done = import_register(ask.office.settings.dir, kept_upload(ask.office, name), write=False)
    except WorkbookError as error:
        return _shown(ask, problems=error, status=409)
    except ConfigError as error:
        return _shown(ask, why=str(error), status=409)
    return _shown(ask, done=done, name=name, seen=seen)


def _shown(  # noqa: PLR0913 - what the page shows
    ask: Ask, *, why: str = "", problems: WorkbookError | None = None, done: Import | None = None,
    name: str = "", seen: str = "", status: int = 200,
) -> Response:  # fmt: skip
    return page(
        ask.request, "register/import.html", status=status, parts=PARTS, why=why, done=done, name=name,
        seen=seen, problems=problems.problems if problems is not None else (),
    )  # fmt: skip
