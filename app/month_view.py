"""What a month's report is made from, read once: every case judged over its history, events stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.assess import Assessment, assess
from app.gather import Sheaves
from app.office import Office
from app.rectification import notice_cases
from domain.clock import Month, local_day
from domain.events import Event, EventState
from domain.findings import Finding
from domain.rubric import Clause
from domain.units import Subject, Unit
from notices.headings import secret

UNPROVEN = frozenset({EventState.SUSPECTED, EventState.WITHDRAWN, EventState.EXEMPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """`until`: the last day covered; `watched`: subjects monitored in it; `found`: all cases of the units
    valid in it; `told`: those of them a notice may carry (nothing on 泄密/安全).

    Decisions count whenever they were made; which month they charge is the confirming look's.
    """

    office: Office
    month: Month
    until: date
    now: datetime
    watched: tuple[Subject, ...]
    found: tuple[Assessment, ...]
    told: tuple[Assessment, ...]

    def in_month(self, findings: Iterable[Finding]) -> list[Finding]:
        return [finding for finding in findings if Month.of(finding.at) == self.month]


def view(office: Office, month: Month) -> MonthView:
    """Read the month. A running month is covered up to today."""
    now = office.now()
    until = min(month.last_day, local_day(now))
    days = [month.first_day + timedelta(n) for n in range((until - month.first_day).days + 1)]
    watched = tuple(s for s in office.registry.subjects if _watched(s, days))
    units = {unit.id for unit in office.registry.units if any(map(unit.valid_on, days))}
    sheaves = Sheaves(office)
    judged = [one for subject in office.registry.subjects for one in assess(office, subject, sheaves=sheaves)]
    judged += notice_cases(office, judged, now)
    found = tuple(_stored(one) for one in judged if one.case.unit_id in units)
    told = tuple(one for one in found if _told(office, one))
    return MonthView(
        office=office, month=month, until=until, now=now, watched=watched, found=found, told=told
    )


def proven(event: Event, month: Month) -> bool:
    """Confirmed in this month, neither withdrawn nor exempt."""
    confirmed = event.confirmed_at
    return confirmed is not None and event.state not in UNPROVEN and Month.of(confirmed) == month


def pending(event: Event, view: MonthView) -> bool:
    """Waits for a second look or a person, and was seen by the month's end."""
    if not event.unconfirmed or local_day(event.opened_at) > view.until:
        return False
    return event.waits or (
        bool(event.held) and local_day(event.closed_at or view.now) >= view.month.first_day
    )


def answered(findings: Iterable[Finding]) -> bool:
    return any(finding.answered for finding in findings)


def clause_of(office: Office, unit: Unit, clause_id: str) -> Clause:
    """Raises InputError or KeyError when the unit's rubric has no such clause any more."""
    return office.rubric_for(unit).clause(clause_id)


def _watched(subject: Subject, days: list[date]) -> bool:
    start = subject.monitored_from
    return start is not None and any(day >= start and subject.valid_on(day) for day in days)


def _told(office: Office, one: Assessment) -> bool:
    unit = office.registry.unit(one.case.unit_id)
    return not secret(clause_of(office, unit, one.case.test.clause_id))


def _stored(one: Assessment) -> Assessment:
    """Without breaches that are not yet events: they have no number to be cited by."""
    return replace(one, events=tuple(event for event in one.events if event.id is not None))
