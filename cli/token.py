"""zwgk user token: what programs use instead of a password."""

from typing import Annotated

import typer

from app.tokens import make_token, revoke_token
from cli.options import HERE, AsJson, Folder
from cli.output import note, print_json, print_table, say
from cli.session import office_of
from domain.users import Scope

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="供程序使用的访问令牌：发给谁、列出、作废。"
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="用户名", help="令牌以谁的身份、权限使用")],
    label: Annotated[str, typer.Option("--label", metavar="用途", help="做什么用，如 大屏")],
    write: Annotated[bool, typer.Option("--write", help="也可以作决定、登记、评分（默认只读）")] = False,
    feed: Annotated[bool, typer.Option("--feed", help="只能订阅事件（/events.atom?token=…）")] = False,
    folder: Folder = HERE,
) -> None:
    """发一个令牌：只显示这一次，数据库里只存它的哈希。"""
    if write and feed:
        raise typer.BadParameter("--write 和 --feed 只能写一个")
    scope = Scope.WRITE if write else Scope.FEED if feed else Scope.READ
    with office_of(folder) as office:
        made, text = make_token(office, name, scope=scope, label=label)
    note(f"令牌 {made.id}（{scope.value}，{made.user}）如下，只显示这一次，请妥善保管：")
    say(text)


@app.command("list")
def list_tokens(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """列出令牌，作废的也列出；令牌本身不再显示。"""
    with office_of(folder) as office:
        found = office.archive.tokens()
    if as_json:
        print_json({"tokens": found})
    elif found:
        cells = [(one.id, one.user, one.scope, one.label, one.made_at, one.revoked_at) for one in found]
        print_table(f"令牌（{len(cells)}）", ("编号", "用户名", "权限", "用途", "发放", "作废"), cells)
    else:
        say("还没有令牌。用 zwgk user token add 用户名 --label 用途 发一个。")


@app.command()
def revoke(
    number: Annotated[int, typer.Argument(metavar="编号", help="zwgk user token list 列出的编号")],
    folder: Folder = HERE,
) -> None:
    """作废一个令牌，立即失效。"""
    with office_of(folder) as office:
        gone = revoke_token(office, number)
    say(f"令牌 {number}（{gone.user}，{gone.label}）已作废。")
