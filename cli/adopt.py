"""zwgk adopt: an on-demand check becomes part of the official series."""

from typing import Annotated

import typer

from app.decisions import adopt as adopt_check
from cli.options import HERE, AsOfMoment, By, Folder, Reason, Second
from cli.output import say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def adopt(
    check: Annotated[int, typer.Argument(metavar="检查编号", help="zwgk check 给出的编号")],
    by: By,
    reason: Reason,
    second: Second = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
) -> None:
    """采用一次即时检查：它的读数从此与正式监测一样，可以认定问题。"""
    with office_of(folder) as office:
        adopt_check(office, check, by=by, reason=reason, second=second, at=as_of)
    say(f"第 {check} 次即时检查已采用，已记入日志。")
