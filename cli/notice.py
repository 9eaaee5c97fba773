"""zwgk notice: a closed month's notice goes out, is served, comes due, is re-checked."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.contract.months import recheck_json, reminder_json
from app.contract.notices import service_json
from app.month_files import Extra
from app.months import issue
from app.rectification import recheck_month
from app.services import record_service, reminders
from cli.month import AsPdf, AsZip, report
from cli.options import HERE, AsJson, AsOfMoment, By, Folder, MonthArgument, Recorder, parse_day
from cli.output import print_json, print_table, say, shown
from cli.session import office_of
from domain.clock import Month
from domain.records import ServiceStep
from domain.rectification import Proof

app = typer.Typer(add_completion=False, help="通报的印发、送达、到期和复查。", no_args_is_help=True)

UnitArgument = Annotated[str, typer.Argument(metavar="单位", help="编号或名称")]
OnDay = Annotated[date, typer.Option("--on", metavar="日期", parser=parse_day, help="哪一天")]
Person = Annotated[str, typer.Option("--person", metavar="姓名", help="送达人，或单位的签收人")]
Note = Annotated[str, typer.Option("--note", metavar="备注", help="如送达方式")]


@app.command("issue")
def issue_notice(
    month: MonthArgument,
    number: Annotated[int, typer.Option("--number", metavar="序号", help="文号中的序号，如 12", min=1)],
    day: Annotated[date, typer.Option("--date", metavar="日期", parser=parse_day, help="成文（印发）日期")],
    by: By,
    deadline: Annotated[
        date | None,
        typer.Option(
            "--deadline", metavar="日期", parser=parse_day, help="整改期限（默认：按设置的工作日数）"
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="文件写到哪个文件夹")] = HERE,
    pdf: AsPdf = True,
    packed: AsZip = False,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """给已结账月份的通报编号、定日期：所列事件自此为“已通报”，期限开始计算。"""
    with office_of(folder) as office:
        office.moment(as_of)
        extra = Extra(pdf=pdf, packed=packed)
        report(issue(office, month, number, day, deadline, by, out, extra), as_json, "已印发")


@app.command()
def served(
    month: MonthArgument, unit: UnitArgument, on: OnDay, person: Person, by: Recorder, note: Note = "",
    as_of: AsOfMoment = None, folder: Folder = HERE, as_json: AsJson = False,
) -> None:  # fmt: skip
    """登记通报送达一个单位：哪天、谁送达。重复登记的，以最后一次为准。"""
    _service(folder, month, unit, ServiceStep.SERVED, on, person, by, note, as_of, as_json)


@app.command()
def received(
    month: MonthArgument, unit: UnitArgument, on: OnDay, person: Person, by: Recorder, note: Note = "",
    as_of: AsOfMoment = None, folder: Folder = HERE, as_json: AsJson = False,
) -> None:  # fmt: skip
    """登记单位签收通报：哪天、谁签收。重复登记的，以最后一次为准。"""
    _service(folder, month, unit, ServiceStep.RECEIVED, on, person, by, note, as_of, as_json)


def _service(
    folder: Path, month: Month, unit: str, step: ServiceStep, on: date, person: str, by: str, note: str,
    as_of: datetime | None, as_json: bool,
) -> None:  # fmt: skip
    with office_of(folder) as office:
        service = record_service(office, month, unit, step, on=on, person=person, by=by, note=note, at=as_of)
        name = office.unit(service.unit_id).name
    if as_json:
        print_json(service_json(month, service))
    else:
        say(f"{month} 通报：{name} {service.on} {step.value}（{service.person}），已记入日志。")


@app.command()
def due(
    within: Annotated[int, typer.Option("--within", metavar="天数", help="几天之内到期的", min=0)] = 3,
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """列出该催办的：还没有送达或签收的、快到期的、已过期还没有整改的。"""
    with office_of(folder) as office:
        found = reminders(office, within, as_of)
    if as_json:
        print_json({"reminders": [reminder_json(one) for one in found]})
    elif found:
        cells = [
            (one.month, one.unit.name, one.deadline, one.served_on, one.received_on, "；".join(one.todo))
            for one in found
        ]
        print_table(f"催办（{len(found)}）", ("通报", "单位", "整改期限", "送达", "签收", "事由"), cells)
    else:
        say(f"{within}天之内没有要催办的。")


@app.command()
def recheck(
    month: MonthArgument,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看一个单位")] = "",
    as_of: AsOfMoment = None,
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """逐项复查一份通报：已整改、整改不到位、未整改、无法判定、未到期，附整改前后的监测记录。"""
    with office_of(folder) as office:
        office.moment(as_of)
        notice, items = recheck_month(office, month, unit or None)
    if as_json:
        head = {"month": month, "number": notice.row.number, "deadline": notice.row.deadline}
        print_json({**head, "items": [recheck_json(one) for one in items]})
        return
    cells = [
        (
            one.item.number, one.item.unit, one.item.subject, one.item.problem, one.recheck.result,
            proof_text(one.recheck.before), proof_text(one.recheck.mended or one.recheck.after),
            one.recheck.why,
        )
        for one in items
    ]  # fmt: skip
    title = f"{month} 通报复查（整改期限 {notice.row.deadline}）"
    print_table(title, ("序号", "单位", "对象", "问题", "结果", "整改前", "整改后", "说明"), cells)


def proof_text(proof: Proof | None) -> str:
    """A look as evidence: its moment, its number, the newest date it knew."""
    if proof is None:
        return ""
    newest = f"，最新{proof.newest_on}" if proof.newest_on else ""
    return f"{shown(proof.at)}（记录号{proof.observation_id}{newest}）"
