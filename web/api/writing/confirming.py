"""Several suspected events confirmed together, each weighed before and decided by itself."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.bulk import MOST, Chosen, candidates, confirm
from app.contract.confirming import ConfirmedList, WeighedList, outcome_json, weighed_json
from app.joint import said
from web.access import DECIDERS, allow
from web.api.answers import PREFIX, given
from web.api.published import does, reads
from web.api.sent import CELLS, Body, Field, Sent
from web.deps import Asked
from web.refusals import Refused

routes = APIRouter(prefix=f"{PREFIX}/confirmations", tags=["事件"])
CHOSEN = Body(
    {"seen": {"12": "5f1d0c9a7be24310", "13": "0b5f3c1f0c9c6a4f"}, "reason": "已逐件打开核实"},
    seen=Field(CELLS, f"要认定的事件：编号 → GET 所得的 seen，最多 {MOST} 件"),
    reason=Field(str, "理由，记入日志"),
    reasons=Field(CELLS, "个别事件另写的理由：编号 → 理由", needed=False),
)
EventIds = Annotated[list[int] | None, Query(alias="id", description=f"事件编号，写几次，最多 {MOST} 件")]


@routes.get(
    "", operation_id="weighConfirmations", responses=reads(WeighedList, 404, 422),
    summary="一起认定之前：每件的样子、会多扣几分、不利于认定的、能不能认定",
)  # fmt: skip
@allow(*DECIDERS)
def weigh(ask: Asked, ids: EventIds = None) -> Response:
    found = candidates(ask.office, ids or (), ask.user)
    return given(WeighedList(events=[weighed_json(ask.office, one) for one in found]))


@routes.post(
    "", operation_id="confirmTogether", responses=does(ConfirmedList), openapi_extra=CHOSEN.described,
    summary="一起认定待人认定的事件：逐件执行，变化过的、须两人的不认定并说明，不影响其余",
)  # fmt: skip
@allow(*DECIDERS)
def confirmed(ask: Asked, sent: Annotated[Sent, Depends(CHOSEN)]) -> Response:
    own = {key: said(text) for key, text in (sent["reasons"] or {}).items()}
    wrong = [key for key in {*sent["seen"], *own} if not _number(key) or key not in sent["seen"]]
    if wrong:
        raise Refused(422, f"这些不是要认定的事件的编号：{'、'.join(wrong)}。")
    reason = said(sent["reason"])
    chosen = [
        Chosen(event_id=int(key), seen=stamp, reason=own.get(key) or reason)
        for key, stamp in sent["seen"].items()
    ]
    outcomes = confirm(ask.office, chosen, user=ask.user)
    return given(ConfirmedList(events=[outcome_json(one) for one in outcomes]))


def _number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) < 11
