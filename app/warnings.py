"""Early warning: which day each watched thing lapses if nothing new comes, and what nobody can say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.assess import Assessment
from app.naming import subject_named
from app.office import Office
from app.scores import Judged, judged_all
from domain.clock import local_day
from domain.errors import InputError
from domain.events import Event, EventState
from domain.exemptions import exempt_until
from domain.outlook import AGAINST, Outlook, Prospect, outlook
from domain.units import Unit
from monitors.catalog import monitor_of
from notices.headings import secret

DAYS = 7
MOST_DAYS = 400
ENDED = frozenset({EventState.WITHDRAWN, EventState.EXEMPT})


class WarningKind(StrEnum):
    LAPSE = "更新期限"  # a subject with a clock
    EXEMPTION = "豁免期限"  # late already, and exempt until then
    DEADLINE = "整改期限"  # an issued notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that will be late on `lapses_on`; `last_day` is the last on which it is in time.

    `left`: days left, today among them. `seen_on`: day of the last look that answered; `unanswered`: looks
    since then that did not, so the date may have moved. `event`: for a deadline.
    """

    kind: WarningKind
    unit: Unit
    subject_id: str
    subject: str
    clause_id: str
    test_id: str
    lapses_on: date
    left: int
    limit: str
    newest_on: date | None = None
    seen_on: date | None = None
    unanswered: int = 0
    why: str = ""
    event: int | None = None

    @property
    def last_day(self) -> date:
        return self.lapses_on - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A subject with a clock that cannot be told: never answered, or not since the day it may have lapsed."""

    unit: Unit
    subject_id: str
    subject: str
    clause_id: str
    test_id: str
    seen_on: date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """`due`: within `days`, by day; `later`: how many beyond; `lapsed`: how many late already (events).

    `watched`: how many subjects (by test and unit) have a clock at all.
    """

    today: date
    days: int
    due: tuple[Due, ...]
    later: int
    lapsed: int
    watched: int
    unclear: tuple[Unclear, ...]


def warnings(office: Office, *, days: int = DAYS, unit_id: str | None = None) -> Warnings:
    """Everything that lapses within so many days, of all units valid today or of one; never of 泄密.

    Raises InputError for an unknown unit, one that is not assessed today, or days out of range.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"--days 是 {days}，应在 1 至 {MOST_DAYS} 之间。")
    today = local_day(office.now())
    chosen = [office.assessed(unit_id, today)] if unit_id else None
    return warned(office, judged_all(office, today, chosen, today.year), today, days)


def warned(office: Office, units: Sequence[Judged], today: date, days: int) -> Warnings:
    """The warnings of units that were judged already."""
    watched = [
        one
        for judged in units
        for one in judged.found
        if _has_clock(one) and not _secret(office, judged.unit, one.case.test.clause_id)
    ]
    found = [
        (one, seen)
        for one in watched
        if (seen := outlook(one.findings, today, exempt_until(one.events))) is not None
    ]
    ahead = [due for one, seen in found if (due := _lapse(office, one, seen, today)) is not None]
    ahead += _deadlines(office, {judged.unit.id: judged.unit for judged in units}, today)
    ahead.sort(key=lambda due: (due.lapses_on, due.unit.id, due.subject_id, due.test_id))
    within = tuple(due for due in ahead if due.left <= days)
    return Warnings(
        today=today, days=days, due=within, later=len(ahead) - len(within),
        lapsed=sum(seen.prospect is Prospect.LAPSED for _, seen in found), watched=len(watched),
        unclear=tuple(_unclear(office, found)),
    )  # fmt: skip


def _has_clock(one: Assessment) -> bool:
    return monitor_of(one.case.test.monitor or "", one.case.test.id).clock


def _secret(office: Office, unit: Unit, clause_id: str) -> bool:
    return any(secret(c) for c in office.rubric_for(unit).clauses if c.id == clause_id)


def _lapse(office: Office, one: Assessment, seen: Outlook, today: date) -> Due | None:
    """None where nothing lapses on a known day, or the subject or unit is no longer judged by then."""
    day, case = seen.lapses_on, one.case
    if day is None or seen.said is None:
        return None
    unit, subject = office.registry.unit(case.unit_id), office.registry.subject(case.subject_id)
    if not (unit.valid_on(day) and subject.valid_on(day)):
        return None
    late = seen.said.verdict in AGAINST
    return Due(
        kind=WarningKind.EXEMPTION if late else WarningKind.LAPSE, unit=unit,
        subject_id=case.subject_id, subject=subject.name, clause_id=case.test.clause_id, test_id=case.test.id,
        lapses_on=day, left=(day - today).days, limit=seen.said.limit, newest_on=seen.said.newest_on,
        seen_on=local_day(seen.said.at), unanswered=seen.unanswered,
        why=seen.why if seen.unanswered else seen.said.why,
    )  # fmt: skip


def _deadlines(office: Office, units: dict[str, Unit], today: date) -> Iterator[Due]:
    """Noticed events still open; the first notice that named one sets its day."""
    told: set[int] = set()
    for notice in office.archive.notices():
        fresh = [number for number in notice.event_ids if number not in told]
        told.update(fresh)
        for number in fresh if notice.deadline >= today else ():
            event = office.archive.event(number)
            if event is not None and event.unit_id in units and event.open and event.state not in ENDED:
                unit = units[event.unit_id]
                if not _secret(office, unit, event.clause_id):
                    yield _deadline(office, unit, event, notice.deadline, today)


def _deadline(office: Office, unit: Unit, event: Event, deadline: date, today: date) -> Due:
    day = deadline + timedelta(days=1)
    return Due(
        kind=WarningKind.DEADLINE, unit=unit, subject_id=event.subject_id,
        subject=subject_named(office, event.subject_id)[0], clause_id=event.clause_id, test_id=event.test_id,
        lapses_on=day, left=(day - today).days, limit=event.limit, newest_on=event.newest_on,
        seen_on=local_day(event.last_seen_at), why=event.why, event=event.id,
    )  # fmt: skip


def _unclear(office: Office, found: Iterable[tuple[Assessment, Outlook]]) -> Iterator[Unclear]:
    for one, seen in found:
        if seen.prospect is Prospect.UNKNOWN:
            case, said = one.case, seen.said
            yield Unclear(
                unit=office.registry.unit(case.unit_id), subject_id=case.subject_id,
                subject=office.registry.subject(case.subject_id).name, clause_id=case.test.clause_id,
                test_id=case.test.id, seen_on=local_day(said.at) if said else None,
                why=seen.why or ("此后没有再监测" if said else "还没有监测"),
            )  # fmt: skip
