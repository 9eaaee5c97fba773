"""What units do about a notice: 送达 and 签收, and what they report of its items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from app.feedback import ItemFeedback
from app.notice_view import UnitService
from domain.clock import Month
from domain.records import Feedback, FileRef, Service


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTaken:
    on: date
    person: Annotated[str, "送达人或签收人"]
    by: Annotated[str, "谁登记的"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitServed:
    unit: str
    unit_name: str
    items: Annotated[int, "通报中有它几项"]
    served: Annotated[ServiceTaken | None, "送达；null：没有登记"]
    received: Annotated[ServiceTaken | None, "签收；null：没有登记"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceList:
    services: Annotated[Sequence[UnitServed], "通报写到的单位，按单位表的顺序"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackGiven:
    cause: Annotated[str, "原因；可以是空的"]
    done: Annotated[str, "整改情况"]
    done_on: Annotated[date, "完成日期"]
    person: Annotated[str, "责任人"]
    phone: str
    by: Annotated[str, "谁填报的"]
    at: datetime
    files: Annotated[Sequence[FileRef], "附件；内容用 /events/{event_id}/files/{sha256} 下载"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackItem:
    month: Month
    number: Annotated[int, "文号中的序号"]
    deadline: Annotated[date, "整改期限"]
    item: Annotated[int, "通报中的第几项"]
    event: int
    unit: str
    unit_name: str
    subject_name: str
    late: Annotated[bool, "第一次填报已过期限"]
    given: Annotated[Sequence[FeedbackGiven], "填报过的，按先后；以最后一次为准"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackList:
    items: Annotated[Sequence[FeedbackItem], "每一项，没有填报的也列出"]


def served_json(one: UnitService) -> UnitServed:
    return UnitServed(
        unit=one.unit.id, unit_name=one.unit.name, items=one.items, served=taken_json(one.served.served),
        received=taken_json(one.served.received),
    )  # fmt: skip


def service_json(month: Month, one: Service) -> dict[str, Any]:
    """A step as recorded, as `zwgk notice served --json` has it."""
    return {
        "month": month, "unit": one.unit_id, "step": one.step, "on": one.on, "person": one.person,
        "by": one.by, "at": one.at, "note": one.note,
    }  # fmt: skip


def feedback_json(one: ItemFeedback) -> FeedbackItem:
    return FeedbackItem(
        month=one.notice.month, number=one.notice.number, deadline=one.notice.deadline,
        item=one.item.number, event=one.item.event_id, unit=one.item.unit_id, unit_name=one.item.unit,
        subject_name=one.item.subject, late=one.late, given=[given_json(report) for report in one.given],
    )  # fmt: skip


def given_json(one: Feedback) -> FeedbackGiven:
    return FeedbackGiven(
        cause=one.cause, done=one.done, done_on=one.done_on, person=one.person, phone=one.phone, by=one.by,
        at=one.at, files=one.files,
    )  # fmt: skip


def taken_json(one: Service | None) -> ServiceTaken | None:
    return ServiceTaken(on=one.on, person=one.person, by=one.by) if one is not None else None
