"""zwgk doctor: is everything in place?"""

import typer

from app.health import Point, examine, ready
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say

app = typer.Typer(add_completion=False)

COULD_NOT_RUN = 3


@app.command()
def doctor(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """检查本机和部署：Python、配置、数据文件夹、数据库、磁盘空间；缺什么、怎么办。"""
    points = examine(folder)
    ok = ready(points)
    if as_json:
        print_json({"ok": ok, "points": points})
    else:
        cells = [(one.name, verdict(one), one.found, "" if one.ok else one.way_out) for one in points]
        print_table("自查", ("项目", "结论", "情况", "怎么办"), cells)
        say("一切就绪。" if ok else "有必须解决的问题。")
    if not ok:
        raise typer.Exit(COULD_NOT_RUN)


def verdict(point: Point) -> str:
    if point.ok:
        return "正常"
    return "有问题" if point.needed else "没有（可选）"
