"""zwgk remind: what units are told before any notice."""

from pathlib import Path
from typing import Annotated

import typer

from app.told import DAYS
from app.told import remind as remind_units
from cli.options import HERE, AsJson, AsOfMoment, Folder
from cli.output import note, print_json, say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def remind(
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只出一个单位的（默认：全部）")] = "",
    days: Annotated[int, typer.Option("--days", metavar="天数", help="到期前几天提醒", min=0)] = DAYS,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="每个单位一个文本文件，写到这个文件夹")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="由谁告知；写了才登记为已告知，每件事只告知一次")
    ] = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """给各单位的提示：首次发现、临近期限、整改到期；不写 --by 只预览，不登记。"""
    with office_of(folder) as office:
        letters = remind_units(office, unit_id=unit or None, days=days, out=out, by=by, at=as_of)
    if as_json:
        rows = [
            {
                "unit": one.unit.id, "unit_name": one.unit.name, "file": one.file,
                "told": [{"kind": t.kind, "topic": t.topic, "sentence": t.sentence} for t in one.told],
            }
            for one in letters
        ]  # fmt: skip
        print_json({"recorded": bool(by.strip()), "letters": rows})
        return
    for one in letters:
        say(str(one.file) if one.file else f"{one.text}\n")
    if not letters:
        say("没有新的提示。")
    elif not by.strip():
        note("以上只是预览，没有登记；告知各单位后请加 --by 姓名 再运行一次。")
