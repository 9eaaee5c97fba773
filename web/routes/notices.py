"""通报: the months, one month's notice, closing it, issuing it, what became of it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from app.months import IssueRefusedError, frozen, numbered, proposed
from app.notice_view import (
    MonthRow,
    MonthStep,
    grouped,
    month_row,
    month_rows,
    next_number,
    parsed_month,
    quarters,
    stamp_of,
    taken_back,
    to_print,
)
from app.pdf import program
from app.rectification import recheck_month
from app.works import Going
from domain.clock import local_day
from domain.errors import InputError, RefusedError
from domain.notices import Issue
from web.access import DECIDERS, allow, staff
from web.deps import Ask, Asked
from web.pages import page
from web.typed import Typed
from web.working import asked_for, content_of, drafted_of, wait_page, works_of

routes = APIRouter()


@routes.get("/notices")
@staff()
def notices(ask: Asked) -> Response:
    rows = month_rows(ask.office)
    return page(ask.request, "notices.html", rows=rows, quarters=quarters(rows), pdf=program() is not None)


@routes.get("/notices/{month}")
@staff()
def notice(ask: Asked, month: str) -> Response:
    """The month as it stands; while it is being closed, that."""
    row = _row(ask, month)
    why = ""
    try:
        closing = works_of(ask).going(("close", row.month))
    except RefusedError as error:
        closing, why = None, str(error)
    if closing is not None:
        return wait_page(ask, closing, f"{row.month} 正在结账", f"/notices/{row.month}")
    found = content_of(ask, row)
    if isinstance(found, Going):
        return wait_page(ask, found, f"{row.month} 正在起草", "/notices")
    shown = drafted_of(found)
    return page(
        ask.request, "notice.html", row=row, report=shown.report, waiting=shown.waiting,
        groups=grouped(shown.report), gone=taken_back(ask.office, shown.report), fresh=found.fresh, why=why,
        may=ask.user.role in DECIDERS, pdf=program() is not None,
    )  # fmt: skip


@routes.get("/notices/{month}/close")
@allow(*DECIDERS)
def confirm_close(ask: Asked, month: str) -> Response:
    """What closing would freeze, to be confirmed."""
    row = _row(ask, month)
    if row.step is not MonthStep.DRAFT:
        return _back(row)
    found = content_of(ask, row)
    if isinstance(found, Going):
        return wait_page(ask, found, f"{row.month} 正在起草", f"/notices/{row.month}")
    shown = drafted_of(found)
    return page(
        ask.request, "notice_close.html", row=row, report=shown.report, waiting=shown.waiting,
        seen=shown.stamp, fresh=found.fresh,
    )  # fmt: skip


@routes.post("/notices/{month}/close")
@allow(*DECIDERS)
def close(ask: Asked, month: str, seen: Annotated[str, Form()] = "") -> Response:
    """Freeze the month as it was shown (`seen`); where it has changed since, nothing is frozen."""
    row, office, person = _row(ask, month), ask.office, ask.user.person
    if row.step is not MonthStep.DRAFT:
        raise RefusedError(f"{row.month} 现在不能结账（{row.step.value}）。")
    works_of(ask).ask(
        ("close", row.month), object(),
        lambda: frozen(office, row.month, person, lambda report: stamp_of(report) == seen),
    )  # fmt: skip
    return _back(row)


@routes.get("/notices/{month}/issue")
@allow(*DECIDERS)
def issue_form(ask: Asked, month: str) -> Response:
    row = _row(ask, month)
    if row.step is not MonthStep.CLOSED:
        return _back(row)
    today = local_day(ask.office.now())
    values = {"number": str(next_number(ask.office, today.year)), "issued_on": str(today), "deadline": ""}
    return _issue_page(ask, row, Typed(values))


@routes.post("/notices/{month}/issue")
@allow(*DECIDERS)
def issue(
    ask: Asked,
    month: str,
    number: Annotated[str, Form()] = "",
    issued_on: Annotated[str, Form()] = "",
    deadline: Annotated[str, Form()] = "",
    confirmed: Annotated[str, Form()] = "",
) -> Response:
    """First what would be printed, with its deadlines; issued once that is confirmed."""
    row = _row(ask, month)
    typed = Typed({"number": number, "issued_on": issued_on, "deadline": deadline})
    count, day = typed.whole("number", "文号的序号"), typed.day("issued_on", "印发日期")
    last = typed.day("deadline", "整改期限", needed=False)
    if typed.wrong or day is None:
        return _issue_page(ask, row, typed, status=422)
    try:
        given = proposed(ask.office, row.month, count, day, last)
        if not confirmed:
            return _issue_page(ask, row, typed, given=given)
        numbered(ask.office, row.month, count, day, last, ask.user.person)
    except IssueRefusedError as error:
        typed.wrong[error.field] = str(error)
        return _issue_page(ask, row, typed, status=422)
    except InputError as error:
        return _issue_page(ask, row, typed, why=str(error), status=409)
    return _back(row)


@routes.get("/notices/{month}/recheck")
@staff()
def recheck(ask: Asked, month: str) -> Response:
    row = _row(ask, month)
    if row.step is not MonthStep.ISSUED:
        return _back(row)
    found = asked_for(ask, ("recheck", row.month), recheck_month, row.month)
    if isinstance(found, Going):
        return wait_page(ask, found, f"{row.month} 正在复查", f"/notices/{row.month}")
    _, items = found.result
    return page(ask.request, "notice_recheck.html", row=row, items=items, fresh=found.fresh)


def _issue_page(
    ask: Ask, row: MonthRow, typed: Typed, *, given: Issue | None = None, why: str = "", status: int = 200
) -> Response:
    """The form, or what it would do. A month that is not closed has nothing to issue."""
    if row.step is not MonthStep.CLOSED:
        raise RefusedError(f"{row.month} 现在不能印发（{row.step.value}）。请先结账；已印发的不能改。")
    report = drafted_of(content_of(ask, row)).report  # type: ignore[arg-type]  # a closed month is there at once
    return page(
        ask.request, "notice_issue.html", status=status, row=row, typed=typed, given=given, why=why,
        report=report, printed=to_print(ask.office, report), gone=taken_back(ask.office, report),
        settings=ask.office.settings,
    )  # fmt: skip


def _row(ask: Ask, month: str) -> MonthRow:
    return month_row(ask.office, parsed_month(month))


def _back(row: MonthRow) -> Response:
    return RedirectResponse(f"/notices/{row.month}", HTTPStatus.SEE_OTHER)
