"""zwgk decide: a person confirms, withdraws or exempts an event."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from app.contract.events import event_row
from app.decisions import decide as decide_event
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, Reason, Second, parse_day, parse_points
from cli.output import print_json, say
from cli.session import office_of
from domain.events import DecisionKind

app = typer.Typer(add_completion=False)


@app.command()
def decide(
    event: Annotated[int, typer.Argument(metavar="事件编号", help="zwgk events 列出的编号")],
    kind: Annotated[
        DecisionKind,
        typer.Argument(metavar="confirm|withdraw|exempt", help="认定、撤销（记 0 分，仍可见）、限期豁免"),
    ],
    by: By,
    reason: Reason,
    points: Annotated[
        Decimal | None,
        typer.Option("--points", metavar="分值", parser=parse_points, help="仅 confirm：每次扣分"),
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", metavar="日期", parser=parse_day, help="仅 exempt：豁免的最后一天"),
    ] = None,
    second: Second = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """由人认定、撤销或豁免一个监测事件；谁、何时、为什么，都记入日志。"""
    with office_of(folder) as office:
        now = decide_event(
            office, event, kind, by=by, reason=reason, points=points, until=until, second=second, at=as_of
        )
        row = event_row(office, now)
    if as_json:
        print_json(row)
    else:
        say(f"事件 {event} 现为“{now.state.value}”，已记入日志。")
