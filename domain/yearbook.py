"""A score year of all units as the office hands it in: filled by app/, written by notices/."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.clock import Month
from domain.records import Mark
from domain.rubric import Rubric
from domain.scores import ScoreSheet
from domain.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """One unit with its sheet and the rubric it was assessed by."""

    unit: Unit
    rubric: Rubric
    sheet: ScoreSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """Why an occurrence was charged: its event as people read it."""

    event_id: int
    month: Month
    subject: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearBook:
    """`marks`: all of the year, also superseded ones, in the order they were entered. `ranked`: with places,
    off by default (domain.md §0.5). `draft`: 模拟, or nothing."""

    office: str
    year: int
    as_of: date
    made_at: datetime
    units: tuple[Assessed, ...]
    charged: tuple[Charged, ...]
    marks: tuple[Mark, ...]
    ranked: bool = False
    simulation: bool = False
