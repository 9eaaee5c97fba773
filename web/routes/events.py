"""Events: the list, one event's story, what people decide about it, the pages it rests on."""

from datetime import date
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from app.attachments import Upload
from app.bulk import candidates
from app.clues import reads_clues
from app.decisions import stamp
from app.event_course import AGAIN, course, summary
from app.event_list import FOR_PERSON, event_list, needs
from app.evidence import event_file, saved
from app.explain import LOOKS
from app.feedback import event_feedback
from app.joint import LONGEST, refuse, same, waiting
from app.joint_deeds import Ruling, decide_event, decision_on, sign_decision, takes_two
from app.proposals import proposals
from domain.errors import InputError
from domain.events import DecisionKind, EventState
from domain.queries import EventQuery
from domain.users import STAFF, Role
from web.access import DECIDERS, EVERYBODY, Own, allow
from web.deps import Ask, Asked
from web.downloads import download
from web.events_asked import OPEN
from web.guard import SAVED_PAGE
from web.pages import page
from web.routes import confirm, joint_marks
from web.stories import story_of
from web.typed import plain_digits

routes = APIRouter()
routes.include_router(confirm.routes)  # before /events/{event_id}
routes.include_router(joint_marks.routes)


@routes.get("/events")
@allow(*EVERYBODY, own=Own.FILTERS)
def events(  # noqa: PLR0913, PLR0917 - the filters
    ask: Asked, state: str = "", unit: str = "", show: str = "", q: str = "", tick: str = "",
    number: Annotated[int, Query(alias="page")] = 1,
) -> Response:  # fmt: skip
    """`show`: open, closed, waits or nothing; `tick`: "page" ticks what of this page waits for a person.
    Users of a unit get their own unit's, whatever they ask."""
    own = ask.user.unit_id if ask.user.role is Role.UNIT else unit or None
    query = EventQuery(
        unit_id=own,
        states=_states(state),
        open=OPEN.get(show),
        waits=show == "waits",
        words=q[:100],
        secret=reads_clues(ask.office, ask.user),
    )
    found = event_list(ask.office, query, number)
    asked = {"state": state, "unit": unit, "show": show, "q": q}
    units = ask.office.registry.units if ask.user.role is not Role.UNIT else ()
    return page(
        ask.request, "events.html", found=found, asked=asked, units=units, states=list(EventState),
        proposals=proposals(ask.office, ask.user) if ask.user.role in DECIDERS else (),
        pick=FOR_PERSON if ask.user.role in DECIDERS else "", ticked=tick == "page",
        further=urlencode({name: value for name, value in asked.items() if value}),
    )  # fmt: skip


@routes.get("/events/{event_id}")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def event(ask: Asked, event_id: int) -> Response:
    return _story(ask, event_id)


@routes.post("/events/{event_id}/decisions")
@allow(*DECIDERS)
def decision(  # noqa: PLR0913, PLR0917 - the fields of the form
    ask: Asked,
    event_id: int,
    kind: Annotated[DecisionKind, Form()],
    reason: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    points: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:
    """Confirm, withdraw or exempt; for the office's own units only proposed, and a second person's to sign.
    `seen`: the event as the page showed it; another's decision, or a look, since then refuses this one."""
    try:
        ruling = Ruling(
            kind=kind, reason=reason, seen=seen, points=_points(points, kind),
            until=_day(until) if kind is DecisionKind.EXEMPT else None,
        )  # fmt: skip
        decide_event(ask.office, event_id, ruling, user=ask.user)
    except InputError as error:
        typed = {"kind": kind.value, "reason": reason, "until": until, "points": points}
        return _story(ask, event_id, why=str(error), typed=typed, status=409)
    return RedirectResponse(f"/events/{event_id}", HTTPStatus.SEE_OTHER)


@routes.post("/events/{event_id}/signature")
@allow(*DECIDERS)
def signature(
    ask: Asked,
    event_id: int,
    seen: Annotated[int, Form()],
    agreed: Annotated[bool, Form()],
    shown: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """The second person signs or disagrees; who proposed may only take it back. `seen`: the proposal;
    `shown`: the event as the page showed it."""
    try:
        if agreed:
            sign_decision(ask.office, event_id, seen, user=ask.user, stamp=shown)
        else:
            refuse(ask.office, decision_on(event_id), seen, user=ask.user, reason=reason)
    except InputError as error:
        return _story(ask, event_id, why=str(error), status=409)
    return RedirectResponse(f"/events/{event_id}", HTTPStatus.SEE_OTHER)


@routes.get("/events/{event_id}/looks/{look_id}/page")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def saved_page(ask: Asked, event_id: int, look_id: int, source: bool = False) -> Response:
    """The saved page, sandboxed: no scripts, nothing loaded from anywhere. `source`: as plain text.
    What a person attached is handed out as a file."""
    found = saved(ask.office, event_id, look_id)
    if isinstance(found, Upload):
        return download(found.name, found.data)
    kind = "text/html" if found.markup and not source else "text/plain"
    return Response(
        found.text, media_type=f"{kind}; charset=utf-8", headers={"Content-Security-Policy": SAVED_PAGE}
    )


@routes.get("/events/{event_id}/looks/{look_id}/files/{sha256}")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def attached_file(ask: Asked, event_id: int, look_id: int, sha256: str) -> Response:
    """What a person attached to a look of his."""
    found = event_file(ask.office, event_id, look_id, sha256)
    return download(found.name, found.data)


NOTHING_TYPED = {"kind": "", "reason": "", "until": "", "points": ""}


def _story(
    ask: Ask, event_id: int, *, why: str = "", typed: dict[str, str] | None = None, status: int = 200
) -> Response:
    story = story_of(ask, event_id)
    first, feedback = waiting(ask.office, decision_on(event_id)), event_feedback(ask.office, event_id)
    key = [one for one in story.looks if one.role != AGAIN]
    asked = ask.user.role in DECIDERS and needs(story.event) == FOR_PERSON
    against = candidates(ask.office, [event_id], ask.user)[0].against if asked else ()
    return page(
        ask.request, "event.html", status=status, story=story, feedback=feedback, summary=summary(story),
        course=course(story, feedback), key_looks=key, look_kinds=LOOKS,
        other_looks=[one for one in story.looks if one.role == AGAIN],
        unit_user=ask.user.role is Role.UNIT, needs=needs(story.event),
        may_decide=ask.user.role in DECIDERS, seen=stamp(story.event), why=why,
        typed=typed or NOTHING_TYPED, takes_two=takes_two(ask.office, story.event.unit_id), first=first,
        own_proposal=first is not None and same(first, ask.user), longest=LONGEST, against=against,
    )  # fmt: skip


def _states(text: str) -> frozenset[EventState] | None:
    known = {state.value: state for state in EventState}
    return frozenset({known[text]}) if text in known else None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError("豁免必须写明截止日期，如 2026-12-31。") from None


def _points(text: str, kind: DecisionKind) -> Decimal | None:
    if not text.strip() or kind is not DecisionKind.CONFIRM:
        return None
    try:
        points = Decimal(plain_digits(text))
    except InvalidOperation:
        raise InputError(f"“{text}”不是分值，请写成 2 或 0.5。") from None
    if not points.is_finite() or points > 100:
        raise InputError(f"“{text}”不是分值，请写成 2 或 0.5。")
    return points
