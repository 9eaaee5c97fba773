"""zwgk restore: a backup put in the database's place."""

from pathlib import Path
from typing import Annotated

import typer

from app.office import restore_database
from cli.options import HERE, Folder
from cli.output import say

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="文件", help="zwgk backup 做的备份文件")],
    folder: Folder = HERE,
) -> None:
    """用备份换下数据库（SQLite）：先核对备份的日志；换下的数据库改名保留。请先停下 zwgk serve。"""
    found, kept = restore_database(folder, file)
    say(f"已恢复：日志完好，{found.count} 条。")
    if kept is not None:
        say(f"换下的数据库保留在 {kept}；核对无误后可以移走。")
