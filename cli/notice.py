"""zwgk notice: a closed month's notice goes out."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.month_files import Extra
from app.months import issue
from cli.month import AsPdf, AsZip, report
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, MonthArgument, parse_day
from cli.session import office_of

app = typer.Typer(add_completion=False, help="通报的印发。", no_args_is_help=True)


@app.callback()
def notice() -> None:
    """通报的印发。"""


@app.command("issue")
def issue_notice(
    month: MonthArgument,
    number: Annotated[int, typer.Option("--number", metavar="序号", help="文号中的序号，如 12", min=1)],
    day: Annotated[date, typer.Option("--date", metavar="日期", parser=parse_day, help="成文（印发）日期")],
    by: By,
    deadline: Annotated[
        date | None,
        typer.Option(
            "--deadline", metavar="日期", parser=parse_day, help="整改期限（默认：按设置的工作日数）"
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="文件写到哪个文件夹")] = HERE,
    pdf: AsPdf = True,
    packed: AsZip = False,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """给已结账月份的通报编号、定日期：所列事件自此为“已通报”，期限开始计算。"""
    with office_of(folder) as office:
        office.moment(as_of)
        extra = Extra(pdf=pdf, packed=packed)
        report(issue(office, month, number, day, deadline, by, out, extra), as_json, "已印发")
