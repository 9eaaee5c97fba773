"""A month's notice: drafted as often as wanted, closed once, issued once, reprinted for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.month_files import Extra, folder, write
from app.month_report import MonthData, month_data
from app.month_withdrawn import lifted, without
from app.office import Office
from app.reports import issued_report
from domain.clock import BEIJING, Month, local_day
from domain.errors import InputError, RefusedError
from domain.notices import Issue, MonthReport, Stage
from notices.deadlines import Deadline, known, working_days_after
from notices.files import documents
from notices.frozen import freeze, thaw
from notices.wording import points

SETTLING = timedelta(hours=48)
"""After a month's end, before it can be closed: for confirming looks at night and for decisions."""

PLAIN = Extra()
AHEAD, LONGEST_FIX = timedelta(days=60), timedelta(days=366)
"""A notice may be dated so far ahead; beyond it is a slip of the pen."""


class IssueRefusedError(RefusedError):
    """A number or date that cannot be. `field`: number, issued_on or deadline."""

    def __init__(self, field: str, why: str) -> None:
        self.field = field
        super().__init__(why)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthResult:
    """What was printed. `points`: charged in the month after caps; `unconfirmed`: events left out.

    `no_pdf`: why a PDF that was asked for is missing, else "".
    """

    month: Month
    items: int
    points: Decimal
    files: tuple[Path, ...]
    unconfirmed: int
    no_pdf: str = ""

    def as_json(self) -> Mapping[str, Any]:
        """The contract of `month draft|close --json` and `notice issue --json` (design.md §9)."""
        return {
            "month": str(self.month),
            "items": self.items,
            "points": points(self.points),
            "files": [str(file) for file in self.files],
            "unconfirmed": self.unconfirmed,
        }


def draft(office: Office, month: Month, out: Path, extra: Extra = PLAIN) -> MonthResult:
    """Print the month as it stands, changing nothing; a closed or issued month as it was frozen.

    Raises RefusedError for a month that has not begun, InputError when `out` cannot be written.
    """
    return _printed(office, report_of(office, month), folder(out), extra)


def report_of(office: Office, month: Month) -> MonthReport:
    """The month as it stands; a closed or issued one as it was frozen. Raises RefusedError (not begun)."""
    _refuse_future(office, month)
    return frozen_report(office, month) or month_data(office, month, Stage.DRAFT).report


def close(office: Office, month: Month, out: Path, by: str, extra: Extra = PLAIN) -> MonthResult:
    """Freeze score sheets and report together, then print them.

    Raises RefusedError before 48 h after the month's end (with that moment), or when it is closed.
    """
    _refuse_early(office, month)
    folder(out)
    return _printed(office, frozen(office, month, by), out, extra)


def frozen(
    office: Office, month: Month, by: str, agreed: Callable[[MonthReport], bool] = lambda _: True
) -> MonthReport:
    """`close` without printing: score sheets and report in one transaction.

    `agreed`: whether the report is the one that was looked at before. Raises RefusedError where it is not.
    """
    person = _person(by)
    _refuse_early(office, month)
    with office.archive.together():
        data = month_data(office, month, Stage.CLOSED)
        if not agreed(data.report):
            raise RefusedError(f"{month} 的内容在查看之后有了变化，没有结账。请看过新的草稿再结账。")
        _close(office, data, person)
    return data.report


def issue(  # noqa: PLR0913, PLR0917 a notice is all of this
    office: Office, month: Month, number: int, issued_on: date, deadline: date | None, by: str, out: Path,
    extra: Extra = PLAIN,
) -> MonthResult:  # fmt: skip
    """Give a closed month's notice its number and date; its events become 已通报. Prints the final files.

    `deadline` None: the settings' working days after `issued_on`. The same call again reprints.
    Raises RefusedError: month not closed, another number or date already given, dates that cannot be.
    """
    folder(out)
    return _printed(office, numbered(office, month, number, issued_on, deadline, by), out, extra)


def numbered(
    office: Office, month: Month, number: int, issued_on: date, deadline: date | None, by: str
) -> MonthReport:
    """`issue` without printing: the notice gets its number and date, its events become 已通报."""
    person = _person(by)
    given = _issue(office, number, issued_on, deadline)
    old = _issued(office, month)
    if old is not None:
        _refuse_other(month, old, given)
        return old
    closed = _issuable(office, month, given)
    with office.archive.together():
        report = _final(office, closed, given)
        office.archive.issue_notice(
            month, number=number, issued_on=issued_on, deadline=given.deadline,
            event_ids=report.event_ids, report=freeze(report), by=person, at=office.now(),
        )  # fmt: skip
    return report


def proposed(office: Office, month: Month, number: int, issued_on: date, deadline: date | None) -> Issue:
    """What issuing would add, with its deadlines; nothing is changed.

    Raises InputError or RefusedError as `issue` does, also for a number the year has had already.
    """
    given = _issue(office, number, issued_on, deadline)
    _issuable(office, month, given)
    for row in office.archive.notices():
        if (row.issued_on.year, row.number) == (issued_on.year, number):
            raise IssueRefusedError(
                "number", f"〔{issued_on.year}〕{number}号已用于 {row.month} 的通报。请换一个序号。"
            )
    return given


def _issuable(office: Office, month: Month, given: Issue) -> MonthReport:
    closed = office.archive.closed_month(month)
    if closed is None:
        raise RefusedError(f"{month} 还没有结账，不能印发。请先结账（zwgk month close {month}）。")
    _check_dates(office, month, given)
    return thaw(MonthReport, closed.report)


def _close(office: Office, data: MonthData, by: str) -> None:
    sheets = [freeze(sheet) for sheet in data.sheets]
    office.archive.close_month(
        data.report.month, sheets=sheets, report=freeze(data.report), by=by, at=office.now()
    )


def _final(office: Office, report: MonthReport, given: Issue) -> MonthReport:
    return replace(without(report, lifted(report, office.archive)), stage=Stage.ISSUED, issue=given)


def frozen_report(office: Office, month: Month) -> MonthReport | None:
    """The report of an issued month, else of a closed one; None for a month that is still drafted."""
    closed = office.archive.closed_month(month)
    issued = _issued(office, month)
    return issued or (thaw(MonthReport, closed.report) if closed else None)


def _issued(office: Office, month: Month) -> MonthReport | None:
    row = office.archive.notice_of(month)
    return issued_report(office, row) if row else None


def _issue(office: Office, number: int, issued_on: date, deadline: date | None) -> Issue:
    settings = office.settings
    if number < 1:
        raise InputError(f"文号的序号是 {number}，应是从 1 开始的整数。")
    fix = working_days_after(issued_on, settings.working_days_to_fix, office.holidays)
    appeal = working_days_after(issued_on, settings.appeal_days, office.holidays)
    if deadline is not None:
        fix = Deadline(deadline, known(deadline, office.holidays))
    return Issue(
        number=number, issued_on=issued_on, deadline=fix.on, deadline_certain=fix.certain,
        appeal_until=appeal.on, appeal_certain=appeal.certain,
    )  # fmt: skip


def _check_dates(office: Office, month: Month, given: Issue) -> None:
    if given.issued_on <= month.last_day:
        raise IssueRefusedError(
            "issued_on",
            f"印发日期 {given.issued_on} 不在 {month} 结束之后。请给 {month.next().first_day} 或以后的日期。",
        )
    if given.issued_on > local_day(office.now() + AHEAD):
        raise IssueRefusedError(
            "issued_on", f"印发日期 {given.issued_on} 还太远（最多提前{AHEAD.days}天）。请核对年月日。"
        )
    if given.deadline <= given.issued_on:
        raise IssueRefusedError(
            "deadline", f"整改期限 {given.deadline} 不在印发日期 {given.issued_on} 之后。请改正。"
        )
    if given.deadline > given.issued_on + LONGEST_FIX:
        raise IssueRefusedError(
            "deadline", f"整改期限 {given.deadline} 在印发日期 {given.issued_on} 的一年以后。请核对年月日。"
        )


def _refuse_other(month: Month, old: MonthReport, given: Issue) -> None:
    before = old.issue
    if before is not None and before != given:
        raise RefusedError(
            f"{month} 的通报已经印发：〔{before.issued_on.year}〕{before.number}号，{before.issued_on}，"
            f"整改期限 {before.deadline}，不能改。重新打印请用 zwgk month draft {month}。"
        )


def _refuse_future(office: Office, month: Month) -> None:
    if month > Month.of(office.now()):
        raise RefusedError(f"{month} 还没有开始。请给 {Month.of(office.now())} 或以前的月份。")


def _refuse_early(office: Office, month: Month) -> None:
    _refuse_future(office, month)
    possible = month.end + SETTLING
    if office.now() < possible:
        raise RefusedError(
            f"{month} 要到北京时间 {_local(possible)}（月末后48小时）才能结账。"
            f"在此之前可以用 zwgk month draft {month} 打印草稿。"
        )


def _local(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def _person(by: str) -> str:
    if not by.strip():
        raise InputError("没有写明是谁办理的。请用 --by 给出姓名。")
    return by.strip()


def _printed(office: Office, report: MonthReport, out: Path, extra: Extra) -> MonthResult:
    written = write(out, documents(report, own_templates(office)), extra)
    return MonthResult(
        month=report.month, items=len(report.items), points=report.points, files=written.files,
        unconfirmed=report.unconfirmed, no_pdf=written.no_pdf,
    )  # fmt: skip


def own_templates(office: Office) -> Path:
    """Where an office's own templates lie, if it has any."""
    return office.settings.dir / "templates"
