"""What every document prints, and the words they share. Pure: report in, text out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.notices import Basis, MonthReport, Sender, Stage
from notices.blocks import Block
from notices.wording import clean, document_number, full_day

NATIONAL_BASIS = "国办秘函〔2019〕19号"
SIMULATED = "模拟"
UNCERTAIN = "（该日在已公布的放假调休安排之后，待核）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as wide as the text. `title`: stands below it; `text`: for those who do not see it."""

    png: bytes
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a template prints; every field of it, and every one of `more`, can stand in a template.

    `title`: for the file's properties. `number` and `date` are blanks to fill before the document is issued.
    `banner`: stands in every page's header while the text must not be taken for an issued document.
    `note`: the 附注 without brackets; `printed`: the 印发日期 of the 版记; `more`: what only one kind has.
    """

    title: str
    banner: str
    number: str
    sender: str
    opening: str
    blocks: tuple[Block, ...]
    contact: str
    annexes: tuple[str, ...]
    date: str
    note: str
    copies: str
    printed: str
    more: Mapping[str, object] = field(default_factory=dict)


def month_name(report: MonthReport) -> str:
    return f"{report.month.year}年{report.month.number}月"


def period(report: MonthReport) -> str:
    """9月1日至30日; a running month up to the day it was drafted."""
    first, last = report.month.first_day, report.until
    return f"{first.month}月{first.day}日至{last.day}日" if last > first else f"{first.month}月{first.day}日"


def banner(report: MonthReport) -> str:
    return marks(report.stage.value if report.stage is not Stage.ISSUED else "", report.simulation)


def marks(stage: str, simulation: bool) -> str:
    """What stands in the header: 【草稿】, and the mark of a simulation."""
    said = ["模拟数据　不作考核依据"] if simulation else []
    return "　".join(f"【{mark}】" for mark in [*said, *filter(None, [stage])])


def document_name(report: MonthReport, part: str = "", what: str = "日常监控情况通报") -> str:
    """The file's name without ending: 2026-09 日常监控情况通报（草稿）."""
    mark = f"（{report.stage.value}）"
    if report.issue:
        mark = document_number(report.issue.issued_on, report.issue.number)
    return f"{simulated(report.simulation)}{report.month} {what}{part}{mark}"


def simulated(simulation: bool) -> str:
    """What the names of a simulation's files begin with."""
    return f"【{SIMULATED}】" if simulation else ""


def numbered_as(sender: Sender, issued_on: date | None, number: str, year: int) -> str:
    """鄂政公办〔2026〕9号; a blank where the number goes before the document is issued."""
    blank = f"{clean(sender.prefix)}〔{year}〕　号"
    return clean(sender.prefix) + document_number(issued_on, number) if issued_on else blank


def dated(issued_on: date | None, year: int) -> str:
    return full_day(issued_on) if issued_on else f"{year}年　月　日"


def legal_basis(basis: Iterable[Basis]) -> str:
    """《…》《…》、国办秘函〔2019〕19号等要求."""
    titles = "".join(_quoted(clean(one.title)) for one in basis)
    return f"{titles}、{NATIONAL_BASIS}等要求" if titles else f"{NATIONAL_BASIS}等要求"


def _quoted(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"


def contact(sender: Sender, *, issued: bool) -> str:
    """Where to ask; before the document is issued it says what is missing."""
    said = []
    if sender.phone:
        said.append(f"联系电话：{clean(sender.phone)}")
    if sender.email:
        said.append(f"电子邮箱：{clean(sender.email)}")
    if not said and not issued:
        said.append("联系电话：待填（zwgk.yaml 的 office_phone、office_email）")
    return "；".join(said) + "。" if said else ""


def fix_until(report: MonthReport) -> str:
    """The last day to put things right, or how it will be reckoned."""
    if report.issue is None:
        return f"印发之日起{report.fix_days}个工作日内（具体日期印发时确定）"
    return _before(report.issue.deadline, report.issue.deadline_certain)


def appeal_until(report: MonthReport) -> str:
    """The last day to object, or how it will be reckoned."""
    if report.issue is None:
        return f"印发之日起{report.appeal_days}个工作日内（具体日期印发时确定）"
    return _before(report.issue.appeal_until, report.issue.appeal_certain)


def _before(day: date, certain: bool) -> str:
    """The day itself is in time, until 24:00."""
    return f"{full_day(day)}前（含当日）{'' if certain else UNCERTAIN}"


def lateness(report: MonthReport, annexes: Iterable[int]) -> str:
    """What late rectification costs: only for rubrics that have such a clause (annex 2 has none)."""
    concerned = set(annexes)
    titles = {basis.annex: clean(basis.title).strip("《》") for basis in report.basis}
    return "".join(
        f"适用《{titles.get(rule.annex, f'附件{rule.annex}')}》的单位（{'、'.join(rule.units)}），"
        f"没有按时整改或者整改不到位的，按“{clean(rule.quote).rstrip('。')}”的规定扣分。"
        for rule in report.late_rules
        if rule.annex in concerned
    )
