"""Options that several commands share, and how what was typed becomes a value."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from domain.clock import BEIJING, Month

HERE = Path()


def folder_asked(ctx: typer.Context, value: Path) -> Path:
    """The folder named after the command, else the one named before it, else the current one."""
    inherited = ctx.obj
    return inherited if value == HERE and isinstance(inherited, Path) else value


def parse_day(text: str) -> date:
    """Read `2026-10-08`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是日期，请写成 2026-10-08") from None


def parse_moment(text: str) -> datetime:
    """Read `2026-10-08T01:30`; Beijing time unless an offset is written, 00:00 where only a day is."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(
            f"“{text}”不是时刻，请写成 2026-10-08T01:30（北京时间），或写明时区：2026-10-07T17:30Z"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def parse_month(text: str) -> Month:
    """Read `2026-10`."""
    try:
        return Month.parse(text.strip())
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是月份，请写成 2026-10") from None


def parse_points(text: str) -> Decimal:
    """Read `0.5`."""
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        raise typer.BadParameter(f"“{text}”不是分值，请写成 2 或 0.5") from None
    if not points.is_finite():
        raise typer.BadParameter(f"“{text}”不是分值，请写成 2 或 0.5")
    return points


Folder = Annotated[
    Path,
    typer.Option(
        "--dir",
        metavar="DIR",
        callback=folder_asked,
        show_default=False,
        help="部署文件夹；不写则用环境变量 ZWGK_DIR，再则用当前文件夹",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="只向标准输出打印 JSON，供程序读取")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="谁作的决定，记入日志")]
Recorder = Annotated[str, typer.Option("--by", metavar="姓名", help="谁登记的，记入日志")]
Reason = Annotated[str, typer.Option("--reason", metavar="理由", help="为什么，记入日志")]
Second = Annotated[str, typer.Option("--second", metavar="姓名", help="本办自己的单位：共同决定的另一个人")]
AsOfMoment = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        metavar="时刻",
        parser=parse_moment,
        help="仅限模拟库：把此刻当作现在，如 2026-10-08T01:30（北京时间）",
    ),
]
AsOfDay = Annotated[
    date | None,
    typer.Option("--as-of", metavar="日期", parser=parse_day, help="按该日终了时的记录，如 2026-10-31"),
]
Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年度", min=2000, max=2200, help="考核年度（默认：所按日期的那一年）"),
]
MonthArgument = Annotated[Month, typer.Argument(metavar="月份", parser=parse_month, help="如 2026-10")]
FailOn = Annotated[
    str, typer.Option("--fail-on", metavar="breach", help="写 breach：有未整改的问题时以状态码 1 退出")
]


def fails_on_breach(fail_on: str) -> bool:
    """Whether `--fail-on breach` was asked. Raises a usage error for any other word."""
    if fail_on not in {"", "breach"}:
        raise typer.BadParameter(f"--fail-on 只认 breach，不认“{fail_on}”")
    return fail_on == "breach"
