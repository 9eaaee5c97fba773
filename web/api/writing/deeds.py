"""Checks asked for, events decided, subjects attested, clauses marked."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from app.appeals import found
from app.checks import check_state, start_check
from app.contract.events import event_row
from app.contract.proposals import JointProposal, waiting_json
from app.contract.runs import CheckAsked, CheckProgress, LookMade, progress_json
from app.contract.scores import mark_json
from app.decisions import Attestation
from app.joint import LONGEST, Matter, said
from app.joint_deeds import Ruling, decide_event, decision_on, mark_clause
from app.joint_looks import adopt_check, adoption_of, attest_subject, attestation_of
from app.marks import Said
from app.unit_desk import ask_check
from domain.errors import RefusedError
from domain.events import DecisionKind
from domain.users import Role
from web.access import CHECKERS, DECIDERS, Own, allow
from web.api.answers import PREFIX, CheckId, EventId, UnitId, given, known_check, known_event, known_unit
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.deps import Ask, Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX)
TWO = "由本办自管的单位须两人决定：这里只是拟定（202），另一人再用自己的令牌会签，见“两人共同决定”。"

DECISION = Body(
    {"kind": "confirm", "reason": "电话核实，属实", "points": "1.5"},
    kind=Field(DecisionKind, "confirm 认定，withdraw 撤销，exempt 豁免"),
    reason=Field(str, "理由，记入日志"),
    points=Field(Decimal, "认定时另定的分值，字符串；不写则按细则", needed=False, null=True),
    until=Field(date, "豁免到哪天，豁免必填", needed=False, null=True),
)
ATTESTATION = Body(
    {"reason": "打开看过", "newest": "2026-10-07", "link": "https://www.example.gov.cn/a.html"},
    files=True,
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
ADOPTION = Body({"reason": "电话核实，属实"}, reason=Field(str, f"理由，不超过 {LONGEST} 字，记入日志"))


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
    "/checks/{check_id}/adoption", operation_id="adoptCheck", tags=["监测运行"],
    responses=does(CheckProgress, 404, 409, waits=JointProposal), openapi_extra=ADOPTION.described,
    summary="采用一次即时检查：它的读数从此与正式监测一样（同 zwgk adopt）", description=TWO,
)  # fmt: skip
@allow(Role.OFFICE)
def adoption(
    ask: Asked, check_id: CheckId, sent: Annotated[Sent, Depends(ADOPTION)]
) -> Response:  # fmt: skip
    number = known_check(ask, check_id)
    if not adopt_check(ask.office, number, user=ask.user, reason=said(sent["reason"])):
        return _waits(ask, adoption_of(number))
    return given(progress_json(check_state(ask.office, number)))


@routes.post(
    "/events/{event_id}/decisions", operation_id="decideEvent", tags=["事件"],
    responses=does("Event", 404, 409, waits=JointProposal), openapi_extra=DECISION.described,
    summary="认定、撤销、豁免（同 zwgk decide）", description=TWO,
)  # fmt: skip
@allow(*DECIDERS)
def decision(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(DECISION)]) -> Response:
    number = known_event(ask, event_id)
    ruling = Ruling(kind=sent["kind"], reason=sent["reason"], points=sent["points"], until=sent["until"])
    if not decide_event(ask.office, number, ruling, user=ask.user):
        return _waits(ask, decision_on(number))
    return given(event_row(ask.office, found(ask.office, number)))


@routes.post(
    "/subjects/{subject_id}/attestations", operation_id="attestSubject", tags=["监测运行"], status_code=201,
    responses=does(LookMade, 409, status=201, waits=JointProposal), openapi_extra=ATTESTATION.described,
    summary="登记人工核实（同 zwgk attest），可带截图",
    description=f"带附件的用 multipart/form-data。{TWO}会签后按拟定时所见登记。",
)  # fmt: skip
@allow(*DECIDERS)
def attestation(
    ask: Asked,
    subject_id: Annotated[str, Path(description="监测对象，如 column:czj-dt")],
    sent: Annotated[Sent, Depends(ATTESTATION)],
) -> Response:
    seen = Attestation(
        by=ask.user.person, reason=sent["reason"], newest_on=sent["newest"], works=sent["works"],
        link=sent.words("link"), files=sent.files,
    )  # fmt: skip
    look = attest_subject(ask.office, subject_id, seen, user=ask.user)
    if look is None:
        return _waits(ask, attestation_of(subject_id))
    return given(LookMade(look=look, files=ask.office.archive.look(look).files), 201)


@routes.post(
    "/units/{unit_id}/marks", operation_id="enterMark", tags=["单位与得分"], status_code=201,
    responses=does("Mark", 404, 409, status=201, waits=JointProposal), openapi_extra=MARK.described,
    summary="人工评分（同 zwgk mark），可带附件", description=f"带附件的用 multipart/form-data。{TWO}",
)  # fmt: skip
@allow(*DECIDERS)
def enter_mark(ask: Asked, unit_id: UnitId, sent: Annotated[Sent, Depends(MARK)]) -> Response:
    unit = known_unit(ask, unit_id)
    whole = Said(points=sent["points"], by=ask.user.person, reason=sent["reason"], files=sent.files)
    made = mark_clause(ask.office, unit, sent["clause"], whole, user=ask.user, year=sent["year"])
    if isinstance(made, Matter):
        return _waits(ask, made)
    return given(mark_json(made), 201)


def _waits(ask: Ask, matter: Matter) -> Response:
    """202: what was proposed, and who can sign it."""
    return given(waiting_json(ask.office, matter), 202)
