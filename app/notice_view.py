"""Notices as the console shows them: the list of months, and one month's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import groupby

from app.event_list import Listed, listed
from app.month_report import month_data
from app.month_withdrawn import lifted, without
from app.months import SETTLING, frozen_report
from app.office import Office
from app.rectification import issued
from app.services import Served, served_at
from domain.clock import Month
from domain.errors import InputError
from domain.events import EventState
from domain.notices import MonthReport, NoticeItem, Stage
from domain.quarters import Quarter
from domain.records import NoticeRow, ServiceStep
from domain.units import Unit

MOST_MONTHS = 36
"""How far back the list goes; closed months stand in it however old they are."""


class MonthStep(StrEnum):
    RUNNING = "未到期"  # cannot be closed yet
    DRAFT = "草稿"
    CLOSED = "已结账"
    ISSUED = "已印发"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """`closable_at`: from when on the month can be closed; `closed_by`, `notice`: once it is."""

    month: Month
    step: MonthStep
    closable_at: datetime
    notice: NoticeRow | None = None
    closed_by: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A report and the events left out of it because nobody confirmed them; `stamp` names its content."""

    report: MonthReport
    waiting: Sequence[Listed]
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitService:
    """One unit that the notice names, its items, and whether it has the notice."""

    unit: Unit
    items: int
    served: Served


def parsed_month(text: str) -> Month:
    """Read an address's `2026-10`. Raises InputError."""
    try:
        return Month.parse(text)
    except ValueError:
        raise InputError(f"没有“{text}”这个月份。月份写成 2026-10。") from None


def parsed_quarter(text: str) -> Quarter:
    """Read an address's `2026Q3`. Raises InputError."""
    try:
        return Quarter.parse(text)
    except ValueError:
        raise InputError(f"没有“{text}”这个季度。季度写成 2026Q3。") from None


def month_rows(office: Office) -> list[MonthRow]:
    """Every month since something is judged, the newest first."""
    running = Month.of(office.now())
    notices = {row.month: row for row in office.archive.notices()}
    closed = office.archive.closures()
    first = _first(office, running)
    months = {running, *closed, *notices}
    month = running
    for _ in range(MOST_MONTHS):
        if month <= first:
            break
        month = month.previous()
        months.add(month)
    return [_row(office, month, notices.get(month), closed.get(month)) for month in sorted(months)[::-1]]


def month_row(office: Office, month: Month) -> MonthRow:
    """Raises InputError for a month that has not begun."""
    if month > Month.of(office.now()):
        raise InputError(f"{month} 还没有开始。")
    return _row(office, month, office.archive.notice_of(month), office.archive.closures().get(month))


def quarters(rows: Sequence[MonthRow]) -> list[tuple[Quarter, list[MonthRow]]]:
    """The quarters with a closed month, the newest first, each with the months of it that are closed."""
    closed = [row for row in rows if row.step in {MonthStep.CLOSED, MonthStep.ISSUED}]
    grouped = groupby(closed, key=lambda row: Quarter(row.month.year, (row.month.number + 2) // 3))
    return [(quarter, sorted(months, key=lambda row: row.month)) for quarter, months in grouped]


def quarter_rows(office: Office, quarter: Quarter) -> list[tuple[Month, MonthRow | None]]:
    """The quarter's three months; None for one that has not begun."""
    running = Month.of(office.now())
    return [(month, month_row(office, month) if month <= running else None) for month in quarter.months]


def drafted(office: Office, month: Month) -> Drafted:
    """The month as it would be closed now. Takes seconds: every case is judged over its history."""
    data = month_data(office, month, Stage.DRAFT)
    waiting = tuple(listed(office, event) for event in data.waiting)
    return Drafted(report=data.report, waiting=waiting, stamp=stamp_of(data.report))


def stored(office: Office, month: Month) -> Drafted | None:
    """The frozen report of a closed or issued month; what was `taken_back` since is left in."""
    report = frozen_report(office, month)
    return None if report is None else Drafted(report=report, waiting=(), stamp=stamp_of(report))


def to_print(office: Office, report: MonthReport) -> MonthReport:
    """A closed month's report as issuing would print it; others as they are."""
    return without(report, lifted(report, office.archive)) if report.stage is Stage.CLOSED else report


def taken_back(office: Office, report: MonthReport) -> Mapping[int, EventState]:
    """Items' events withdrawn or exempted since the report was frozen."""
    return {} if report.stage is Stage.DRAFT else lifted(report, office.archive)


def grouped(report: MonthReport) -> list[tuple[str, list[NoticeItem]]]:
    """The problems by their headings, as printed."""
    return [(title, list(items)) for title, items in groupby(report.items, key=lambda item: item.problem)]


def stamp_of(report: MonthReport) -> str:
    """Changes when anything in it does but the moment it was made."""
    return sha256(repr(replace(report, made_at=report.month.start, stage=Stage.DRAFT)).encode()).hexdigest()[
        :16
    ]


def services(office: Office, month: Month) -> list[UnitService]:
    """送达 and 签收 by unit named in the notice, in registry order. Raises RefusedError without a notice."""
    notice = issued(office, month)
    counts: dict[str, int] = {}
    for item in notice.report.items:
        counts[item.unit_id] = counts.get(item.unit_id, 0) + 1
    return [
        UnitService(unit=unit, items=counts[unit.id], served=served_at(office, notice.row, unit.id))
        for unit in office.registry.units
        if unit.id in counts
    ]


def lacking(office: Office, month: Month, step: ServiceStep) -> list[str]:
    """The units of the notice for which the step is not recorded. Raises RefusedError without a notice."""
    return [
        one.unit.id
        for one in services(office, month)
        if (one.served.served if step is ServiceStep.SERVED else one.served.received) is None
    ]


def next_number(office: Office, year: int) -> int:
    """The number after the last one of the year."""
    return max((row.number for row in office.archive.notices() if row.issued_on.year == year), default=0) + 1


def _first(office: Office, running: Month) -> Month:
    starts: list[date] = [s.monitored_from for s in office.registry.subjects if s.monitored_from is not None]
    return Month.of_day(min(starts)) if starts else running


def _row(
    office: Office, month: Month, notice: NoticeRow | None, closed: tuple[str, datetime] | None
) -> MonthRow:
    closable_at = month.end + SETTLING
    if notice is not None:
        step = MonthStep.ISSUED
    elif closed:
        step = MonthStep.CLOSED
    else:
        step = MonthStep.RUNNING if office.now() < closable_at else MonthStep.DRAFT
    return MonthRow(
        month=month, step=step, closable_at=closable_at, notice=notice, closed_by=closed[0] if closed else "",
        closed_at=closed[1] if closed else None,
    )  # fmt: skip
