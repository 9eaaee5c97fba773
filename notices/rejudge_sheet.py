"""What another version of the rubric would change, as a workbook: units, clauses, events, notes. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from domain.rejudged import ClauseDifference, EventDifference, EventSide, Rejudged
from domain.scores import ClauseScore
from notices.cells import Value
from notices.year_sheet import Cover, render_grids
from notices.year_tables import STATES, Grid

NOTES = (
    "试算，不改变任何记录；已结账的月份不受影响。",
    "按已存的监测记录判定：新版细则要看而当时没有看的，是无法判定，不是没有问题。",
    "事件扣分是封顶以前的；条款扣分是封顶（扣完为止）以后的。",
    "人的决定、评分照旧；同一单位、对象、测试的事件视为同一事件。",
)


def render_rejudged(found: Rejudged, names: Mapping[str, str], cover: Cover) -> bytes:
    """The workbook as .xlsx. `names`: of units and subjects, by id."""
    return render_grids(rejudged_grids(found, names), cover)


def rejudged_grids(found: Rejudged, names: Mapping[str, str]) -> tuple[Grid, ...]:
    return _units(found), _clauses(found, names), _events(found, names), _notes(found)


def _units(found: Rejudged) -> Grid:
    heads = ("现行确定", "新版确定", "现行待定", "新版待定", "现行扣分", "新版扣分", "扣分变化")
    rows = tuple(
        (
            one.unit.name, one.before.total, one.after.total, one.before.pending, one.after.pending,
            one.before.deducted, one.after.deducted, one.after.deducted - one.before.deducted,
        )
        for one in found.units
    )  # fmt: skip
    columns = (("单位", 30), *((head, 11) for head in heads))
    return Grid(name="单位", title="按新版细则试算：各单位", columns=columns, rows=rows, frozen=1)


def _clauses(found: Rejudged, names: Mapping[str, str]) -> Grid:
    columns = (
        ("单位", 26), ("细则", 9), ("内容", 24), ("现行满分", 10), ("新版满分", 10), ("现行扣分", 10),
        ("新版扣分", 10), ("变化", 9), ("现行状态", 12), ("新版状态", 12),
    )  # fmt: skip
    rows = tuple(_clause(one, names) for one in found.clauses)
    return Grid(name="条款", title="按新版细则试算：有变化的条款", columns=columns, rows=rows)


def _clause(one: ClauseDifference, names: Mapping[str, str]) -> tuple[Value, ...]:
    old, new = one.before, one.after
    return (
        names[one.unit_id], one.clause_id, item_of(one), old.points if old else None,
        new.points if new else None, old.deducted if old else None, new.deducted if new else None,
        one.deducted, state_of(old), state_of(new),
    )  # fmt: skip


def item_of(one: ClauseDifference) -> str:
    return next((side.item for side in (one.after, one.before) if side is not None), "")


def state_of(side: ClauseScore | None) -> str:
    return STATES[side.state] if side is not None else "没有此条"


def _events(found: Rejudged, names: Mapping[str, str]) -> Grid:
    columns = (
        ("变化", 10), ("事件", 8), ("单位", 26), ("对象", 24), ("测试", 9), ("首次发现", 12), ("现行", 26),
        ("新版", 26), ("现行扣分", 10), ("新版扣分", 10),
    )  # fmt: skip
    rows = tuple(_event(one, names) for one in found.events)
    return Grid(name="事件", title="按新版细则试算：有变化的事件", columns=columns, rows=rows)


def _event(one: EventDifference, names: Mapping[str, str]) -> tuple[Value, ...]:
    return (
        one.change, one.event_id, names[one.unit_id], names[one.subject_id], one.test_id, one.opened_on,
        side_told(one.before), side_told(one.after), points_of(one.before), points_of(one.after),
    )  # fmt: skip


def side_told(side: EventSide | None) -> str:
    """已确认：距今20天（14天内至少更新1次）."""
    if side is None:
        return "没有此事件"
    limit = f"（{side.limit}）" if side.limit else ""
    return f"{side.state}：{side.measured}{limit}" if side.measured or limit else side.state.value


def points_of(side: EventSide | None) -> Decimal:
    return side.points if side is not None else Decimal(0)


def _notes(found: Rejudged) -> Grid:
    versions = [
        f"附件{annex}：现行 {old}，新版 {new}" for annex, (old, new) in sorted(found.versions.items())
    ]
    lines = (*versions, f"年度：{found.year}；截至{found.as_of}终了时的记录", *NOTES)
    rows = tuple((number, line) for number, line in enumerate(lines, 1))
    columns = (("序号", 8), ("说明", 100))
    return Grid(name="说明", title="按新版细则试算：说明", columns=columns, rows=rows)
