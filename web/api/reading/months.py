"""Months and their notices: the head, and the long lists by themselves."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.contract.months import (
    MonthCorrections,
    MonthDeductions,
    MonthHead,
    MonthItems,
    MonthList,
    MonthRechecks,
    month_json,
    months_json,
    recheck_json,
    reminder_json,
)
from app.contract.notices import FeedbackList, ServiceList, feedback_json, served_json
from app.feedback import notice_feedback
from app.notice_view import month_row, parsed_month, services
from app.rectification import issued, recheck_month
from app.services import reminders
from domain.notices import MonthReport
from web.access import staff
from web.api.answers import PREFIX, MonthPath, Paged, given
from web.api.published import reads
from web.api.waiting import kept, waited
from web.deps import Ask, Asked
from web.working import content_of, drafted_of

routes = APIRouter(prefix=PREFIX, tags=["通报"])
DRAFT = "未结账的月份按现有记录起草，不改变任何记录；已结账、已印发的是当时定下的内容，不重新计分。"


@routes.get(
    "/months", operation_id="listMonths", responses=reads(MonthList, 422, paged=True),
    summary="已结账的月份和已印发的通报，新的在前",
)  # fmt: skip
@staff()
def months(ask: Asked, at: Paged) -> Response:
    rows = months_json(ask.office)
    return given(MonthList(months=at.of(rows)), headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}", operation_id="getMonth", responses=reads(MonthHead, 404, 503),
    summary="一个月的通报：概况", description=DRAFT,
)  # fmt: skip
@staff()
def month(ask: Asked, month: MonthPath) -> Response:
    return given(month_json(report_of(ask, month)))


@routes.get(
    "/months/{month}/items", operation_id="listMonthItems",
    responses=reads(MonthItems, 404, 422, 503, paged=True),
    summary="一个月的通报：问题清单（附件1）", description=DRAFT,
)  # fmt: skip
@staff()
def items(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = report_of(ask, month).items
    return given(MonthItems(items=at.of(rows)), headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}/deductions", operation_id="listMonthDeductions",
    responses=reads(MonthDeductions, 404, 422, 503, paged=True),
    summary="一个月的通报：扣分清单（附件2）", description=DRAFT,
)  # fmt: skip
@staff()
def deductions(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = report_of(ask, month).deductions
    return given(MonthDeductions(deductions=at.of(rows)), headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}/rechecks", operation_id="listMonthRechecks",
    responses=reads(MonthRechecks, 404, 422, 503, paged=True),
    summary="一个月的通报：上期问题复查（附件3）", description=DRAFT,
)  # fmt: skip
@staff()
def rechecks(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = report_of(ask, month).rechecks
    return given(MonthRechecks(rechecks=at.of(rows)), headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}/corrections", operation_id="listMonthCorrections",
    responses=reads(MonthCorrections, 404, 422, 503, paged=True),
    summary="一个月的通报：对以前月份的更正", description=DRAFT,
)  # fmt: skip
@staff()
def corrections(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = report_of(ask, month).corrections
    return given(MonthCorrections(corrections=at.of(rows)), headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}/recheck", operation_id="recheckMonth",
    responses=reads("Rechecked", 404, 409, 422, 503, paged=True),
    summary="一份已印发的通报现在逐项复查的结果（同 zwgk notice recheck）",
)  # fmt: skip
@staff()
def recheck(
    ask: Asked, at: Paged, month: MonthPath,
    unit: Annotated[str, Query(description="只看一个单位（编号或名称）")] = "",
) -> Response:  # fmt: skip
    wanted = parsed_month(month)
    notice, found = kept(ask, recheck_month, wanted, unit or None)
    shown = {
        "month": wanted, "number": notice.row.number, "deadline": notice.row.deadline,
        "items": [recheck_json(one) for one in at.of(found)],
    }  # fmt: skip
    return given(shown, headers=at.headers(ask.request, len(found)))


@routes.get(
    "/months/{month}/services", operation_id="listServices",
    responses=reads(ServiceList, 404, 409, 422, paged=True),
    summary="一份已印发的通报在各单位的送达、签收",
)  # fmt: skip
@staff()
def served(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = services(ask.office, parsed_month(month))
    shown = ServiceList(services=[served_json(one) for one in at.of(rows)])
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/months/{month}/feedback", operation_id="listFeedback",
    responses=reads(FeedbackList, 404, 409, 422, paged=True),
    summary="一份已印发的通报每一项的整改反馈",
)  # fmt: skip
@staff()
def feedback(ask: Asked, at: Paged, month: MonthPath) -> Response:
    rows = notice_feedback(ask.office, issued(ask.office, parsed_month(month)))
    shown = FeedbackList(items=[feedback_json(one) for one in at.of(rows)])
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/reminders", operation_id="listReminders", responses=reads("Reminders", 422, 503, paged=True),
    summary="该催办的：没有送达或签收的，快到期的，已过期的（同 zwgk notice due）",
)  # fmt: skip
@staff()
def due(
    ask: Asked, at: Paged, within: Annotated[int, Query(ge=0, le=400, description="几天之内到期")] = 3
) -> Response:
    found = kept(ask, reminders, within)
    shown = {"reminders": [reminder_json(one) for one in at.of(found)]}
    return given(shown, headers=at.headers(ask.request, len(found)))


def report_of(ask: Ask, month: str) -> MonthReport:
    """The month's report; a draft is made once and kept while nothing changes. Raises Refused, InputError."""
    row = month_row(ask.office, parsed_month(month))
    return drafted_of(waited(lambda: content_of(ask, row))).report
