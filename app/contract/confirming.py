"""Several suspected events confirmed together: what speaks against each, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from app.bulk import Candidate, Outcome
from app.contract.events import event_row
from app.contract.shape import Schema
from app.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    event: Annotated[Mapping[str, Any], Schema("Event")]
    quote: Annotated[str | None, "细则原文；null：条款已不在细则中"]
    seen: Annotated[str, "事件此刻的样子：认定时写回，其间变化过的不认定"]
    cost: Annotated[Decimal, "认定后多扣的分，未计扣完为止"]
    full: Annotated[Decimal | None, "条款的满分"]
    against: Annotated[Sequence[str], "不利于现在认定的，逐条"]
    refusal: Annotated[str, "为什么不能这样认定；空：可以"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedList:
    events: Annotated[Sequence[Weighed], "按要求的顺序"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedOne:
    event: int
    confirmed: bool
    why: Annotated[str, "为什么没有认定；空：认定了"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedList:
    events: Sequence[ConfirmedOne]


def weighed_json(office: Office, one: Candidate) -> Weighed:
    return Weighed(
        event=event_row(office, one.row.event), quote=one.clause.quote if one.clause else None, seen=one.seen,
        cost=one.cost, full=one.full, against=one.against, refusal=one.refusal,
    )  # fmt: skip


def outcome_json(one: Outcome) -> ConfirmedOne:
    return ConfirmedOne(event=one.event_id, confirmed=not one.why, why=one.why)
