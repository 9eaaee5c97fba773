"""Files to be taken away: attachments, what is printed of a month, the register."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.attachments import Upload
from app.contract.months import PrintedFile, PrintedFiles
from app.event_files import event_file
from app.evidence import look_file, saved
from app.mark_files import mark_file
from app.month_files import Printed
from app.notice_view import MonthRow, month_row, parsed_month, stamp_of, to_print
from app.prints import month_prints
from app.register import office_register
from app.works import Done, Going
from domain.users import STAFF, Role
from web.access import Own, allow, staff
from web.api.answers import PREFIX, EventId, LookId, MonthPath, Sha256, UnitId, given
from web.api.published import gives, reads
from web.api.waiting import waited
from web.deps import Ask, Asked
from web.downloads import download
from web.refusals import Refused
from web.working import content_of, done_beside, drafted_of

routes = APIRouter(prefix=PREFIX)
Pdf = Annotated[bool, Query(description="另要 PDF（装有 LibreOffice 时）")]


@routes.get(
    "/events/{event_id}/files/{sha256}", operation_id="getEventFile", tags=["申诉"],
    response_class=Response,
    responses=gives("附件的内容", 404, 422), summary="下载一个事件的附件：申诉的，整改反馈的",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def of_event(ask: Asked, event_id: EventId, sha256: Sha256) -> Response:
    found = event_file(ask.office, event_id, sha256)
    return download(found.name, found.data)


@routes.get(
    "/events/{event_id}/looks/{look_id}/page", operation_id="getSavedPage", tags=["事件"],
    response_class=Response,
    responses=gives("当时保存的网页（UTF-8 文本），或人工核实所附的文件", 404, 422),
    summary="下载一次监测当时保存的网页：事件的依据", description="looks 里有 sha256 的才有。",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def page_of_look(ask: Asked, event_id: EventId, look_id: LookId) -> Response:
    found = saved(ask.office, event_id, look_id)
    if isinstance(found, Upload):
        return download(found.name, found.data)
    return download(f"{event_id}-{look_id}.{'html' if found.markup else 'txt'}", found.text.encode())


@routes.get(
    "/looks/{look_id}/files/{sha256}", operation_id="getLookFile", tags=["监测运行"],
    response_class=Response,
    responses=gives("附件的内容", 404, 422), summary="下载一次人工核实的附件",
)  # fmt: skip
@staff()
def of_look(ask: Asked, look_id: LookId, sha256: Sha256) -> Response:
    found = look_file(ask.office, look_id, sha256)
    return download(found.name, found.data)


@routes.get(
    "/units/{unit_id}/marks/files/{sha256}", operation_id="getMarkFile", tags=["单位与得分"],
    response_class=Response,
    responses=gives("附件的内容", 404, 422), summary="下载一个单位的人工评分的附件",
)  # fmt: skip
@staff()
def of_mark(ask: Asked, unit_id: UnitId, sha256: Sha256) -> Response:
    found = mark_file(ask.office, unit_id, sha256)
    return download(found.name, found.data)


@routes.get(
    "/months/{month}/files", operation_id="listMonthFiles", tags=["通报"],
    responses=reads(PrintedFiles, 404, 422, 503), summary="一个月的通报有哪些文件（草稿、定稿或已印发的）",
)  # fmt: skip
@staff()
def of_month(ask: Asked, month: MonthPath, pdf: Pdf = False) -> Response:
    found = _printed(ask, month, pdf=pdf)
    files = [
        PrintedFile(number=number, name=name, bytes=len(data))
        for number, (name, data) in enumerate(found.files.items())
    ]
    return given(PrintedFiles(files=files, no_pdf=found.no_pdf))


@routes.get(
    "/months/{month}/files/{file}", operation_id="getMonthFile", tags=["通报"],
    response_class=Response,
    responses=gives("文件的内容", 404, 422, 503), summary="下载一个月的通报的一个文件",
)  # fmt: skip
@staff()
def one_of_month(
    ask: Asked, month: MonthPath, file: Annotated[int, Path(ge=0, description="文件的编号（number）")],
    pdf: Pdf = False,
) -> Response:  # fmt: skip
    files = list(_printed(ask, month, pdf=pdf).files.items())
    if file >= len(files):
        raise Refused(404, f"没有第 {file} 个文件。编号见 /api/v1/months/{month}/files。")
    name, data = files[file]
    return download(name.rpartition("/")[2], data)


@routes.get(
    "/register/export", operation_id="exportRegister", tags=["单位表"],
    response_class=Response,
    responses=gives("工作簿（.xlsx）"),
    summary="单位表：单位、栏目、政务新媒体、应用（同 zwgk register export）",
)  # fmt: skip
@allow(Role.OFFICE, Role.ADMIN)
def register(ask: Asked) -> Response:
    return download("单位表.xlsx", ask.workshop.do(office_register, ask.office))


def _printed(ask: Ask, month: str, *, pdf: bool) -> Printed:
    row = month_row(ask.office, parsed_month(month))
    made: Printed = waited(lambda: _asked(ask, row, pdf=pdf)).result
    return made


def _asked(ask: Ask, row: MonthRow, *, pdf: bool) -> Done | Going:
    """The same work as the console's page of the month's files asks for."""
    found = content_of(ask, row)
    if isinstance(found, Going):
        return found
    office, report = ask.office, to_print(ask.office, drafted_of(found).report)
    version = (id(office), report.stage, report.issue, stamp_of(report))
    return done_beside(ask, ("month", row.month, pdf), version, month_prints, report, pdf=pdf)
