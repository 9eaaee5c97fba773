"""zwgk forecast: the year-end score if nothing changes."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from app.forecast import ASSUMPTIONS, Forecast
from app.forecast import forecast as forecast_units
from app.naming import subject_named
from app.office import Office
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of
from domain.scores import Occurrence, ScoreSheet

app = typer.Typer(add_completion=False)

UNITS = (
    "单位",
    "今天扣分",
    "年底扣分",
    "今天确定",
    "年底确定",
    "今天待定",
    "年底待定",
    "年底合计",
    "不明项数",
)
CLAUSES = ("细则", "内容", "满分", "今天扣", "年底扣", "将新增")


@app.command()
def forecast(
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="一个单位，逐项说明（默认：全部单位）")
    ] = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """预测：如果一切照旧，年底各单位是多少分；是推算，不是得分，不改变任何记录。"""
    with office_of(folder) as office:
        found = forecast_units(office, unit_id=unit or None)
        names = {
            hit.subject_id: subject_named(office, hit.subject_id)[0] for one in found for hit in one.more
        }
        if as_json:
            print_json(forecasts_json(office, found))
            return
    if unit:
        show_unit(found[0], names)
    else:
        show_all(found)
    say("推算的前提：")
    for number, sentence in enumerate(ASSUMPTIONS, 1):
        say(f"  {number}. {sentence}")


def show_all(found: Sequence[Forecast]) -> None:
    rows = [
        (
            one.unit.name, one.now.deducted, one.end.deducted, one.now.total, one.end.total,
            one.now.pending, one.end.pending, one.end.final, one.unknown,
        )
        for one in found
    ]  # fmt: skip
    print_table(f"年底预测（{len(rows)} 个单位）", UNITS, rows)


def show_unit(one: Forecast, names: dict[str, str]) -> None:
    rows = []
    for now, end in zip(one.now.clauses, one.end.clauses, strict=True):
        if now.deducted or end.deducted or now.state is not end.state:
            more = [hit for hit in one.more if hit.clause_id == end.clause_id]
            rows.append((end.clause_id, end.item, end.points, now.deducted, end.deducted, told(more, names)))
    if rows:
        print_table(f"{one.unit.name} {one.now.year}年底预测（今天{one.now.as_of}）", CLAUSES, rows)
    else:
        say(f"{one.unit.name}：到{one.end.as_of}没有可以预见的扣分。")
    say(
        f"确定 {one.now.total} 分 → {one.end.total} 分，扣 {one.now.deducted} 分 → {one.end.deducted} 分，"
        f"待定 {one.now.pending} 分 → {one.end.pending} 分；{one.unknown} 项说不准，没有推断。"
    )


def told(more: Sequence[Occurrence], names: dict[str, str]) -> str:
    """工作动态：2026-11、2026-12."""
    months: dict[str, list[str]] = {}
    for hit in more:
        months.setdefault(names[hit.subject_id], []).append(str(hit.month))
    return "；".join(f"{name}：{'、'.join(dict.fromkeys(found))}" for name, found in months.items())


def forecasts_json(office: Office, found: Sequence[Forecast]) -> dict[str, Any]:
    return {
        "simulation": office.archive.simulation,
        "assumptions": ASSUMPTIONS,
        "units": [forecast_json(one) for one in found],
    }


def forecast_json(one: Forecast) -> dict[str, Any]:
    """`more`: what would be counted beyond today, before the clause's cap."""
    return {
        "unit": one.unit.id,
        "unit_name": one.unit.name,
        "year": one.now.year,
        "now": side(one.now),
        "end": side(one.end),
        "unknown": one.unknown,
        "clauses": [
            {"id": now.clause_id, "points": end.points, "now": now.deducted, "end": end.deducted}
            for now, end in zip(one.now.clauses, one.end.clauses, strict=True)
            if now.deducted or end.deducted
        ],
        "more": [
            {
                "clause": hit.clause_id, "test": hit.test_id, "subject": hit.subject_id, "month": hit.month,
                "points": hit.points,
            }
            for hit in one.more
        ],
    }  # fmt: skip


def side(sheet: ScoreSheet) -> dict[str, Any]:
    return {
        "as_of": sheet.as_of, "total": sheet.total, "pending": sheet.pending, "deducted": sheet.deducted,
        "bonus": sheet.bonus, "penalty": sheet.penalty, "final": sheet.final,
    }  # fmt: skip
