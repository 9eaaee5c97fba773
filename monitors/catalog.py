"""The written-out table of monitors: name in the rubric -> what it judges and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.findings import Finding
from domain.rubric import RubricError
from domain.units import SubjectKind
from monitors import columns, documents, media, rectification
from monitors.case import Case, History


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    of: SubjectKind
    judge: Callable[[Case, History], list[Finding]]


MONITORS: Mapping[str, Monitor] = {
    "column.stale": Monitor(of=SubjectKind.COLUMN, judge=columns.stale),
    "directory.open": Monitor(of=SubjectKind.COLUMN, judge=columns.opened),
    "document.labels": Monitor(of=SubjectKind.DOCUMENT, judge=documents.labelled),
    "account.stale": Monitor(of=SubjectKind.ACCOUNT, judge=media.silent),
    "app.broken": Monitor(of=SubjectKind.APP, judge=media.downloadable),
    "notice.rectified": Monitor(of=SubjectKind.NOTICE, judge=rectification.in_time),
}


def monitor_of(name: str, test_id: str) -> Monitor:
    """Raises RubricError for a name that is not in the table: scoring would give full marks unseen."""
    try:
        return MONITORS[name]
    except KeyError:
        raise RubricError(
            f"test {test_id}: no monitor named {name!r}. Known: {', '.join(MONITORS)}. "
            "Write one of them, or `monitor: null` for a test that is not watched yet."
        ) from None


def judge(case: Case, history: History) -> list[Finding]:
    """All findings of a case, one a look. Raises RubricError for a test without a known monitor."""
    return monitor_of(case.test.monitor or "", case.test.id).judge(case, history)
