"""Checks asked for, events decided, subjects attested, clauses marked."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from app.checks import start_check
from app.contract.events import event_row
from app.contract.runs import CheckAsked, LookMade
from app.contract.scores import mark_json
from app.decisions import Attestation, attest, decide
from app.marks import Said, mark
from app.unit_desk import ask_check
from domain.errors import RefusedError
from domain.events import DecisionKind
from domain.users import Role
from web.access import CHECKERS, DECIDERS, Own, allow
from web.api.answers import PREFIX, EventId, UnitId, given, known_event, known_unit
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.deps import Ask, Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX)
TWO = "由本办自管的单位须两人决定，这里不受理，请在控制台办理（申诉除外，见“申诉”）。"

DECISION = Body(
    {"kind": "confirm", "reason": "电话核实，属实", "points": "1.5"},
    kind=Field(DecisionKind, "confirm 认定，withdraw 撤销，exempt 豁免"),
    reason=Field(str, "理由，记入日志"),
    points=Field(Decimal, "认定时另定的分值，字符串；不写则按细则", needed=False, null=True),
    until=Field(date, "豁免到哪天，豁免必填", needed=False, null=True),
)
ATTESTATION = Body(
    {"reason": "打开看过", "newest": "2026-10-07", "link": "https://www.example.gov.cn/a.html"},
    reason=Field(str, "怎么看到的，记入日志"),
    newest=Field(date, "栏目和账号：最新一条的日期", needed=False, null=True),
    works=Field(bool, "应用：可以下载 true，无法下载 false", needed=False, null=True),
    link=Field(str, "最新一条的网址", needed=False),
)
MARK = Body(
    {"clause": "A1-01", "points": "2.5", "reason": "查阅会议纪要"},
    files=True,
    clause=Field(str, "条款，如 A1-01"),
    points=Field(Decimal, "分值，字符串；null（表单里也写 null）：取消此前的评分", null=True),
    reason=Field(str, "理由，记入日志"),
    year=Field(int, "考核年度；不写则今年", needed=False, null=True),
)


@routes.post(
    "/units/{unit_id}/checks", operation_id="askCheck", tags=["监测运行"], status_code=202,
    responses=does(CheckAsked, 404, 409, 429, status=202), summary="现在检查一个单位；结论到 Location 去取",
    description="单位用户只能检查本单位，每天次数有限。",
)  # fmt: skip
@allow(*CHECKERS, Role.UNIT, own=Own.UNIT)
def ask_one(ask: Asked, unit_id: UnitId) -> Response:
    unit = known_unit(ask, unit_id)
    if ask.user.role is Role.UNIT:
        try:
            number = ask_check(ask.office, unit, by=ask.user.person)
        except RefusedError as error:
            raise Refused(429, str(error)) from None
    else:
        number = start_check(ask.office, unit)
    return given(CheckAsked(check=number), 202, {"Location": f"{PREFIX}/checks/{number}"})


@routes.post(
    "/events/{event_id}/decisions", operation_id="decideEvent", tags=["事件"],
    responses=does("Event", 404, 409), openapi_extra=DECISION.described,
    summary="认定、撤销、豁免（同 zwgk decide）", description=TWO,
)  # fmt: skip
@allow(*DECIDERS)
def decision(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(DECISION)]) -> Response:
    event = ask.office.archive.event(known_event(ask, event_id))
    if event is not None:
        _refuse_joint(ask, event.unit_id)
    made = decide(
        ask.office, event_id, sent["kind"], by=ask.user.person, reason=sent["reason"], points=sent["points"],
        until=sent["until"],
    )  # fmt: skip
    return given(event_row(ask.office, made))


@routes.post(
    "/subjects/{subject_id}/attestations", operation_id="attestSubject", tags=["监测运行"], status_code=201,
    responses=does(LookMade, 409, status=201), openapi_extra=ATTESTATION.described,
    summary="登记人工核实（同 zwgk attest），不带附件", description=TWO,
)  # fmt: skip
@allow(*DECIDERS)
def attestation(
    ask: Asked,
    subject_id: Annotated[str, Path(description="监测对象，如 column:czj-dt")],
    sent: Annotated[Sent, Depends(ATTESTATION)],
) -> Response:
    seen = Attestation(
        by=ask.user.person, reason=sent["reason"], newest_on=sent["newest"], works=sent["works"],
        link=sent.words("link"),
    )  # fmt: skip
    return given(LookMade(look=attest(ask.office, subject_id, seen)), 201)


@routes.post(
    "/units/{unit_id}/marks", operation_id="enterMark", tags=["单位与得分"], status_code=201,
    responses=does("Mark", 404, 409, status=201), openapi_extra=MARK.described,
    summary="人工评分（同 zwgk mark），可带附件", description=f"带附件的用 multipart/form-data。{TWO}",
)  # fmt: skip
@allow(*DECIDERS)
def enter_mark(ask: Asked, unit_id: UnitId, sent: Annotated[Sent, Depends(MARK)]) -> Response:
    unit = known_unit(ask, unit_id)
    _refuse_joint(ask, unit)
    said = Said(points=sent["points"], by=ask.user.person, reason=sent["reason"], files=sent.files)
    return given(mark_json(mark(ask.office, unit, sent["clause"], said, year=sent["year"])), 201)


def _refuse_joint(ask: Ask, unit_id: str) -> None:
    """A token is one person; the office's own units take two."""
    unit = ask.office.unit(unit_id)
    if unit.office_own:
        raise RefusedError(f"{unit.name}由本办自管，须两人共同决定，请在控制台办理。")
