"""What a unit has to do, and what nobody has settled yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from app.contract.notices import FeedbackItem, UnitServed, feedback_json, taken_json
from app.score_view import OpenItem
from app.unit_desk import ToMend, UnitDesk, UnitNotice
from domain.clock import Month
from domain.events import EventState
from domain.scores import ClauseState


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMendItem:
    event: int
    state: EventState
    subject_name: str
    clause: str
    test: str
    remedy: Annotated[str, "怎样整改"]
    until: Annotated[date | None, "整改期限；null：还没有写入通报"]
    days_left: Annotated[int | None, "还剩几天，负数是已过期"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOfUnit:
    month: Month
    number: int
    deadline: date
    days_left: int
    appeal_until: Annotated[date | None, "申诉的最后一天"]
    service: Annotated[UnitServed, "送达、签收"]
    items: Annotated[Sequence[FeedbackItem], "通报中本单位的事项和整改反馈"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOfUnit:
    unit: str
    to_mend: Annotated[Sequence[ToMendItem], "还没有整改的事件，最多列 50 件"]
    total: Annotated[int, "一共几件"]
    notices: Annotated[Sequence[NoticeOfUnit], "近期的通报，新的在前"]
    checks_left: Annotated[int, "单位今天还可以申请几次复查"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClause:
    unit: str
    unit_name: str
    clause: str
    item: str
    state: ClauseState
    points: Annotated[Decimal, "满分"]
    proposed: Annotated[Decimal, "系统建议扣（加、减）的分，等人决定"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClauses:
    clauses: Annotated[Sequence[OpenClause], "没有评定的条款，按单位表的顺序"]


def desk_json(unit_id: str, unit_name: str, desk: UnitDesk) -> DeskOfUnit:
    return DeskOfUnit(
        unit=unit_id, to_mend=[_to_mend(one) for one in desk.to_mend], total=desk.total,
        notices=[_notice(unit_id, unit_name, one) for one in desk.notices], checks_left=desk.checks_left,
    )  # fmt: skip


def open_json(one: OpenItem) -> OpenClause:
    return OpenClause(
        unit=one.unit.id, unit_name=one.unit.name, clause=one.score.clause_id, item=one.score.item,
        state=one.score.state, points=one.score.points, proposed=one.score.proposed, why=one.score.why,
    )  # fmt: skip


def _to_mend(one: ToMend) -> ToMendItem:
    event = one.row.event
    return ToMendItem(
        event=event.id or 0, state=event.state, subject_name=one.row.subject, clause=event.clause_id,
        test=event.test_id, remedy=one.remedy, until=one.until, days_left=one.days_left,
    )  # fmt: skip


def _notice(unit_id: str, unit_name: str, one: UnitNotice) -> NoticeOfUnit:
    row = one.notice.row
    return NoticeOfUnit(
        month=row.month, number=row.number, deadline=row.deadline, days_left=one.days_left,
        appeal_until=one.appeal_until,
        service=UnitServed(
            unit=unit_id, unit_name=unit_name, items=len(one.items),
            served=taken_json(one.service.served), received=taken_json(one.service.received),
        ),
        items=[feedback_json(item.feedback) for item in one.items],
    )  # fmt: skip
