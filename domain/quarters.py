"""A quarter of closed months as data: what the quarterly 检查通报 says. Nothing in it is scored anew."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import Month
from domain.notices import MonthReport, Sender


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year in Beijing."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1990 <= self.year <= 2200):
            raise ValueError(f"no such quarter: {self.year}Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read `2026Q3`. Raises ValueError naming the form."""
        try:
            year, number = text.upper().split("Q")
            return cls(int(year), int(number))
        except ValueError:
            raise ValueError(f"{text!r} is not a quarter; write it like 2026Q3") from None

    @property
    def months(self) -> tuple[Month, ...]:
        """Its three months, in order."""
        first = 3 * self.number - 2
        return tuple(Month(self.year, first + n) for n in range(3))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterIssue:
    """What makes the document final."""

    number: int
    issued_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterReport:
    """The quarter's closed months, at least one, in order. `missing`: months of it not closed.

    The reports leave out what was withdrawn since they were frozen.
    """

    quarter: Quarter
    months: tuple[MonthReport, ...]
    missing: tuple[Month, ...]
    made_at: datetime
    simulation: bool
    sender: Sender
    issue: QuarterIssue | None = None
