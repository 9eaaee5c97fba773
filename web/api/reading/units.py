"""Units, their score sheets and marks, what lapses soon."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.contract.desk import DeskOfUnit, OpenClauses, desk_json, open_json
from app.contract.scores import mark_json, sheet_json
from app.contract.timeline import UnitTimeline, timeline_json
from app.contract.units import UnitDetail, UnitList, unit_json, unit_row_json
from app.contract.warnings import WarningList, part_of, warnings_json
from app.score_view import open_rows
from app.scores import score_all, score_unit
from app.unit_desk import unit_desk
from app.unit_pictures import unit_timeline
from app.unit_view import unit_rows, unit_view, units_named
from app.warnings import DAYS, MOST_DAYS, warnings
from domain.users import STAFF, Role
from web.access import EVERYBODY, Own, allow, staff
from web.api.answers import PREFIX, Paged, Unit, UnitId, given, own_unit
from web.api.published import reads
from web.deps import Asked

routes = APIRouter(prefix=PREFIX, tags=["单位与得分"])
AsOf = Annotated[date | None, Query(description="截至哪天，如 2026-10-31；不写则今天")]
Year = Annotated[int | None, Query(description="考核年度；不写则那天所在的年度", ge=2000, le=2200)]


@routes.get(
    "/units", operation_id="listUnits", responses=reads(UnitList, 422, 503, paged=True),
    summary="单位：得分、未整改事件数、下一个期限",
)  # fmt: skip
@staff()
def units(
    ask: Asked, at: Paged, q: Annotated[str, Query(max_length=100, description="名称里的字")] = ""
) -> Response:
    board = ask.whole_board()
    units = units_named(ask.office, board, q)
    rows = unit_rows(ask.office, board, at.of(units))
    shown = UnitList(as_of=board.day, units=[unit_row_json(row) for row in rows])
    return given(shown, headers=at.headers(ask.request, len(units)))


@routes.get(
    "/units/{unit_id}", operation_id="getUnit", responses=reads(UnitDetail, 404, 503),
    summary="一个单位：各监测对象的最近更新和期限",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit(ask: Asked, unit_id: UnitId) -> Response:
    return given(unit_json(unit_view(ask.office, ask.whole_board(of=unit_id), unit_id)))


@routes.get(
    "/units/{unit_id}/score", operation_id="getUnitScore", responses=reads("ScoreSheet", 404, 422, 503),
    summary="一个单位任一天的得分表（同 zwgk score --unit）",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def unit_score(ask: Asked, unit_id: UnitId, as_of: AsOf = None, year: Year = None) -> Response:
    today = as_of is None and year is None
    sheet = ask.whole_board(of=unit_id).sheets.get(unit_id) if today else None
    return given(sheet_json(sheet or score_unit(ask.office, unit_id, as_of, year)))


@routes.get(
    "/units/{unit_id}/timeline", operation_id="getUnitTimeline",
    responses=reads(UnitTimeline, 404, 422, 503),
    summary="一个单位今年的经过：各对象哪天有更新，哪段时间有问题或无法判定",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def timeline(ask: Asked, unit_id: UnitId) -> Response:
    unit = ask.office.unit(unit_id)
    return given(timeline_json(unit.id, unit_timeline(ask.office, ask.whole_board(of=unit.id), unit.id)))


@routes.get(
    "/units/{unit_id}/desk", operation_id="getUnitDesk", responses=reads(DeskOfUnit, 404, 422),
    summary="一个单位要办的：怎样整改、何时到期，各期通报的签收和整改反馈，还可以申请几次复查",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.UNIT)
def desk(ask: Asked, unit_id: UnitId) -> Response:
    unit = ask.office.unit(unit_id)
    return given(desk_json(unit.id, unit.name, unit_desk(ask.office, unit.id)))


@routes.get(
    "/open-clauses", operation_id="listOpenClauses", responses=reads(OpenClauses, 422, 503, paged=True),
    summary="待定事项：没有评定的条款，等人认定或评分",
)  # fmt: skip
@staff()
def open_list(
    ask: Asked, at: Paged, q: Annotated[str, Query(max_length=60, description="单位名称里的字")] = "",
    clause: Annotated[str, Query(max_length=20, description="条款，如 A1-01")] = "",
) -> Response:  # fmt: skip
    rows = open_rows(ask.office, ask.whole_board(), words=q, clause_id=clause)
    shown = OpenClauses(clauses=[open_json(one) for one in at.of(rows)])
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/scores", operation_id="listScores", responses=reads("ScoreSheets", 404, 422, 503, paged=True),
    summary="各单位任一天的得分表（同 zwgk score）",
    description="按登记的单位分页；那年没有参加考核的单位没有得分表，所以一页可能不足 size 张。",
)  # fmt: skip
@staff()
def scores(ask: Asked, at: Paged, as_of: AsOf = None, year: Year = None) -> Response:
    """Of another day only the page's units are worked out."""
    units = ask.office.registry.units
    if as_of is None and year is None:
        known = ask.whole_board().sheets
        sheets = [known[unit.id] for unit in at.of(units) if unit.id in known]
    else:
        sheets = score_all(ask.office, as_of, units=at.of(units), year=year)
    return given({"sheets": [sheet_json(one) for one in sheets]}, headers=at.headers(ask.request, len(units)))


@routes.get(
    "/units/{unit_id}/marks", operation_id="listMarks", responses=reads("Marks", 404, 422, paged=True),
    summary="一个单位的人工评分，新的在前；取消的也列出",
)  # fmt: skip
@staff()
def marks(ask: Asked, at: Paged, unit_id: UnitId, year: Year = None) -> Response:
    rows = ask.office.archive.marks(unit_id=ask.office.unit(unit_id).id, year=year)[::-1]
    shown = {"marks": [mark_json(one) for one in at.of(rows)]}
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/warnings", operation_id="listWarnings", responses=reads(WarningList, 404, 422, 503, paged=True),
    summary="预警：几天内到期的，说不准的（同 zwgk warn）",
    description="due 和 unclear 合在一起分页：先是到期的，后是说不准的。",
)  # fmt: skip
@allow(*EVERYBODY, own=Own.FILTERS)
def ahead(
    ask: Asked, at: Paged, unit: Unit = "",
    days: Annotated[int, Query(ge=1, le=MOST_DAYS, description="几天之内")] = DAYS,
) -> Response:  # fmt: skip
    own = own_unit(ask, unit)
    found = warnings(ask.office, days=days, unit_id=own) if own else ask.whole_board().within(days)
    headers = at.headers(ask.request, len(found.due) + len(found.unclear))
    return given(warnings_json(part_of(found, at.first, at.size)), headers=headers)
