"""What lapses soon."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from app.warnings import Due, Unclear, WarningKind, Warnings


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    kind: WarningKind
    unit: str
    unit_name: str
    subject: str
    subject_name: str
    clause: str
    test: str
    last_day: Annotated[date, "在期限内的最后一天"]
    lapses_on: Annotated[date, "超过期限的第一天"]
    left: Annotated[int, "还剩几天，今天算第 1 天"]
    limit: str
    newest: Annotated[date | None, "最近更新的日期"]
    seen_on: Annotated[date | None, "最近一次有效监测的日期"]
    unanswered: Annotated[int, "此后没有结果的监测次数，期间可能已更新"]
    why: str
    event: Annotated[int | None, "整改期限：哪个事件"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearItem:
    unit: str
    unit_name: str
    subject: str
    subject_name: str
    clause: str
    test: str
    seen_on: date | None
    why: Annotated[str, "为什么说不准"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningList:
    today: date
    days: Annotated[int, "几天之内"]
    due: Annotated[Sequence[DueItem], "到期的，先到的在前"]
    unclear: Annotated[Sequence[UnclearItem], "没有有效监测、说不准的"]
    later: Annotated[int, "更晚到期的有多少"]
    lapsed: Annotated[int, "已经到期或疑似有问题的有多少（见事件）"]
    watched: Annotated[int, "有期限的一共多少"]


def warnings_json(found: Warnings) -> WarningList:
    return WarningList(
        today=found.today, days=found.days, due=[due_json(one) for one in found.due],
        unclear=[unclear_json(one) for one in found.unclear], later=found.later, lapsed=found.lapsed,
        watched=found.watched,
    )  # fmt: skip


def part_of(found: Warnings, first: int, count: int) -> Warnings:
    """So many of the warnings from the `first` on: what falls due, then what nobody can say."""
    last, due = first + count, len(found.due)
    unclear = found.unclear[max(0, first - due) : max(0, last - due)]
    return replace(found, due=found.due[first:last], unclear=unclear)


def due_json(one: Due) -> DueItem:
    return DueItem(
        kind=one.kind, unit=one.unit.id, unit_name=one.unit.name, subject=one.subject_id,
        subject_name=one.subject, clause=one.clause_id, test=one.test_id, last_day=one.last_day,
        lapses_on=one.lapses_on, left=one.left, limit=one.limit, newest=one.newest_on, seen_on=one.seen_on,
        unanswered=one.unanswered, why=one.why, event=one.event,
    )  # fmt: skip


def unclear_json(one: Unclear) -> UnclearItem:
    return UnclearItem(
        unit=one.unit.id, unit_name=one.unit.name, subject=one.subject_id, subject_name=one.subject,
        clause=one.clause_id, test=one.test_id, seen_on=one.seen_on, why=one.why,
    )  # fmt: skip
