"""Events, and the whole story of one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.contract.events import event_row, story_json
from app.contract.notices import FeedbackList, feedback_json
from app.event_list import event_slice
from app.feedback import event_feedback
from domain.events import EventState
from domain.queries import EventQuery
from domain.users import STAFF, Role
from web.access import EVERYBODY, Own, allow
from web.api.answers import PREFIX, EventId, Paged, Unit, given, own_unit
from web.api.published import reads
from web.deps import Asked
from web.events_asked import OPEN
from web.stories import story_of

routes = APIRouter(prefix=PREFIX, tags=["事件"])
SEQ = "X-Log-Seq"


@routes.get(
    "/events", operation_id="listEvents", 
    responses=reads("Events", 404, 422, paged=True, headers={SEQ: "日志现在有几条：下次取增量时用"}),
    summary="事件（同 zwgk events），新的在前",
    description="定时取增量：第一次不写 changed_after，记下第一页的 X-Log-Seq；以后写上次记下的数，"
    "只得到其后新增或有变化（状态、决定、申诉、通报、恢复正常……）的，一件不漏。",
)  # fmt: skip
@allow(*EVERYBODY, own=Own.FILTERS)
def events(  # noqa: PLR0913, PLR0917 - the filters
    ask: Asked,
    at: Paged,
    unit: Unit = "",
    subject: Annotated[str, Query(max_length=200, description="监测对象，如 column:czj-dt")] = "",
    state: Annotated[EventState | None, Query(description="状态")] = None,
    test: Annotated[str, Query(max_length=20, description="细则，如 A1-18a")] = "",
    show: Annotated[
        str, Query(description="open 未整改，closed 已结束，waits 待认定", pattern="^(open|closed|waits)?$")
    ] = "",
    q: Annotated[str, Query(max_length=100, description="单位、对象或依据里的字")] = "",
    changed_after: Annotated[
        int | None, Query(ge=0, le=2**53, description="日志第几条以后有变化的：上次取数第一页的 X-Log-Seq")
    ] = None,
) -> Response:
    query = EventQuery(
        unit_id=own_unit(ask, unit), states=frozenset({state}) if state else None, test_id=test or None,
        open=OPEN.get(show), waits=show == "waits", words=q, subject_id=subject or None,
        changed_after=changed_after,
    )  # fmt: skip
    logged = ask.office.archive.state_stamp()[0]  # first: what comes between is given twice, never lost
    found, total = event_slice(ask.office, query, first=at.first, count=at.size)
    rows = [event_row(ask.office, one) for one in found]
    headers = at.headers(ask.request, total) | {SEQ: str(logged)}
    return given({"events": rows}, headers=headers)


@routes.get(
    "/events/{event_id}", operation_id="getEvent", responses=reads("EventStory", 404, 422),
    summary="一个事件的来龙去脉（同 zwgk explain）",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def event(ask: Asked, event_id: EventId) -> Response:
    story = story_of(ask, event_id)
    return given(story_json(story, event_row(ask.office, story.event)))


@routes.get(
    "/events/{event_id}/feedback", operation_id="getFeedback", responses=reads(FeedbackList, 404, 422),
    summary="一个事件在各期通报里的整改反馈",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def feedback(ask: Asked, event_id: EventId) -> Response:
    found = event_feedback(ask.office, event_id)
    return given(FeedbackList(items=[feedback_json(one) for one in found]))
