"""Months and their notices as the API gives them: a month's head, and its long lists by themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from app.notice_view import stamp_of
from app.office import Office
from app.services import Reminder
from domain.clock import Month
from domain.notices import (
    Basis,
    Correction,
    DeductionLine,
    Issue,
    MonthReport,
    NoticeItem,
    PreviousNotice,
    RecheckLine,
    Stage,
    SubjectCount,
)
from domain.rectification import ItemRecheck


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeHead:
    number: Annotated[int, "文号中的序号"]
    issued_on: date
    deadline: Annotated[date, "整改期限"]
    items: Annotated[int, "写入通报的事件数"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    month: Month
    closed_by: str
    closed_at: datetime
    notice: Annotated[NoticeHead | None, "null：还没有印发"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthList:
    months: Annotated[Sequence[MonthRow], "已结账的月份，新的在前"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthHead:
    """A report without its long lists; of those how long they are."""

    month: Month
    until: Annotated[date, "计到哪一天"]
    made_at: datetime
    stage: Stage
    simulation: bool
    issue: Annotated[Issue | None, "文号、日期、期限；null：还没有印发"]
    basis: Annotated[Sequence[Basis], "依据的细则"]
    units: int
    columns: SubjectCount
    platforms: Sequence[SubjectCount]
    items: Annotated[int, "附件1 有几项"]
    deductions: Annotated[int, "附件2 有几行"]
    rechecks: Annotated[int, "附件3 有几项"]
    corrections: Annotated[int, "对以前月份的更正有几项"]
    charged: Annotated[int, "当月扣分的次数"]
    points: Annotated[Decimal, "当月扣分"]
    previous: Annotated[PreviousNotice | None, "上一期通报"]
    year_count: Annotated[int, "本年度至今扣分的次数"]
    year_points: Decimal
    unconfirmed: Annotated[int, "没有认定、因而没有写入的事件数"]
    stamp: Annotated[str, "内容的标记：结账时写回，其间有了变化的不结账"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthItems:
    items: Annotated[Sequence[NoticeItem], "附件1 问题清单"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDeductions:
    deductions: Annotated[Sequence[DeductionLine], "附件2 扣分清单"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRechecks:
    rechecks: Annotated[Sequence[RecheckLine], "附件3 上期问题复查"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCorrections:
    corrections: Annotated[Sequence[Correction], "对以前月份的更正"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFile:
    number: Annotated[int, "下载时写在地址里"]
    name: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFiles:
    files: Sequence[PrintedFile]
    no_pdf: Annotated[str, "要了 PDF 而没有的原因；空：都有"]


def months_json(office: Office) -> list[MonthRow]:
    """Months that were closed, the newest first, each with its notice once issued."""
    issued = {row.month: row for row in office.archive.notices()}
    return [
        MonthRow(
            month=month, closed_by=by, closed_at=at,
            notice=NoticeHead(
                number=row.number, issued_on=row.issued_on, deadline=row.deadline, items=len(row.event_ids),
            ) if (row := issued.get(month)) else None,
        )
        for month, (by, at) in sorted(office.archive.closures().items(), reverse=True)
    ]  # fmt: skip


def month_json(report: MonthReport) -> MonthHead:
    return MonthHead(
        month=report.month, until=report.until, made_at=report.made_at, stage=report.stage,
        simulation=report.simulation, issue=report.issue, basis=report.basis, units=report.units,
        columns=report.columns, platforms=report.platforms, items=len(report.items),
        deductions=len(report.deductions), rechecks=len(report.rechecks),
        corrections=len(report.corrections), charged=report.charged, points=report.points,
        previous=report.previous, year_count=report.year_count, year_points=report.year_points,
        unconfirmed=report.unconfirmed, stamp=stamp_of(report),
    )  # fmt: skip


def recheck_json(one: ItemRecheck) -> dict[str, Any]:
    """As `zwgk notice recheck` has it."""
    item, said = one.item, one.recheck
    return {
        "item": item.number, "unit": item.unit_id, "unit_name": item.unit, "subject": item.subject_id,
        "subject_name": item.subject, "test": item.test_id, "event": item.event_id,
        "problem": item.problem, "result": said.result, "final": said.final, "why": said.why,
        "before": said.before, "after": said.after, "mended": said.mended,
    }  # fmt: skip


def reminder_json(one: Reminder) -> dict[str, Any]:
    """As `zwgk notice due` has it."""
    return {
        "month": one.month, "number": one.number, "unit": one.unit.id, "unit_name": one.unit.name,
        "deadline": one.deadline, "days_left": one.days_left,
        "open_items": [item.item.number for item in one.open_items], "served_on": one.served_on,
        "received_on": one.received_on, "todo": one.todo,
    }  # fmt: skip
