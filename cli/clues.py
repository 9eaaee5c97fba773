"""zwgk clues: 安全、泄密线索, for the people the settings name."""

from typing import Annotated, Any

import typer

from app.clues import FoundClue, clues
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of

app = typer.Typer(add_completion=False)

COLUMNS = ("首次见到", "单位", "对象", "类别", "内容", "数量", "位置", "可信度", "说明", "网址", "记录号")


@app.command("clues")
def show_clues(
    by: Annotated[
        str, typer.Option("--by", metavar="姓名", help="谁查看；须在 zwgk.yaml 的 clue_readers 之中")
    ],
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看一个单位（编号或名称）")] = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """列出安全、泄密线索（证件号、手机号、银行卡号、敏感词）：只供指定人员判断，不扣分、不进通报。"""
    with office_of(folder) as office:
        found = clues(office, by, office.unit(unit).id if unit else None)
        names = {one.id: one.name for one in office.registry.units}
    if as_json:
        print_json({"clues": [_row(one) for one in found]})
    elif found:
        cells = [_cells(one, names.get(one.unit_id or "", "共用")) for one in found]
        print_table(f"线索（{len(found)}），只供指定人员，不得外传", COLUMNS, cells)
    else:
        say("没有安全、泄密线索。只查了监测打开过的标题和文件，不等于没有问题。")


def _row(one: FoundClue) -> dict[str, Any]:
    """As JSON has it."""
    clue = one.clue
    return {
        "unit_id": one.unit_id, "subject_id": one.subject_id, "subject": one.subject, "kind": clue.kind,
        "text": clue.text, "count": clue.count, "where": clue.where, "weak": clue.weak, "note": clue.note,
        "url": one.url, "on": one.on, "look": one.look,
    }  # fmt: skip


def _cells(one: FoundClue, unit: str) -> tuple[object, ...]:
    clue, sure = one.clue, "低" if one.clue.weak else ""
    return (
        one.on, unit, one.subject, clue.kind, clue.text, clue.count, clue.where, sure, clue.note, one.url,
        one.look,
    )  # fmt: skip
