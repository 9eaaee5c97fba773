"""zwgk check: one unit, now."""

from typing import Annotated

import typer

from app.checks import CheckReport, run_check
from app.contract.checks import check_json
from app.naming import subject_named
from app.office import Office
from app.words import VERDICTS
from cli.options import HERE, AsJson, AsOfMoment, FailOn, Folder, fails_on_breach
from cli.output import print_json, print_table, say
from cli.session import office_of
from domain.findings import Verdict

app = typer.Typer(add_completion=False)

COLUMNS = ("结论", "对象", "细则", "最近更新", "实测", "标准", "事件", "依据")


@app.command()
def check(
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位的编号、名称或别名")],
    as_of: AsOfMoment = None,
    fail_on: FailOn = "",
    folder: Folder = HERE,
    as_json: AsJson = False,
) -> None:
    """现在就看一个单位，几秒钟给出结论；结论不计分，采用（adopt）后才可以认定问题。"""
    failing = fails_on_breach(fail_on)
    with office_of(folder) as office:
        report = run_check(office, unit, as_of=as_of)
        if as_json:
            print_json(check_json(report))
        else:
            show(office, report)
    if failing and any(one.finding.verdict is Verdict.BREACH for one in report.findings):
        raise typer.Exit(1)


def show(office: Office, report: CheckReport) -> None:
    rows = [
        (
            VERDICTS[one.finding.verdict],
            subject_named(office, one.finding.subject_id)[0],
            one.finding.test_id,
            one.finding.newest_on, one.finding.measured, one.finding.limit, one.event_id, one.finding.why,
        )
        for one in report.findings
    ]  # fmt: skip
    print_table(f"{report.unit_name}：第 {report.check_id} 次即时检查", COLUMNS, rows)
    answered = f"{report.coverage.answered}/{report.coverage.due}"
    say(f"用时 {report.seconds:.1f} 秒，{answered} 处得到答复。")
    for subject_id in report.unseen:
        say(f"这次没有看到：{subject_named(office, subject_id)[0]}（{subject_id}）")
    for one in report.by_hand:
        say(f"{one.sentence}。")
    if not report.findings:
        say("没有可以评判的对象：登记栏目或账号，并用 zwgk accept 纳入评判。")
    say(f"结论未计分；要计入正式监测：zwgk adopt {report.check_id} --by 姓名 --reason 理由")
