"""Found against planted: every difference is a fault of the product (or of the demo)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demo.truth import Planted, deducted

SUSPECTED = "疑似"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Found:
    """What the product holds against a unit. `month` "": open and suspected, costs nothing."""

    unit: str
    test: str
    subject: str
    month: str
    points: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`differing`: (unit, clause, planted points, found points) where score sheets say something else."""

    right: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    wrongly: tuple[Found, ...]
    differing: tuple[tuple[str, str, Decimal, Decimal], ...]

    @property
    def good(self) -> bool:
        return not (self.missed or self.wrongly or self.differing)


def found(events: Iterable[Mapping[str, Any]], sheets: Iterable[Mapping[str, Any]]) -> tuple[Found, ...]:
    """What `zwgk events --json` and `zwgk score --json` say together."""
    by_id = {event["id"]: event for event in events}
    charged = [hit for sheet in sheets for clause in sheet["clauses"] for hit in clause["occurrences"]]
    hits = [_found(by_id[hit["event"]], hit["month"], Decimal(hit["points"])) for hit in charged]
    waiting = [e for e in by_id.values() if e["state"] == SUSPECTED and (e["closed_at"] is None or e["held"])]
    return tuple(sorted([*hits, *(_found(event, "", Decimal(0)) for event in waiting)]))


def compare(
    planted: tuple[Planted, ...], seen: tuple[Found, ...], sheets: Iterable[Mapping[str, Any]]
) -> Comparison:
    """Match by unit, test, subject, month and points; then the points each clause lost."""
    left = list(seen)
    right, missed = [], []
    for one in planted:
        wanted = Found(unit=one.unit, test=one.test, subject=one.subject, month=one.month, points=one.points)
        if wanted in left:
            left.remove(wanted)
            right.append(one)
        else:
            missed.append(one)
    return Comparison(
        right=tuple(right), missed=tuple(missed), wrongly=tuple(left),
        differing=_differing(planted, sheets),
    )  # fmt: skip


def _found(event: Mapping[str, Any], month: str, points: Decimal) -> Found:
    return Found(unit=event["unit"], test=event["test"], subject=event["subject"], month=month, points=points)


def _differing(
    planted: tuple[Planted, ...], sheets: Iterable[Mapping[str, Any]]
) -> tuple[tuple[str, str, Decimal, Decimal], ...]:
    wanted = dict(deducted(planted))
    said = {
        (sheet["unit"], clause["id"]): Decimal(clause["deducted"])
        for sheet in sheets
        for clause in sheet["clauses"]
    }
    keys = sorted(wanted.keys() | {key for key, points in said.items() if points})
    pairs = [(key, wanted.get(key, Decimal(0)), said.get(key, Decimal(0))) for key in keys]
    return tuple((unit, clause, want, got) for (unit, clause), want, got in pairs if want != got)
