"""zwgk rejudge: what another version of the rubric would change, tried without writing anything."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from app.rejudge import names_in, rejudge_workbook
from app.rejudge import rejudge as rejudge_all
from cli.options import HERE, AsJson, AsOfDay, Folder, Year
from cli.output import print_json, print_table, say, shown
from cli.score import write_file
from cli.session import office_of
from domain.rejudged import ClauseDifference, EventDifference, EventSide, Rejudged
from domain.scores import ClauseScore, ScoreSheet
from notices.rejudge_sheet import NOTES, item_of, points_of, side_told, state_of

app = typer.Typer(add_completion=False)

UNITS = ("单位", "现行确定", "新版确定", "现行待定", "新版待定", "现行扣分", "新版扣分", "扣分变化")
CLAUSES = ("单位", "细则", "内容", "满分", "扣分", "扣分变化", "状态")
EVENTS = ("变化", "事件", "单位", "对象", "测试", "首次发现", "现行", "新版", "扣分")


@app.command()
def rejudge(
    rubric: Annotated[
        Path,
        typer.Option("--rubric", metavar="文件或文件夹", help="另一版细则：.yaml 文件或所在文件夹"),
    ],
    as_of: AsOfDay = None,
    year: Year = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="文件", help="把全部变化写成 .xlsx")] = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """试算：换一版细则，已存的记录会判成什么、各单位差多少分；不改变任何记录。"""
    with office_of(folder) as office:
        found = rejudge_all(office, rubric, as_of, year)
        names = names_in(office, found)
        if xlsx is not None:
            write_file(xlsx, rejudge_workbook(office, found, names))
    if as_json:
        print_json(rejudged_json(found, names))
        return
    show(found, names)
    if xlsx is not None:
        say(f"全部变化已写入 {xlsx}。")


def show(found: Rejudged, names: Mapping[str, str]) -> None:
    for annex, (old, new) in sorted(found.versions.items()):
        say(f"附件{annex}：现行 {old}，新版 {new}（{found.year}年度，截至{found.as_of}）")
    if not found.clauses and not found.events:
        say(f"{len(found.units)}个单位没有任何变化。")
        return
    rows = [
        (
            one.unit.name, one.before.total, one.after.total, one.before.pending, one.after.pending,
            one.before.deducted, one.after.deducted, change(one.before.deducted, one.after.deducted),
        )
        for one in found.changed
    ]  # fmt: skip
    print_table(f"有变化的单位（{len(rows)}，共{len(found.units)}个）", UNITS, rows)
    print_table("有变化的条款", CLAUSES, [clause_cells(one, names) for one in found.clauses])
    if found.events:
        print_table("有变化的事件", EVENTS, [event_cells(one, names) for one in found.events])
    before, after = totals(found)
    more = change(before, after) or "不变"
    say(f"合计：扣分 {arrow(before, after)}（{more}）；{len(found.events)}个事件有变化。")
    for sentence in NOTES:
        say(f"  {sentence}")


def totals(found: Rejudged) -> tuple[Decimal, Decimal]:
    """Points lost by all units that were judged again, under both versions."""
    return (
        sum((one.before.deducted for one in found.units), Decimal(0)),
        sum((one.after.deducted for one in found.units), Decimal(0)),
    )


def change(before: Decimal, after: Decimal) -> str:
    return f"{(after - before).normalize():+f}" if after != before else ""


def arrow(before: object, after: object) -> str:
    return shown(before) if before == after else f"{shown(before)} → {shown(after)}"


def clause_cells(one: ClauseDifference, names: Mapping[str, str]) -> tuple[object, ...]:
    old, new = one.before, one.after
    full = arrow(old.points if old else "无", new.points if new else "无")
    lost = arrow(old.deducted if old else 0, new.deducted if new else 0)
    more = f"{one.deducted.normalize():+f}" if one.deducted else ""
    states = arrow(state_of(old), state_of(new))
    return names[one.unit_id], one.clause_id, item_of(one), full, lost, more, states


def event_cells(one: EventDifference, names: Mapping[str, str]) -> tuple[object, ...]:
    return (
        one.change, one.event_id, names[one.unit_id], names[one.subject_id], one.test_id, one.opened_on,
        side_told(one.before), side_told(one.after), arrow(points_of(one.before), points_of(one.after)),
    )  # fmt: skip


def rejudged_json(found: Rejudged, names: Mapping[str, str]) -> dict[str, Any]:
    before, after = totals(found)
    return {
        "as_of": found.as_of,
        "year": found.year,
        "rubrics": [
            {"annex": annex, "before": old, "after": new}
            for annex, (old, new) in sorted(found.versions.items())
        ],
        "deducted": {"before": before, "after": after},
        "units": [
            {
                "unit": one.unit.id, "unit_name": one.unit.name, "before": side(one.before),
                "after": side(one.after),
            }
            for one in found.units
        ],
        "clauses": [
            {
                "unit": one.unit_id, "clause": one.clause_id, "before": clause(one.before),
                "after": clause(one.after),
            }
            for one in found.clauses
        ],
        "events": [event_json(one, names) for one in found.events],
    }  # fmt: skip


def side(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "total": sheet.total, "pending": sheet.pending, "deducted": sheet.deducted, "bonus": sheet.bonus,
        "penalty": sheet.penalty, "final": sheet.final,
    }  # fmt: skip


def clause(one: ClauseScore | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "state": one.state, "points": one.points, "deducted": one.deducted, "given": one.given,
        "proposed": one.proposed,
    }  # fmt: skip


def event_json(one: EventDifference, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "change": one.change.name.lower(), "event": one.event_id, "unit": one.unit_id,
        "subject": one.subject_id, "subject_name": names[one.subject_id], "test": one.test_id,
        "opened_on": one.opened_on, "before": event_side(one.before), "after": event_side(one.after),
    }  # fmt: skip


def event_side(one: EventSide | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "clause": one.clause_id, "state": one.state, "measured": one.measured, "limit": one.limit,
        "points": one.points,
    }  # fmt: skip
