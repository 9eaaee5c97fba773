"""zwgk accept: a column, account or app leaves 试运行."""

from datetime import date
from typing import Annotated

import typer

from cli.options import HERE, Folder, parse_day
from cli.output import say
from config.edit import set_monitored_from

app = typer.Typer(add_completion=False)


@app.command()
def accept(
    subject: Annotated[str, typer.Argument(metavar="对象", help="如 column:caizhengju-dt")],
    day: Annotated[
        date,
        typer.Option("--from", metavar="日期", parser=parse_day, help="自哪天起评判，如 2026-09-01"),
    ],
    folder: Folder = HERE,
) -> None:
    """认可首次读数，结束试运行：把起算日写进单位表，此后才评判。"""
    path = set_monitored_from(folder, subject, day)
    say(f"{subject} 自 {day} 起纳入评判，已写入 {path}。")
