"""zwgk serve: the schedule, running."""

import typer

from app.serving import serve as serve_folder
from cli.options import HERE, Folder
from cli.output import note

app = typer.Typer(add_completion=False)


@app.command()
def serve(folder: Folder = HERE) -> None:
    """按计划每晚监测，直到 Ctrl-C 或 SIGTERM；停机期间错过的，下次启动后随即补看。"""
    serve_folder(folder, told=note)
