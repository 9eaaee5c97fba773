"""The register as a workbook, by programs: sent for a preview, and taken over as it was previewed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.contract.register import WorkbookDone, workbook_json
from app.register import import_register, register_version
from app.register_edit import log_import
from app.register_upload import keep_upload, kept_upload
from domain.errors import ConfigError, InputError
from web.access import KEEPERS, allow
from web.api.answers import PREFIX, given
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.deps import Asked
from web.refusals import Refused

routes = APIRouter(prefix=f"{PREFIX}/register/workbook", tags=["单位表"])
BOOK = Body({}, files=True)
PREVIEWED = Body(
    {"book": "0" * 64, "seen": "3f0c9a"},
    book=Field(str, "预览所得的 book"),
    seen=Field(str, "预览所得的 seen；其间单位表改过的不保存"),
)


@routes.post(
    "/previews", operation_id="previewWorkbook", responses=does(WorkbookDone, 409),
    openapi_extra=BOOK.described,
    summary="一个单位表工作簿（GET /register/export 的样子）会改些什么；什么也不写",
    description="用 multipart/form-data，files 里一个 .xlsx。有错的写明在哪一格、怎么改（400）。",
)  # fmt: skip
@allow(*KEEPERS)
def preview(ask: Asked, sent: Annotated[Sent, Depends(BOOK)]) -> Response:
    if len(sent.files) != 1:
        raise Refused(422, "请在 files 里提交一个 .xlsx 工作簿。")
    folder, name = ask.office.settings.dir, keep_upload(ask.office, sent.files[0].data)
    seen = register_version(folder)
    try:
        done = import_register(folder, kept_upload(ask.office, name), write=False)
    except ConfigError as error:
        raise Refused(409, str(error)) from None
    return given(workbook_json(done, book=name, seen=seen))


@routes.post(
    "", operation_id="importWorkbook", responses=does(WorkbookDone, 404, 409),
    openapi_extra=PREVIEWED.described, summary="把预览过的工作簿并入单位表：按编号新增、修改，不删除",
)  # fmt: skip
@allow(*KEEPERS)
def take_over(ask: Asked, sent: Annotated[Sent, Depends(PREVIEWED)]) -> Response:
    if not sent["seen"]:
        raise Refused(422, "请写上预览所得的 seen。")
    try:
        book = kept_upload(ask.office, sent["book"])
    except InputError as error:
        raise Refused(404, str(error)) from None
    try:
        done = import_register(ask.office.settings.dir, book, write=True, seen=sent["seen"])
    except ConfigError as error:
        raise Refused(409, str(error)) from None
    if done.written:
        log_import(ask.office, done, by=ask.user.person)
    return given(workbook_json(done, book=sent["book"], seen=register_version(ask.office.settings.dir)))
