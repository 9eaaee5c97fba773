"""What of a notice is decided item by item: left out with a reason, 送达 and 签收 by unit."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.decisions import stamp
from app.event_list import listed
from app.joint_deeds import Ruling, decide_event, takes_two
from app.notice_view import MonthStep, lacking, month_row, parsed_month, services
from app.services import record_service
from domain.clock import Month, local_day
from domain.errors import InputError, RefusedError
from domain.events import DecisionKind, Event
from domain.records import ServiceStep
from web.access import DECIDERS, allow, staff
from web.deps import Ask, Asked
from web.pages import page
from web.typed import Typed

routes = APIRouter()
KINDS = {"withdraw": DecisionKind.WITHDRAW, "exempt": DecisionKind.EXEMPT}


@routes.get("/notices/{month}/items/{event_id}")
@allow(*DECIDERS)
def item(ask: Asked, month: str, event_id: int) -> Response:
    """How an item can leave the notice: its event is withdrawn or exempted, nothing else."""
    return _item_page(ask, parsed_month(month), _event(ask, event_id), Typed({"kind": "withdraw"}))


@routes.post("/notices/{month}/items/{event_id}")
@allow(*DECIDERS)
def leave_out(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    month: str,
    event_id: int,
    kind: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:
    """Leave it out; for the office's own units only proposed: the event's page tells who has to sign."""
    asked, event = parsed_month(month), _event(ask, event_id)
    typed = Typed({"kind": kind, "reason": reason, "until": until})
    said, last = typed.words("reason", "理由"), _until(typed)
    if kind not in KINDS:
        typed.wrong["kind"] = "请选择撤销或豁免。"
    if typed.wrong:
        return _item_page(ask, asked, event, typed, status=422)
    try:
        _refuse_late(ask, asked)
        ruling = Ruling(kind=KINDS[kind], reason=said, until=last, seen=seen)
        decided = decide_event(ask.office, event_id, ruling, user=ask.user)
    except InputError as error:
        return _item_page(ask, asked, event, typed, why=str(error), status=409)
    back = f"/notices/{asked}" if decided else f"/events/{event_id}"
    return RedirectResponse(back, HTTPStatus.SEE_OTHER)


@routes.get("/notices/{month}/services")
@staff()
def service_list(ask: Asked, month: str) -> Response:
    row = month_row(ask.office, parsed_month(month))
    if row.step is not MonthStep.ISSUED:
        return RedirectResponse(f"/notices/{row.month}", HTTPStatus.SEE_OTHER)
    today = str(local_day(ask.office.now()))
    return _services_page(ask, row.month, Typed({"step": ServiceStep.SERVED.value, "on": today}))


@routes.post("/notices/{month}/services")
@allow(*DECIDERS)
def record(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    month: str,
    units: Annotated[list[str], Form()] = [],  # noqa: B006 - read only
    rest: Annotated[bool, Form()] = False,
    step: Annotated[str, Form()] = "",
    on: Annotated[str, Form()] = "",
    person: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Record the step for every unit ticked, or for none; `rest`: for those without it."""
    asked = parsed_month(month)
    if rest and step in list(ServiceStep):
        units = [*units, *lacking(ask.office, asked, ServiceStep(step))]
    typed = Typed({"step": step, "on": on, "person": person, "note": note[:200]})
    day, name = typed.day("on", "日期"), typed.words("person", "送达人或签收人", 60)
    if not units:
        typed.wrong["units"] = "请至少选一个单位。"
    if step not in list(ServiceStep):
        typed.wrong["step"] = "请选择送达或签收。"
    if typed.wrong or day is None:
        return _services_page(ask, asked, typed, units, status=422)
    try:
        _record_all(ask, asked, units, ServiceStep(step), day, name, note[:200])
    except InputError as error:
        typed.wrong["on"] = str(error)
        return _services_page(ask, asked, typed, units, status=409)
    return RedirectResponse(f"/notices/{asked}/services", HTTPStatus.SEE_OTHER)


def _record_all(  # noqa: PLR0913, PLR0917 - a service is all of this
    ask: Ask, month: Month, units: list[str], step: ServiceStep, on: date, person: str, note: str
) -> None:
    office = ask.office
    with office.archive.together():
        for unit_id in dict.fromkeys(units):
            record_service(office, month, unit_id, step, on=on, person=person, by=ask.user.person, note=note)


def _services_page(
    ask: Ask, month: Month, typed: Typed, ticked: list[str] | None = None, status: int = 200
) -> Response:
    row = month_row(ask.office, month)
    return page(
        ask.request, "notice_services.html", status=status, row=row, rows=services(ask.office, month),
        typed=typed, ticked=ticked or [], steps=list(ServiceStep), may=ask.user.role in DECIDERS,
    )  # fmt: skip


def _item_page(
    ask: Ask, month: Month, event: Event, typed: Typed, *, why: str = "", status: int = 200
) -> Response:
    row = month_row(ask.office, month)
    return page(
        ask.request, "notice_item.html", status=status, row=row, one=listed(ask.office, event), typed=typed,
        why=why, seen=stamp(event), joint=takes_two(ask.office, event.unit_id),
    )  # fmt: skip


def _event(ask: Ask, event_id: int) -> Event:
    event = ask.office.archive.event(event_id)
    if event is None:
        raise InputError(f"没有事件 {event_id}。")
    return event


def _refuse_late(ask: Ask, month: Month) -> None:
    if month_row(ask.office, month).step is MonthStep.ISSUED:
        raise RefusedError(f"{month} 的通报已经印发，不能再改；请在事件页面作决定，由以后的通报更正。")


def _until(typed: Typed) -> date | None:
    return typed.day("until", "豁免的截止日期") if typed["kind"] == "exempt" else None
