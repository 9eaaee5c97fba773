"""zwgk backup: a consistent copy of the database."""

from pathlib import Path
from typing import Annotated

import typer

from cli.options import HERE, Folder
from cli.output import say
from cli.session import office_of

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="文件", help="备份写到哪里；已有的文件不会覆盖")],
    folder: Folder = HERE,
) -> None:
    """备份数据库（SQLite），运行中也可以；单位表和设置请一并拷贝。"""
    with office_of(folder) as office:
        office.archive.backup(file)
    say(f"已备份到 {file}（{file.stat().st_size / 1_000_000:.1f} MB）。")
