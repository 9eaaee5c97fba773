"""Who may use the office's system, by what tokens, and who did what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.health import examine, ready
from domain.queries import LogQuery
from domain.records import LogEntry
from domain.users import Role
from web.access import allow
from web.api.answers import PREFIX, Paged, given
from web.api.published import reads
from web.deps import Asked

routes = APIRouter(prefix=PREFIX, tags=["管理"])


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    entries: Annotated[Sequence[LogEntry], "新的在前；hash 接着 prev_hash，可以自己核对"]


@routes.get(
    "/users", operation_id="listUsers", responses=reads("Users", 422, paged=True),
    summary="用户，停用的也列出（同 zwgk user list）",
)  # fmt: skip
@allow(Role.ADMIN)
def users(ask: Asked, at: Paged) -> Response:
    rows = ask.office.archive.users()
    return given({"users": at.of(rows)}, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/tokens", operation_id="listTokens", responses=reads("Tokens", 422, paged=True),
    summary="令牌，作废的也列出（同 zwgk user token list）；令牌本身谁也看不到",
)  # fmt: skip
@allow(Role.ADMIN)
def tokens(ask: Asked, at: Paged) -> Response:
    rows = ask.office.archive.tokens()
    return given({"tokens": at.of(rows)}, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/log", operation_id="listLog", responses=reads(LogPage, 422, paged=True),
    summary="日志：谁何时做了什么，新的在前",
)  # fmt: skip
@allow(Role.ADMIN)
def log(
    ask: Asked, at: Paged,
    subject: Annotated[str, Query(max_length=100, description="关于什么，如 event:12")] = "",
    actor: Annotated[str, Query(max_length=100, description="谁")] = "",
) -> Response:  # fmt: skip
    query = LogQuery(subject=subject.strip(), actor=actor.strip())
    entries, total = ask.office.archive.log_page(query, first=at.first, count=at.size)
    return given(LogPage(entries=entries), headers=at.headers(ask.request, total))


@routes.get("/doctor", operation_id="examine", responses=reads("Doctor"), summary="自查（同 zwgk doctor）")
@allow(Role.ADMIN)
def doctor(ask: Asked) -> Response:
    points = examine(ask.office.settings.dir)
    return given({"ok": ready(points), "points": points})
