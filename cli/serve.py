"""zwgk serve: the console and the schedule, running."""

from typing import Annotated

import typer

from app.serving import serve as serve_folder
from app.serving import stand_by
from cli.options import HERE, Folder
from cli.output import note
from cli.session import office_of
from web.server import running

app = typer.Typer(add_completion=False)

HOST, PORT = "127.0.0.1", 8300


@app.command()
def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="控制台在哪个地址打开；供局域网使用写 0.0.0.0")
    ] = HOST,
    port: Annotated[
        int, typer.Option("--port", metavar="端口", help="控制台的端口", min=0, max=65535)
    ] = 8300,
    no_console: Annotated[bool, typer.Option("--no-console", help="只按计划监测，不开控制台")] = False,
    folder: Folder = HERE,
) -> None:
    """打开控制台，并按计划每晚监测，直到 Ctrl-C 或 SIGTERM；停机期间错过的，下次启动后随即补看。"""
    if no_console:
        serve_folder(folder, told=note)
        return
    with office_of(folder) as office:
        simulation, users = office.archive.simulation, office.archive.users()
    with running(folder, host=host, port=port) as address:
        note(f"控制台：{address}")
        if not users:
            note("还没有用户：另开一个窗口运行 zwgk user add 用户名 --role 管理员。")
        if simulation:
            stand_by(told=note)
        else:
            serve_folder(folder, told=note)
