"""zwgk register: the register out into a workbook, and back."""

from pathlib import Path
from typing import Annotated

import typer

from app.register import counts, export_register, import_register
from cli.options import HERE, AsJson, Folder
from cli.output import note, print_json, say
from config.register_fields import PARTS
from domain.errors import ConfigError
from domain.register import Fate, Import, RowChange, WorkbookError

app = typer.Typer(add_completion=False, help="单位表：导出成工作簿，改好再导入。", no_args_is_help=True)

Book = Annotated[Path, typer.Argument(metavar="文件.xlsx", help="工作簿，如 单位表.xlsx")]


@app.callback()
def register() -> None:
    """单位表：导出成工作簿，改好再导入。"""


@app.command("export")
def export(book: Book, folder: Folder = HERE, as_json: AsJson = False) -> None:
    """把单位、栏目、政务新媒体、应用写成一个工作簿，可以在 Excel 或 WPS 里改。"""
    found = export_register(folder, book)
    if as_json:
        print_json({"file": book, "rows": found})
        return
    say(f"已写入 {book}：{'，'.join(f'{part.title} {found[part.key]}' for part in PARTS)}。")


@app.command("import")
def import_(
    book: Book,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，什么也不写")] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """把工作簿里的行并入单位表：按编号新增、修改，不删除；有任何错误就都不写。"""
    try:
        done = import_register(folder, book, write=not dry_run)
    except WorkbookError as error:
        if as_json:
            print_json({"ok": False, "written": False, "problems": error.problems})
        else:
            note(f"{error}\n共 {len(error.problems)} 处错误，什么也没有写。改正后再运行。")
        raise typer.Exit(error.exit_code) from None
    except ConfigError as error:
        note("单位表本身有问题，或导入以后读不出来；什么也没有写：")
        raise error
    if as_json:
        print_json(as_data(done, dry_run=dry_run))
    else:
        _tell(done, dry_run=dry_run)


def as_data(done: Import, *, dry_run: bool) -> dict[str, object]:
    """The import as JSON has it; rows that change nothing are only counted."""
    return {
        "ok": True, "dry_run": dry_run, "written": done.written, "files": done.files, "copies": done.copies,
        "counts": {part.key: {**counts(done, part.key), "不在文件里": done.kept[part.key]} for part in PARTS},
        "changes": [one for one in done.changes if one.fate is not Fate.SAME], "remarks": done.remarks,
    }  # fmt: skip


def _tell(done: Import, *, dry_run: bool) -> None:
    for remark in done.remarks:
        note(f"提示：{remark}。")
    for part in PARTS:
        changed = [one for one in done.changes if one.part == part.key and one.fate is not Fate.SAME]
        for one in changed:
            for line in _lines(one):
                say(line)
    for part in PARTS:
        told = "，".join(f"{fate} {number}" for fate, number in counts(done, part.key).items())
        kept = done.kept[part.key]
        say(f"{part.title}：{told}" + (f"；文件里没有的 {kept} 项保持不变" if kept else ""))
    if not done.files:
        say("与单位表一致，没有要改的。")
    elif dry_run:
        say(f"以上是预览，什么也没有写；将改动 {'、'.join(Path(path).name for path in done.files)}。")
    else:
        say(f"已写入 {'、'.join(Path(path).name for path in done.files)}；旧文件在 {done.copies}。")


def _lines(one: RowChange) -> list[str]:
    owner = f"{one.unit} " if one.unit else ""
    lines = [f"{one.fate} {owner}{one.name}（{one.id}，工作表“{one.sheet}”第 {one.row} 行）"]
    for change in one.fields:
        if one.fate is Fate.CHANGED:
            lines.append(f"    {change.heading}：{change.old or '（空）'} → {change.new or '（空）'}")
        elif change.key not in {"id", "name"}:
            lines.append(f"    {change.heading}：{change.new}")
    return lines
