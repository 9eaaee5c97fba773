"""A month's score sheets, and what its occurrences took after the cap of each clause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.gather import Sheaves
from app.month_view import MonthView, clause_of
from app.scores import record
from domain.clock import Month, day_end, local_day
from domain.notices import DeductionLine, NoticeItem
from domain.scores import ClauseScore, Occurrence, ScoreSheet
from notices.headings import secret
from scoring.sheet import sheet


@dataclass(frozen=True, slots=True)
class Charge:
    """An occurrence and the points it really took (扣完为止)."""

    occurrence: Occurrence
    points: Decimal


def month_sheets(view: MonthView) -> tuple[ScoreSheet, ...]:
    """The sheets of all units at the month's end: occurrences up to the month, decisions up to now.

    An occurrence of a breach first seen last year belongs to that year's sheet, which is added then.
    """
    sheets = []
    sheaves = Sheaves(view.office, day_end(view.until))
    for unit in view.office.registry.units:
        found = [one for one in view.found if one.case.unit_id == unit.id]
        if not found and not unit.valid_on(view.until):
            continue
        now = record(view.office, unit, found, view.until, sheaves=sheaves)
        mine = [one for one in now.occurrences if one.month <= view.month]
        years = {one.score_year for one in mine if one.month == view.month} | {view.month.year}
        for year in sorted(years):
            own_year = year == view.month.year
            day = view.until if own_year else date(year, 12, 31)
            known = (
                now if own_year else record(view.office, unit, found, view.until, year=year, sheaves=sheaves)
            )
            sheets.append(sheet(view.office.rubric_for(unit), replace(known, occurrences=mine), day))
    return tuple(sheets)


def charges(sheets: Iterable[ScoreSheet]) -> Mapping[tuple[int, Month], Charge]:
    """By event and month: each occurrence with its share of what the clause still had."""
    return {
        (charge.occurrence.event_id, charge.occurrence.month): charge
        for one in sheets
        for clause in one.clauses
        for charge in shared_out(clause.points, clause.occurrences)
    }


def shared_out(points: Decimal, occurrences: Sequence[Occurrence]) -> Iterator[Charge]:
    """A clause's points over its occurrences of one year, the earlier ones first."""
    left = points
    for one in sorted(occurrences, key=lambda o: (o.month, o.test_id, o.subject_id)):
        took = min(one.points, left)
        left -= took
        yield Charge(one, took)


def deduction_lines(
    view: MonthView, sheets: Iterable[ScoreSheet], items: Iterable[NoticeItem]
) -> tuple[DeductionLine, ...]:
    """One line a unit x clause with an occurrence in the month, in registry and rubric order."""
    days = {item.event_id: local_day(max(item.seen_at)) for item in items if item.seen_at}
    lines = (_line(view, one, clause, days) for one in sheets for clause in one.clauses)
    return tuple(line for line in lines if line is not None)


def _line(
    view: MonthView, one: ScoreSheet, clause: ClauseScore, days: Mapping[int, date]
) -> DeductionLine | None:
    unit = view.office.registry.unit(one.unit_id)
    mine = [c for c in shared_out(clause.points, clause.occurrences) if c.occurrence.month == view.month]
    if not mine or secret(clause_of(view.office, unit, clause.clause_id)):
        return None
    other_year = "" if one.as_of.year == view.month.year else f"（计入{one.as_of.year}年度）"
    return DeductionLine(
        unit_id=unit.id, unit=unit.name, clause_id=clause.clause_id, item=clause.item + other_year,
        days=tuple(sorted({days[c.occurrence.event_id] for c in mine if c.occurrence.event_id in days})),
        count=len(mine), each=tuple(sorted({c.occurrence.points for c in mine})),
        month_points=sum((c.points for c in mine), Decimal(0)), total=clause.deducted, cap=clause.points,
    )  # fmt: skip


def year_total(view: MonthView, sheets: Iterable[ScoreSheet]) -> tuple[int, Decimal]:
    """Occurrences and points of the score year up to the month, as far as a notice may tell them."""
    told = [
        clause
        for one in sheets
        if one.as_of.year == view.month.year
        for clause in one.clauses
        if clause.occurrences and _told(view, one, clause)
    ]
    return sum(len(c.occurrences) for c in told), sum((c.deducted for c in told), Decimal(0))


def _told(view: MonthView, one: ScoreSheet, clause: ClauseScore) -> bool:
    return not secret(clause_of(view.office, view.office.registry.unit(one.unit_id), clause.clause_id))
