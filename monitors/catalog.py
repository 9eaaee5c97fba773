"""The written-out table of monitors: name in the rubric -> what it judges and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.findings import Finding
from domain.rubric import RubricError
from domain.units import SubjectKind
from monitors import columns, counts, criticism, documents, leaders, media, rectification
from monitors.case import Case, History


class Over(StrEnum):
    """What a test needs beside the looks at its subject."""

    SUBJECT = "subject"  # nothing: each subject is judged by itself
    COLUMNS = "columns"  # all the unit's columns of the test's kinds, judged as one
    BESIDE = "beside"  # columns of other kinds, read as evidence
    ROWS = "rows"  # each row that names the unit is judged by itself
    NOTHING = "nothing"  # no verdict at all: a statistic


def no_verdict(case: Case, history: History) -> list[Finding]:
    """A statistic gives no findings; app/ counts it (monitors/volume.py)."""
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """`over`: what is judged beside the subject itself; see Over. `clock`: silence lapses on a day."""

    of: SubjectKind
    judge: Callable[[Case, History], list[Finding]]
    over: Over = Over.SUBJECT
    clock: bool = False


MONITORS: Mapping[str, Monitor] = {
    "column.stale": Monitor(of=SubjectKind.COLUMN, judge=columns.stale, clock=True),
    "column.count": Monitor(of=SubjectKind.COLUMN, judge=counts.counted, over=Over.COLUMNS, clock=True),
    "column.found": Monitor(of=SubjectKind.COLUMN, judge=counts.found, over=Over.COLUMNS),
    "column.listed": Monitor(of=SubjectKind.COLUMN, judge=columns.opened),
    "directory.open": Monitor(of=SubjectKind.COLUMN, judge=columns.opened),
    "leaders.mismatch": Monitor(of=SubjectKind.COLUMN, judge=leaders.mismatched, over=Over.BESIDE),
    "notice.names": Monitor(of=SubjectKind.COLUMN, judge=criticism.named, over=Over.ROWS),
    "items.volume": Monitor(of=SubjectKind.COLUMN, judge=no_verdict, over=Over.NOTHING),
    "document.labels": Monitor(of=SubjectKind.DOCUMENT, judge=documents.labelled),
    "account.stale": Monitor(of=SubjectKind.ACCOUNT, judge=media.silent, clock=True),
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
