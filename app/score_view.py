"""Scores as the console shows them: the matrix of units and clauses, one clause of a unit, what is open."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.board import Board
from app.clues import secret_clauses
from app.event_list import Listed, listed
from app.marks import MEANS
from app.office import Office
from app.paging import Paged, paged
from domain.clock import local_day
from domain.errors import InputError
from domain.records import Mark
from domain.rubric import Clause, Mode
from domain.scores import SETTLED, ClauseScore, ClauseState, ScoreSheet
from domain.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """`cells` in the order of the matrix's clauses; None: not assessed for this kind of unit."""

    unit: Unit
    sheet: ScoreSheet
    cells: Sequence[ClauseScore | None]
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """One annex. `total`: units found on all pages."""

    annex: int
    title: str
    clauses: Sequence[Clause]
    rows: Sequence[MatrixRow]
    total: int
    at: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What one event cost the clause in one month."""

    month: str
    points: Decimal
    event: Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """One clause of one unit. `score` None: the unit is not assessed today.

    `waiting`: suspicions about it that wait for a person; `marks`: all ever entered for the year, the newest
    first; `means`: what a mark's number is; `markable`: a person may enter one.
    """

    unit: Unit
    clause: Clause
    full: Decimal
    year: int
    score: ClauseScore | None
    hits: Sequence[Hit]
    waiting: Sequence[Listed]
    marks: Sequence[Mark]
    means: str
    markable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    unit: Unit
    score: ClauseScore


def score_years(office: Office) -> list[int]:
    """The years that have sheets, the newest first: since something is monitored."""
    this = local_day(office.now()).year
    starts = [s.monitored_from.year for s in office.registry.subjects if s.monitored_from is not None]
    return list(range(this, min(starts, default=this) - 1, -1))


def chosen_year(office: Office, year: int | None) -> int:
    """The year asked for, today's without one. Raises InputError for a year without sheets."""
    years = score_years(office)
    if year is not None and year not in years:
        raise InputError(f"没有{year}年度的得分。可选：{'、'.join(map(str, years))}。")
    return years[0] if year is None else year


def matrix(office: Office, board: Board, annex: int, words: str = "", page: int = 1) -> Matrix:
    """The page (from 1 on) of the annex's matrix. Raises InputError where no such rubric is loaded."""
    rubric = office.rubrics.get(annex)
    if rubric is None:
        raise InputError(f"没有附件{annex}的细则。")
    mine = [unit for unit in _units(office, board, words) if unit.annex == annex]
    places = _places(office, board)
    found = paged(mine, page)
    rows = [_row(unit, board.sheets[unit.id], rubric.clauses, places[unit.id]) for unit in found.rows]
    return Matrix(
        annex=annex, title=rubric.title, clauses=rubric.clauses, rows=rows, total=found.total, at=found.at,
        pages=found.pages,
    )  # fmt: skip


def clause_view(
    office: Office, board: Board, unit_id: str, clause_id: str, *, secrets: bool = True
) -> ClauseView:
    """`secrets` False: nothing of events about 泄密.

    Raises InputError for an unknown unit, or a clause its kind of unit is not assessed by.
    """
    unit = office.unit(unit_id)
    clause = next((c for c in office.rubric_for(unit).clauses_for(unit.kind) if c.id == clause_id), None)
    if clause is None:
        raise InputError(f"{unit.name}的细则里没有条款“{clause_id}”。")
    sheet = board.sheets.get(unit.id)
    score = next((one for one in sheet.clauses if one.clause_id == clause.id), None) if sheet else None
    hidden = not secrets and clause.id in secret_clauses(office)
    events = {} if hidden else {event.id: event for event in office.archive.events(unit_id=unit.id)}
    hits = [
        Hit(month=str(hit.month), points=hit.points, event=listed(office, events[hit.event_id]))
        for hit in (score.occurrences if score else ())
        if hit.event_id in events
    ]
    waiting = [
        listed(office, event)
        for event in events.values()
        if event.clause_id == clause.id and event.unconfirmed and (event.waits or event.held)
    ]
    year = board.year
    marks = [mark for mark in office.archive.marks(unit_id=unit.id, year=year) if mark.clause_id == clause.id]
    return ClauseView(
        unit=unit, clause=clause, full=clause.points[unit.kind], year=year, score=score, hits=hits,
        waiting=waiting, marks=marks[::-1], means=MEANS[clause.section],
        markable=clause.mode is not Mode.AUTO,
    )  # fmt: skip


def open_items(
    office: Office, board: Board, *, words: str = "", clause_id: str = "", state: str = "", page: int = 1
) -> Paged[OpenItem]:
    """A page of them, for people."""
    return paged(open_rows(office, board, words=words, clause_id=clause_id, state=state), page)


def open_rows(
    office: Office, board: Board, *, words: str = "", clause_id: str = "", state: str = ""
) -> list[OpenItem]:
    """Clauses not settled, by unit as registered; of the clause and state asked for."""
    return [
        OpenItem(unit=unit, score=score)
        for unit in _units(office, board, words)
        for score in board.sheets[unit.id].clauses
        if score.state not in SETTLED
        and clause_id in {"", score.clause_id}
        and state in {"", score.state.value}
    ]


def open_clauses(board: Board) -> Mapping[tuple[str, str], int]:
    """How many units each clause is open for, by number and short name."""
    counts: dict[tuple[str, str], int] = {}
    for sheet in board.sheets.values():
        for score in sheet.clauses:
            if score.state not in SETTLED:
                key = (score.clause_id, score.item)
                counts[key] = counts.get(key, 0) + 1
    return dict(sorted(counts.items()))


def attachment(office: Office, unit_id: str, mark_id: int, sha256: str) -> tuple[str, bytes]:
    """Name and content of what was attached to a mark. Raises InputError."""
    found = (
        file
        for mark in office.archive.marks(unit_id=office.unit(unit_id).id)
        for file in mark.files
        if mark.id == mark_id and file.sha256 == sha256
    )
    file = next(found, None)
    data = office.archive.body(sha256) if file is not None else None
    if file is None or data is None:
        raise InputError("没有这个附件。")
    return file.name, data


def of_cell(score: ClauseScore) -> str:
    """What a cell shows: points kept, given or taken; 待 for what is open, with what is lost for sure."""
    if score.state in {ClauseState.PENDING, ClauseState.PROPOSED}:
        sure = f"扣{score.deducted.normalize():f}·" if score.deducted else ""
        return f"{sure}待"
    value = {"base": score.points - score.deducted, "bonus": score.given, "penalty": score.deducted}
    return f"{value[score.section.value].normalize():f}"


def _units(office: Office, board: Board, words: str) -> list[Unit]:
    """Units with a sheet whose name has the words in it, in registry order."""
    return [
        unit
        for unit in office.registry.units
        if unit.id in board.sheets and any(words.strip() in name for name in (unit.name, *unit.aliases))
    ]


def _row(unit: Unit, sheet: ScoreSheet, clauses: Sequence[Clause], place: int) -> MatrixRow:
    scores = {score.clause_id: score for score in sheet.clauses}
    return MatrixRow(unit=unit, sheet=sheet, cells=[scores.get(c.id) for c in clauses], place=place)


def _places(office: Office, board: Board) -> Mapping[str, int]:
    """By final points within the annex; equal points share a place."""
    finals: dict[int, list[Decimal]] = {}
    for unit in office.registry.units:
        if unit.id in board.sheets:
            finals.setdefault(unit.annex, []).append(board.sheets[unit.id].final)
    ordered = {annex: sorted(many) for annex, many in finals.items()}
    return {
        unit.id: 1 + len(mine) - bisect_right(mine, board.sheets[unit.id].final)
        for unit in office.registry.units
        if unit.id in board.sheets and (mine := ordered[unit.annex])
    }
