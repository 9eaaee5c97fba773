"""Units, runs and months as the API gives them."""

from typing import Any

from app.contract.warnings import due_json, unclear_json
from app.office import Office
from app.unit_view import SubjectRow, UnitRow, UnitView
from domain.looks import Run
from domain.records import RunProgress
from domain.scores import ScoreSheet


def unit_row_json(row: UnitRow) -> dict[str, Any]:
    """A unit in the list. `open`: events not put right; `score` null: not assessed today."""
    return {
        "id": row.unit.id, "name": row.unit.name, "kind": row.unit.kind, "annex": row.unit.annex,
        "office_own": row.unit.office_own, "open": row.open, "watched": row.watched,
        "score": _score(row.sheet), "next": due_json(row.next) if row.next else None,
    }  # fmt: skip


def _score(sheet: ScoreSheet | None) -> dict[str, Any] | None:
    if sheet is None:
        return None
    return {
        "total": sheet.total, "pending": sheet.pending, "deducted": sheet.deducted, "bonus": sheet.bonus,
        "penalty": sheet.penalty, "final": sheet.final, "coverage": sheet.coverage,
    }  # fmt: skip


def unit_json(view: UnitView) -> dict[str, Any]:
    return {
        "id": view.unit.id, "name": view.unit.name, "kind": view.unit.kind, "annex": view.unit.annex,
        "score": _score(view.sheet), "subjects": [_subject(row) for row in view.subjects],
        "due": [due_json(one) for one in view.due],
    }  # fmt: skip


def _subject(row: SubjectRow) -> dict[str, Any]:
    """`age`: days since the newest item; `trial`: watched, not judged yet."""
    return {
        "subject": row.subject.subject_id, "name": row.subject.name, "kind": row.kind, "about": row.about,
        "url": row.url, "newest": row.newest_on, "age": row.age, "seen_at": row.seen_at, "said": row.said,
        "why": row.why, "trial": row.trial, "next": due_json(row.next) if row.next else None,
        "unclear": unclear_json(row.unclear) if row.unclear else None,
    }  # fmt: skip


def run_json(run: Run, progress: RunProgress) -> dict[str, Any]:
    """`coverage`: share of looks that were answered, null before the first."""
    done = progress.done
    return {
        "id": run.id, "kind": run.kind, "started_at": run.started_at, "finished_at": run.finished_at,
        "outcome": run.outcome, "planned": progress.planned, "done": done, "failed": progress.failed,
        "coverage": f"{(done - progress.failed) / done:.4f}" if done else None,
    }  # fmt: skip


def notices_json(office: Office) -> dict[str, Any]:
    """Months that were closed, in order, each with its notice once issued."""
    issued = {row.month: row for row in office.archive.notices()}
    return {
        "months": [
            {
                "month": month,
                "notice": {
                    "number": row.number, "issued_on": row.issued_on, "deadline": row.deadline,
                    "events": row.event_ids,
                } if (row := issued.get(month)) else None,
            }
            for month in sorted(office.archive.closures())
        ]
    }  # fmt: skip
