"""What programs read."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.checks import check_state
from app.contract.checks import check_json
from app.contract.events import event_row, story_json
from app.contract.scores import sheet_json
from app.contract.units import notices_json, run_json, unit_json, unit_row_json
from app.contract.warnings import warnings_json
from app.event_list import event_list
from app.explain import explain
from app.months import report_of
from app.scores import score_all, score_unit
from app.unit_view import unit_rows, unit_view
from app.warnings import DAYS, MOST_DAYS, warnings
from domain.clock import Month
from domain.errors import InputError
from domain.events import EventState
from domain.queries import EventQuery
from domain.users import STAFF, Role
from web.access import CHECKERS, EVERYBODY, Own, allow, staff
from web.api.answers import PREFIX, given, paged
from web.deps import Ask, Asked
from web.events_asked import OPEN

routes = APIRouter(prefix=PREFIX)
RUNS = 50
Page = Annotated[int, Query(ge=1, description="第几页")]


@routes.get("/units", summary="单位：得分、未整改事件数、下一个期限")
@staff()
def units(ask: Asked, q: str = "", page: Page = 1) -> Response:
    board = ask.whole_board()
    found = unit_rows(ask.office, board, q, page)
    rows = found.rows if page <= found.pages else []
    headers = paged(ask.request, found.total, page, found.pages)
    return given({"as_of": board.day, "units": [unit_row_json(row) for row in rows]}, headers=headers)


@routes.get("/units/{unit_id}", summary="一个单位：各监测对象的最近更新和期限")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit(ask: Asked, unit_id: str) -> Response:
    return given(unit_json(unit_view(ask.office, ask.board(of=unit_id), unit_id)))


@routes.get("/units/{unit_id}/score", summary="一个单位的得分表（同 zwgk score --unit）")
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit_score(ask: Asked, unit_id: str, as_of: date | None = None, year: int | None = None) -> Response:
    sheet = ask.board(of=unit_id).sheets.get(unit_id) if as_of is None and year is None else None
    return given(sheet_json(sheet or score_unit(ask.office, unit_id, as_of, year)))


@routes.get("/scores", summary="全部单位的得分表（同 zwgk score）")
@staff()
def scores(ask: Asked, as_of: date | None = None, year: int | None = None) -> Response:
    if as_of is None and year is None:
        sheets = list(ask.whole_board().sheets.values())
    else:
        sheets = score_all(ask.office, as_of, year=year)
    return given({"sheets": [sheet_json(one) for one in sheets]})


@routes.get("/events", summary="事件（同 zwgk events），每页 50 件，新的在前")
@allow(*EVERYBODY, own=Own.FILTERS)
def events(  # noqa: PLR0913, PLR0917 - the filters
    ask: Asked,
    unit: Annotated[str, Query(description="单位编号或名称")] = "",
    state: Annotated[EventState | None, Query(description="状态")] = None,
    test: Annotated[str, Query(description="细则，如 A1-18a")] = "",
    show: Annotated[
        str, Query(description="open 未整改，closed 已结束，waits 待认定", pattern="^(open|closed|waits)?$")
    ] = "",
    q: Annotated[str, Query(max_length=100, description="单位、对象或依据里的字")] = "",
    page: Page = 1,
) -> Response:
    query = EventQuery(
        unit_id=own_unit(ask, unit), states=frozenset({state}) if state else None, test_id=test or None,
        open=OPEN.get(show), waits=show == "waits", words=q,
    )  # fmt: skip
    found = event_list(ask.office, query, page)
    rows = [event_row(ask.office, one.event) for one in found.rows] if page <= found.pages else []
    return given({"events": rows}, headers=paged(ask.request, found.total, page, found.pages))


@routes.get("/events/{event_id}", summary="一个事件的来龙去脉（同 zwgk explain）")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def event(ask: Asked, event_id: int) -> Response:
    story = explain(ask.office, event_id)
    return given(story_json(story, event_row(ask.office, story.event)))


@routes.get("/checks/{check_id}", summary="即时检查到了哪一步，结论（report 同 zwgk check）")
@allow(*STAFF, Role.UNIT, own=Own.CHECK)
def check(ask: Asked, check_id: int) -> Response:
    state = check_state(ask.office, check_id)
    return given({
        "check": state.row.id, "unit": state.unit.id, "asked_at": state.row.asked_at, "done": state.done,
        "seen": state.seen, "planned": state.planned, "error": state.row.error,
        "report": check_json(state.report) if state.report else None,
    })  # fmt: skip


@routes.get("/warnings", summary="预警：几天内到期的，说不准的（同 zwgk warn）")
@allow(*EVERYBODY, own=Own.FILTERS)
def ahead(ask: Asked, unit: str = "", days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = DAYS) -> Response:
    own = own_unit(ask, unit)
    found = warnings(ask.office, days=days, unit_id=own) if own else ask.whole_board().within(days)
    return given(warnings_json(found))


@routes.get("/months", summary="已结账的月份和已印发的通报")
@staff()
def months(ask: Asked) -> Response:
    return given(notices_json(ask.office))


@routes.get("/months/{month}", summary="一个月的通报内容：未结账的按现有记录起草，不改变任何记录")
@staff()
def month(ask: Asked, month: str) -> Response:
    try:
        wanted = Month.parse(month)
    except ValueError:
        raise InputError(f"“{month}”不是月份，请写成 2026-10。") from None
    return given(report_of(ask.office, wanted))


@routes.get("/tasks", summary="待办（同 zwgk tasks）")
@staff()
def tasks(ask: Asked, closed: Annotated[bool, Query(description="也列出已办结的")] = False) -> Response:
    return given({"tasks": ask.office.archive.tasks(open_only=not closed)})


@routes.get("/runs", summary="最近的监测：起止、结果、覆盖率")
@staff()
def runs(ask: Asked) -> Response:
    archive = ask.office.archive
    return given({"runs": [run_json(run, archive.progress(run.id)) for run in archive.runs(RUNS)]})


@routes.get("/verify", summary="从头核对日志的哈希链（同 zwgk verify）")
@allow(*CHECKERS)
def verify(ask: Asked) -> Response:
    return given(asdict(ask.office.archive.verify()))


def own_unit(ask: Ask, unit: str) -> str | None:
    """Users of a unit get their own unit's, whatever they ask. Raises InputError (unknown unit)."""
    if ask.user.role is Role.UNIT:
        return ask.user.unit_id
    return ask.office.unit(unit).id if unit else None
