"""zwgk verify: walk the log's hash chain."""

import typer

from cli.options import HERE, AsJson, Folder
from cli.output import note, print_json, say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def verify(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """从头核对日志的哈希链；有人改动过任何一条，即指出是哪一条，以状态码 1 退出。"""
    with office_of(folder) as office:
        result = office.archive.verify()
    if as_json:
        print_json(result)
    elif result.ok:
        say(f"日志完好：{result.count} 条，末条哈希 {result.head}。")
    else:
        note(f"日志在第 {result.broken_at} 条处断开：{result.why}")
    if not result.ok:
        raise typer.Exit(1)
