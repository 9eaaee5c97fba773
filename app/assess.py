"""What the stored looks say of a subject, in memory: nothing is written here.

Judging (app/judge.py), the on-demand answer, the score of any day and `explain` all read through this.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.gather import (
    Sheaves,
    attributed,
    beside,
    considered,
    gathered,
    last_day,
    of_another,
    registered,
    row_key,
)
from app.known import known_events
from app.office import Office
from crawler.plan import document_id
from domain.clock import local_day
from domain.events import DecisionKind, Event, EventState, decided, fold
from domain.exemptions import exempt_spans
from domain.findings import Finding, Verdict
from domain.looks import Look
from domain.matching import matched
from domain.notices import RecheckResult
from domain.readings import DocumentReading
from domain.rectification import Proof, Recheck
from domain.rubric import Test
from domain.units import (
    NEW_MEDIA,
    Account,
    App,
    Column,
    Subject,
    SubjectKind,
    Unit,
)
from monitors.case import Case, History
from monitors.catalog import Over, judge, monitor_of
from monitors.criticism import names_unit
from monitors.rectification import at_deadline, recheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which cases are to be judged; None: all. A case's verdict does not depend on what else is asked."""

    units: Container[str] | None = None
    tests: Container[str] | None = None

    def about(self, test: Test) -> bool:
        return self.tests is None or test.id in self.tests


EVERYTHING = Asked()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One case judged over its whole history.

    `events`: as they stand now, with stored identity; `gone`: stored events the history no longer bears.
    """

    case: Case
    findings: tuple[Finding, ...]
    events: tuple[Event, ...]
    gone: tuple[Event, ...]
    history: History

    @property
    def latest(self) -> Finding | None:
        return self.findings[-1] if self.findings else None

    def answered_in(self, year: int) -> bool:
        """Whether some look judged the score year and gave a verdict."""
        good = (f for f in self.findings if f.verdict is not Verdict.UNKNOWN)
        return any((finding.period or local_day(finding.at).year) == year for finding in good)

    def last_in(self, year: int) -> Finding | None:
        """The newest finding about the score year."""
        about = [f for f in self.findings if (f.period or local_day(f.at).year) == year]
        return about[-1] if about else None


def assess(
    office: Office, subject: Subject, until: datetime | None = None, sheaves: Sheaves | None = None,
    asked: Asked = EVERYTHING,
) -> list[Assessment]:  # fmt: skip
    """Judge a registered subject, and for a column its documents, by what was recorded before `until`.

    `sheaves`: shared by the calls of one job, so that a column is read once for all of them.
    """
    cases = cases_of(office, subject, until, asked)
    if not cases:
        return []
    sheaves = sheaves or Sheaves(office, until)
    history = _history(office, subject, until, sheaves)
    found: list[Assessment] = []
    about_documents = []
    for unit, case in cases:
        if _about_documents(case):
            about_documents.append((unit, case))
        else:
            found += _by_itself(office, unit, case, history, sheaves)
    if isinstance(subject, Column):
        found += _documents(office, subject, about_documents, sheaves)
    return found


def cases_of(
    office: Office, subject: Subject, until: datetime | None, asked: Asked = EVERYTHING
) -> list[tuple[Unit, Case]]:
    """The unit x test pairs a subject answers for: its unit's, or for a shared column all registered ones."""
    if subject.monitored_from is None:
        return []
    units = [office.registry.unit(subject.unit_id)] if subject.unit_id else office.registry.units
    kind, day = subject.kind.value if isinstance(subject, Column) else NEW_MEDIA, last_day(office, until)
    return [
        (unit, _case(unit, subject, test, _since(office, unit, subject, kind)))
        for unit in units
        if asked.units is None or unit.id in asked.units
        if unit.annex in office.rubrics and registered(office, unit, subject, kind)
        for test in office.rubrics[unit.annex].tests
        if kind in test.kinds
        and test.monitor
        and asked.about(test)
        and _fits(test, subject)
        and _answers(office, unit, test, subject, day)
    ]


def related(office: Office, subjects: Iterable[Subject]) -> list[Subject]:
    """The subjects, and the columns whose verdict rests on them too: judged together, whatever came last."""
    asked = list(subjects)
    kinds = {subject.kind.value for subject in asked if isinstance(subject, Column)}
    tests = [test for rubric in office.rubrics.values() for test in rubric.tests if test.monitor]
    wide = {Over.COLUMNS, Over.BESIDE}
    resting = [t for t in tests if over_of(t) in wide and kinds & {*t.kinds, *t.also}]
    judged = {kind for test in resting for kind in test.kinds}
    units = {subject.unit_id for subject in asked}
    more = [
        column
        for column in office.registry.columns
        if column.kind.value in judged
        and (None in units or column.unit_id is None or column.unit_id in units)
    ]
    return list({one.subject_id: one for one in (*asked, *more)}.values())


def over_of(test: Test) -> Over:
    """What the test's monitor needs beside its subject."""
    return monitor_of(test.monitor or "", test.id).over


def _case(unit: Unit, subject: Subject, test: Test, since: date | None) -> Case:
    return Case(
        unit_id=unit.id, subject_id=subject.subject_id, test=_fitted(test, subject),
        names=(unit.name, *unit.aliases), since=since, founded=unit.valid_from,
    )  # fmt: skip


def _since(office: Office, unit: Unit, subject: Subject, kind: str) -> date | None:
    """A unit's registration does not reach back before its own day (design.md §4.9).

    What is its own is judged from `monitored_from` on, but not for a time registered otherwise.
    """
    record = office.registration(unit.id, kind)
    if record is None or (subject.unit_id is not None and not office.registry.excused_before(record)):
        return None
    return record.since


def _answers(office: Office, unit: Unit, test: Test, subject: Subject, day: date) -> bool:
    """Where several columns are judged as one, the verdict hangs on the first of them; statistics on none."""
    over = over_of(test)
    if over is Over.NOTHING:
        return False
    return over is not Over.COLUMNS or gathered(office, unit, test, day)[:1] == [subject]


def _by_itself(
    office: Office, unit: Unit, case: Case, history: History, sheaves: Sheaves
) -> list[Assessment]:
    """The case's assessment; for notices that name units one more for each such row."""
    over, until = over_of(case.test), sheaves.until
    if over is Over.COLUMNS:
        columns = gathered(office, unit, case.test, last_day(office, until))
        history = replace(history, columns=tuple(map(sheaves.of, columns)))
    if over is Over.BESIDE:
        history = replace(history, columns=tuple(map(sheaves.of, beside(office, unit, case.test))))
    if over is not Over.ROWS:
        return [_assessed(office, unit, case, history, until)]
    column = office.registry.subject(case.subject_id)
    since = column.monitored_from or date.max
    told = _told_before(office, unit, case.test, column, sheaves)
    rows = [
        row
        for row in history.rows
        if (row.published_on or date.min) >= since
        and names_unit(row.title, case.names)
        and row.key not in told
    ]
    found = [_assessed(office, unit, case, replace(history, rows=()), until)]
    for row in {row.key: row for row in rows}.values():
        one = replace(case, subject_id=document_id(row.key))
        found.append(_assessed(office, unit, one, replace(history, rows=(row,)), until))
    return found


def _told_before(
    office: Office, unit: Unit, test: Test, subject: Subject, sheaves: Sheaves
) -> frozenset[str]:
    """Keys of rows that other columns show too and under which they are judged."""
    columns = _in_turn(office, unit, test, office.registry.columns_for(unit.id))
    before = columns[: columns.index(subject)] if isinstance(subject, Column) and subject in columns else []
    return frozenset(row.key for column in before for row in sheaves.of(column).rows)


def _fits(test: Test, subject: Subject) -> bool:
    of = monitor_of(test.monitor or "", test.id).of
    if of is SubjectKind.DOCUMENT:
        return isinstance(subject, Column)
    if test.monitor == "column.stale" and isinstance(subject, Column) and subject.clock == "none":
        return False  # registered as a column that need not move
    return of is KIND_OF[type(subject)]


def _fitted(test: Test, subject: Subject) -> Test:
    """The test with the limit that belongs to the account: how recent its source's own sync must be."""
    if not isinstance(subject, Account):
        return test
    return replace(test, limits={**test.limits, "synced_days": subject.synced_within_days})


KIND_OF = {Column: SubjectKind.COLUMN, Account: SubjectKind.ACCOUNT, App: SubjectKind.APP}


def _about_documents(case: Case) -> bool:
    """Whether the case is about a column's documents, not about the subject itself."""
    return monitor_of(case.test.monitor or "", case.test.id).of is SubjectKind.DOCUMENT


def _history(office: Office, subject: Subject, until: datetime | None, sheaves: Sheaves) -> History:
    holds = office.archive.holds(subject.subject_id)
    if isinstance(subject, Column):
        read = sheaves.of(subject)
        return History(looks=read.looks, rows=read.rows, units_of=read.units_of, holds=holds)
    looks = considered(office.archive.looks_of(subject.subject_id, until), subject)
    return History(looks=looks, holds=holds)


def _documents(
    office: Office, column: Column, cases: list[tuple[Unit, Case]], sheaves: Sheaves
) -> list[Assessment]:
    """The column's documents, each its own subject, judged for the units they belong to."""
    if not cases or column.monitored_from is None:
        return []
    until, documents = sheaves.until, sheaves.documents(column)
    owners = attributed(office, documents) if column.shared else None
    rows = {row.key: row.published_on for row in office.archive.rows_of(column.subject_id, until)}
    by_document: dict[str, list[Look]] = {}
    for look in documents:
        by_document.setdefault(look.subject_id, []).append(look)
    return [
        _assessed(office, unit, replace(case, subject_id=document_id), History(looks=tuple(looks)), until)
        for document_id, looks in by_document.items()
        for unit, case in cases
        if _published(looks, rows) >= max(column.monitored_from, case.since or date.min)
        if owners is None or unit.id in owners.get(row_key(looks[0]), frozenset())
        if _judged_under(office, unit, case.test, {look.parent_id or "" for look in looks}) in {None, column}
    ]


def _judged_under(office: Office, unit: Unit, test: Test, parents: Collection[str]) -> Column | None:
    """Of several columns that lead to a document, the one it is judged under: once for a unit and test."""
    if len(parents) == 1:
        return None
    columns = [column for column in office.registry.columns_for(unit.id) if column.subject_id in parents]
    return next(iter(_in_turn(office, unit, test, columns)), None)


def _in_turn(office: Office, unit: Unit, test: Test, columns: Iterable[Column]) -> list[Column]:
    """The columns that answer for a unit and test, those watched longest first."""
    mine = [
        column
        for column in columns
        if column.kind.value in test.kinds
        and column.monitored_from is not None
        and registered(office, unit, column, column.kind.value)
    ]
    return sorted(mine, key=lambda column: column.monitored_from or date.max)


def _published(looks: list[Look], rows: Mapping[str, date | None]) -> date:
    """When a document was published: its row's date goes before its own (design.md §4.6); undated: never."""
    shown = rows.get(row_key(looks[0]))
    readings = (look.reading for look in looks if isinstance(look.reading, DocumentReading))
    own = (r.published_on for r in readings if r.date_source is not None)  # no source: 发文日期 only
    return shown or max((day for day in own if day is not None), default=date.min)


def _assessed(office: Office, unit: Unit, case: Case, history: History, until: datetime | None) -> Assessment:
    days = ((look, local_day(look.at)) for look in history.looks)
    valid = tuple(
        look
        for look, day in days
        if unit.valid_on(day) and day >= (case.since or day) and not of_another(office, look, unit)
    )
    stored = known_events(office, case, until)
    history = replace(history, looks=valid, exempt=exempt_spans(stored))
    findings = tuple(judge(case, history))
    judged = {finding.observation_id for finding in findings}
    left = [event for event in stored if judged.isdisjoint(s.observation_id for s in event.sightings)]
    told = {event.period for event in left if event.period is not None and _stands(event)}
    folded = [event for event in fold(findings) if event.period not in told]
    now, gone = matched([event for event in stored if event not in left], folded)
    wrong = [event for event in left if found_wrong(event)]
    kept = [_ended(event, findings) for event in left if event not in wrong]
    moment = until or office.now()
    standing = (
        decided(event, case.test, by_deadline(event, case, history, findings, moment))
        for event in (*kept, *now)
    )
    events = (*wrong, *standing)
    return Assessment(case=case, findings=findings, events=events, gone=gone, history=history)


def found_wrong(event: Event) -> bool:
    """Withdrawn by judging anew, not by a person: nothing new is known of looks that are judged no longer."""
    by_person = bool(event.decisions) and event.decisions[-1].kind is DecisionKind.WITHDRAW
    return event.state is EventState.WITHDRAWN and not by_person


def _stands(event: Event) -> bool:
    """Neither found wrong nor lifted by a person: its year is not told again by looks elsewhere."""
    lifted = bool(event.decisions) and event.decisions[-1].kind is not DecisionKind.CONFIRM
    return not (lifted or found_wrong(event))


def by_deadline(
    event: Event, case: Case, history: History, findings: Sequence[Finding], now: datetime
) -> RecheckResult | None:
    """What became of a noticed event by its deadline; None: no notice, or judged no longer."""
    if event.deadline is None or not event.sightings or not findings:
        return None
    if event.sightings[0].observation_id not in {finding.observation_id for finding in findings}:
        return None
    deadline = event.deadline
    last = max(
        (s for s in event.sightings if event.notified_at is None or s.at <= event.notified_at),
        key=lambda s: s.at, default=event.sightings[0],
    )  # fmt: skip
    before = Proof(observation_id=last.observation_id, at=last.at, newest_on=event.newest_on)
    return recheck_of(case, history, findings, before, event.opened_at, deadline, now).result


def recheck_of(  # noqa: PLR0913, PLR0917 an item, what was seen of it, and the two moments
    case: Case,
    history: History,
    findings: Sequence[Finding],
    before: Proof,
    opened_at: datetime,
    deadline: date,
    now: datetime,
) -> Recheck:
    """monitors.rectification.recheck, with looks just after the deadline judged as of 24:00."""

    def then() -> list[Finding]:
        return judge(case, at_deadline(history, deadline))

    return recheck(before, opened_at, findings, then, history.looks, deadline, now)


def _ended(event: Event, findings: tuple[Finding, ...]) -> Event:
    """An event whose looks are no longer judged (moved address, ended validity) stays as it was told.

    The first answer at what is judged now ends it: what is seen there is another breach. A breach of a year
    goes on until something is in order.
    """
    answers = (f for f in findings if f.verdict is not Verdict.UNKNOWN and f.at > event.last_seen_at)
    ends = (f for f in answers if f.verdict is Verdict.OK or f.period is None or f.period != event.period)
    first = next(ends, None) if event.open else None
    return replace(event, closed_at=first.at, closed_by=first.observation_id) if first else event
