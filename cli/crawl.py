"""zwgk crawl: the nightly job, now."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from app.crawls import Progress, RunReport, run_crawl
from cli.options import HERE, AsJson, AsOfMoment, Folder
from cli.output import note, print_json, say
from cli.session import office_of
from domain.looks import RunOutcome

app = typer.Typer(add_completion=False)

INTERRUPTED = 130
EVERY = 25
"""Looks between two lines of progress where stderr is no terminal."""


@app.command()
def crawl(
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", metavar="单位", help="只看这些单位自己的；可写多次"),
    ] = None,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """监测一遍全部栏目、文件、账号和应用，存证并评判；中断后再次运行会接着做。"""
    with office_of(folder) as office, progress_shown() as progress:
        report = run_crawl(office, units=unit or (), as_of=as_of, progress=progress)
    if as_json:
        print_json(report)
    else:
        say(sentence(report))
    if report.outcome is RunOutcome.STOPPED:
        raise typer.Exit(INTERRUPTED)


def sentence(report: RunReport) -> str:
    ends = {RunOutcome.DONE: "完成", RunOutcome.STOPPED: "中途停止，已看到的都已存下；再次运行会接着做"}
    resumed = "（接续上次中断的监测）" if report.resumed else ""
    return (
        f"第 {report.run_id} 次监测{resumed}{ends.get(report.outcome, report.outcome.value)}："
        f"计划 {report.planned} 处，已看 {report.done} 处，其中 {report.failed} 处没有得到答复。"
    )


@contextmanager
def progress_shown() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, a line now and then elsewhere; both on stderr."""
    if not sys.stderr.isatty():
        yield line_of_progress
        return
    columns = (
        TextColumn("监测"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[subject]}"),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, subject="")

        def show(seen: Progress) -> None:
            now = f"{seen.subject_id} {seen.state}"
            bar.update(task, total=seen.planned, completed=seen.done, subject=now)

        yield show


def line_of_progress(seen: Progress) -> None:
    if seen.done % EVERY == 0:
        note(f"监测 {seen.done}/{seen.planned}，{seen.failed} 处没有答复")
