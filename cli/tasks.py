"""zwgk tasks: what the office has to see to."""

from typing import Annotated

import typer

from app.by_hand import remind_office
from app.words import TASKS
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def tasks(
    everything: Annotated[bool, typer.Option("--all", help="也列出已办结的")] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """列出需要人处理的事：读不到的栏目、认不出的发布机构、批量异常……"""
    with office_of(folder) as office:
        remind_office(office)
        rows = office.archive.tasks(open_only=not everything)
        names = {unit.id: unit.name for unit in office.registry.units}
    if as_json:
        print_json({"tasks": rows})
    elif rows:
        cells = [
            (
                row.id,
                TASKS.get(row.kind, row.kind),
                names.get(row.unit_id or "", ""),
                row.subject,
                row.detail,
                row.opened_at,
                row.closed_at,
            )
            for row in rows
        ]
        print_table(f"待办（{len(rows)}）", ("编号", "事由", "单位", "对象", "说明", "提出", "办结"), cells)
    else:
        say("没有待办。")
