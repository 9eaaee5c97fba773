"""zwgk user: who may log in to the console."""

import getpass
import sys
from typing import Annotated

import typer

from app.users import add_user, change_password, disable_user, enable_user
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of
from cli.token import app as tokens
from domain.errors import InputError
from domain.users import Role

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="控制台的用户：增加、列出、改密码、停用、恢复。"
)
app.add_typer(tokens, name="token")

Name = Annotated[str, typer.Argument(metavar="用户名", help="登录时填写的名字")]


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option("--role", metavar="角色", help="办公室、审核、单位、管理员、只读")],
    person: Annotated[
        str, typer.Option("--person", metavar="姓名", help="记入日志的姓名；不写则用用户名")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="角色是“单位”时：哪个单位")] = "",
    folder: Folder = HERE,
) -> None:
    """增加一个用户；密码在终端输入两遍，或从标准输入读一行，没有默认密码。"""
    with office_of(folder) as office:
        user = add_user(office, name, role=role, password=asked_password(), person=person, unit=unit)
    say(f"已增加用户 {user.name}（{user.role.value}）。用 zwgk serve 打开控制台后即可登录。")


@app.command("list")
def list_users(folder: Folder = HERE, as_json: AsJson = False) -> None:
    """列出用户，停用的也列出。"""
    with office_of(folder) as office:
        users = office.archive.users()
        names = {unit.id: unit.name for unit in office.registry.units}
    if as_json:
        print_json({"users": users})
    elif users:
        cells = [
            (
                one.name,
                one.person,
                one.role,
                names.get(one.unit_id or "", ""),
                one.created_at,
                one.disabled_at,
            )
            for one in users
        ]
        print_table(f"用户（{len(cells)}）", ("用户名", "姓名", "角色", "单位", "增加", "停用"), cells)
    else:
        say("还没有用户。用 zwgk user add 用户名 --role 管理员 建立第一个。")


@app.command()
def password(name: Name, folder: Folder = HERE) -> None:
    """改密码；此人正在使用的登录随即失效。"""
    with office_of(folder) as office:
        change_password(office, name, asked_password())
    say(f"已改 {name} 的密码。")


@app.command()
def disable(name: Name, folder: Folder = HERE) -> None:
    """停用一个用户；以其名义作过的决定都保留。"""
    with office_of(folder) as office:
        disable_user(office, name)
    say(f"已停用 {name}。")


@app.command()
def enable(name: Name, folder: Folder = HERE) -> None:
    """恢复一个停用的用户，密码不变；停用前发的令牌不恢复。"""
    with office_of(folder) as office:
        enable_user(office, name)
    say(f"已恢复 {name}，可以用原来的密码登录；原有的令牌已作废。")


def asked_password() -> str:
    """Typed twice at a terminal, else one line of standard input; never an argument others could read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("密码：")
    if getpass.getpass("再输一遍：") != first:
        raise InputError("两遍密码不一样。请重新运行。")
    return first
