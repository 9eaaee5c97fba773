"""What is printed: a month's files, a quarter's document, the year sheet. Made beside the pages."""

from collections.abc import Hashable
from datetime import date
from http import HTTPStatus
from urllib.parse import urlencode

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from app.notice_view import month_row, parsed_month, parsed_quarter, quarter_rows, stamp_of, to_print
from app.pdf import program
from app.prints import month_prints, quarter_prints, year_prints
from app.score_view import chosen_year
from app.works import Done, Going
from domain.errors import RefusedError
from domain.quarters import Quarter, QuarterIssue
from web.access import staff
from web.deps import Ask, Asked
from web.pages import page
from web.typed import Typed
from web.working import asked_for, content_of, done_beside, drafted_of, file_of, files_page

routes = APIRouter()


@routes.get("/notices/{month}/files")
@staff()
def month_files(ask: Asked, month: str, pdf: bool = False) -> Response:
    """Drafts as the month stands; closed and issued months as they were frozen, never scored anew."""
    found = _month(ask, month, pdf=pdf)
    return files_page(ask, found, f"{month} 通报的文件", f"/notices/{month}", "?pdf=true" if pdf else "")


@routes.get("/notices/{month}/files/{file}")
@staff()
def month_file(ask: Asked, month: str, file: int, pdf: bool = False) -> Response:
    made = file_of(_month(ask, month, pdf=pdf), file)
    return made or _elsewhere(f"/notices/{parsed_month(month)}/files{'?pdf=true' if pdf else ''}")


@routes.get("/quarters/{quarter}/files")
@staff()
def quarter_files(ask: Asked, quarter: str, number: str = "", on: str = "", pdf: bool = False) -> Response:
    """A draft; with number and date the final document. Without a closed month there is neither."""
    asked, typed = parsed_quarter(quarter), Typed({"number": number, "on": on})
    given = _given(typed)
    if not set(asked.months) & ask.office.archive.closures().keys():
        return _elsewhere("/notices")
    if typed.wrong:
        return _quarter_page(ask, asked, typed, status=422)
    further = "?" + urlencode({"number": number, "on": on, "pdf": str(pdf).lower()})
    try:
        found = _quarter(ask, asked, given, pdf=pdf)
    except RefusedError as error:
        return _quarter_page(ask, asked, typed, why=str(error), status=409)
    return files_page(
        ask, found, f"{asked.year}年第{asked.number}季度检查通报的文件", f"/quarters/{asked}", further
    )


@routes.get("/quarters/{quarter}/files/{file}")
@staff()
def quarter_file(
    ask: Asked, quarter: str, file: int, number: str = "", on: str = "", pdf: bool = False
) -> Response:
    asked, typed = parsed_quarter(quarter), Typed({"number": number, "on": on})
    given = _given(typed)
    further = urlencode({"number": number, "on": on, "pdf": str(pdf).lower()})
    try:
        made = None if typed.wrong else file_of(_quarter(ask, asked, given, pdf=pdf), file)
    except RefusedError:
        made = None  # the files' page says why
    return made or _elsewhere(f"/quarters/{asked}/files?{further}")


@routes.get("/quarters/{quarter}")
@staff()
def quarter_form(ask: Asked, quarter: str) -> Response:
    return _quarter_page(ask, parsed_quarter(quarter), Typed())


@routes.get("/year-sheet")
@staff()
def year_files(ask: Asked, year: int | None = None) -> Response:
    found = _year(ask, year)
    return files_page(ask, found, "年度得分表", "/scores", f"year={chosen_year(ask.office, year)}")


@routes.get("/year-sheet/{file}")
@staff()
def year_file(ask: Asked, file: int, year: int | None = None) -> Response:
    return file_of(_year(ask, year), file) or _elsewhere(f"/year-sheet?year={chosen_year(ask.office, year)}")


def _quarter_page(ask: Ask, quarter: Quarter, typed: Typed, *, why: str = "", status: int = 200) -> Response:
    return page(
        ask.request, "quarter.html", status=status, quarter=quarter, typed=typed, why=why,
        months=quarter_rows(ask.office, quarter), pdf=program() is not None,
    )  # fmt: skip


def _month(ask: Ask, month: str, *, pdf: bool) -> Done | Going:
    row = month_row(ask.office, parsed_month(month))
    found = content_of(ask, row)
    if isinstance(found, Going):
        return found
    office, report = ask.office, to_print(ask.office, drafted_of(found).report)
    version: Hashable = (id(office), report.stage, report.issue, stamp_of(report))
    return done_beside(ask, ("month", row.month, pdf), version, month_prints, report, pdf=pdf)


def _quarter(ask: Ask, quarter: Quarter, given: QuarterIssue | None, *, pdf: bool) -> Done | Going:
    return asked_for(ask, ("quarter", quarter, given, pdf), quarter_prints, quarter, given, pdf=pdf)


def _year(ask: Ask, asked: int | None) -> Done | Going:
    board = ask.whole_board(chosen_year(ask.office, asked))
    sheets = [board.sheets[unit.id] for unit in ask.office.registry.units if unit.id in board.sheets]
    version = (id(ask.office), board.made_at)
    return done_beside(ask, ("year", board.year), version, year_prints, sheets, board.day)


def _given(typed: Typed) -> QuarterIssue | None:
    """Number and date, both or neither."""
    if not typed["number"].strip() and not typed["on"].strip():
        return None
    number, day = typed.whole("number", "文号的序号"), typed.day("on", "印发日期")
    return QuarterIssue(number=number, issued_on=day or date.min)


def _elsewhere(path: str) -> Response:
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)
