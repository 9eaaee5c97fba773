"""zwgk score: score sheets."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from app.contract.scores import sheet_json
from app.national import national as national_results
from app.scores import score_all, score_unit
from app.words import CLAUSE_STATES
from app.year import year_workbook
from cli.options import HERE, AsJson, AsOfDay, Folder, Year
from cli.output import print_json, print_table, say
from cli.session import office_of
from domain.errors import StorageError
from domain.scores import ScoreSheet
from domain.vetoes import Hit, Vetoes, VetoResult

app = typer.Typer(add_completion=False)


@app.command()
def score(
    unit: Annotated[
        str, typer.Option("--unit", metavar="单位", help="一个单位的逐项得分（默认：全部单位）")
    ] = "",
    as_of: AsOfDay = None,
    year: Year = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="文件", help="把全部单位的年度得分写成 .xlsx")
    ] = None,
    rank: Annotated[bool, typer.Option("--rank", help="仅用于 --xlsx：汇总表列出名次（默认不排名）")] = False,
    national: Annotated[
        bool, typer.Option("--national", help="只列国家指标的单项否决情况，供参考，不计入得分")
    ] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """得分表：确定得分、待定分、扣分、加分和覆盖率；没有监测到的不会算作满分。"""
    if (xlsx is not None and unit) or (rank and xlsx is None):
        raise typer.BadParameter("--xlsx 写全部单位，不与 --unit 同用；--rank 只与 --xlsx 同用")
    if xlsx is not None and xlsx.suffix.lower() != ".xlsx":
        raise typer.BadParameter(f"{xlsx} 不是 .xlsx。文件名请以 .xlsx 结尾，否则表格程序打不开")
    if national:
        show_national(folder, as_of, as_json=as_json)
        return
    with office_of(folder) as office:
        names = {one.id: one.name for one in office.registry.units}
        sheets = [score_unit(office, unit, as_of, year)] if unit else score_all(office, as_of, year=year)
        if xlsx is not None:
            write_file(xlsx, year_workbook(office, sheets, as_of=as_of, ranked=rank))
    if as_json:
        print_json(sheet_json(sheets[0]) if unit else {"sheets": [sheet_json(one) for one in sheets]})
    elif xlsx is not None:
        say(f"{len(sheets)} 个单位的年度得分已写入 {xlsx}。")
    elif unit:
        show_sheet(sheets[0], names[sheets[0].unit_id])
    else:
        show_all(sheets, names)


def show_national(folder: Path, as_of: date | None, *, as_json: bool) -> None:
    """The veto indicators, beside and never within the score."""
    with office_of(folder) as office:
        vetoes, found = national_results(office, as_of)
    if as_json:
        print_json(national_json(vetoes, found))
        return
    rows = [(one.indicator.id, one.indicator.item, one.object, HITS[one.hit], one.why) for one in found]
    print_table(f"{vetoes.title}（{vetoes.source}）", ("指标", "内容", "对象", "结果", "说明"), rows)
    say(f"仅供参考，不计入得分。{vetoes.left_out}")


def national_json(vetoes: Vetoes, found: list[VetoResult]) -> dict[str, Any]:
    results = [
        {
            "id": one.indicator.id, "item": one.indicator.item, "object": one.object, "result": one.hit,
            "why": one.why,
        }
        for one in found
    ]  # fmt: skip
    return {
        "rubric": vetoes.version,
        "source": vetoes.source,
        "left_out": vetoes.left_out,
        "results": results,
    }


HITS = {Hit.HIT: "命中", Hit.NOT_HIT: "未命中", Hit.UNKNOWN: "无法判定"}


def write_file(path: Path, data: bytes) -> None:
    """Raises StorageError naming the file and the way out."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise StorageError(
            f"{path} 写不进去：{error.strerror}。请关闭正打开它的程序，或换一个位置。"
        ) from error


def show_sheet(sheet: ScoreSheet, name: str) -> None:
    rows = [
        (
            one.clause_id, one.item, CLAUSE_STATES[one.state], one.points, one.deducted,
            one.proposed or None, one.given or None,
            "、".join(f"{hit.month}事件{hit.event_id}" for hit in one.occurrences), one.why,
        )
        for one in sheet.clauses
    ]  # fmt: skip
    columns = ("细则", "内容", "状态", "满分", "扣分", "建议扣（加）", "加分", "扣分事件", "说明")
    print_table(f"{name} {sheet.year}年度（截至{sheet.as_of}）", columns, rows)
    say(f"确定 {sheet.total} 分，待定 {sheet.pending} 分，扣 {sheet.deducted} 分，{coverage(sheet)}。")
    say(f"加分 {sheet.bonus} 分，扣分项 {sheet.penalty} 分，合计 {sheet.final} 分（不含待定）。")
    for subject, day in sheet.monitored_from.items():
        say(f"  {subject}：{f'自 {day} 起评判' if day else '试运行，未评判'}")


def show_all(sheets: list[ScoreSheet], names: dict[str, str]) -> None:
    rows = [
        (
            names[one.unit_id], one.total, one.pending, one.deducted, one.bonus, one.penalty, one.final,
            share(one), one.as_of,
        )
        for one in sheets
    ]  # fmt: skip
    columns = ("单位", "确定得分", "待定", "扣分", "加分", "扣分项", "合计", "覆盖率", "截至")
    print_table(f"得分（{len(rows)} 个单位）", columns, rows)


def share(sheet: ScoreSheet) -> str:
    return f"{sheet.coverage * 100:.1f}%" if sheet.coverage is not None else ""


def coverage(sheet: ScoreSheet) -> str:
    return f"应看的读数 {share(sheet)} 得到答复" if share(sheet) else "还没有读数"
