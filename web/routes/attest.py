"""登记人工核实: what a person saw of a column, account or app, with screenshots; it counts as a good look."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile
from fastapi.responses import RedirectResponse

from app.attachments import ALLOWED
from app.decisions import Attestation, subject_called
from app.joint import waiting
from app.joint_deeds import takes_two
from app.joint_looks import attest_subject, attestation_of
from domain.clock import local_day
from domain.errors import InputError
from domain.looks import LookKind
from domain.units import App
from web.access import DECIDERS, allow
from web.deps import Ask, Asked
from web.pages import page
from web.typed import Typed
from web.uploads import uploads

routes = APIRouter()
WORKS = {"yes": True, "no": False}


@routes.get("/subjects/{subject_id}/attest")
@allow(*DECIDERS)
def form(ask: Asked, subject_id: str) -> Response:
    return _page(ask, subject_id, Typed())


@routes.post("/subjects/{subject_id}/attest")
@allow(*DECIDERS)
def attest(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    subject_id: str,
    newest: Annotated[str, Form()] = "",
    works: Annotated[str, Form()] = "",
    link: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:
    """Record what was seen; of the office's own units only proposed, and a second person's to sign."""
    is_app = isinstance(subject_called(ask.office, subject_id), App)
    typed = Typed({"newest": newest, "works": works, "link": link, "reason": reason})
    said = typed.words("reason", "怎么看到的")
    day = None if is_app else typed.day("newest", "最新一条的日期")
    if is_app and works not in WORKS:
        typed.wrong["works"] = "请选择可以下载或无法下载。"
    if typed.wrong:
        return _page(ask, subject_id, typed, status=422)
    try:
        seen = Attestation(
            by=ask.user.person, reason=said, newest_on=day, works=WORKS[works] if is_app else None,
            link="" if is_app else link, files=uploads(files),
        )  # fmt: skip
        look = attest_subject(ask.office, subject_id, seen, user=ask.user)
    except InputError as error:
        return _page(ask, subject_id, typed, why=str(error), status=409)
    return RedirectResponse(
        f"/subjects/{subject_id}/attest" if look is not None else _waits(ask, subject_id),
        HTTPStatus.SEE_OTHER,
    )


def _waits(ask: Ask, subject_id: str) -> str:
    first = waiting(ask.office, attestation_of(subject_called(ask.office, subject_id).subject_id))
    return f"/proposals/{first.id}" if first is not None else f"/subjects/{subject_id}/attest"


def _page(ask: Ask, subject_id: str, typed: Typed, *, why: str = "", status: int = 200) -> Response:
    office, subject = ask.office, subject_called(ask.office, subject_id)
    last = office.archive.last_look(subject.subject_id, LookKind.ATTESTED)
    return page(
        ask.request, "attest.html", status=status, subject=subject, typed=typed, why=why, allowed=ALLOWED,
        is_app=isinstance(subject, App), last=last, today=local_day(office.now()),
        unit=office.unit(subject.unit_id) if subject.unit_id else None,
        two=takes_two(office, subject.unit_id or ""),
        first=waiting(office, attestation_of(subject.subject_id)),
    )  # fmt: skip
