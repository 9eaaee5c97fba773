"""zwgk warn: what lapses within so many days, and what nobody can say."""

from datetime import date, timedelta
from typing import Annotated

import typer

from app.contract.warnings import warnings_json
from app.warnings import DAYS, MOST_DAYS, Due, Warnings, warnings
from cli.options import HERE, AsJson, Folder
from cli.output import print_json, print_table, say
from cli.session import office_of

app = typer.Typer(add_completion=False)

COLUMNS = ("还剩天数", "最后一天", "单位", "对象", "细则", "期限", "最近更新", "要求", "说明")
UNCLEAR = ("单位", "对象", "细则", "上次有效监测", "为什么说不准")


@app.command()
def warn(
    days: Annotated[
        int, typer.Option("--days", metavar="天数", help=f"几天之内到期的，今天算第1天（1至{MOST_DAYS}）")
    ] = DAYS,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看一个单位（默认：全部）")] = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """预警：哪些栏目、账号和整改事项几天内到期，哪些说不准；只列出，不扣分，不改变任何记录。"""
    with office_of(folder) as office:
        found = warnings(office, days=days, unit_id=unit or None)
    if as_json:
        print_json(warnings_json(found))
    else:
        show(found)


def show(found: Warnings) -> None:
    if found.due:
        title = f"{found.days}天内到期（{len(found.due)}项，今天{found.today}）"
        print_table(title, COLUMNS, [due_cells(one, found.today) for one in found.due])
    elif found.watched:
        say(f"{found.today}起{found.days}天内没有到期的（有期限的共{found.watched}项）。")
    else:
        say("没有可以预警的：还没有登记有期限、已开始评判的栏目或账号（见 units/）。")
    if found.unclear:
        rows = [
            (one.unit.name, one.subject, one.test_id, one.seen_on, one.why) for one in found.unclear
        ]  # fmt: skip
        say("\n以下说不准：没有有效监测，不推断。")
        print_table(f"说不准（{len(rows)}项）", UNCLEAR, rows)
    if found.later:
        say(f"另有{found.later}项在{found.days}天以后到期（加大 --days 查看）。")
    if found.lapsed:
        say(f"另有{found.lapsed}项已经到期或疑似有问题，不再预警（用 zwgk events --open 查看）。")


def due_cells(one: Due, today: date) -> tuple[object, ...]:
    return (
        one.left, one.last_day, one.unit.name, one.subject, one.test_id, one.kind, one.newest_on, one.limit,
        note_of(one, today),
    )  # fmt: skip


def note_of(one: Due, today: date) -> str:
    """What makes the day less than certain, or which event it is about."""
    if one.event is not None:
        return f"事件{one.event}：{one.why}"
    if one.unanswered:
        return f"{one.seen_on}以后{one.unanswered}次监测没有结果（{one.why}），期间可能已更新"
    if one.seen_on is not None and one.seen_on < today - timedelta(days=1):
        return f"{one.seen_on}以后没有再监测，期间可能已更新"
    return "" if one.newest_on else one.why
