"""When a unit lost its points: a score sheet by months. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.scores import ClauseScore, ScoreSheet

NOTHING = Decimal(0)
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Points lost of the sheet's year, and taken by its penalty clauses.

    `parts`: by (month, clause). `aside`: of no month of the year: marks by people, and what was confirmed
    in the year after. All of it together is what the sheet lost.
    """

    year: int
    parts: Mapping[tuple[int, str], Decimal]
    aside: Decimal = NOTHING

    @property
    def months(self) -> tuple[Decimal, ...]:
        """Twelve sums, January first."""
        return tuple(sum((p for (m, _), p in self.parts.items() if m == n), NOTHING) for n in MONTHS)

    @property
    def said(self) -> str:
        """3月扣2分、5月扣0.5分；另扣1分不属于某一个月."""
        told = "、".join(f"{n}月扣{shown(p)}分" for n, p in zip(MONTHS, self.months, strict=True) if p)
        aside = f"另扣{shown(self.aside)}分不属于某一个月" if self.aside else ""
        return "；".join(filter(None, (told, aside))) or "没有扣分"


def lost_by_month(sheet: ScoreSheet) -> Lost:
    """A clause costs in the order of its months until its points are gone (扣完为止)."""
    parts: dict[tuple[int, str], Decimal] = {}
    aside = NOTHING
    for clause in sheet.clauses:
        mine = _by_month(clause, sheet.year)
        parts.update({(month, clause.clause_id): points for month, points in mine.items()})
        aside += clause.deducted - sum(mine.values(), NOTHING)
    return Lost(year=sheet.year, parts=parts, aside=aside)


def most_lost(sheets: Iterable[ScoreSheet | None]) -> Decimal:
    """The most that one of them lost in a month, at least 1: the height of bars side by side."""
    months = (lost for sheet in sheets if sheet is not None for lost in lost_by_month(sheet).months)
    return max([Decimal(1), *months])


def shown(points: Decimal) -> str:
    return f"{points.normalize():f}"


def _by_month(clause: ClauseScore, year: int) -> Mapping[int, Decimal]:
    """Nothing of a clause that a person marked: the mark replaced what its events cost."""
    found: dict[int, Decimal] = {}
    left = clause.deducted if clause.mark is None else NOTHING
    for one in sorted(clause.occurrences, key=lambda one: one.month):
        taken = min(one.points, left)
        left -= taken
        if taken and one.month.year == year:
            found[one.month.number] = found.get(one.month.number, NOTHING) + taken
    return found
