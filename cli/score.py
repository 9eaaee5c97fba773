"""zwgk score: score sheets."""

from typing import Annotated, Any

import typer

from app.scores import score_all, score_unit
from cli.options import HERE, AsJson, AsOfDay, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of
from domain.scores import ClauseState, ScoreSheet

app = typer.Typer(add_completion=False)

STATES = {
    ClauseState.JUDGED: "已评判",
    ClauseState.ENTERED: "人工评分",
    ClauseState.NOT_APPLICABLE: "不涉及",
    ClauseState.PROPOSED: "待人认定",
    ClauseState.PENDING: "待定",
}


@app.command()
def score(
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="一个单位的逐项得分（默认：全部单位）")
    ] = "",
    as_of: AsOfDay = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """得分表：确定得分、待定分、扣分和覆盖率；没有监测到的不会算作满分。"""
    with office_of(folder) as office:
        names = {one.id: one.name for one in office.registry.units}
        sheets = [score_unit(office, unit, as_of)] if unit else score_all(office, as_of)
    if as_json:
        print_json(sheet_json(sheets[0]) if unit else {"sheets": [sheet_json(one) for one in sheets]})
    elif unit:
        show_sheet(sheets[0], names[sheets[0].unit_id])
    else:
        show_all(sheets, names)


def sheet_json(sheet: ScoreSheet) -> dict[str, Any]:
    """Contract of design.md §9."""
    return {
        "unit": sheet.unit_id,
        "as_of": sheet.as_of,
        "rubric": sheet.rubric_version,
        "total": sheet.total,
        "pending": sheet.pending,
        "deducted": sheet.deducted,
        "coverage": sheet.coverage,
        "monitored_from": sheet.monitored_from,
        "clauses": [
            {
                "id": clause.clause_id,
                "mode": clause.mode,
                "state": clause.state,
                "points": clause.points,
                "deducted": clause.deducted,
                "occurrences": [
                    {"event": one.event_id, "month": one.month, "points": one.points}
                    for one in clause.occurrences
                ],
                "why": clause.why,
            }
            for clause in sheet.clauses
        ],
    }


def show_sheet(sheet: ScoreSheet, name: str) -> None:
    rows = [
        (
            one.clause_id, one.item, STATES[one.state], one.points, one.deducted,
            "、".join(f"{hit.month}事件{hit.event_id}" for hit in one.occurrences), one.why,
        )
        for one in sheet.clauses
    ]  # fmt: skip
    columns = ("细则", "内容", "状态", "满分", "扣分", "扣分事件", "说明")
    print_table(f"{name}（{sheet.as_of}）", columns, rows)
    say(f"确定 {sheet.total} 分，待定 {sheet.pending} 分，扣 {sheet.deducted} 分，{coverage(sheet)}。")
    for subject, day in sheet.monitored_from.items():
        say(f"  {subject}：{f'自 {day} 起评判' if day else '试运行，未评判'}")


def show_all(sheets: list[ScoreSheet], names: dict[str, str]) -> None:
    rows = [
        (names[one.unit_id], one.total, one.pending, one.deducted, share(one), one.as_of) for one in sheets
    ]
    print_table(f"得分（{len(rows)} 个单位）", ("单位", "确定得分", "待定", "扣分", "覆盖率", "截至"), rows)


def share(sheet: ScoreSheet) -> str:
    return f"{sheet.coverage * 100:.1f}%" if sheet.coverage is not None else ""


def coverage(sheet: ScoreSheet) -> str:
    return f"应看的读数 {share(sheet)} 得到答复" if share(sheet) else "还没有读数"
