"""The command `zwgk`: finds the command, runs it, and turns every error into one line and an exit code.

0 done; 1 done, but something the caller asked to fail on; 2 bad usage or configuration;
3 could not run; 130 interrupted.
"""

import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from cli.chinese import help_option_in_chinese, speak_chinese
from cli.groups import LazyGroup
from cli.options import HERE
from cli.output import note, say
from cli.usage import in_chinese
from domain.errors import ConfigError, ZwgkError

BAD_USAGE = 2
INTERRUPTED = 130

app = typer.Typer(cls=LazyGroup, add_completion=False)


def print_version(asked: bool) -> None:
    if asked:
        say(f"zwgk {version('zwgk')}")
        raise typer.Exit


@app.callback(epilog="先运行 zwgk init 文件夹 建立部署；各命令的用法：zwgk 命令 --help")
def root(
    ctx: typer.Context,
    folder: Annotated[
        Path,
        typer.Option(
            "--dir",
            metavar="DIR",
            envvar="ZWGK_DIR",
            show_default=False,
            help="部署文件夹（默认：当前文件夹）",
        ),
    ] = HERE,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="把运行记录打印到标准错误")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="打印版本号")
    ] = False,
) -> None:
    """政务公开监测：每晚查看各单位的栏目和政务新媒体，留存证据，按细则计分，起草每月通报。"""
    ctx.obj = folder
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no error leaves as a traceback."""
    _speak_utf8()
    try:
        code = _run(sys.argv[1:] if arguments is None else list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_pipe()
        return 0
    return code


def command() -> Any:
    """The root command, its words in Chinese."""
    speak_chinese()
    root_command = get_command(app)
    return help_option_in_chinese(typer.Context(root_command), root_command)


def _run(arguments: list[str]) -> int:
    root_command = command()
    try:
        with root_command.make_context("zwgk", arguments) as ctx:
            root_command.invoke(ctx)
    except typer.Exit as end:
        return end.exit_code
    except ConfigError as error:
        way_out = "改正后再运行；部署里的文件可用 zwgk config check 逐一核对"
        note(f"{error}\n共 {len(error.problems)} 处配置问题，{way_out}。")
        return error.exit_code
    except ZwgkError as error:
        note(str(error))
        return error.exit_code
    except TyperException as error:
        note(in_chinese(error))
        return BAD_USAGE
    except (KeyboardInterrupt, typer.Abort):
        note("已中断；已经存下的记录都保留。")
        return INTERRUPTED
    return 0


def _speak_utf8() -> None:
    """Chinese must come out whole whatever the locale."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _leave_pipe() -> None:
    """The reader has had enough (`zwgk events | head`): write the rest to nowhere, without complaint."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
