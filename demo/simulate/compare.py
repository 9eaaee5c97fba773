"""One seed: the planted year run through the product, and what every unit lost held against the truth."""

import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.judge import judge_everything
from app.office import Office
from app.scores import score_all
from demo.simulate.crawl import Crawl
from demo.simulate.office import close_and_issue, decide_waiting, object_to, open_year
from demo.simulate.plant import plant
from demo.simulate.portal import Portal
from demo.simulate.sheets import canonical, clause_line, expected_sheets
from demo.simulate.truth import Charge, Outcome, outcome_of
from demo.simulate.year import NIGHTS, Year
from domain.scores import ScoreSheet

JUDGE_EVERY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    seed: int
    false: tuple[str, ...]
    missed: tuple[str, ...]
    differing: tuple[str, ...]
    deductions: int
    sheets: int
    looks: int
    seconds: int
    peak_mb: int


def run(seed: int, nights: int = NIGHTS, part: int = 1) -> Result:
    """Plant, crawl, decide, score, compare."""
    started = time.monotonic()
    year = plant(seed, nights, part)
    with tempfile.TemporaryDirectory(prefix="zwgk-year-") as folder:
        office = open_year(Path(folder), year)
        with office.archive:
            looks = live(office, year)
            sheets = score_all(office, year.last_day)
            found = found_charges(sheets)
    outcome = outcome_of(year)
    wanted = outcome.charges
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Result(
        seed=seed, false=beyond(found, wanted), missed=beyond(wanted, found),
        differing=tuple(_differing(year, outcome, sheets)), deductions=len(wanted),
        sheets=len(sheets), looks=looks, seconds=round(time.monotonic() - started), peak_mb=peak_mb,
    )  # fmt: skip


def live(office: Office, year: Year) -> int:
    """Crawl every night, decide every month; returns the looks made."""
    crawl = Crawl(office, year, Portal(year))
    moments = {moment.date(): moment for moment in year.decisions()}
    for number, day in enumerate(year.days()):
        crawl.night(day, judge_all=number % JUDGE_EVERY == 0 or day in moments)
        if day in moments:
            decide_waiting(office, moments[day])
        for dates in year.notices():
            for moment in (dates.closed, dates.issued):
                if moment.date() == day:
                    close_and_issue(office, dates, moment)
            for moment in (dates.appealed, dates.decided):
                if moment.date() == day:
                    object_to(office, year, dates, moment)
    judge_everything(office)
    return crawl.looks


def found_charges(sheets: Sequence[ScoreSheet], clause_id: str = "") -> tuple[Charge, ...]:
    """What the sheets say was lost, one by one, event numbers replaced by what the event is about."""
    return tuple(
        sorted(
            Charge(one.unit_id, one.clause_id, one.test_id, one.subject_id, str(one.month), one.points)
            for sheet in sheets
            for clause in sheet.clauses
            if clause_id in {"", clause.clause_id}
            for one in clause.occurrences
        )
    )


def beyond(some: Sequence[Charge], others: Sequence[Charge]) -> tuple[str, ...]:
    left = Counter(some) - Counter(others)
    return tuple(str(charge) for charge in sorted(left.elements()))


def _differing(year: Year, outcome: Outcome, sheets: Sequence[ScoreSheet]) -> Iterator[str]:
    """The units whose sheet is not, byte for byte, the one that was to come out."""
    wanted, found = expected_sheets(year, outcome), {one.unit_id: sheet_text(one) for one in sheets}
    for unit in sorted(wanted.keys() | found.keys()):
        if wanted.get(unit) != found.get(unit):
            yield f"{unit}:\n  found  {found.get(unit)}\n  wanted {wanted.get(unit)}"


def sheet_text(sheet: ScoreSheet) -> str:
    """A sheet in the form of demo/simulate/sheets.py."""
    lines = [
        clause_line(
            one.clause_id, one.state.value, one.points, one.deducted, found_charges([sheet], one.clause_id)
        )
        for one in sheet.clauses
    ]
    return canonical(sheet.unit_id, lines, sheet.total, sheet.pending, sheet.coverage)
