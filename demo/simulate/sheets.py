"""The score sheets that must come out: from the rubric's number cells, by hand, and what was planted."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from demo.simulate.cases import Case
from demo.simulate.coverage import coverage
from demo.simulate.sightings import UNKNOWN
from demo.simulate.truth import Charge, Outcome, deducted
from demo.simulate.year import Year, YearUnit
from domain.units import ColumnKind, UnitKind

JUDGED, PENDING, PROPOSED, NOT_APPLICABLE = "judged", "pending", "proposed", "not_applicable"
BOTH = {"A1-07": {UnitKind.TOWN: 10, UnitKind.DEPARTMENT: 15}, "A1-09": {UnitKind.TOWN: 5}}
ANNEX = {
    1: {
        "A1-01": 3, "A1-02": 3, "A1-03": 2, "A1-04": 10, "A1-05": 2, "A1-06": 3, "A1-07": 0, "A1-08": 2,
        "A1-09": 0, "A1-10": 2, "A1-11": 6, "A1-12": 4, "A1-13": 3, "A1-14": 3, "A1-15": 3, "A1-16": 2,
        "A1-17": 2, "A1-18": 8, "A1-19": 2, "A1-20": 6, "A1-21": 2, "A1-22": 2, "A1-23": 15, "A1-24": 10,
        "A1-25": 10, "A1-26": 20,
    },
    2: {
        "A2-01": 10, "A2-02": 10, "A2-03": 5, "A2-04": 10, "A2-05": 30, "A2-06": 10, "A2-07": 5, "A2-08": 5,
        "A2-09": 5, "A2-10": 6, "A2-11": 2, "A2-12": 2,
    },
}  # fmt: skip
OUTSIDE = frozenset({"A1-24", "A1-25", "A1-26"})
"""加分项 and 扣分项 stand outside the hundred."""
KINDS = {
    "A1-10": (ColumnKind.DIRECTORY,),
    "A1-11": (ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY),
    "A1-12": (ColumnKind.ANNOUNCEMENTS, ColumnKind.POLICY),
    "A1-18": (ColumnKind.NEWS,),
}
MEDIA = frozenset({"A1-20", "A1-21", "A1-22", "A2-10", "A2-11", "A2-12"})
WATCHED_MEDIA = frozenset({"A1-20", "A2-10"})


def expected_sheets(year: Year, outcome: Outcome) -> Mapping[str, str]:
    """Unit id -> its sheet as canonical JSON."""
    charges: dict[str, list[Charge]] = defaultdict(list)
    for one in outcome.charges:
        charges[one.unit].append(one)
    cases: dict[str, list[Case]] = defaultdict(list)
    for case in outcome.cases:
        cases[case.unit].append(case)
    begun = (u for u in year.units if u.valid_from is None or u.valid_from <= year.last_day)
    return {
        unit.id: _sheet(
            unit, charges[unit.id], cases[unit.id], outcome, coverage(year, unit, outcome.waited)
        )
        for unit in begun
    }  # fmt: skip


def canonical(
    unit: str, clauses: Iterable[Mapping[str, object]], total: Decimal, pending: Decimal,
    share: Decimal | None,
) -> str:  # fmt: skip
    """A sheet's text, with the coverage. Event numbers are left out: they are the archive's."""
    sheet = {
        "unit": unit, "total": _text(total), "pending": _text(pending),
        "coverage": None if share is None else str(share), "clauses": list(clauses),
    }  # fmt: skip
    return json.dumps(sheet, ensure_ascii=False, sort_keys=True)


def clause_line(
    clause: str, state: str, points: Decimal, lost: Decimal, charges: Iterable[Charge]
) -> Mapping[str, object]:
    hits = sorted((one.month, one.test, one.subject, _text(one.points)) for one in charges)
    return {
        "id": clause,
        "state": state,
        "points": _text(points),
        "deducted": _text(lost),
        "occurrences": hits,
    }


def _text(value: Decimal) -> str:
    return str(value.normalize() + 0)


def _sheet(
    unit: YearUnit, charges: list[Charge], cases: list[Case], outcome: Outcome, share: Decimal | None
) -> str:
    lost = deducted(charges)
    total = pending = Decimal(0)
    lines = []
    for clause, printed in ANNEX[unit.annex].items():
        points = Decimal(BOTH[clause].get(unit.kind, 0) if clause in BOTH else printed)
        if not points:
            continue
        gone = lost.get((unit.id, clause), Decimal(0))
        state = _state(unit, clause, cases, outcome)
        mine = [one for one in charges if one.clause == clause]
        lines.append(clause_line(clause, state, points, gone, mine))
        if clause not in OUTSIDE and state in {JUDGED, NOT_APPLICABLE}:
            total += points - gone
        elif clause not in OUTSIDE:
            pending += points - gone
    return canonical(unit.id, lines, total, pending, share)


def _state(unit: YearUnit, clause: str, cases: list[Case], outcome: Outcome) -> str:
    mine = [case for case in cases if case.test.startswith(clause)]
    if clause in MEDIA and not any(case.test.startswith(("A1-20", "A2-10")) for case in cases):
        return NOT_APPLICABLE
    if any((unit.id, case.test, case.subject) in outcome.waiting for case in mine):
        return PROPOSED
    if clause == "A1-04":
        return PENDING if unit.id in outcome.undecided else JUDGED
    if clause in WATCHED_MEDIA or clause in {"A1-10", "A1-11"}:
        return JUDGED if all(map(_answered, mine)) else PENDING
    if clause == "A1-12":  # the columns it is about have been read
        about = [case for case in cases if case.test.startswith("A1-11")]
        return JUDGED if all(map(_answered, about)) else PENDING
    return PENDING  # not registered, or a person's to give


def _answered(case: Case) -> bool:
    return any(sight.verdict != UNKNOWN for sight in case.sights)
