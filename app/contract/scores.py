"""Score sheets and marks."""

from typing import Any

from domain.records import Mark
from domain.scores import ClauseScore, ScoreSheet


def sheet_json(sheet: ScoreSheet) -> dict[str, Any]:
    """Contract of design.md §9."""
    return {
        "unit": sheet.unit_id,
        "as_of": sheet.as_of,
        "year": sheet.year,
        "rubric": sheet.rubric_version,
        "total": sheet.total,
        "pending": sheet.pending,
        "deducted": sheet.deducted,
        "bonus": sheet.bonus,
        "penalty": sheet.penalty,
        "final": sheet.final,
        "coverage": sheet.coverage,
        "monitored_from": sheet.monitored_from,
        "clauses": [clause_json(clause) for clause in sheet.clauses],
    }


def clause_json(clause: ClauseScore) -> dict[str, Any]:
    """`given`: of a bonus clause; `proposed`: what would be lost (given, taken) besides, for a person."""
    return {
        "id": clause.clause_id,
        "section": clause.section,
        "mode": clause.mode,
        "state": clause.state,
        "points": clause.points,
        "deducted": clause.deducted,
        "given": clause.given,
        "proposed": clause.proposed,
        "occurrences": [
            {"event": one.event_id, "month": one.month, "points": one.points} for one in clause.occurrences
        ],
        "why": clause.why,
        "mark": mark_json(clause.mark) if clause.mark is not None else None,
    }


def mark_json(made: Mark) -> dict[str, Any]:
    """A mark as every JSON output has it."""
    return {
        "unit": made.unit_id,
        "clause": made.clause_id,
        "year": made.year,
        "points": made.points,
        "by": made.by,
        "reason": made.reason,
        "at": made.at,
        "files": [{"name": one.name, "sha256": one.sha256, "bytes": one.size_bytes} for one in made.files],
    }
