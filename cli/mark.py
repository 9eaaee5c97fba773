"""zwgk mark: a person's mark for a clause."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from app.contract.scores import mark_json
from app.marks import MEANS, Said
from app.marks import mark as enter_mark
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, Reason, Year, parse_points
from cli.output import print_json, say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def mark(
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位编号或名称")],
    clause: Annotated[str, typer.Argument(metavar="条款", help="如 A1-01")],
    by: By,
    reason: Reason,
    points: Annotated[
        Decimal | None,
        typer.Argument(metavar="分值", parser=parse_points, help="得几分；加分项为加几分，扣分项为扣几分"),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="取消此前的评分，恢复系统所算")] = False,
    second: Annotated[
        str, typer.Option("--second", metavar="姓名", help="复核人；本办自管的单位必填，须是另一人")
    ] = "",
    file: Annotated[list[Path] | None, typer.Option("--file", metavar="附件", help="可写多次，存档")] = None,
    year: Year = None,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """由人给一个条款评分：谁、何时、为什么，都记入日志；最新一次有效，可取消，不可改。"""
    if clear == (points is not None):
        raise typer.BadParameter("请写分值，或写 --clear，二者必居其一")
    said = Said(points=points, by=by, reason=reason, second=second, files=tuple(file or ()))
    with office_of(folder) as office:
        made = enter_mark(office, unit, clause, said, year=year, at=as_of)
        owner = office.unit(made.unit_id)
        means = MEANS[office.rubric_for(owner).clause(made.clause_id).section]
    if as_json:
        print_json(mark_json(made))
    elif made.points is None:
        say(f"{owner.name} {made.year}年度 {made.clause_id} 的评分已取消，已记入日志。")
    else:
        say(f"{owner.name} {made.year}年度 {made.clause_id}：{means} {made.points}，已记入日志。")
