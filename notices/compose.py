"""A month's report worded as a 通报 to all units (domain.md §5.2, outline A). Pure: report in, text out."""

from dataclasses import dataclass

from domain.clock import local_day
from domain.notices import MonthReport, Stage
from notices.blocks import Block
from notices.problems import problems
from notices.requirements import deductions, requirements
from notices.situation import situation
from notices.wording import clean, document_number, full_day

ANNEXES = ("问题清单", "扣分明细表", "上期问题整改复核表", "整改反馈表")
NATIONAL_BASIS = "国办秘函〔2019〕19号"
SIMULATED = "模拟"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the template prints. `number` and `date` are blanks to fill before the notice is issued.

    `banner`: stands in every page's header while the text must not be taken for an issued document.
    """

    banner: str
    number: str
    sender: str
    month: str
    opening: str
    blocks: tuple[Block, ...]
    contact: str
    annexes: tuple[str, ...]
    date: str


def compose(report: MonthReport) -> Letter:
    """Word the whole notice."""
    issue = report.issue
    year = local_day(report.made_at).year
    return Letter(
        banner=banner(report),
        number=document_number(issue.issued_on, issue.number) if issue else f"〔{year}〕　号",
        sender=clean(report.sender.name),
        month=month_name(report),
        opening=_opening(report),
        blocks=(*situation(report), *problems(report), *deductions(report), *requirements(report)),
        contact=_contact(report),
        annexes=ANNEXES,
        date=full_day(issue.issued_on) if issue else f"{year}年　月　日",
    )


def month_name(report: MonthReport) -> str:
    return f"{report.month.year}年{report.month.number}月"


def period(report: MonthReport) -> str:
    """9月1日至30日; a running month up to the day it was drafted."""
    first, last = report.month.first_day, report.until
    return f"{first.month}月{first.day}日至{last.day}日" if last > first else f"{first.month}月{first.day}日"


def banner(report: MonthReport) -> str:
    marks = ["模拟数据　不作考核依据"] if report.simulation else []
    if report.stage is not Stage.ISSUED:
        marks.append(report.stage.value)
    return "　".join(f"【{mark}】" for mark in marks)


def document_name(report: MonthReport, part: str = "") -> str:
    """The file's name without ending: 2026-09 日常监控情况通报（草稿）."""
    mark = f"（{report.stage.value}）"
    if report.issue:
        mark = document_number(report.issue.issued_on, report.issue.number)
    head = f"【{SIMULATED}】" if report.simulation else ""
    return f"{head}{report.month} 日常监控情况通报{part}{mark}"


def _opening(report: MonthReport) -> str:
    titles = "".join(_quoted(clean(basis.title)) for basis in report.basis)
    accounts = sum(one.monitored for one in report.platforms)
    return (
        f"按照{titles}、{NATIONAL_BASIS}等要求，{clean(report.sender.name)}于{period(report)}"
        f"对{report.units}个单位的{report.columns.monitored}个门户网站栏目、{accounts}个政务新媒体账号"
        "（含移动客户端）开展日常监控。现将有关情况通报如下："
    )


def _quoted(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"


def _contact(report: MonthReport) -> str:
    said = []
    if report.sender.phone:
        said.append(f"联系电话：{clean(report.sender.phone)}")
    if report.sender.email:
        said.append(f"电子邮箱：{clean(report.sender.email)}")
    if not said and report.stage is not Stage.ISSUED:
        said.append("联系电话：待填（zwgk.yaml 的 office_phone、office_email）")
    return "；".join(said) + "。" if said else ""
