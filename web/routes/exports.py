"""Events and scores taken away: the Atom feed, .csv and .xlsx, by the same filters as the lists."""

from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Response

from app.event_list import event_list
from app.exports import MEDIA, Form, export_events, export_scores
from app.feed import Links, atom
from app.scores import score_all
from domain.clock import local_day
from domain.events import EventState
from domain.queries import EventQuery
from domain.units import Unit
from domain.users import Role
from web.access import EVERYBODY, Own, allow, staff
from web.deps import Ask, Asked
from web.events_asked import OPEN
from web.refusals import FEED

routes = APIRouter()


@routes.get(FEED)
@allow(*EVERYBODY, own=Own.FILTERS)
def feed(
    ask: Asked, state: str = "", unit: str = "", show: str = "", q: str = "",
    number: Annotated[int, Query(alias="page")] = 1,
) -> Response:  # fmt: skip
    """By a feed token in the address, a token in the header, or a log-in."""
    found = event_list(ask.office, _query(ask, state, unit, show, q), number)
    asked = {"state": state, "unit": unit, "show": show, "q": q}
    base = str(ask.request.base_url).rstrip("/")
    links = Links(
        console=base, own=_address(base, asked, found.page),
        older=_address(base, asked, found.page + 1) if found.page < found.pages else None,
    )  # fmt: skip
    return Response(atom(ask.office, found, links), media_type="application/atom+xml; charset=utf-8")


@routes.get("/events.{form}")
@allow(*EVERYBODY, own=Own.FILTERS)
def events_file(
    ask: Asked, form: Form, state: str = "", unit: str = "", show: str = "", q: str = ""
) -> Response:
    return _file(ask, "监测事件", form, export_events(ask.office, _query(ask, state, unit, show, q), form))


@routes.get("/scores.{form}")
@staff()
def scores_file(
    ask: Asked, form: Form, as_of: date | None = None, year: int | None = None, annex: int | None = None,
    q: str = "",
) -> Response:  # fmt: skip
    """`annex`, `q`: of the CSV, as the page filters; the workbook is of all units, as its places are."""
    if as_of is None and year is None:
        sheets = list(ask.whole_board().sheets.values())
    else:
        sheets = score_all(ask.office, as_of, year=year)
    if form is Form.CSV:
        units = {unit.id: unit for unit in ask.office.registry.units}
        sheets = [one for one in sheets if _asked_for(units[one.unit_id], annex, q[:60].strip())]
    return _file(ask, "得分", form, export_scores(ask.office, sheets, form))


def _asked_for(unit: Unit, annex: int | None, words: str) -> bool:
    return annex in {None, unit.annex} and any(words in name for name in (unit.name, *unit.aliases))


def _query(ask: Ask, state: str, unit: str, show: str, q: str) -> EventQuery:
    """As the list of events reads it; users of a unit get their own unit's, whatever they ask."""
    known = {one.value: one for one in EventState}
    own = ask.user.unit_id if ask.user.role is Role.UNIT else unit or None
    return EventQuery(
        unit_id=own, states=frozenset({known[state]}) if state in known else None, open=OPEN.get(show),
        waits=show == "waits", words=q[:100],
    )  # fmt: skip


def _address(base: str, asked: dict[str, str], page: int) -> str:
    """Without the token: a feed is passed on, its reader's token is not."""
    words = {name: value for name, value in asked.items() if value} | ({"page": page} if page > 1 else {})
    return f"{base}{FEED}" + (f"?{urlencode(words)}" if words else "")


def _file(ask: Ask, name: str, form: Form, content: bytes) -> Response:
    # a name of ASCII would say nothing to the office; RFC 6266 gives the Chinese one
    day = local_day(ask.office.now())
    encoded = quote(f"{name}{day}.{form.value}")
    return Response(
        content, media_type=MEDIA[form],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{encoded}"},
    )  # fmt: skip
