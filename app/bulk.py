"""认定 of several suspected events: each is shown with all that speaks for and against it, decided by itself.

Only what waits for a person; what changed meanwhile, takes two persons or is refused is left and named.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from app.appeals import found
from app.clues import withheld
from app.decisions import CHANGED, decide, stamp
from app.event_list import FOR_PERSON, PAGE, Listed, listed, needs
from app.former import REGISTERED_KINDS
from app.office import Office
from app.services import served_late
from app.signing import unit_of
from app.words import TASKS
from domain.clock import local_day
from domain.errors import InputError, RefusedError
from domain.events import Decision, DecisionKind, Event, charged, decided
from domain.looks import Look
from domain.rubric import Clause, Test
from domain.users import User
from monitors.walk import READ

MOST = PAGE
SILENT_DAYS = 3
"""No look at the subject for so many days speaks against deciding now (as design.md §4.5 counts)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An event to be confirmed. `seen`: its stamp; `last`: the newest look at its subject, of any kind;
    `cost`: points it would cost by itself, before the clause's `full`; `refusal`: why it cannot be confirmed
    here, "" when it can; `against`: sentences.
    """

    row: Listed
    clause: Clause | None
    seen: str
    last: Look | None
    cost: Decimal
    full: Decimal | None
    against: Sequence[str]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An event as it was shown (`seen`) and why it is confirmed."""

    event_id: int
    seen: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one. `why`: why it was not confirmed, "" when it was; `row` None: no such event."""

    event_id: int
    row: Listed | None
    why: str


def candidates(office: Office, event_ids: Iterable[int], user: User) -> list[Candidate]:
    """The chosen events in the order given, each once. Raises InputError (unknown, more than a page)."""
    events = [found(office, number) for number in _once(event_ids)]
    events = [event for event in events if not withheld(office, user, event)]
    looks = office.archive.newest_looks({event.subject_id for event in events})
    tasks: dict[str, list[str]] = {}
    for task in office.archive.tasks():
        tasks.setdefault(task.subject, []).append(f"{TASKS.get(task.kind, task.kind)}：{task.detail}")
    now = office.now()
    return [
        _candidate(office, event, looks.get(event.subject_id), tasks.get(event.subject_id, ()), now)
        for event in events
    ]


def confirm(office: Office, chosen: Sequence[Chosen], *, user: User) -> list[Outcome]:
    """Confirm each in a transaction of its own; what is refused is told and stops no other.

    Raises InputError when more than a page is given or a reason is missing: then nothing is decided.
    """
    _once(one.event_id for one in chosen)
    if any(not one.reason.strip() for one in chosen):
        raise InputError("请填写理由：可以写一个共同的理由，也可以逐件写明。")
    return [_confirmed(office, one, user) for one in chosen]


def refusal(office: Office, event: Event) -> str:
    """Why the event is not confirmed together with others, a sentence; "" when it may be."""
    unit = unit_of(office, event.unit_id)
    if needs(event) != FOR_PERSON:
        return f"现在是“{event.state.value}”{f'，{needs(event)}' if needs(event) else ''}，不是待人认定。"
    if unit is None:
        return "单位已不在单位表中，请在事件页面逐件决定。"
    return "本办自己的单位，须两人共同决定，请在事件页面办理。" if unit.office_own else ""


def _once(event_ids: Iterable[int]) -> list[int]:
    numbers = list(dict.fromkeys(event_ids))
    if len(numbers) > MOST:
        raise InputError(f"一次最多认定 {MOST} 件，选了 {len(numbers)} 件。请分几次。")
    return numbers


def _confirmed(office: Office, one: Chosen, user: User) -> Outcome:
    event = office.archive.event(one.event_id)
    if event is None or withheld(office, user, event):
        return Outcome(event_id=one.event_id, row=None, why="没有这个事件。")
    why = CHANGED if one.seen != stamp(event) else refusal(office, event)
    if not why:
        try:
            event = decide(
                office, one.event_id, DecisionKind.CONFIRM, by=user.person, reason=one.reason, seen=one.seen
            )
        except RefusedError as error:  # since the line above
            why = str(error)
    return Outcome(event_id=one.event_id, row=listed(office, event), why=why)


def _candidate(
    office: Office, event: Event, last: Look | None, tasks: Sequence[str], now: datetime
) -> Candidate:
    unit, test = unit_of(office, event.unit_id), office.test(event.test_id)
    clauses: Mapping[str, Clause] = (
        {one.id: one for one in office.rubric_for(unit).clauses} if unit is not None else {}
    )
    clause = clauses.get(event.clause_id)
    return Candidate(
        row=listed(office, event), clause=clause, seen=stamp(event), last=last,
        cost=_cost(office, event, test, now) if test is not None else Decimal(0),
        full=clause.points.get(unit.kind) if clause is not None and unit is not None else None,
        against=(*_against(office, event, last, now), *tasks), refusal=refusal(office, event),
    )  # fmt: skip


def _cost(office: Office, event: Event, test: Test, now: datetime) -> Decimal:
    """What the unit's events of the test would cost more with this one confirmed now."""
    said = Decision(kind=DecisionKind.CONFIRM, by="", reason="", at=now)
    confirmed = decided(replace(event, decisions=(*event.decisions, said)), test)
    before = office.archive.events(unit_id=event.unit_id, test_id=event.test_id)
    after = [confirmed if one.id == event.id else one for one in before]
    points = [sum((hit.points for hit in charged(many, test)), Decimal(0)) for many in (before, after)]
    return points[1] - points[0]


def _against(office: Office, event: Event, last: Look | None, now: datetime) -> list[str]:
    contested = sum(sighting.contested for sighting in event.sightings)
    silent = (local_day(now) - local_day(last.at)).days if last is not None else 0
    said = {
        f"须人判断：{event.held}": bool(event.held),
        f"有 {contested} 次监测有争议（其后出现的条目日期早于该次监测，或该次监测本身存疑）": contested > 0,
        "只监测到 1 次，还没有第二次监测印证": len(event.sightings) == 1,
        f"最近一次监测没有得到答复：{last.why if last else ''}": last is not None and last.state not in READ,
        f"已有 {silent} 天没有监测": silent >= SILENT_DAYS,
        "监测对象已不在单位表中": _gone(office, event),
        "单位曾就此申诉": bool(event.appeals),
        served_late(office, event): True,
    }
    return [sentence for sentence, holds in said.items() if sentence and holds]


def _gone(office: Office, event: Event) -> bool:
    kind = event.subject_id.partition(":")[0]
    return kind in REGISTERED_KINDS and not office.registry.watches(event.subject_id)
