"""zwgk notify: digests by mail and chat."""

import os
import socket
from typing import Annotated

import typer

from app.notify import Report, preview
from app.notify import notify as send_digests
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, say
from cli.session import office_of
from domain.notify import Outcome

app = typer.Typer(add_completion=False)


@app.command()
def notify(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会给谁发什么，不发送、不登记")] = False,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """把新情况发给 notify 写明的人：每人每天最多一次，夜间不发；zwgk serve 运行时会自动发。"""
    with office_of(folder) as office:
        if dry_run:
            found = preview(office)
        else:
            found = send_digests(office, holder=f"{socket.gethostname()}:{os.getpid()}")
    if as_json:
        print_json({"sent": not dry_run, "recipients": [report_json(one) for one in found]})
    for one in found if not as_json else ():
        say(f"{one.recipient.name}（{one.recipient.to}）：{one.outcome.value}")
        if one.digest is not None and dry_run:
            say(f"{one.digest.title}\n{one.digest.text}\n")
    if not found and not as_json:
        say("zwgk.yaml 的 notify 没有写明发给谁。")
    if any(one.outcome is Outcome.FAILED for one in found):
        raise typer.Exit(1)


def report_json(one: Report) -> dict[str, object]:
    made = one.digest
    return {
        "name": one.recipient.name, "to": one.recipient.to, "outcome": one.outcome,
        "title": made.title if made else None, "text": made.text if made else None,
    }  # fmt: skip
