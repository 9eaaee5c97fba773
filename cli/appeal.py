"""zwgk appeal: a unit objects to an event, another person decides."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.appeals import appeals, decide_appeal, file_appeal, save_files
from app.contract.appeals import appeal_json
from app.contract.events import event_row
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, Reason, Second
from cli.output import print_json, print_table, say, shown
from cli.session import office_of
from domain.records import AppealOutcome

app = typer.Typer(add_completion=False, help="申诉：提出、决定、列出。", no_args_is_help=True)

EventNumber = Annotated[int, typer.Argument(metavar="事件编号", help="zwgk events 列出的编号")]


class Outcome(StrEnum):
    """What is typed."""

    UPHOLD = "uphold"
    WITHDRAW = "withdraw"


OUTCOMES = {Outcome.UPHOLD: AppealOutcome.UPHELD, Outcome.WITHDRAW: AppealOutcome.WITHDRAWN}


@app.command()
def file(
    event: EventNumber,
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="谁提出的申诉，记入日志")],
    reason: Reason,
    attached: Annotated[
        list[Path] | None,
        typer.Option("--file", metavar="附件", help="佐证材料，可写多次；每个最大 10 MB"),
    ] = None,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """对一个事件提出申诉：在通报写明的申诉期限内；附件按内容存档。"""
    with office_of(folder) as office:
        now = file_appeal(office, event, by=by, reason=reason, files=attached or (), at=as_of)
        row = event_row(office, now)
    if as_json:
        print_json(row)
    else:
        say(f"事件 {event} 的申诉已登记（附件 {len(attached or ())} 个），现为“{now.state.value}”。")


@app.command()
def decide(
    event: EventNumber,
    outcome: Annotated[
        Outcome, typer.Argument(metavar="uphold|withdraw", help="维持事件，或撤销（记 0 分，仍可见）")
    ],
    by: By,
    reason: Reason,
    second: Second = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """对申诉作决定：不能由提出申诉的人或认定该事件的人决定；撤销的立即重新计分。"""
    with office_of(folder) as office:
        now = decide_appeal(office, event, OUTCOMES[outcome], by=by, reason=reason, second=second, at=as_of)
        row = event_row(office, now)
    if as_json:
        print_json(row)
    else:
        say(f"申诉已决定：{OUTCOMES[outcome]}。事件 {event} 现为“{now.state.value}”，已记入日志。")


@app.command()
def files(
    event: EventNumber,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="附件写到哪个文件夹")] = HERE,
    folder: Folder = HERE,
) -> None:
    """取出一个事件的申诉附件，按登记顺序编号。"""
    with office_of(folder) as office:
        written = save_files(office, event, out)
    for path in written:
        say(str(path))


@app.command("list")
def list_appeals(
    open_only: Annotated[bool, typer.Option("--open", help="只看还没有决定的")] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """列出申诉：谁、何时、为什么，决定是什么。"""
    with office_of(folder) as office:
        rows = [appeal_json(office, one) for one in appeals(office, open_only=open_only)]
    if as_json:
        print_json({"appeals": rows})
    elif rows:
        cells = [
            (
                row["event"], row["unit_name"], row["subject_name"], row["filed_by"], row["filed_at"],
                row["reason"], len(row["files"]), shown(row["outcome"]) if row["outcome"] else "待决定",
                row["decided_by"], row["decided_why"],
            )
            for row in rows
        ]  # fmt: skip
        columns = ("事件", "单位", "对象", "申诉人", "时间", "理由", "附件", "决定", "决定人", "决定理由")
        print_table(f"申诉（{len(rows)}）", columns, cells)
    else:
        say("没有申诉。")
