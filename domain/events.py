"""Events: breaches with a beginning and perhaps an end, folded from findings; purely, in time order.

The fold is a function of all findings of one unit x subject x test, so the result does not depend on
the order in which observations arrived (design.md §3). Confirmation, counting: design.md §4.2, §4.4.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.clock import Month, day_end, local_day
from domain.findings import Finding, Verdict
from domain.notices import OVERDUE, RecheckResult
from domain.readings import DateSource
from domain.records import Appeal, AppealOutcome
from domain.rectification import GRACE, RETRY
from domain.rubric import CountBy, CountPer, Mode, Test
from domain.scores import Occurrence

APART = timedelta(hours=20)
"""Two confirming looks stand at least this far apart, on different Beijing days (design.md §4.2)."""


NOTICE = "notice:"
"""Subject ids of notices: an item once missed cannot be put right, so these have no deadline of their own."""


class EventState(StrEnum):
    SUSPECTED = "疑似"
    CONFIRMED = "已确认"
    NOTIFIED = "已通报"
    RECTIFIED = "已整改"
    OVERDUE = "未按时整改"
    APPEALED = "申诉中"
    UPHELD = "维持"
    WITHDRAWN = "撤销"
    EXEMPT = "豁免"


class DecisionKind(StrEnum):
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided. `points`: instead of the rate offered; `until`: last day of an exemption.

    `by`: one name, or two joined by 、 where four eyes are asked for.
    """

    kind: DecisionKind
    by: str
    reason: str
    at: datetime
    points: Decimal | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One accusing look. `contested`: a row seen later bears a date that would have acquitted it, or the
    look itself was held: it charges no later month unless a person saw it so."""

    at: datetime
    observation_id: int
    verdict: Verdict
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A breach of one test by one subject of one unit. `id` None until stored.

    `sightings`: the accusing looks, in time order. `closed_at`: the good look that acquitted it.
    `held`: why it may not be confirmed without a person. `decisions`: in the order they were made.
    `period`: the score year it is judged for, where its test has a window of a year.
    `notified_at`, `deadline`: of the first notice that named it; a later one does not heal a missed day.
    `appeals`: in the order they were filed.
    """

    unit_id: str
    subject_id: str
    clause_id: str
    test_id: str
    sightings: tuple[Sighting, ...]
    measured: str
    limit: str
    why: str
    newest_on: date | None = None
    date_source: DateSource | None = None
    closed_at: datetime | None = None
    closed_by: int | None = None
    held: str = ""
    state: EventState = EventState.SUSPECTED
    confirmed_at: datetime | None = None
    decisions: tuple[Decision, ...] = field(default=())
    notified: bool = False
    notified_at: datetime | None = None
    deadline: date | None = None
    appeals: tuple[Appeal, ...] = ()
    period: int | None = None
    id: int | None = None

    @property
    def opened_at(self) -> datetime:
        return self.sightings[0].at

    @property
    def last_seen_at(self) -> datetime:
        return self.sightings[-1].at

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def unconfirmed(self) -> bool:
        """Neither confirmed nor decided away: it costs nothing and waits for a look or a person."""
        return self.confirmed_at is None and self.state not in {EventState.WITHDRAWN, EventState.EXEMPT}

    @property
    def waits(self) -> bool:
        """Waits for a look or a person. A suspicion that ends is settled, but not that of a missed deadline:
        putting it right later does not undo it."""
        return self.unconfirmed and (self.open or self.subject_id.startswith(NOTICE))

    @property
    def exempt_until(self) -> date | None:
        """Last day of the exemption in force: the last one made, void where another decision came by then."""
        until = None
        for one in self.decisions:
            if one.kind is DecisionKind.EXEMPT:
                until = one.until
            elif until is not None and local_day(one.at) <= until:
                until = None
        return until

    @property
    def open_appeal(self) -> Appeal | None:
        return next((appeal for appeal in self.appeals if appeal.outcome is None), None)


def fold(findings: Iterable[Finding]) -> tuple[Event, ...]:
    """Fold the findings of one unit x subject x test into breaches, each without identity or decision.

    An accusing BREACH or SUSPECTED opens or continues; any OK closes; UNKNOWN changes nothing.
    A row dated before a sighting that did not show it holds the event for a person (design.md §4.7).
    The first answer about another period ends what belongs to the one before. So does a breach that shows
    an update since the last sighting: two lapses seen once each do not confirm each other.
    """
    done: list[Event] = []
    current: Event | None = None
    for finding in sorted(findings, key=lambda f: (f.at, f.observation_id)):
        if (
            current is not None
            and finding.period != current.period
            and finding.verdict is not Verdict.UNKNOWN
        ):
            done.append(replace(current, closed_at=finding.at, closed_by=finding.observation_id))
            current = None
        match finding.verdict:
            case Verdict.BREACH | Verdict.SUSPECTED if finding.accuses:
                if current is not None and _another(current, finding):
                    done.append(_closed(current, finding))
                    current = None
                current = _seen_again(current, finding) if current else _opened(finding)
            case Verdict.OK if current is not None:
                done.append(_closed(current, finding))
                current = None
    return (*done, current) if current else tuple(done)


def _another(event: Event, finding: Finding) -> bool:
    """Whether it shows something dated since the last sighting: that lapse ended, and this is a later one."""
    ticking = finding.lapses_on is not None and finding.period is None
    return ticking and (finding.newest_on or date.min) >= local_day(event.last_seen_at)


def _opened(finding: Finding) -> Event:
    return Event(
        unit_id=finding.unit_id,
        subject_id=finding.subject_id,
        clause_id=finding.clause_id,
        test_id=finding.test_id,
        sightings=(_sighting(finding),),
        measured=finding.measured,
        limit=finding.limit,
        why=finding.why,
        newest_on=finding.newest_on,
        date_source=finding.date_source,
        held=finding.held,
        period=finding.period,
    )


def _seen_again(event: Event, finding: Finding) -> Event:
    """One look more. A held one charges no later month by itself, and holds the event where looks before it
    have not confirmed it."""
    proven = bool(finding.held) and not event.held and confirming(_uncontested(event)) is not None
    seen = replace(_sighting(finding), contested=bool(finding.held))
    return replace(
        event,
        sightings=(*event.sightings, seen),
        measured=finding.measured,
        limit=finding.limit,
        why=finding.why,
        newest_on=finding.newest_on,
        date_source=finding.date_source,
        held=event.held or ("" if proven else finding.held),
    )


BACK_DATED = "条目日期早于此前未见该条目的一次监测，疑似倒填日期或页面缓存，须人工判断"


def _closed(event: Event, finding: Finding) -> Event:
    """Ended. A row dated before looks that did not show it contests these, and no earlier ones (§4.7)."""
    newest, sightings = finding.newest_on, event.sightings
    if newest is not None and (event.newest_on is None or newest > event.newest_on):
        sightings = tuple(replace(s, contested=s.contested or local_day(s.at) > newest) for s in sightings)
    closed = replace(event, sightings=sightings, closed_at=finding.at, closed_by=finding.observation_id)
    contested = any(s.contested for s in sightings) and confirming(_uncontested(closed)) is None
    return replace(closed, held=event.held or (BACK_DATED if contested else ""))


def _uncontested(event: Event) -> list[Sighting]:
    """The looks that count by themselves: breaches that no later row contests."""
    return [s for s in event.sightings if s.verdict is Verdict.BREACH and not s.contested]


def _sighting(finding: Finding) -> Sighting:
    return Sighting(at=finding.at, observation_id=finding.observation_id, verdict=finding.verdict)


def confirming(sightings: Sequence[Sighting]) -> Sighting | None:
    """The first sighting that stands 20 h and a Beijing day after the first of them, or None.

    All sightings belong to one breach, so no good look against it lies between.
    """
    for later in sightings:
        first = sightings[0]
        if later.at - first.at >= APART and local_day(later.at) != local_day(first.at):
            return later
    return None


def decided(event: Event, test: Test, recheck: RecheckResult | None = None) -> Event:
    """The event with confirmation and state as its sightings, mode, decisions, notice and appeals say.

    Auto tests confirm themselves by two BREACH looks unless held; otherwise a person confirms, and the
    confirming look is the second one if it came before the decision, else the last look before it.
    `recheck`: what the looks around the deadline say, where they were judged; else the sightings tell.
    """
    last = event.decisions[-1] if event.decisions else None
    if last is not None and last.kind is DecisionKind.WITHDRAW:
        return replace(event, state=EventState.WITHDRAWN, confirmed_at=None)
    event = replace(event, confirmed_at=_confirmed_at(event, test, last))
    return replace(event, state=_state(event, last, recheck))


def _state(event: Event, last: Decision | None, recheck: RecheckResult | None) -> EventState:
    if last is not None and last.kind is DecisionKind.EXEMPT:
        return EventState.EXEMPT
    if event.open_appeal is not None:
        return EventState.APPEALED
    if event.confirmed_at is None:
        return EventState.SUSPECTED
    return _latest(event, recheck)


def told_state(event: Event) -> EventState:
    """The state of a confirmed event once a notice names it: put right already, or 已通报."""
    return _latest(event, None)


def _latest(event: Event, recheck: RecheckResult | None) -> EventState:
    """Of a confirmed event: the last thing that happened to it; of one moment, the later stage."""
    reached = [(event.opened_at, EventState.CONFIRMED)]
    if event.notified:
        told_at = event.notified_at or event.opened_at
        reached.append((told_at, EventState.NOTIFIED))
        reached += [(max(told_at, at), state) for at, state in _after_deadline(event, recheck)]
    upheld = [a.decided_at for a in event.appeals if a.outcome is AppealOutcome.UPHELD and a.decided_at]
    reached += [(at, EventState.UPHELD) for at in upheld]
    return max(enumerate(reached), key=lambda one: (one[1][0], one[0]))[1][1]


def _after_deadline(event: Event, recheck: RecheckResult | None) -> list[tuple[datetime, EventState]]:
    """已整改 or 未按时整改 with its moment; empty while neither is shown."""
    if event.deadline is None or event.subject_id.startswith(NOTICE):
        return []
    end = day_end(event.deadline)
    result = recheck if recheck is not None else outcome(event, event.deadline)
    if result is RecheckResult.FIXED:
        return [(event.closed_at or end, EventState.RECTIFIED)]
    return [(end, EventState.OVERDUE)] if result in OVERDUE else []


def outcome(event: Event, deadline: date) -> RecheckResult | None:
    """What the event alone says of a deadline, for subjects that are judged no longer; None: nothing yet."""
    end = day_end(deadline)
    if event.closed_at is not None and event.closed_at <= end + GRACE:
        return RecheckResult.FIXED
    if any(end <= sighting.at <= end + RETRY for sighting in event.sightings):
        return RecheckResult.NOT_FIXED if event.open else RecheckResult.LATE
    return None


def _confirmed_at(event: Event, test: Test, last: Decision | None) -> datetime | None:
    if last is not None and last.kind is DecisionKind.CONFIRM:
        before = [s for s in event.sightings if s.at <= last.at] or list(event.sightings[:1])
        return (confirming(before) or before[-1]).at
    if test.mode is Mode.AUTO and not event.held:
        second = confirming(_sure(event))
        return second.at if second else None
    return None


def _sure(event: Event) -> list[Sighting]:
    """The looks that confirm by themselves; those excused do not help those after an exemption."""
    looks = _uncontested(event)
    free = event.exempt_until or date.min
    after = [s for s in looks if local_day(s.at) > free]
    return looks if confirming([s for s in looks if s not in after]) else after


def occurrences(events: Iterable[Event], test: Test) -> tuple[Occurrence, ...]:
    """What the decided events of one unit x subject x test cost: at most one a counting period.

    An event with a `period` belongs to that score year, whenever it was looked at.
    The first belongs to the month of the confirming look; a later month counts after two confirming
    looks inside it. Withdrawn and unconfirmed events cost nothing; an exempt one nothing until its end.
    """
    found: dict[object, Occurrence] = {}
    for event in sorted(events, key=lambda e: e.opened_at):
        for month, first_look in _charged_months(event):
            one = Occurrence(
                event_id=event.id or 0,
                unit_id=event.unit_id,
                subject_id=event.subject_id,
                clause_id=event.clause_id,
                test_id=event.test_id,
                month=month,
                score_year=event.period or local_day(first_look).year,
                points=_points(event, test),
            )
            period = {CountBy.MONTH: month, CountBy.YEAR: one.score_year, CountBy.ONCE: "once"}[test.count_by]
            found.setdefault(period, one)
    return tuple(found.values())


def per_unit(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """At most one occurrence per unit, test and month, however many subjects (notices) it came from."""
    found: dict[object, Occurrence] = {}
    for one in sorted(occurrences, key=lambda o: (o.month, o.event_id)):
        found.setdefault((one.unit_id, one.test_id, one.month), one)
    return tuple(found.values())


def charged(events: Iterable[Event], test: Test) -> tuple[Occurrence, ...]:
    """What the decided events of one test cost, over all units and subjects."""
    by_subject: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        by_subject.setdefault((event.unit_id, event.subject_id), []).append(event)
    hits = tuple(hit for many in by_subject.values() for hit in occurrences(many, test))
    return per_unit(hits) if test.count_per is CountPer.UNIT else hits


def _charged_months(event: Event) -> Iterable[tuple[Month, datetime]]:
    if event.confirmed_at is None or event.state is EventState.WITHDRAWN:
        return
    free_until = event.exempt_until
    first = Month.of(event.confirmed_at)
    told = _told_again(event)
    if free_until is None or local_day(event.confirmed_at) > free_until:
        yield first, event.opened_at
    for month in sorted({Month.of(s.at) for s in told if s.at > event.confirmed_at} - {first}):
        inside = [s for s in told if Month.of(s.at) == month]
        if free_until is not None:
            inside = [s for s in inside if local_day(s.at) > free_until]
        if inside and confirming(inside):
            yield month, inside[0].at


def _told_again(event: Event) -> list[Sighting]:
    """The looks that may charge a later month; contested ones and mere suspicions only as a person saw."""
    said = [decision.at for decision in event.decisions if decision.kind is DecisionKind.CONFIRM]
    by_then = max(said, default=None)
    shown = [s for s in event.sightings if by_then is not None and s.at <= by_then]
    verdicts = {Verdict.BREACH, *(s.verdict for s in shown)}
    return [s for s in event.sightings if s in shown or (not s.contested and s.verdict in verdicts)]


def _points(event: Event, test: Test) -> Decimal:
    given = [d.points for d in event.decisions if d.points is not None]
    return given[-1] if given else test.points_each
