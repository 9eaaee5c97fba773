"""Found against planted: every difference is a fault of the product (or of the demo)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demo.truth import Planted, deducted, told

SUSPECTED = "疑似"


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Found:
    """What the product holds against a unit. `month` "": open and suspected, costs nothing."""

    unit: str
    test: str
    subject: str
    month: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that differs. `where`: unit and clause, or what of the notice."""

    where: str
    planted: Decimal
    found: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`differing`: where score sheets or the notice say something else than planted."""

    right: tuple[Planted, ...]
    missed: tuple[Planted, ...]
    wrongly: tuple[Found, ...]
    differing: tuple[Difference, ...]

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
    planted: tuple[Planted, ...],
    seen: tuple[Found, ...],
    sheets: Iterable[Mapping[str, Any]],
    notice: Mapping[str, Any],
) -> Comparison:
    """Match by unit, test, subject, month and points; then what each clause lost, what the notice tells."""
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
        differing=(*_of_sheets(planted, sheets), *_of_notice(planted, notice)),
    )  # fmt: skip


def _found(event: Mapping[str, Any], month: str, points: Decimal) -> Found:
    return Found(unit=event["unit"], test=event["test"], subject=event["subject"], month=month, points=points)


def _of_sheets(planted: tuple[Planted, ...], sheets: Iterable[Mapping[str, Any]]) -> Iterator[Difference]:
    wanted = deducted(planted)
    said = {
        (sheet["unit"], clause["id"]): Decimal(clause["deducted"])
        for sheet in sheets
        for clause in sheet["clauses"]
    }
    for key in sorted(wanted.keys() | {key for key, points in said.items() if points}):
        want, got = wanted.get(key, Decimal(0)), said.get(key, Decimal(0))
        if want != got:
            yield Difference(f"score of {key[0]}, {key[1]}", want, got)


def _of_notice(planted: tuple[Planted, ...], notice: Mapping[str, Any]) -> Iterator[Difference]:
    items, points = told(planted, str(notice["month"]))
    pairs = (("items", Decimal(items)), ("points", points))
    for name, want in pairs:
        got = Decimal(str(notice[name]))
        if want != got:
            yield Difference(f"{name} of the notice", want, got)
