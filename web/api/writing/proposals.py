"""The second person, with a token of his own, signs what another proposed, or disagrees."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.contract.proposals import JointProposal, proposal_json
from app.joint import LONGEST
from app.proposals import disagree, proposal, sign
from domain.errors import InputError
from web.access import DECIDERS, allow
from web.api.answers import PREFIX, ProposalId, given
from web.api.published import does
from web.api.sent import Body, Field, Sent
from web.deps import Asked
from web.refusals import Refused

routes = APIRouter(prefix=PREFIX, tags=["两人共同决定"])

SIGNATURE = Body(
    {"agree": True},
    agree=Field(bool, "true 会签，随即执行；false 不同意，或拟定的人收回"),
    reason=Field(str, f"不同意、收回时必填，不超过 {LONGEST} 字", needed=False),
    seen=Field(str, "看到的事件的样子（stamp）；写了而其间有了变化的不作数", needed=False),
)


@routes.post(
    "/proposals/{proposal_id}/signature", operation_id="signProposal",
    responses=does(JointProposal, 404, 409), openapi_extra=SIGNATURE.described,
    summary="第二人用自己的令牌会签，或不同意；拟定的人只能收回",
    description="谁也不能在一次请求里写两个名字；同一个人的两个用户也算一个人。",
)  # fmt: skip
@allow(*DECIDERS)
def signature(ask: Asked, proposal_id: ProposalId, sent: Annotated[Sent, Depends(SIGNATURE)]) -> Response:
    try:
        first = proposal(ask.office, proposal_id, ask.user)
    except InputError as error:
        raise Refused(404, str(error)) from None
    if sent["agree"]:
        sign(ask.office, first, user=ask.user, stamp=sent.words("seen"))
    else:
        disagree(ask.office, first, user=ask.user, reason=sent.words("reason"))
    return given(proposal_json(ask.office, first))
