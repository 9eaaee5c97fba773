"""What became of notices' items, and the cases of clause A1-04 that follow (design.md §4.12).

Reads only; works on assessments made elsewhere, so that nothing is judged twice.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from app.assess import Asked, Assessment, assess, recheck_of
from app.known import known_events
from app.office import Office
from app.reports import issued_report
from domain.clock import Month
from domain.errors import RefusedError
from domain.events import Event, EventState, decided, fold, outcome
from domain.matching import matched
from domain.notices import MonthReport, NoticeItem, RecheckResult
from domain.records import NoticeRow
from domain.rectification import ItemRecheck, Proof, Recheck
from domain.rubric import CountPer, Test
from domain.units import Subject, SubjectKind, Unit
from monitors.case import Case, History
from monitors.catalog import judge
from monitors.rectification import recheck

MONITOR = "notice.rectified"
LIFTED_BY = {EventState.WITHDRAWN: RecheckResult.WITHDRAWN, EventState.EXEMPT: RecheckResult.EXEMPT}
Key: TypeAlias = tuple[str, str, str]
"""Unit, subject, test."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """An issued notice with its frozen report."""

    row: NoticeRow
    report: MonthReport

    @property
    def items(self) -> tuple[NoticeItem, ...]:
        """The items that can be put right: not those on late rectification itself."""
        return tuple(i for i in self.report.items if not i.subject_id.startswith(f"{SubjectKind.NOTICE}:"))


def noticed(
    office: Office, until: datetime | None = None, *, due_from: date | None = None, naming: int | None = None
) -> list[Noticed]:
    """The notices issued (before `until`), by month; `due_from`: with a deadline on that day or later;
    `naming`: with that event among theirs."""
    rows = [
        row
        for row in office.archive.notices()
        if (until is None or row.at < until)
        and (due_from is None or row.deadline >= due_from)
        and (naming is None or naming in row.event_ids)
    ]
    found = (Noticed(row=row, report=issued_report(office, row)) for row in rows)
    return sorted(found, key=lambda one: one.row.month)


def rechecked(
    office: Office, notice: Noticed, found: Iterable[Assessment], now: datetime,
    units: Container[str] | None = None,
) -> tuple[ItemRecheck, ...]:  # fmt: skip
    """Every item of the notice that can be put right, with its result as known at `now`; `units`: theirs."""
    known = by_case(found)
    return tuple(
        ItemRecheck(item=item, recheck=recheck_item(office, item, known, notice.row.deadline, now))
        for item in notice.items
        if units is None or item.unit_id in units
    )


def recheck_month(
    office: Office, month: Month, unit_id: str | None = None
) -> tuple[Noticed, tuple[ItemRecheck, ...]]:
    """The re-check of a month's notice as it stands now, of all units or one.

    Raises InputError for an unknown unit, RefusedError when the month has no issued notice.
    """
    unit = office.unit(unit_id) if unit_id else None
    notice = issued(office, month)
    items = [item for item in notice.items if unit is None or item.unit_id == unit.id]
    if unit is not None and not items:
        raise RefusedError(f"{month} 的通报中没有{unit.name}的整改事项。")
    subjects = registered(office, {item.subject_id for item in items})
    asked = Asked(units={item.unit_id for item in items}, tests={item.test_id for item in items})
    found = [one for subject in subjects for one in assess(office, subject, asked=asked)]
    return notice, rechecked(office, notice, found, office.now(), units={unit.id} if unit else None)


def issued(office: Office, month: Month) -> Noticed:
    """Raises RefusedError when the month has no issued notice."""
    notice = next((one for one in noticed(office) if one.row.month == month), None)
    if notice is None:
        raise RefusedError(f"{month} 还没有印发通报。先运行 zwgk notice issue {month}。")
    return notice


def registered(office: Office, subject_ids: Iterable[str]) -> list[Subject]:
    """Registered subjects among the ids; documents stand for their columns; unknown ids are left out."""
    known = {subject.subject_id: subject for subject in office.registry.subjects}
    wanted = set(subject_ids)
    for document_id in [one for one in wanted if one.startswith(f"{SubjectKind.DOCUMENT}:")]:
        looks = office.archive.looks_of(document_id)
        wanted.update(look.parent_id for look in looks if look.parent_id)
    return [known[one] for one in sorted(wanted) if one in known]


def by_case(found: Iterable[Assessment]) -> Mapping[Key, Assessment]:
    return {(one.case.unit_id, one.case.subject_id, one.case.test.id): one for one in found}


def recheck_item(
    office: Office, item: NoticeItem, known: Mapping[Key, Assessment], deadline: date, now: datetime
) -> Recheck:
    """What became of one item; withdrawn and exempt events are not re-checked."""
    one = known.get((item.unit_id, item.subject_id, item.test_id))
    judged = (event for event in one.events if event.id == item.event_id) if one else ()
    event = next(iter(judged), None) or office.archive.event(item.event_id)
    lifted = RecheckResult.WITHDRAWN if event is None else LIFTED_BY.get(event.state)
    if event is None or lifted is not None:
        result = lifted or RecheckResult.WITHDRAWN
        return Recheck(result=result, why=f"事件{result}，不再复查", deadline=deadline)
    before = _before(item, event)
    if one is None or before.observation_id not in {look.id for look in one.history.looks}:
        return _by_event(event, before, deadline, now)
    return recheck_of(one.case, one.history, one.findings, before, event.opened_at, deadline, now)


def _before(item: NoticeItem, event: Event) -> Proof:
    if item.observation_ids:
        return Proof(observation_id=item.observation_ids[-1], at=item.seen_at[-1], newest_on=item.newest_on)
    last = event.sightings[-1]
    return Proof(observation_id=last.observation_id, at=last.at, newest_on=item.newest_on)


def _by_event(event: Event, before: Proof, deadline: date, now: datetime) -> Recheck:
    """For a subject that is judged no longer (address moved, left the registry): what its event tells."""
    waiting = recheck(before, event.opened_at, (), tuple, (), deadline, now)
    result = outcome(event, deadline)
    if result is None:
        return replace(waiting, why=f"{waiting.why}；该对象已不再监测")
    return replace(waiting, result=result, why="按事件的监测记录", after=_told_by(event, result), final=True)


def _told_by(event: Event, result: RecheckResult) -> Proof:
    if result is RecheckResult.FIXED and event.closed_at is not None and event.closed_by is not None:
        return Proof(observation_id=event.closed_by, at=event.closed_at, newest_on=None)
    last = event.sightings[-1]
    return Proof(observation_id=last.observation_id, at=last.at, newest_on=event.newest_on)


def notice_cases(
    office: Office, found: Iterable[Assessment], now: datetime, *, until: datetime | None = None,
    units: Iterable[str] | None = None,
) -> list[Assessment]:  # fmt: skip
    """The A1-04 cases of the notices issued before `until`, over assessments already made.

    `found` must hold every case of the units concerned; `units`: only theirs.
    """
    known, wanted = by_case(found), set(units) if units is not None else None
    made = []
    for notice in noticed(office, until):
        for unit, test in _against_lateness(office, notice):
            if wanted is None or unit.id in wanted:
                items = [item for item in notice.items if item.unit_id == unit.id]
                rechecks = [
                    ItemRecheck(item=i, recheck=recheck_item(office, i, known, notice.row.deadline, now))
                    for i in items
                ]
                made += [
                    _assessed(office, case, history, until)
                    for case, history in _cases(unit, test, notice, rechecks)
                ]
    return made


def _against_lateness(office: Office, notice: Noticed) -> Iterator[tuple[Unit, Test]]:
    """The units the notice names whose rubric takes points for late rectification (annex 2: none)."""
    known = {unit.id: unit for unit in office.registry.units}
    for unit_id in dict.fromkeys(item.unit_id for item in notice.items):
        unit = known.get(unit_id)
        rubric = office.rubrics.get(unit.annex) if unit else None
        if unit is not None and rubric is not None:
            tests = (test for c in rubric.clauses_for(unit.kind) for test in c.tests)
            yield from ((unit, test) for test in tests if test.monitor == MONITOR)


def _cases(
    unit: Unit, test: Test, notice: Noticed, rechecks: list[ItemRecheck]
) -> Iterator[tuple[Case, History]]:
    """One case a unit and notice; one an item where the rubric counts per item."""
    subject = f"{SubjectKind.NOTICE}:{notice.row.month}"
    groups = {subject: rechecks}
    if test.count_per is CountPer.ITEM:
        groups = {f"{subject}/{one.item.number}": [one] for one in rechecks}
    for subject_id, items in groups.items():
        case = Case(unit_id=unit.id, subject_id=subject_id, test=test)
        yield case, History(looks=(), rechecks=tuple(items))


def _assessed(office: Office, case: Case, history: History, until: datetime | None) -> Assessment:
    findings = tuple(judge(case, history))
    now, gone = matched(known_events(office, case, until), fold(findings))
    events = tuple(decided(event, case.test) for event in now)
    return Assessment(case=case, findings=findings, events=events, gone=gone, history=history)
