"""How the interface answers: JSON of the contracts, paging in headers, what a body may hold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import JSONResponse

from app.contract.plain import plain
from domain.errors import InputError
from domain.events import DecisionKind

PREFIX = "/api/v1"
STRICT = {"extra": "forbid"}
"""A misspelt name is refused, never dropped in silence."""


def given(value: object, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    """The value as the commands' --json has it."""
    return JSONResponse(plain(value), status, headers)


def paged(request: Request, total: int, page: int, pages: int) -> dict[str, str]:
    """X-Total-Count, and Link (RFC 8288) to the pages beside this one: bodies stay as the commands'."""
    beside = {"prev": page - 1, "next": page + 1}
    links = [f'<{_at(request, n)}>; rel="{rel}"' for rel, n in beside.items() if 1 <= n <= pages]
    return {"X-Total-Count": str(total)} | ({"Link": ", ".join(links)} if links else {})


def _at(request: Request, page: int) -> str:
    return f"{request.url.path}?{urlencode({**request.query_params, 'page': page})}"


def points_of(text: str | None) -> Decimal | None:
    """Points are strings, as in every answer: "0.5". Raises InputError."""
    if text is None:
        return None
    try:
        points = Decimal(text.strip())
    except InvalidOperation:
        raise InputError(f'“{text}”不是分值，请写成 "2" 或 "0.5"。') from None
    if not points.is_finite() or points > 100:
        raise InputError(f'“{text}”不是分值，请写成 "2" 或 "0.5"。')
    return points


@dataclass(frozen=True, kw_only=True)
class DecisionBody:
    """`points`: a string, with confirm only; `until`: with exempt, its last day."""

    __pydantic_config__ = STRICT
    kind: DecisionKind
    reason: str
    points: str | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class AttestationBody:
    """What a person saw: `newest` and perhaps `link` (columns, accounts), `works` (apps)."""

    __pydantic_config__ = STRICT
    reason: str
    newest: date | None = None
    works: bool | None = None
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class MarkBody:
    """`points`: a string; null takes the mark back. `year`: this one where none is given."""

    __pydantic_config__ = STRICT
    clause: str
    points: str | None
    reason: str
    year: int | None = None
