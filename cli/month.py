"""zwgk month: draft and close a month, sum up a quarter."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from app.month_files import Extra
from app.months import MonthResult, close, draft
from app.quarters import QuarterResult, quarter
from app.templates import copy_templates
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, MonthArgument, parse_day
from cli.output import note, print_json, say
from cli.session import office_of
from domain.quarters import Quarter, QuarterIssue

app = typer.Typer(
    add_completion=False, help="每月通报：起草、结账；季度通报；公文模板。", no_args_is_help=True
)


def parse_quarter(text: str) -> Quarter:
    """Read `2026Q3`."""
    try:
        return Quarter.parse(text.strip())
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是季度，请写成 2026Q3") from None


Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="文件写到哪个文件夹")]
AsPdf = Annotated[bool, typer.Option("--pdf/--no-pdf", help="是否同时出 PDF（需要 LibreOffice）")]
AsZip = Annotated[bool, typer.Option("--zip", help="另把全部文件打成一个压缩包")]
QuarterArgument = Annotated[Quarter, typer.Argument(metavar="季度", parser=parse_quarter, help="如 2026Q3")]
Number = Annotated[int | None, typer.Option("--number", metavar="序号", help="文号中的序号，如 12", min=1)]
Day = Annotated[
    date | None, typer.Option("--date", metavar="日期", parser=parse_day, help="成文（印发）日期")
]


@app.command("draft")
def draft_month(
    month: MonthArgument,
    out: Out = HERE,
    pdf: AsPdf = False,
    packed: AsZip = False,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """按现有记录起草通报、附表和各单位整改通知书，可反复运行；不改变任何记录。"""
    with office_of(folder) as office:
        office.moment(as_of)
        report(draft(office, month, out, Extra(pdf=pdf, packed=packed)), as_json, "已起草")


@app.command("close")
def close_month(
    month: MonthArgument,
    by: By,
    out: Out = HERE,
    pdf: AsPdf = False,
    packed: AsZip = False,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """月末后结账：得分表和通报内容就此固定，以后不再重算。"""
    with office_of(folder) as office:
        office.moment(as_of)
        report(close(office, month, out, by, Extra(pdf=pdf, packed=packed)), as_json, "已结账")


@app.command("quarter")
def sum_up_quarter(
    asked: QuarterArgument,
    out: Out = HERE,
    number: Number = None,
    day: Day = None,
    pdf: AsPdf = False,
    packed: AsZip = False,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """把季度内已结账的月份汇总成检查通报；给出文号和日期（须三个月都已结账）才是定稿，否则是草稿。"""
    if (number is None) != (day is None):
        raise typer.BadParameter("--number 和 --date 要么都给，要么都不给")
    given = QuarterIssue(number=number, issued_on=day) if number is not None and day is not None else None
    with office_of(folder) as office:
        office.moment(as_of)
        result = quarter(office, asked, out, given, Extra(pdf=pdf, packed=packed))
    for missing in filter(None, (result.no_pdf, result.no_picture)):
        note(missing)
    print_json(result.as_json()) if as_json else _tell(result)


@app.command("templates")
def templates(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="复制到哪个文件夹")] = Path("templates"),
) -> None:
    """复制自带的公文模板（.docx），供用 Word 或 WPS 修改；改好放在部署文件夹的 templates/ 里即生效。"""
    for file in copy_templates(out):
        say(f"  {file}")


def report(result: MonthResult, as_json: bool, done: str) -> None:
    """Print what was made (contract: design.md §9)."""
    if result.no_pdf:
        note(result.no_pdf)
    if as_json:
        print_json(result.as_json())
        return
    say(f"{result.month} {done}：{result.items} 项问题，扣 {result.points} 分。")
    if result.unconfirmed:
        say(f"另有 {result.unconfirmed} 项疑似，未经人认定，没有列入（zwgk events 查看）。")
    _list(result.files)


def _list(files: Sequence[Path]) -> None:
    """One line a file; a folder of its own, as the units' notices have, is one line too."""
    top = files[0].parent if files else HERE
    inside = Counter(path.parent for path in files if path.parent != top)
    for path in dict.fromkeys(path if path.parent == top else path.parent for path in files):
        say(f"  {path}" + (f"（{inside[path]} 个文件）" if path in inside else ""))


def _tell(result: QuarterResult) -> None:
    say(f"{result.quarter}：汇总 {len(result.months)} 个月，{result.items} 项问题。")
    if result.missing:
        say(f"还没有结账、没有计入的月份：{'、'.join(map(str, result.missing))}。")
    _list(result.files)
