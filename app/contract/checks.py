"""On-demand checks."""

from typing import Any

from app.by_hand import ByHand
from app.checks import CheckedFinding, CheckReport


def check_json(report: CheckReport) -> dict[str, Any]:
    """Contract of design.md §9, and which check it was."""
    return {
        "check": report.check_id,
        "unit": report.unit_id,
        "official": report.official,
        "as_of": report.as_of,
        "coverage": report.coverage.coverage,
        "seconds": round(report.seconds, 1),
        "unseen": report.unseen,
        "by_hand": [hand_json(one) for one in report.by_hand],
        "findings": [finding_json(one) for one in report.findings],
    }


def hand_json(one: ByHand) -> dict[str, Any]:
    """An account that a person must look at, and who did last."""
    return {
        "subject": one.account.subject_id,
        "attested_at": one.last.at if one.last else None,
        "by": one.last.attested_by if one.last else None,
        "due": one.due,
        "why": one.sentence,
    }


def finding_json(one: CheckedFinding) -> dict[str, Any]:
    finding = one.finding
    return {
        "subject": finding.subject_id,
        "clause": finding.clause_id,
        "test": finding.test_id,
        "verdict": finding.verdict,
        "newest": finding.newest_on,
        "date_source": finding.date_source,
        "measured": finding.measured,
        "limit": finding.limit,
        "why": finding.why,
        "event": one.event_id,
        "looks": one.looks,
    }
