"""A unit's year for its picture: what each watched thing published, its breaches, and when nobody could tell.

From what is stored, in a few light reads; nothing is judged anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby

from app.office import Office
from app.warnings import Due
from domain.clock import local_day
from domain.events import NOTICE, Event, EventState
from domain.units import Account, App, Subject, SubjectKind
from pictures.figures import Row, Span, SpanKind, Timeline

DAY = timedelta(days=1)
LEFT_OUT = frozenset({EventState.WITHDRAWN, EventState.EXEMPT})
"""Decided away: these are no breaches."""

PARTING = "-\u2014_· "
PAPERS, NOTICES, FORMER = "公开文件", "整改通知", "已不监测的对象"


def timeline_of(office: Office, unit_id: str, due: Iterable[Due], year: int | None = None) -> Timeline:
    """A calendar year, today's without one; an earlier one to its end. `due`: what lapses next, by the board.

    Raises InputError (unknown unit).
    """
    unit, now = office.unit(unit_id), local_day(office.now())
    year = year or now.year
    first, today = date(year, 1, 1), min(now, date(year, 12, 31))
    subjects = [one for one in office.registry.subjects_of(unit.id) if _watched(one, first, today)]
    ids = [subject.subject_id for subject in subjects]
    published = office.archive.published(ids, first, today)
    answered = office.archive.answered_days(ids, first, today)
    breaches = _breaches(office, office.archive.events(unit_id=unit.id), ids, first, today)
    next_due = _next(due)
    rows = [
        Row(
            name=_name(subject, unit.name), days=tuple(sorted(published.get(subject.subject_id, ()))),
            spans=(
                *_silences(answered.get(subject.subject_id, {}), _last_night(subject, today), subject, now),
                *breaches.pop(subject.subject_id, ()),
            ),
            due=next_due.get(subject.subject_id),
        )
        for subject in subjects
    ]  # fmt: skip
    rows += [Row(name=name, spans=tuple(spans)) for name, spans in breaches.items()]
    return Timeline(unit=unit.name, year=year, today=now, rows=tuple(rows))


def _watched(subject: Subject, first: date, today: date) -> bool:
    """Whether it was on the register at any time of the year so far."""
    began, ended = subject.valid_from or first, subject.valid_to or today
    return began <= today and ended >= first


def _name(subject: Subject, unit: str) -> str:
    """Columns without the unit's own name, which stands above; accounts and apps with their platform."""
    match subject:
        case Account():
            return f"{subject.name}（{subject.platform}）"
        case App():
            return f"{subject.name}（{subject.store.value}）"
    return subject.name.removeprefix(unit).lstrip(PARTING) or subject.name


def _next(due: Iterable[Due]) -> dict[str, date]:
    """The first of each subject's last days in time."""
    found: dict[str, date] = {}
    for one in due:
        found[one.subject_id] = min(one.last_day, found.get(one.subject_id, one.last_day))
    return found


def _last_night(subject: Subject, today: date) -> date:
    return min(today, subject.valid_to or today)


def _silences(days: Mapping[date, bool], last: date, subject: Subject, now: date) -> Iterator[Span]:
    """Days without an answer, from the first look of the year on; today only where a look failed.

    What only people look at is not silent between their looks.
    """
    if not days:
        return
    by_hand = isinstance(subject, Account) and subject.by_hand
    first, unsure = min(days), last if last in {now, subject.valid_to} else None
    watched = [first + number * DAY for number in range((last - first).days + 1)]
    silent = [day for day in watched if not days.get(day, by_hand or day == unsure)]
    for _, run in groupby(enumerate(silent), key=lambda one: one[1] - one[0] * DAY):
        inside = [day for _, day in run]
        yield Span(kind=SpanKind.UNKNOWN, first=inside[0], last=inside[-1])


def _breaches(
    office: Office, events: Iterable[Event], own: Iterable[str], first: date, today: date
) -> dict[str, list[Span]]:
    """Subject (or the name of a row for others) -> its spans, those of the year, the surest on top."""
    mine, found = set(own), dict[str, list[Span]]()
    for event in events:
        ended = local_day(event.closed_at) if event.closed_at is not None else None
        over = ended is not None and ended < first
        if event.state in LEFT_OUT or over or local_day(event.opened_at) > today:
            continue
        row = event.subject_id if event.subject_id in mine else _row_of(office, event.subject_id)
        found.setdefault(row, []).extend(_spans(event, ended, today))
    for spans in found.values():
        spans.sort(key=lambda span: (span.kind is SpanKind.CONFIRMED, span.first))
    return found


def _row_of(office: Office, subject_id: str) -> str:
    """Events of what is shared by all units, of documents and notices stand in rows of their own."""
    if subject_id.startswith(NOTICE):
        return NOTICES
    if subject_id.startswith(f"{SubjectKind.DOCUMENT}:"):
        return PAPERS
    return office.registry.subject(subject_id).name if office.registry.watches(subject_id) else FORMER


def _spans(event: Event, ended: date | None, today: date) -> Iterator[Span]:
    """Suspected, from the look that confirmed it on confirmed; until the day before it was mended."""
    first = local_day(event.opened_at)
    last = max(first, ended - DAY) if ended is not None else max(first, today)
    sure = local_day(event.confirmed_at) if event.confirmed_at is not None else None
    if sure is None or sure > first:
        until = last if sure is None else min(sure - DAY, last)
        yield Span(kind=SpanKind.SUSPECTED, first=first, last=until)
    if sure is not None and sure <= last:
        yield Span(kind=SpanKind.CONFIRMED, first=sure, last=last)
