"""What the stored looks say of a subject, in memory: nothing is written here.

Judging (app/judge.py), the on-demand answer, the score of any day and `explain` all read through this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.office import Office
from domain.clock import local_day
from domain.events import DecisionKind, Event, decided, fold, matched
from domain.findings import Finding, Verdict
from domain.looks import Look
from domain.notices import RecheckResult
from domain.readings import DocumentReading
from domain.records import Appeal
from domain.rectification import Proof, Recheck
from domain.rubric import Test
from domain.units import (
    NEW_MEDIA,
    Account,
    App,
    Column,
    RegistrationState,
    Subject,
    SubjectKind,
    Unit,
)
from monitors.attribution import alias_table, units_of
from monitors.case import Case, History
from monitors.catalog import judge, monitor_of
from monitors.rectification import at_deadline, recheck


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
        """Whether some look of the score year gave a verdict."""
        good = (f for f in self.findings if f.verdict is not Verdict.UNKNOWN)
        return any(local_day(finding.at).year == year for finding in good)


def assess(office: Office, subject: Subject, until: datetime | None = None) -> list[Assessment]:
    """Judge a registered subject, and for a column its documents, by what was recorded before `until`."""
    cases = cases_of(office, subject)
    if not cases:
        return []
    history = _history(office, subject, until)
    own = [(unit, case) for unit, case in cases if not _about_documents(case)]
    found = [_assessed(office, unit, case, history, until) for unit, case in own]
    if isinstance(subject, Column):
        found += _documents(office, subject, [pair for pair in cases if pair not in own], until)
    return found


def cases_of(office: Office, subject: Subject) -> list[tuple[Unit, Case]]:
    """The unit x test pairs a subject answers for: its unit's, or for a shared column all registered ones."""
    if subject.monitored_from is None:
        return []
    units = [office.registry.unit(subject.unit_id)] if subject.unit_id else office.registry.units
    kind = subject.kind.value if isinstance(subject, Column) else NEW_MEDIA
    return [
        (unit, Case(unit_id=unit.id, subject_id=subject.subject_id, test=_fitted(test, subject)))
        for unit in units
        if unit.annex in office.rubrics and _registered(office, unit, subject, kind)
        for test in office.rubrics[unit.annex].tests
        if kind in test.kinds and test.monitor and _fits(test, subject)
    ]


def _registered(office: Office, unit: Unit, subject: Subject, kind: str) -> bool:
    """Own subjects count unless registered otherwise; shared columns only where registered as monitored."""
    record = office.registry.registration(unit.id, kind)
    if record is None:
        return subject.unit_id is not None
    return record.state is RegistrationState.MONITORED


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


def _history(office: Office, subject: Subject, until: datetime | None) -> History:
    archive = office.archive
    looks = considered(archive.looks_of(subject.subject_id, until), subject)
    rows = tuple(archive.rows_of(subject.subject_id, until)) if isinstance(subject, Column) else ()
    shared = isinstance(subject, Column) and subject.shared
    return History(
        looks=looks, rows=rows, holds=archive.holds(subject.subject_id),
        units_of=attributed(office, subject.subject_id, until) if shared else None,
    )  # fmt: skip


def considered(looks: Sequence[Look], subject: Subject) -> tuple[Look, ...]:
    """The looks that are judged: at the present address, from `monitored_from` on, while it is valid.

    An address that changed after `monitored_from` is 试运行 until the office renews it (design.md §4.9).
    """
    url = subject.package_url if isinstance(subject, App) else subject.url
    here = [look for look in looks if look.url == url or look.attested_by]
    before = [look for look in looks if look.url != url and not look.attested_by]
    start = subject.monitored_from
    moved = bool(before and here and before[0].at < here[0].at)
    if start is None or (moved and start < local_day(here[0].at)):
        return ()
    return tuple(
        look for look in here if local_day(look.at) >= start and subject.valid_on(local_day(look.at))
    )


def attributed(office: Office, column_id: str, until: datetime | None) -> dict[str, frozenset[str]]:
    """Row key -> units, from the documents of a shared column; keys that stay open are missing."""
    table = alias_table(office.registry.units, office.registry.other_publishers)
    found: dict[str, frozenset[str]] = {}
    for look in office.archive.looks_under(column_id, until):
        if isinstance(look.reading, DocumentReading):
            units = units_of(look.reading, table)
            if units is not None:
                found[_key(look)] = units
    return found


def _documents(
    office: Office, column: Column, cases: list[tuple[Unit, Case]], until: datetime | None
) -> list[Assessment]:
    """The column's documents, each its own subject, judged for the units they belong to."""
    if not cases or column.monitored_from is None:
        return []
    owners = attributed(office, column.subject_id, until) if column.shared else None
    rows = {row.key: row.published_on for row in office.archive.rows_of(column.subject_id, until)}
    by_document: dict[str, list[Look]] = {}
    for look in office.archive.looks_under(column.subject_id, until):
        by_document.setdefault(look.subject_id, []).append(look)
    return [
        _assessed(office, unit, replace(case, subject_id=document_id), History(looks=tuple(looks)), until)
        for document_id, looks in by_document.items()
        if _published(looks, rows) >= column.monitored_from
        for unit, case in cases
        if owners is None or unit.id in owners.get(_key(looks[0]), frozenset())
    ]


def _published(looks: list[Look], rows: Mapping[str, date | None]) -> date:
    """When a document was published: its row's date goes before its own (design.md §4.6); undated: never."""
    shown = rows.get(_key(looks[0]))
    readings = (look.reading for look in looks if isinstance(look.reading, DocumentReading))
    own = (r.published_on for r in readings if r.date_source is not None)  # no source: 发文日期 only
    return shown or max((day for day in own if day is not None), default=date.min)


def _key(look: Look) -> str:
    return look.url.partition("#")[0]


def _assessed(office: Office, unit: Unit, case: Case, history: History, until: datetime | None) -> Assessment:
    valid = tuple(look for look in history.looks if unit.valid_on(local_day(look.at)))
    stored = known_events(office, case, until)
    history = replace(history, looks=valid, exempt=_exemption(stored))
    findings = tuple(judge(case, history))
    judged = {finding.observation_id for finding in findings}
    left = [event for event in stored if judged.isdisjoint(s.observation_id for s in event.sightings)]
    now, gone = matched([event for event in stored if event not in left], fold(findings))
    kept = (_ended(event, findings) for event in left)
    moment = until or office.now()
    events = tuple(
        decided(event, case.test, by_deadline(event, case, history, findings, moment))
        for event in (*kept, *now)
    )
    return Assessment(case=case, findings=findings, events=events, gone=gone, history=history)


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


def known_events(office: Office, case: Case, until: datetime | None) -> list[Event]:
    """The case's stored events as they stood before `until`."""
    stored = office.archive.events(unit_id=case.unit_id, subject_id=case.subject_id, test_id=case.test.id)
    if until is None:
        return stored
    return [_as_known(event, until) for event in stored if event.opened_at < until]


def _as_known(event: Event, until: datetime) -> Event:
    ended = event.closed_at is not None and event.closed_at < until
    return replace(
        event,
        sightings=tuple(sighting for sighting in event.sightings if sighting.at < until),
        decisions=tuple(decision for decision in event.decisions if decision.at < until),
        appeals=tuple(_appeal_then(appeal, until) for appeal in event.appeals if appeal.filed_at < until),
        closed_at=event.closed_at if ended else None,
        closed_by=event.closed_by if ended else None,
    )


def _appeal_then(appeal: Appeal, until: datetime) -> Appeal:
    """An appeal as it stood: decided later means not yet decided."""
    if appeal.decided_at is None or appeal.decided_at < until:
        return appeal
    return replace(appeal, outcome=None, decided_by="", decided_why="", decided_at=None)


def _exemption(events: Iterable[Event]) -> tuple[datetime, date] | None:
    """The latest exemption of the case: looks after its decision, up to its last day, accuse nobody."""
    made = [(d.at, d.until) for e in events for d in e.decisions if d.kind is DecisionKind.EXEMPT and d.until]
    return max(made, default=None)


def _ended(event: Event, findings: tuple[Finding, ...]) -> Event:
    """An event whose looks are no longer judged (moved address, ended validity) stays as it was told.

    The first answer at what is judged now ends it: what is seen there is another breach.
    """
    answers = (f for f in findings if f.verdict is not Verdict.UNKNOWN and f.at > event.last_seen_at)
    first = next(answers, None) if event.open else None
    return replace(event, closed_at=first.at, closed_by=first.observation_id) if first else event
