"""How the interface answers: JSON of the contracts, lists page by page with paging in headers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request
from fastapi.responses import JSONResponse

from app.contract.plain import plain
from app.notice_view import parsed_month
from domain.clock import Month
from domain.errors import InputError
from domain.users import Role
from web.deps import Ask
from web.refusals import Refused

PREFIX = "/api/v1"
SIZE, MOST, LAST = 50, 200, 1_000_000
T = TypeVar("T")

UnitId = Annotated[str, Path(description="单位编号，如 caizhengju")]
EventId = Annotated[int, Path(description="事件编号", ge=1, le=2**31)]
CheckId = Annotated[int, Path(description="即时检查的编号", ge=1, le=2**31)]
LookId = Annotated[int, Path(description="监测记录的编号", ge=1, le=2**31)]
ProposalId = Annotated[int, Path(description="拟定的决定的编号", ge=1, le=2**31)]
Sha256 = Annotated[str, Path(description="附件的 sha256", pattern="^[0-9a-f]{64}$")]
MonthPath = Annotated[str, Path(description="月份，如 2026-10")]
Unit = Annotated[str, Query(description="只看一个单位（编号或名称）；单位用户总是只得到本单位的")]


def given(value: object, status: int = 200, headers: dict[str, str] | None = None) -> JSONResponse:
    """The value as the commands' --json has it."""
    return JSONResponse(plain(value), status, headers)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a long list is asked for; pages are counted from 1."""

    page: int
    size: int

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size

    def of(self, rows: Sequence[T]) -> Sequence[T]:
        """The page of rows that are all at hand; beyond the last there is none."""
        return rows[self.first : self.first + self.size]

    def headers(self, request: Request, total: int) -> dict[str, str]:
        """X-Total-Count, and Link (RFC 8288): bodies stay as the commands'."""
        last = max(1, -(-total // self.size))
        pages = {"first": 1, "prev": min(self.page - 1, last), "next": self.page + 1, "last": last}
        links = [f'<{_at(request, n)}>; rel="{rel}"' for rel, n in pages.items() if 1 <= n <= last]
        return {"X-Total-Count": str(total), "Link": ", ".join(links)}


def _paging(
    page: Annotated[int, Query(ge=1, le=LAST, description="第几页")] = 1,
    size: Annotated[int, Query(ge=1, le=MOST, description=f"每页几件，最多 {MOST}")] = SIZE,
) -> Paging:
    return Paging(page, size)


Paged = Annotated[Paging, Depends(_paging)]


def _at(request: Request, page: int) -> str:
    return f"{request.url.path}?{urlencode({**request.query_params, 'page': page})}"


def own_unit(ask: Ask, unit: str) -> str | None:
    """Users of a unit get their own unit's, whatever they ask. Raises InputError (unknown unit)."""
    if ask.user.role is Role.UNIT:
        return ask.user.unit_id
    return ask.office.unit(unit).id if unit else None


def known_event(ask: Ask, event_id: int) -> int:
    """The event's number. Raises Refused (404) where there is none."""
    if ask.office.archive.event(event_id) is None:
        raise Refused(404, f"没有事件 {event_id}。编号见 /api/v1/events。")
    return event_id


def known_check(ask: Ask, check_id: int) -> int:
    """The check's number. Raises Refused (404) where there is none."""
    try:
        return ask.office.archive.check(check_id).id
    except InputError as error:
        raise Refused(404, str(error)) from None


def known_month(month: str) -> Month:
    """An address's `2026-10`. Raises Refused (404)."""
    try:
        return parsed_month(month)
    except InputError as error:
        raise Refused(404, str(error)) from None


def known_unit(ask: Ask, unit_id: str) -> str:
    """The unit's id, by that or a name. Raises Refused (404) where there is none."""
    try:
        return ask.office.unit(unit_id).id
    except InputError as error:
        raise Refused(404, str(error)) from None
