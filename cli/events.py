"""zwgk events: the log of breaches."""

from pathlib import Path
from typing import Annotated, Any

import typer

from app.contract.events import event_row
from app.doubts import BACK_DATED, SUDDEN, doubts
from app.interaction import interactions
from cli.options import HERE, AsJson, FailOn, Folder, fails_on_breach
from cli.output import print_json, print_table, say
from cli.rows import COLUMNS, event_cells
from cli.session import office_of
from domain.events import EventState

app = typer.Typer(add_completion=False)

DECIDED_AWAY = {EventState.WITHDRAWN, EventState.EXEMPT}
SETTLED_AWAY = {EventState.WITHDRAWN.value, EventState.EXEMPT.value, EventState.SUSPECTED.value}
DOUBTS = {BACK_DATED: "疑似倒填日期", SUDDEN: "疑似突击更新"}


@app.command()
def events(
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看一个单位（编号或名称）")] = "",
    subject: Annotated[str, typer.Option("--subject", metavar="对象", help="只看一个监测对象")] = "",
    test: Annotated[str, typer.Option("--test", metavar="细则", help="只看一项，如 A1-18a")] = "",
    open_only: Annotated[bool, typer.Option("--open", help="只看还没有整改的；撤销、豁免的不列")] = False,
    doubtful: Annotated[
        bool, typer.Option("--doubts", help="改列疑似倒填日期和突击更新：仅供内部参考，不扣分、不进通报")
    ] = False,
    interactive: Annotated[
        bool, typer.Option("--interaction", help="改列有人评论的新媒体账号：评定“有效互动功能”时参考")
    ] = False,
    fail_on: FailOn = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """列出监测事件：疑似、已确认、已通报、已整改、撤销……撤销的也列出。"""
    failing = fails_on_breach(fail_on)
    if doubtful:
        show_doubts(folder, unit, as_json)
        return
    if interactive:
        show_interactions(folder, unit, as_json)
        return
    with office_of(folder) as office:
        found = office.archive.events(
            unit_id=office.unit(unit).id if unit else None,
            subject_id=subject or None,
            test_id=test or None,
            open_only=open_only,
        )
        if open_only:
            found = [event for event in found if event.state not in DECIDED_AWAY]
        rows = [event_row(office, event) for event in found]
    if as_json:
        print_json({"events": rows})
    elif rows:
        print_table(f"监测事件（{len(rows)}）", COLUMNS, [event_cells(row) for row in rows])
    else:
        say("没有监测事件。")
    if failing and any(map(counts_as_breach, rows)):
        raise typer.Exit(1)


def counts_as_breach(row: dict[str, Any]) -> bool:
    """Open and confirmed; what a person has still to decide is none."""
    return row["open"] and row["confirmed_at"] is not None and row["state"].value not in SETTLED_AWAY


def show_doubts(folder: Path, unit: str, as_json: bool) -> None:
    """What first-seen times make doubtful; information for named people."""
    with office_of(folder) as office:
        found = doubts(office, office.unit(unit).id if unit else None)
        names = {one.id: one.name for one in office.registry.units}
    if as_json:
        print_json({"doubts": found})
    elif found:
        cells = [(DOUBTS[d.kind], names.get(d.unit_id or "", "共用"), d.on, d.sentence) for d in found]
        print_table(f"存疑（{len(found)}），仅供内部参考", ("类别", "单位", "首次见到", "说明"), cells)
    else:
        say("没有存疑的更新。")


def show_interactions(folder: Path, unit: str, as_json: bool) -> None:
    """Accounts whose posts have comments, for whoever marks 有效互动功能."""
    with office_of(folder) as office:
        found = interactions(office, office.unit(unit).id if unit else None)
        names = {one.id: one.name for one in office.registry.units}
    if as_json:
        print_json({"interactions": found})
    elif found:
        cells = [(names[one.unit_id], one.sentence) for one in found]
        print_table(f"有人评论的账号（{len(found)}），供评定参考", ("单位", "说明"), cells)
    else:
        say("没有读到评论。多数来源不给出评论数，这不说明账号不能互动，请人工查看。")
