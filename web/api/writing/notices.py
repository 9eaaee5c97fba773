"""A month closed and issued, 送达 and 签收, and what units report of a notice's items."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.contract.months import MonthHead, month_json
from app.contract.notices import FeedbackGiven, given_json, service_json
from app.feedback import LONGEST, Reply, give_feedback
from app.months import frozen, numbered, proposed
from app.notice_view import parsed_month, stamp_of
from app.services import record_service
from app.unit_desk import sign_for
from domain.records import ServiceStep
from domain.users import Role
from web.access import DECIDERS, Own, allow
from web.api.answers import PREFIX, EventId, MonthPath, UnitId, given, known_month
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.api.waiting import waited
from web.deps import Asked
from web.working import works_of

routes = APIRouter(prefix=PREFIX, tags=["通报"])

CLOSING = Body(
    {"stamp": "5f1d0c9a7be24310"},
    stamp=Field(str, "看过的草稿的标记（GET 这个月的 stamp）；其间有了变化的不结账"),
)
ISSUING = Body(
    {"number": 9, "issued_on": "2026-11-04"},
    number=Field(int, "文号中的序号"),
    issued_on=Field(date, "印发日期"),
    deadline=Field(date, "整改期限；不写则按设置的工作日数", needed=False, null=True),
)
SERVICE = Body(
    {"unit": "caizhengju", "step": "送达", "on": "2026-11-05", "person": "赵六"},
    unit=Field(str, "单位编号或名称"),
    step=Field(ServiceStep, "送达，或签收"),
    on=Field(date, "哪天"),
    person=Field(str, "送达人或签收人"),
    note=Field(str, "备注", needed=False),
)
RECEIPT = Body(
    {"month": "2026-10", "person": "孙七"},
    month=Field(str, "哪个月的通报"),
    person=Field(str, "签收人，不超过 40 字；不写则是令牌的用户", needed=False),
)
FEEDBACK = Body(
    {"done": "已补发两条信息", "done_on": "2026-11-06", "person": "孙七", "phone": "0477-6212345"},
    files=True,
    done=Field(str, f"整改情况，不超过 {LONGEST} 字"),
    done_on=Field(date, "完成日期"),
    person=Field(str, "责任人"),
    phone=Field(str, "电话"),
    cause=Field(str, f"原因，不超过 {LONGEST} 字", needed=False),
    month=Field(str, "哪个月的通报；不写则最近写到它的一期", needed=False),
)


@routes.post(
    "/months/{month}/closing", operation_id="closeMonth", openapi_extra=CLOSING.described,
    responses=does(MonthHead, 404, 409, 503),
    summary="结账：得分和通报一起定下来，以后不再计分（同 zwgk month close）",
    description="月末 48 小时以后才能结账。答复 503 的，还在结账：过一会儿看 GET 这个月的 stage。",
)  # fmt: skip
@allow(*DECIDERS)
def closing(ask: Asked, month: MonthPath, sent: Annotated[Sent, Depends(CLOSING)]) -> Response:
    wanted, office, person, seen = known_month(month), ask.office, ask.user.person, sent["stamp"]
    works, version = works_of(ask), object()
    done = waited(
        lambda: works.ask(
            ("close", wanted), version,
            lambda: frozen(office, wanted, person, lambda report: stamp_of(report) == seen),
        )
    )  # fmt: skip
    return given(month_json(done.result))


@routes.post(
    "/months/{month}/issue", operation_id="issueNotice", openapi_extra=ISSUING.described,
    responses=does(MonthHead, 404, 409), summary="印发：给出文号、日期、期限（同 zwgk notice issue）",
    description="须已结账；印发以后不能改。文件用 GET 这个月的 files 下载。",
)  # fmt: skip
@allow(*DECIDERS)
def issue(ask: Asked, month: MonthPath, sent: Annotated[Sent, Depends(ISSUING)]) -> Response:
    facts = (ask.office, known_month(month), sent["number"], sent["issued_on"], sent["deadline"])
    proposed(*facts)
    return given(month_json(numbered(*facts, ask.user.person)))


@routes.post(
    "/months/{month}/services", operation_id="recordService", openapi_extra=SERVICE.described,
    status_code=201, responses=does("Service", 404, 409, status=201),
    summary="登记一个单位的送达或签收（同 zwgk notice served）", description="再登记一次就是更正。",
)  # fmt: skip
@allow(*DECIDERS)
def service(ask: Asked, month: MonthPath, sent: Annotated[Sent, Depends(SERVICE)]) -> Response:
    wanted = known_month(month)
    made = record_service(
        ask.office, wanted, sent["unit"], sent["step"], on=sent["on"], person=sent["person"],
        by=ask.user.person, note=sent.words("note")[:200],
    )  # fmt: skip
    return given(service_json(wanted, made), 201)


@routes.post(
    "/units/{unit_id}/receipts", operation_id="signForNotice", openapi_extra=RECEIPT.described,
    status_code=201, responses=does("Service", 404, 409, status=201),
    summary="单位签收一个月的通报，日期是今天；登错的请办公室更正",
)  # fmt: skip
@allow(Role.UNIT, own=Own.UNIT)
def receipt(ask: Asked, unit_id: UnitId, sent: Annotated[Sent, Depends(RECEIPT)]) -> Response:
    wanted = parsed_month(sent["month"])
    person = sent.words("person") or ask.user.person
    return given(
        service_json(wanted, sign_for(ask.office, wanted, unit_id, person=person, by=ask.user.person)), 201
    )


@routes.post(
    "/events/{event_id}/feedback", operation_id="giveFeedback", openapi_extra=FEEDBACK.described,
    status_code=201, responses=does(FeedbackGiven, 404, 409, status=201),
    summary="单位填报一项的整改反馈表，可带附件",
    description="带附件的用 multipart/form-data。是否整改到位以监测为准；再填一次，以最后一次为准。",
)  # fmt: skip
@allow(Role.UNIT, own=Own.EVENT)
def feedback(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(FEEDBACK)]) -> Response:
    reply = Reply(
        cause=sent.words("cause"), done=sent["done"], done_on=sent["done_on"], person=sent["person"],
        phone=sent["phone"], files=sent.files,
    )  # fmt: skip
    month = parsed_month(sent["month"]) if sent["month"] else None
    return given(given_json(give_feedback(ask.office, event_id, reply, by=ask.user.person, month=month)), 201)
