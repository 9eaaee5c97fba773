"""日志: who did what, and whether anybody changed it afterwards."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from app.audit import log_page
from domain.queries import LogQuery
from domain.records import VerifyResult
from domain.users import Role
from web.access import allow
from web.deps import Ask, Asked
from web.pages import page

routes = APIRouter()


@routes.get("/admin/log")
@allow(Role.ADMIN)
def log(
    ask: Asked, subject: str = "", actor: str = "", number: Annotated[int, Query(alias="page")] = 1
) -> Response:
    return _shown(ask, LogQuery(subject=subject.strip()[:100], actor=actor.strip()[:100]), number)


@routes.post("/admin/log/verify")
@allow(Role.ADMIN)
def verify(ask: Asked) -> Response:
    """Walk the whole chain; the result stands above the newest entries."""
    return _shown(ask, LogQuery(), 1, ask.office.archive.verify())


def _shown(ask: Ask, query: LogQuery, number: int, verified: VerifyResult | None = None) -> Response:
    found = log_page(ask.office, query, number)
    asked = {"subject": query.subject, "actor": query.actor}
    further = urlencode({name: value for name, value in asked.items() if value})
    return page(
        ask.request, "admin/log.html", found=found, query=query, further=further, verified=verified
    )  # fmt: skip
