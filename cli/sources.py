"""zwgk sources: can the accounts' sources be read?"""

import typer

from app.contract.runs import source_json
from app.sources import SourceHealth
from app.sources import sources as healths
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of

app = typer.Typer(add_completion=False)

COLUMNS = ("来源", "主机", "情况", "读到/账号", "上次成功", "上次失败", "失败原因", "不正常自")


@app.command()
def sources(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """列出新媒体账号的各个来源：上次成功、上次失败和原因、从何时起不正常。来源不正常不扣单位的分。"""
    with office_of(folder) as office:
        found = healths(office)
    if as_json:
        print_json({"sources": [source_json(one) for one in found]})
    elif found:
        print_table(f"账号来源（{len(found)}）", COLUMNS, [_cells(one) for one in found])
    else:
        say("没有需要抓取的账号。")


def _cells(one: SourceHealth) -> tuple[object, ...]:
    return (
        one.source, one.host, state(one), f"{one.answered}/{one.accounts}", one.last_ok_at,
        one.last_failed_at, one.last_failure, one.failing_since,
    )  # fmt: skip


def state(one: SourceHealth) -> str:
    if one.expired:
        return "凭据或登录失效"
    if one.failing_since is not None:
        return "不正常"
    return "正常" if one.last_ok_at or one.answered else "还没有看过"
