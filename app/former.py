"""Events of columns, accounts and apps that were deleted from the registry: they stand as stored.

A subject that ended is given its `valid_to` and goes on being judged for its time; one that was deleted is
judged no longer, but what it cost stays on the sheet until a person withdraws it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from app.assess import Assessment, as_known, found_wrong
from app.office import Office
from domain.events import Event, decided
from domain.units import SubjectKind
from monitors.case import Case, History

REGISTERED_KINDS = (SubjectKind.COLUMN, SubjectKind.ACCOUNT, SubjectKind.APP)


def former(office: Office, unit_ids: Collection[str], until: datetime | None = None) -> list[Assessment]:
    """One assessment without looks for each case of a deleted subject that has events, as of `until`."""
    by_case: dict[tuple[str, str, str], list[Event]] = defaultdict(list)
    for unit_id in unit_ids:
        for event in office.archive.events(unit_id=unit_id):
            if (until is None or event.opened_at < until) and _deleted(office, event.subject_id):
                by_case[unit_id, event.subject_id, event.test_id].append(event)
    cases = ((_case(office, key), events) for key, events in by_case.items())
    return [_standing(case, events, until) for case, events in cases if case is not None]


def _deleted(office: Office, subject_id: str) -> bool:
    """Whether nothing registered leads to it any more; a document is known by the columns it was seen on."""
    kind = subject_id.partition(":")[0]
    if kind == SubjectKind.DOCUMENT:
        parents = {look.parent_id for look in office.archive.looks_of(subject_id) if look.parent_id}
        return bool(parents) and not any(map(office.registry.watches, parents))
    return kind in REGISTERED_KINDS and not office.registry.watches(subject_id)


def _case(office: Office, key: tuple[str, str, str]) -> Case | None:
    """None where the unit's rubric has no such test any more."""
    unit_id, subject_id, test_id = key
    unit = office.registry.unit(unit_id)
    rubric = office.rubrics.get(unit.annex)
    test = next((one for one in rubric.tests if one.id == test_id), None) if rubric else None
    if test is None:
        return None
    return Case(unit_id=unit_id, subject_id=subject_id, test=test, names=(unit.name, *unit.aliases))


def _standing(case: Case, events: list[Event], until: datetime | None) -> Assessment:
    known = events if until is None else [as_known(event, until) for event in events]
    standing = tuple(event if found_wrong(event) else decided(event, case.test) for event in known)
    return Assessment(case=case, findings=(), events=standing, gone=(), history=History(looks=()))
