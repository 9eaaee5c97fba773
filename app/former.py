"""Events of subjects that were deleted from the registry or handed over: no longer judged, not forgotten.

A subject that ended is given its `valid_to` and goes on being judged for its time. One that was deleted may
have been registered by mistake, or go on under another id: its events cost nothing, and the clauses they
would cost wait until a person registers it again or withdraws them.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from app.assess import found_wrong
from app.known import as_known
from app.office import Office
from domain.events import Event, decided, occurrences
from domain.rubric import Test
from domain.units import SubjectKind, Unit

REGISTERED_KINDS = (SubjectKind.COLUMN, SubjectKind.ACCOUNT, SubjectKind.APP)


def unregistered(office: Office, unit: Unit, year: int, until: datetime) -> dict[str, str]:
    """Test id -> what is to be done: deleted subjects have events that would cost points in the year."""
    by_test: dict[str, list[Event]] = defaultdict(list)
    for event in office.archive.events(unit_id=unit.id):
        if event.opened_at < until and _gone(office, unit, event.subject_id):
            by_test[event.test_id].append(as_known(event, until))
    tests: Mapping[str, Test] = {test.id: test for test in office.rubric_for(unit).tests}
    left = {id: _charging(by_test[id], tests[id], year) for id in by_test.keys() & tests.keys()}
    return {
        test_id: f"事件 {'、'.join(map(str, sorted(ids)))} 的对象已从单位表删去或转到别的单位，未扣分："
        "请在本单位名下补回登记（停用的写 valid_to，别的单位另用编号），或撤销事件"
        for test_id, ids in left.items()
        if ids
    }


def _charging(events: list[Event], test: Test, year: int) -> set[int]:
    standing = [event if found_wrong(event) else decided(event, test) for event in events]
    return {hit.event_id for hit in occurrences(standing, test) if hit.score_year == year}


def _gone(office: Office, unit: Unit, subject_id: str) -> bool:
    """Whether nothing of the unit leads to it any more; a document is known by the columns it stood on."""
    kind = subject_id.partition(":")[0]
    if kind == SubjectKind.DOCUMENT:
        parents = {look.parent_id for look in office.archive.looks_of(subject_id) if look.parent_id}
        return bool(parents) and not any(_serves(office, unit, parent) for parent in parents)
    return kind in REGISTERED_KINDS and not _serves(office, unit, subject_id)


def _serves(office: Office, unit: Unit, subject_id: str) -> bool:
    registry = office.registry
    return registry.watches(subject_id) and registry.subject(subject_id).unit_id in {None, unit.id}
