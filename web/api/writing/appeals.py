"""Appeals filed and decided; for the office's own units signed by a second person, with his own token."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.appeals import file_appeal, found
from app.contract.appeals import AppealState, appeal_state
from app.joint import LONGEST, refuse
from app.joint_deeds import appeal_of, rule, sign_appeal
from domain.errors import InputError
from domain.records import AppealOutcome
from domain.users import Role
from web.access import DECIDERS, Own, allow
from web.api.answers import PREFIX, EventId, given, known_event
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.deps import Ask, Asked

routes = APIRouter(prefix=PREFIX, tags=["申诉"])

OBJECTION = Body(
    {"reason": "当日网站停机检修，附通知"},
    files=True,
    reason=Field(str, f"申诉理由，不超过 {LONGEST} 字；更多的内容请作为附件"),
)
DECISION = Body(
    {"outcome": "维持", "reason": "核对保存的网页，当日可以打开"},
    outcome=Field(AppealOutcome, "维持，或撤销（申诉成立，事件记 0 分，仍可见）"),
    reason=Field(str, f"理由，不超过 {LONGEST} 字，记入日志"),
)
SIGNATURE = Body(
    {"proposal": 12, "agree": True},
    proposal=Field(int, "所看到的拟定的决定（proposal.id）；其间有了变化的不作数"),
    agree=Field(bool, "true 会签；false 不同意，或拟定的人收回"),
    reason=Field(str, "不同意、收回时必填", needed=False),
)


@routes.post(
    "/events/{event_id}/appeal", operation_id="fileAppeal", status_code=201,
    responses=does(AppealState, 404, 409, status=201), openapi_extra=OBJECTION.described,
    summary="单位对一个事件提出申诉，可带附件", description="带附件的用 multipart/form-data。",
)  # fmt: skip
@allow(Role.UNIT, own=Own.EVENT)
def file(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(OBJECTION)]) -> Response:
    reason = sent.words("reason")
    if not reason.strip() or len(reason) > LONGEST:
        raise InputError(f"请写明申诉理由（不超过 {LONGEST} 字；更多的内容请作为附件）。")
    file_appeal(ask.office, event_id, by=ask.user.person, reason=reason, files=sent.files)
    return _state(ask, event_id, 201)


@routes.post(
    "/events/{event_id}/appeal/decision", operation_id="decideAppeal",
    responses=does(AppealState, 404, 409, also={202: "已拟定，等第二人会签（由本办自管的单位）"}),
    openapi_extra=DECISION.described, summary="对申诉作决定；由本办自管的单位只是拟定，等另一人会签",
)  # fmt: skip
@allow(*DECIDERS)
def decision(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(DECISION)]) -> Response:
    number = known_event(ask, event_id)
    rule(ask.office, number, sent["outcome"], user=ask.user, reason=sent["reason"])
    waits = found(ask.office, number).open_appeal is not None
    return _state(ask, number, 202 if waits else 200)


@routes.post(
    "/events/{event_id}/appeal/signature", operation_id="signAppeal",
    responses=does(AppealState, 404, 409), openapi_extra=SIGNATURE.described,
    summary="第二人用自己的令牌会签，或不同意；拟定的人只能收回",
)  # fmt: skip
@allow(*DECIDERS)
def signature(ask: Asked, event_id: EventId, sent: Annotated[Sent, Depends(SIGNATURE)]) -> Response:
    number, seen = known_event(ask, event_id), sent["proposal"]
    if sent["agree"]:
        sign_appeal(ask.office, number, seen, user=ask.user)
    else:
        refuse(ask.office, appeal_of(number), seen, user=ask.user, reason=sent.words("reason"))
    return _state(ask, number, 200)


def _state(ask: Ask, event_id: int, status: int) -> Response:
    inside = ask.user.role is not Role.UNIT
    return given(appeal_state(ask.office, found(ask.office, event_id), inside=inside), status)
