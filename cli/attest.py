"""zwgk attest: what a person saw counts as a good look."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.decisions import Attestation
from app.decisions import attest as attest_subject
from cli.options import HERE, AsOfMoment, By, Folder, Reason, Second, parse_day
from cli.output import say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def attest(
    subject: Annotated[str, typer.Argument(metavar="对象", help="如 account:caizhengju-wx")],
    by: By,
    reason: Reason,
    newest: Annotated[
        date | None,
        typer.Option("--newest", metavar="日期", parser=parse_day, help="栏目、账号：最新一条的日期"),
    ] = None,
    works: Annotated[bool | None, typer.Option("--ok/--broken", help="应用：可以下载，或无法下载")] = None,
    link: Annotated[str, typer.Option("--link", metavar="网址", help="栏目、账号：最新一条的网址")] = "",
    file: Annotated[
        list[Path] | None, typer.Option("--file", metavar="截图", help="作为证据存档，可写多次")
    ] = None,
    second: Second = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
) -> None:
    """机器读不到时由人核实：与一次正式监测同等有效，可附截图。"""
    seen = Attestation(
        by=by, reason=reason, newest_on=newest, works=works, link=link, files=tuple(file or ()), second=second
    )
    with office_of(folder) as office:
        number = attest_subject(office, subject, seen, at=as_of)
    say(f"已存为第 {number} 号记录，并据此重新评判了 {subject}。")
