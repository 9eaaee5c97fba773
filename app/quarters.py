"""The quarterly 检查通报, from the frozen reports of closed months; nothing is scored or stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.county_picture import picture_if_any
from app.month_corrections import closed_reports
from app.month_files import Extra, folder, write
from app.month_report import sender
from app.month_withdrawn import lifted, without
from app.months import PLAIN, own_templates
from app.office import Office
from domain.clock import Month
from domain.errors import InputError, RefusedError
from domain.notices import Correction, MonthReport, NoticeItem
from domain.quarters import Quarter, QuarterIssue, QuarterReport
from notices.files import quarter_document


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterResult:
    """What was printed. `missing`: months of the quarter that are not closed and not in it."""

    quarter: Quarter
    months: tuple[Month, ...]
    missing: tuple[Month, ...]
    items: int
    files: tuple[Path, ...]
    no_pdf: str = ""
    no_picture: str = ""

    def as_json(self) -> Mapping[str, Any]:
        """The contract of `month quarter --json`."""
        return {
            "quarter": str(self.quarter),
            "months": [str(month) for month in self.months],
            "missing": [str(month) for month in self.missing],
            "items": self.items,
            "files": [str(file) for file in self.files],
        }


def quarter(
    office: Office, asked: Quarter, out: Path, given: QuarterIssue | None = None, extra: Extra = PLAIN
) -> QuarterResult:
    """Print the quarter; `given` number and date make it final, else it is a draft.

    Raises RefusedError when no month of it is closed, or a final one would not be whole.
    """
    report = quarter_report(office, asked, given)
    picture, no_picture = picture_if_any(asked, year_so_far(office, asked))
    written = write(folder(out), quarter_document(report, own_templates(office), picture), extra)
    return QuarterResult(
        quarter=asked, months=tuple(one.month for one in report.months), missing=report.missing,
        items=sum(len(one.items) for one in report.months), files=written.files, no_pdf=written.no_pdf,
        no_picture=no_picture,
    )  # fmt: skip


def quarter_report(office: Office, asked: Quarter, given: QuarterIssue | None = None) -> QuarterReport:
    """The quarter's closed months as they stand: without what was withdrawn, with corrected points."""
    closed = closed_reports(office)
    missing = tuple(month for month in asked.months if month not in closed)
    months = tuple(_settled(office, closed[month], closed) for month in asked.months if month in closed)
    if not months:
        raise RefusedError(
            f"{asked} 的三个月都还没有结账，没有可以汇总的通报。请先运行 zwgk month close {asked.months[0]}。"
        )
    if given is not None:
        _check(office, asked, given, missing)
    return QuarterReport(
        quarter=asked, months=months, missing=missing, made_at=office.now(),
        simulation=office.archive.simulation, sender=sender(office), issue=given,
    )  # fmt: skip


def year_so_far(office: Office, asked: Quarter) -> list[MonthReport]:
    """The closed months of the quarter's year up to its end, as they stand now."""
    closed = closed_reports(office)
    wanted = [month for month in closed if month.year == asked.year and month <= asked.months[-1]]
    return [_settled(office, closed[month], closed) for month in wanted]


def _settled(office: Office, report: MonthReport, closed: Mapping[Month, MonthReport]) -> MonthReport:
    last = _last_told(closed.values(), report.month)
    left = without(report, lifted(report, office.archive))
    return replace(left, items=tuple(_repointed(item, last) for item in left.items))


def _last_told(reports: Iterable[MonthReport], month: Month) -> Mapping[int, Correction]:
    """The newest correction of each event charged to the month."""
    return {line.event_id: line for one in reports for line in one.corrections if line.month == month}


def _repointed(item: NoticeItem, last: Mapping[int, Correction]) -> NoticeItem:
    line = last.get(item.event_id)
    return replace(item, points=line.now) if line else item


def _check(office: Office, asked: Quarter, given: QuarterIssue, missing: tuple[Month, ...]) -> None:
    if missing:
        raise RefusedError(
            f"{'、'.join(map(str, missing))} 还没有结账，{asked} 的通报不能定稿。"
            "去掉 --number 和 --date 可以先出草稿。"
        )
    if given.number < 1:
        raise InputError(f"文号的序号是 {given.number}，应是从 1 开始的整数。")
    last = asked.months[-1].last_day
    if given.issued_on <= last:
        raise RefusedError(f"印发日期 {given.issued_on} 不在 {asked} 结束（{last}）之后。请核对。")
    same = [row for row in office.archive.notices() if _numbered(row.issued_on, row.number) == _key(given)]
    if same:
        raise RefusedError(
            f"〔{given.issued_on.year}〕{given.number}号已用于 {same[0].month} 的通报。请换一个序号。"
        )


def _key(given: QuarterIssue) -> tuple[int, int]:
    return _numbered(given.issued_on, given.number)


def _numbered(issued_on: date, number: int) -> tuple[int, int]:
    return issued_on.year, number
