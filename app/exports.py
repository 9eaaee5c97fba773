"""Events and scores as tables to take away: .csv and .xlsx of the same rows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from app.event_list import Listed, every_event
from app.office import Office
from app.year import year_workbook
from domain.clock import local_day
from domain.queries import EventQuery
from domain.scores import ScoreSheet
from notices.cells import Value
from notices.csv_table import render_csv
from notices.year_sheet import Cover, render_grids
from notices.year_tables import Grid

MOST = 50_000
"""Events in one file; a spreadsheet holds little more that anybody reads."""

EVENT_COLUMNS = (
    ("编号", 8), ("状态", 10), ("单位", 24), ("对象", 24), ("细则", 10), ("事项", 24), ("最近更新", 12),
    ("实测", 16), ("标准", 16), ("依据", 50), ("首次发现", 12), ("最近发现", 12), ("确认", 12), ("整改", 12),
    ("待办", 12),
)  # fmt: skip
SCORE_COLUMNS = (
    ("单位", 30), ("确定得分", 11), ("待定", 11), ("扣分", 11), ("加分", 11), ("扣分项", 11), ("合计", 11),
    ("覆盖率", 10), ("截至", 12),
)  # fmt: skip


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


MEDIA: Mapping[Form, str] = {
    Form.CSV: "text/csv; charset=utf-8",
    Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_events(office: Office, query: EventQuery, form: Form) -> bytes:
    """The events asked for, newest first, all pages."""
    rows = tuple(_event(one) for one in every_event(office, query, MOST))
    return _rendered(office, Grid(name="事件", title="监测事件", columns=EVENT_COLUMNS, rows=rows), form)


def export_scores(office: Office, sheets: Sequence[ScoreSheet], form: Form) -> bytes:
    """Every unit's total as CSV; the year's workbook with its matrices as .xlsx."""
    if form is Form.XLSX:
        return year_workbook(office, list(sheets))
    names = {unit.id: unit.name for unit in office.registry.units}
    rows = tuple(
        (
            names[one.unit_id], one.total, one.pending, one.deducted, one.bonus, one.penalty, one.final,
            f"{one.coverage * 100:.1f}%" if one.coverage is not None else "", one.as_of,
        )
        for one in sheets
    )  # fmt: skip
    return render_csv(Grid(name="得分", title="得分", columns=SCORE_COLUMNS, rows=rows))


def _day(at: datetime | None) -> date | None:
    return local_day(at) if at is not None else None


def _event(one: Listed) -> tuple[Value, ...]:
    event = one.event
    return (
        event.id, event.state.value, one.unit, one.subject, event.test_id, one.item, event.newest_on,
        event.measured, event.limit, event.why, _day(event.opened_at), _day(event.last_seen_at),
        _day(event.confirmed_at), _day(event.closed_at), one.needs,
    )  # fmt: skip


def _rendered(office: Office, grid: Grid, form: Form) -> bytes:
    if form is Form.CSV:
        return render_csv(grid)
    now = office.now()
    cover = Cover(
        title=grid.title, office=office.settings.office_name, as_of=local_day(now), made_at=now,
        simulation=office.archive.simulation,
    )  # fmt: skip
    return render_grids((grid,), cover)
