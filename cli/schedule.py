"""zwgk schedule: what is due when, and why."""

import typer

from app.contract.runs import schedule_json
from app.scheduler import schedule_of
from cli.options import HERE, AsJson, AsOfDay, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of
from domain.clock import day_end

app = typer.Typer(add_completion=False)


@app.command()
def schedule(as_of: AsOfDay = None, folder: Folder = HERE, as_json: AsJson = False) -> None:
    """列出每个监测对象下次何时监测、为什么；逾期未看的排在最前。"""
    with office_of(folder) as office:
        at = day_end(as_of) if as_of else office.now()
        units = {unit.id: unit.name for unit in office.registry.units}
        rows = schedule_of(office, at)
        entries = schedule_json(office, rows, at)
    if as_json:
        print_json({"as_of": at, "entries": entries})
    elif rows:
        cells = [
            (
                row.due_at, row.due_at <= at, units.get(entry["unit"] or "", "共用"),
                entry["name"], row.subject_id, row.reason,
            )
            for row, entry in zip(rows, entries, strict=True)
        ]  # fmt: skip
        print_table(f"监测计划（{len(cells)} 处）", ("时刻", "逾期", "单位", "名称", "对象", "原因"), cells)
    else:
        say("还没有登记监测对象：在 units 文件夹中登记各单位的栏目和账号。")
