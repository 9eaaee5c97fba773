"""zwgk month: draft and close a month."""

from pathlib import Path
from typing import Annotated

import typer

from app.months import MonthResult, close, draft
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, MonthArgument
from cli.output import print_json, say
from cli.session import office_of

app = typer.Typer(add_completion=False, help="每月通报：起草、结账。", no_args_is_help=True)

Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="文件写到哪个文件夹")]


@app.command("draft")
def draft_month(
    month: MonthArgument,
    out: Out = HERE,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """按现有记录起草通报和附表，可反复运行；不改变任何记录。"""
    with office_of(folder) as office:
        office.moment(as_of)
        report(draft(office, month, out), as_json, "已起草")


@app.command("close")
def close_month(
    month: MonthArgument,
    by: By,
    out: Out = HERE,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """月末后结账：得分表和通报内容就此固定，以后不再重算。"""
    with office_of(folder) as office:
        office.moment(as_of)
        report(close(office, month, out, by), as_json, "已结账")


def report(result: MonthResult, as_json: bool, done: str) -> None:
    """Print what was made (contract: design.md §9)."""
    if as_json:
        print_json(result)
        return
    say(f"{result.month} {done}：{result.items} 项问题，扣 {result.points} 分。")
    if result.unconfirmed:
        say(f"另有 {result.unconfirmed} 项疑似，未经人认定，没有列入（zwgk events 查看）。")
    for path in result.files:
        say(f"  {path}")
