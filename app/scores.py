"""Score sheets of any day, from what was recorded by that day's end."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.assess import KIND_OF, Asked, Assessment, assess, over_of
from app.former import unregistered
from app.gather import Sheaves, gathered
from app.office import Office
from app.rectification import MONITOR, notice_cases
from domain.clock import day_end, day_start, local_day
from domain.errors import InputError
from domain.events import Event, occurrences, per_unit
from domain.findings import Verdict
from domain.records import Mark
from domain.rubric import CountPer, Rubric, Test
from domain.scores import Occurrence, ScoreSheet, Volume
from domain.units import NEW_MEDIA, Column, RegistrationState, Subject, Unit, in_use
from monitors.catalog import Over, monitor_of
from monitors.volume import volume
from monitors.windows import Window
from scoring.sheet import Standing, UnitRecord, sheet


def score_unit(
    office: Office, unit_id: str, as_of: date | None = None, year: int | None = None
) -> ScoreSheet:
    """The unit's sheet of a score year, as of a day's end (today's without one). Raises InputError."""
    unit = office.unit(unit_id)
    sheets = score_all(office, as_of, units=(unit,), year=year)
    if not sheets:
        raise InputError(_not_assessed(unit))
    return sheets[0]


def _not_assessed(unit: Unit) -> str:
    since = f"自{unit.valid_from}起" if unit.valid_from else ""
    until = f"至{unit.valid_to}止" if unit.valid_to else ""
    day = unit.valid_to or unit.valid_from
    registered = f"单位表写明{unit.name}{since}{until}参加考核，所按的日期不在其内。"
    return f"{registered}请用 --as-of 写其中的一天，如 {day}。"


def score_all(
    office: Office,
    as_of: date | None = None,
    units: Iterable[Unit] | None = None,
    year: int | None = None,
) -> list[ScoreSheet]:
    """Sheets of all units assessed in the year, in registry order. Raises InputError for a year to come.

    `year`: the score year, that of the day where none is given.
    """
    day = as_of or local_day(office.now())
    scored = day.year if year is None else year
    return [
        sheet(office.rubric_for(one.unit), one.record, day, scored)
        for one in judged_all(office, day, units, scored)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A unit's cases as known at a day's end, and what scoring needs of them."""

    unit: Unit
    found: list[Assessment]
    record: UnitRecord


def judged_all(office: Office, day: date, units: Iterable[Unit] | None, year: int) -> list[Judged]:
    """Every unit valid on the day, in registry order. Raises InputError for a year still to come."""
    if year > day.year:
        raise InputError(f"{year}年度还没有开始（截至{day}）。请改写 --year，或去掉它。")
    chosen = [u for u in (units if units is not None else office.registry.units) if _assessed(u, day, year)]
    sheaves = Sheaves(office, day_end(day))
    by_unit = _assessments(office, {unit.id for unit in chosen}, sheaves)
    return [
        Judged(
            unit=unit, found=by_unit[unit.id],
            record=record(office, unit, by_unit[unit.id], day, year=year, sheaves=sheaves),
        )
        for unit in chosen
    ]  # fmt: skip


def _assessed(unit: Unit, day: date, year: int) -> bool:
    """Whether a unit has a sheet of the year: it was assessed on some day of it, up to `day`.

    A unit that ended or was renamed within the year keeps what it was until then.
    """
    first, last = date(year, 1, 1), min(day, date(year, 12, 31))
    return (unit.valid_from or first) <= last and (unit.valid_to or last) >= first


def _assessments(office: Office, unit_ids: set[str], sheaves: Sheaves) -> Mapping[str, list[Assessment]]:
    """Every case of these units, judged once a subject."""
    by_unit: dict[str, list[Assessment]] = defaultdict(list)
    for subject in office.registry.subjects:
        if subject.unit_id is None or subject.unit_id in unit_ids:
            for one in assess(office, subject, sheaves.until, sheaves, Asked(units=unit_ids)):
                by_unit[one.case.unit_id].append(one)
    known = [one for many in by_unit.values() for one in many]
    moment = sheaves.until or office.now()
    for one in notice_cases(office, known, moment, until=sheaves.until, units=unit_ids):
        by_unit[one.case.unit_id].append(one)
    return by_unit


def record(
    office: Office,
    unit: Unit,
    found: list[Assessment],
    day: date,
    *,
    year: int | None = None,
    sheaves: Sheaves | None = None,
) -> UnitRecord:
    """What scoring needs of a unit for a score year (the day's), as of the day's end."""
    rubric, scored = office.rubric_for(unit), day.year if year is None else year
    until, last = day_end(day), min(day, date(scored, 12, 31))
    deleted = unregistered(office, unit, scored, until)
    return UnitRecord(
        unit=unit,
        standing={
            t.id: Standing.UNANSWERED if t.id in deleted else standing(office, unit, t, found, scored)
            for t in rubric.tests
        },
        occurrences=charged(found, rubric),
        suspected=[e.test_id for one in found for e in one.events if waits(e, scored)],
        notes=_notes(found, scored) | deleted,
        volumes=_volumes(office, unit, rubric, scored, sheaves or Sheaves(office, until)),
        marks=newest_marks(office, unit.id, scored, until),
        tally=office.archive.tally(unit.id, day_start(date(scored, 1, 1)), day_end(last), known=until),
        monitored_from={s.subject_id: s.monitored_from for s in office.registry.subjects_of(unit.id)},
    )


def waits(event: Event, year: int) -> bool:
    """Whether a suspicion about the score year waits for a person.

    One about a window of the year waits also after it was put right: nothing can be done in time any more;
    so does one held for a person, of which the rows that ended it are in doubt (design.md §4.7).
    """
    if not event.unconfirmed:
        return False
    if event.period is not None:
        return event.period == year
    about = local_day(event.opened_at).year <= year <= local_day(event.last_seen_at).year
    return about and (event.waits or bool(event.held))


def newest_marks(office: Office, unit_id: str, year: int, until: datetime) -> dict[str, Mark]:
    """By clause, the newest mark entered before a moment."""
    entered = (mark for mark in office.archive.marks(unit_id=unit_id, year=year) if mark.at < until)
    return {mark.clause_id: mark for mark in entered}


def charged(found: Iterable[Assessment], rubric: Rubric) -> list[Occurrence]:
    """What the decided events cost, at most one occurrence per subject, test and period."""
    hits = [hit for one in found for hit in occurrences(one.events, rubric.test(one.case.test.id))]
    once = {test.id for test in rubric.tests if test.count_per is CountPer.UNIT}
    rest = [hit for hit in hits if hit.test_id not in once]
    return [*rest, *per_unit(hit for hit in hits if hit.test_id in once)]


def _notes(found: list[Assessment], year: int) -> dict[str, str]:
    """What the newest finding of a test over a window says, where it leaves the year open."""
    notes = {}
    for one in found:
        latest = one.last_in(year)
        if one.case.test.monitor == MONITOR and _undecided(one, year):
            notes[one.case.test.id] = UNDECIDED
        if over_of(one.case.test) in {Over.COLUMNS, Over.BESIDE} and latest is not None:
            notes[one.case.test.id] = latest.why
    return notes


UNDECIDED = "通报事项有无法判定是否按时整改的（见 zwgk notice recheck），待人工评分"


def _volumes(office: Office, unit: Unit, rubric: Rubric, year: int, sheaves: Sheaves) -> dict[str, Volume]:
    tests = [t for t in rubric.tests if t.monitor and over_of(t) is Over.NOTHING]
    if not tests:
        return {}
    window = Window(year, date(year, 1, 1), date(year, 12, 31))
    found = volume(unit.id, window, [sheaves.of(column) for column in office.registry.columns_for(unit.id)])
    return {test.id: found for test in tests}


def standing(office: Office, unit: Unit, test: Test, found: list[Assessment], year: int) -> Standing:
    """How far a test is answered for a unit: the weakest of the kinds it needs."""
    excused = [_excused(office, unit, kind) for kind in test.kinds]
    if excused and all(stand is Standing.NOT_APPLICABLE for stand in excused):
        return Standing.NOT_APPLICABLE
    if not test.monitor:
        return Standing.UNWATCHED
    if test.monitor == MONITOR:
        return _of_notices(test, found, year)
    if over_of(test) is Over.NOTHING:
        return Standing.UNANSWERED
    if over_of(test) is Over.COLUMNS:
        return _as_one(office, unit, test, found, year)
    order = list(Standing)
    stands = [_of_kind(office, unit, test, kind, found, year) for kind in test.kinds]
    return max((s for s in stands if s is not Standing.NOT_APPLICABLE), key=order.index)


def _as_one(office: Office, unit: Unit, test: Test, found: list[Assessment], year: int) -> Standing:
    """Several columns judged as one: answered by their one case."""
    if not gathered(office, unit, test, date(year, 12, 31)):
        excused = [stand for kind in test.kinds if (stand := _excused(office, unit, kind)) is not None]
        stands = [stand for stand in excused if stand is not Standing.NOT_APPLICABLE]
        trial = any(_serves(s, unit, k) for s in office.registry.subjects_of(unit.id) for k in test.kinds)
        return stands[0] if stands else Standing.TRIAL if trial else Standing.UNREGISTERED
    mine = (one for one in found if one.case.test.id == test.id)
    return Standing.ANSWERED if any(one.answered_in(year) for one in mine) else Standing.UNANSWERED


def _excused(office: Office, unit: Unit, kind: str) -> Standing | None:
    record = office.registration(unit.id, kind)
    return EXCUSED.get(record.state) if record is not None else None


def _of_notices(test: Test, found: list[Assessment], year: int) -> Standing:
    """A unit without overdue items has kept the clause so far; an item 无法判定 leaves it open.

    A notice belongs to the year of its deadline.
    """
    mine = [one for one in found if one.case.test.id == test.id]
    return Standing.UNANSWERED if any(_undecided(one, year) for one in mine) else Standing.ANSWERED


def _undecided(one: Assessment, year: int) -> bool:
    due = any(r.recheck.deadline.year == year for r in one.history.rechecks)
    return due and one.latest is not None and one.latest.verdict is Verdict.UNKNOWN


def _of_kind(
    office: Office, unit: Unit, test: Test, kind: str, found: list[Assessment], year: int
) -> Standing:
    excused = _excused(office, unit, kind)
    if excused is not None:
        return excused
    subjects = [
        s for s in office.registry.subjects_for(unit.id) if _serves(s, unit, kind) and _valid_in(s, year)
    ]
    shared = office.registration(unit.id, kind) is not None or over_of(test) is Over.ROWS
    subjects = [s for s in subjects if s.unit_id is not None or shared]
    answered = {one.case.subject_id for one in found if one.answered_in(year)}
    subjects = [s for s in subjects if in_use(s) or s.subject_id in answered]
    if not subjects:
        return Standing.UNREGISTERED
    about = [s for s in subjects if _is_about(test, s)] or subjects
    judged = {subject.subject_id for subject in about if subject.monitored_from is not None}
    if not judged:
        return Standing.TRIAL
    return Standing.ANSWERED if judged <= answered else Standing.UNANSWERED


EXCUSED: Mapping[RegistrationState, Standing] = {
    RegistrationState.NOT_APPLICABLE: Standing.NOT_APPLICABLE,
    RegistrationState.NOT_OPENED: Standing.NOT_OPENED,
}


def _serves(subject: Subject, unit: Unit, kind: str) -> bool:
    """Own and shared subjects of the kind."""
    is_kind = (subject.kind.value if isinstance(subject, Column) else NEW_MEDIA) == kind
    return is_kind and subject.unit_id in {unit.id, None}


def _valid_in(subject: Subject, year: int) -> bool:
    """Whether it was there on some day of the year; one that ended earlier leaves nothing open."""
    first = subject.valid_from is None or subject.valid_from <= date(year, 12, 31)
    return first and (subject.valid_to is None or subject.valid_to >= date(year, 1, 1))


def _is_about(test: Test, subject: Subject) -> bool:
    """An account test is about accounts; a unit without an app has nothing an app test could find."""
    return monitor_of(test.monitor or "", test.id).of is KIND_OF[type(subject)]
