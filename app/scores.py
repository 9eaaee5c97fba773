"""Score sheets of any day, from what was recorded by that day's end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from app.assess import KIND_OF, Assessment, assess
from app.office import Office
from app.rectification import MONITOR, notice_cases
from domain.clock import day_end, day_start, local_day
from domain.events import occurrences, per_unit
from domain.findings import Verdict
from domain.rubric import CountPer, Rubric, Test
from domain.scores import Occurrence, ScoreSheet
from domain.units import NEW_MEDIA, Column, RegistrationState, Subject, Unit
from monitors.catalog import monitor_of
from scoring.sheet import Standing, UnitRecord, sheet


def score_unit(office: Office, unit_id: str, as_of: date | None = None) -> ScoreSheet:
    """The unit's sheet as of a day's end (today's where none is given). Raises InputError."""
    unit = office.unit(unit_id)
    return score_all(office, as_of, units=(unit,))[0]


def score_all(
    office: Office, as_of: date | None = None, units: Iterable[Unit] | None = None
) -> list[ScoreSheet]:
    """Sheets of all units valid on the day, in registry order."""
    day = as_of or local_day(office.now())
    until = day_end(day)
    chosen = [u for u in (units if units is not None else office.registry.units) if u.valid_on(day)]
    by_unit = _assessments(office, {unit.id for unit in chosen}, until)
    return [
        sheet(office.rubric_for(unit), record(office, unit, by_unit[unit.id], day), day) for unit in chosen
    ]


def _assessments(office: Office, unit_ids: set[str], until: datetime) -> Mapping[str, list[Assessment]]:
    """Every case of these units, judged once a subject."""
    by_unit: dict[str, list[Assessment]] = defaultdict(list)
    for subject in office.registry.subjects:
        if subject.unit_id is None or subject.unit_id in unit_ids:
            for one in assess(office, subject, until):
                by_unit[one.case.unit_id].append(one)
    known = [one for many in by_unit.values() for one in many]
    for one in notice_cases(office, known, until, until=until, units=unit_ids):
        by_unit[one.case.unit_id].append(one)
    return by_unit


def record(office: Office, unit: Unit, found: list[Assessment], day: date) -> UnitRecord:
    """What scoring needs of a unit as of a day's end."""
    rubric = office.rubric_for(unit)
    events = [event for one in found for event in one.events]
    return UnitRecord(
        unit=unit,
        standing={t.id: standing(office, unit, t, found, day.year) for t in rubric.tests},
        occurrences=charged(found, rubric),
        suspected=frozenset(e.test_id for e in events if e.waits),
        tally=office.archive.tally(unit.id, day_start(date(day.year, 1, 1)), day_end(day)),
        monitored_from={s.subject_id: s.monitored_from for s in office.registry.subjects_of(unit.id)},
    )


def charged(found: Iterable[Assessment], rubric: Rubric) -> list[Occurrence]:
    """What the decided events cost, at most one occurrence per subject, test and period."""
    hits = [hit for one in found for hit in occurrences(one.events, rubric.test(one.case.test.id))]
    once = {test.id for test in rubric.tests if test.count_per is CountPer.UNIT}
    rest = [hit for hit in hits if hit.test_id not in once]
    return [*rest, *per_unit(hit for hit in hits if hit.test_id in once)]


def standing(office: Office, unit: Unit, test: Test, found: list[Assessment], year: int) -> Standing:
    """How far a test is answered for a unit: the weakest of the kinds it needs."""
    if not test.monitor:
        return Standing.UNWATCHED
    if test.monitor == MONITOR:
        return _of_notices(test, found, year)
    stands = [_of_kind(office, unit, test, kind, found, year) for kind in test.kinds]
    order = list(Standing)
    if all(stand is Standing.NOT_APPLICABLE for stand in stands):
        return Standing.NOT_APPLICABLE
    return max((s for s in stands if s is not Standing.NOT_APPLICABLE), key=order.index)


def _of_notices(test: Test, found: list[Assessment], year: int) -> Standing:
    """A unit without overdue items has kept the clause so far; an item 无法判定 leaves it open.

    A notice belongs to the year of its deadline.
    """
    mine = [one for one in found if one.case.test.id == test.id]
    due = [one for one in mine if any(r.recheck.deadline.year == year for r in one.history.rechecks)]
    undecided = any(one.latest is not None and one.latest.verdict is Verdict.UNKNOWN for one in due)
    return Standing.UNANSWERED if undecided else Standing.ANSWERED


def _of_kind(
    office: Office, unit: Unit, test: Test, kind: str, found: list[Assessment], year: int
) -> Standing:
    record = office.registry.registration(unit.id, kind)
    if record is not None and record.state in EXCUSED:
        return EXCUSED[record.state]
    subjects = [s for s in office.registry.subjects if _serves(s, unit, kind, registered=record is not None)]
    if not subjects:
        return Standing.UNREGISTERED
    about = [s for s in subjects if _is_about(test, s)] or subjects
    judged = {subject.subject_id for subject in about if subject.monitored_from is not None}
    if not judged:
        return Standing.TRIAL
    answered = {one.case.subject_id for one in found if one.answered_in(year)}
    return Standing.ANSWERED if judged <= answered else Standing.UNANSWERED


EXCUSED: Mapping[RegistrationState, Standing] = {
    RegistrationState.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
    RegistrationState.NOT_OPENED: Standing.NOT_OPENED,
}


def _serves(subject: Subject, unit: Unit, kind: str, *, registered: bool) -> bool:
    """Own subjects of the kind, and shared columns for units registered on them."""
    is_kind = (subject.kind.value if isinstance(subject, Column) else NEW_MEDIA) == kind
    return is_kind and (subject.unit_id == unit.id or (subject.unit_id is None and registered))


def _is_about(test: Test, subject: Subject) -> bool:
    """An account test is about accounts; a unit without an app has nothing an app test could find."""
    return monitor_of(test.monitor or "", test.id).of is KIND_OF[type(subject)]
