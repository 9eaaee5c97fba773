"""zwgk check: one unit, now."""

from typing import Annotated, Any

import typer

from app.by_hand import ByHand
from app.checks import CheckedFinding, CheckReport, run_check
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


def check_json(report: CheckReport) -> dict[str, Any]:
    """Contract of design.md §9, and which check it was."""
    return {
        "check": report.check_id,
        "unit": report.unit_id,
        "official": report.official,
        "as_of": report.as_of,
        "coverage": report.coverage.coverage,
        "seconds": round(report.seconds, 1),
        "unseen": report.unseen,
        "by_hand": [hand_json(one) for one in report.by_hand],
        "findings": [finding_json(one) for one in report.findings],
    }


def hand_json(one: ByHand) -> dict[str, Any]:
    """An account that a person must look at, and who did last."""
    return {
        "subject": one.account.subject_id,
        "attested_at": one.last.at if one.last else None,
        "by": one.last.attested_by if one.last else None,
        "due": one.due,
        "why": one.sentence,
    }


def finding_json(one: CheckedFinding) -> dict[str, Any]:
    finding = one.finding
    return {
        "subject": finding.subject_id,
        "clause": finding.clause_id,
        "test": finding.test_id,
        "verdict": finding.verdict,
        "newest": finding.newest_on,
        "date_source": finding.date_source,
        "measured": finding.measured,
        "limit": finding.limit,
        "why": finding.why,
        "event": one.event_id,
        "looks": one.looks,
    }


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
