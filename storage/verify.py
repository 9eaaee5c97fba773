"""Walking the log: is every link in place, and do the tables still say what was logged last?"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.events import Event
from domain.looks import LookKind
from domain.records import VerifyResult
from storage.console_tables import FeedbackRow, JointStepRow
from storage.deeds import appeal_values, decision_values
from storage.events import load, snapshot
from storage.feedback import feedback_of, feedback_values
from storage.joint import APPEAL_STEP, JOINT_STEP, logged_step, step_kind, step_of
from storage.log import hash_of
from storage.marks import mark_digest
from storage.months import month_digest, notice_digest
from storage.part import Part
from storage.record import attested_values
from storage.services import service_of, service_values
from storage.tables import (
    CheckTable,
    ClosedMonthRow,
    LogHeadRow,
    LogRow,
    MarkRow,
    NoticeItemRow,
    NoticeTable,
    ObservationRow,
    ServiceRow,
    ToldRow,
)
from storage.told import told_of, told_values
from storage.types import canonical

FROZEN = frozenset({"month.closed", "notice.issued", "mark.entered", "mark.cleared"})
"""Entries that carry the digest of a row which may not change afterwards."""

ADDED = frozenset({"service.recorded", "unit.told", "feedback.given", APPEAL_STEP, JOINT_STEP})
"""Entries that carry all of a row of a table that is only ever added to."""

T = TypeVar("T")
R = TypeVar("R", ServiceRow, ToldRow, FeedbackRow, JointStepRow)


@dataclass
class Walk:
    """What the chain said, gathered on the way: the last word on each event, decisions, frozen digests."""

    count: int = 0
    head: str = ""
    seq: int = 0
    events: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    decisions: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    appeals: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    added: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {kind: [] for kind in ADDED})
    digests: dict[str, tuple[int, str]] = field(default_factory=dict)
    named: dict[str, list[int]] = field(default_factory=dict)
    adopted: dict[str, str] = field(default_factory=dict)
    attested: dict[int, tuple[str, str, dict[str, Any]]] = field(default_factory=dict)

    def take(self, row: LogRow) -> None:
        self.count, self.seq, self.head = self.count + 1, row.seq, row.hash
        payload = json.loads(row.payload)
        if row.type.startswith("event."):
            self._take_event(row, payload)
        if row.type in FROZEN:
            self.digests[row.subject] = (row.seq, payload["sha256"])
        if row.type in ADDED:
            self.added[row.type].append(payload)
        match row.type:
            case "notice.issued":
                self.named[row.subject] = payload["events"]
            case "check.adopted":
                self.adopted[row.subject] = row.actor
            case "look.attested":
                self.attested[payload["observation"]] = (row.subject, row.actor, payload)

    def _take_event(self, row: LogRow, payload: dict[str, Any]) -> None:
        self.events[row.subject] = (row.seq, payload)
        match row.type:
            case "event.decided":
                self.decisions.setdefault(row.subject, []).append(payload["decision"])
            case "event.appealed":
                self.appeals.setdefault(row.subject, []).append(payload["appeal"])
            case "event.appeal_decided":
                self.appeals[row.subject][-1] = payload["appeal"]


class Verify(Part):
    def verify(self) -> VerifyResult:
        """Walk the whole log and name the first link that does not fit.

        With the chain whole, the events, decisions, closed months and notices are held against what was
        logged of them last; `broken_at` is then that entry, or None for something never logged.
        """
        with self._db.read() as session:
            walk = Walk()
            broken = _walk(session, walk) or next(_disagreements(session, walk), None)
        at, why = broken or (None, "")
        return VerifyResult(count=walk.count, ok=broken is None, broken_at=at, why=why, head=walk.head)


def _walk(session: Session, walk: Walk) -> tuple[int, str] | None:
    query = select(LogRow).order_by(LogRow.seq).execution_options(yield_per=500)
    with session.scalars(query) as rows:
        for row in rows:
            why = _broken_link(row, walk)
            if why:
                return (walk.seq + 1 if row.seq > walk.seq + 1 else row.seq), why
            walk.take(row)
    head = session.get(LogHeadRow, 1)
    if head is None or (head.seq, head.hash) != (walk.seq, walk.head):
        return walk.seq + 1, f"日志末尾不完整：应有 {head.seq if head else '?'} 条，实有 {walk.seq} 条"
    return None


def _broken_link(row: LogRow, walk: Walk) -> str:
    if row.seq != walk.seq + 1:
        return f"缺少第 {walk.seq + 1} 条记录"
    if row.prev_hash != walk.head:
        return f"第 {row.seq} 条记录与上一条不衔接"
    try:
        fits = hash_of(row) == row.hash
    except ValueError:  # the payload is no JSON any more
        fits = False
    return "" if fits else f"第 {row.seq} 条记录的内容被改动过"


def _disagreements(session: Session, walk: Walk) -> Iterator[tuple[int | None, str]]:
    events = {f"event:{event.id}": event for event in load(session)}
    for subject, (seq, _) in walk.events.items():
        if subject not in events:
            yield seq, f"事件 {subject} 在日志中有记录，在事件表中不见了"
    for subject, event in events.items():
        last, payload = walk.events.get(subject, (None, {}))
        people = _as_logged(event.decisions, decision_values) == walk.decisions.get(subject, [])
        people = people and _as_logged(event.appeals, appeal_values) == walk.appeals.get(subject, [])
        if not _agrees(event, payload) or not people:
            yield last, f"事件 {subject} 的现状与日志的最后一条记录不符，可能被直接改动过"
    yield from _unlogged(session, walk)
    stored = {f"month:{row.month}": month_digest(row) for row in session.scalars(select(ClosedMonthRow))}
    stored |= {f"notice:{row.id}": notice_digest(row) for row in session.scalars(select(NoticeTable))}
    stored |= {f"mark:{row.id}": mark_digest(row) for row in session.scalars(select(MarkRow))}
    for subject in sorted(stored.keys() | walk.digests.keys()):
        entry, digest = walk.digests.get(subject, (None, ""))
        if stored.get(subject) != digest:
            yield entry, f"{subject} 的存档与日志不符，可能被直接改动过"


def _unlogged(session: Session, walk: Walk) -> Iterator[tuple[None, str]]:
    """Services, what units were told and reported, joint decisions, held against what was logged of them."""
    if (
        _as_logged(map(service_of, _rows(session, ServiceRow)), service_values)
        != walk.added["service.recorded"]
    ):
        yield None, "通报的送达、签收记录与日志不符，可能被直接改动过"
    if _as_logged(map(told_of, _rows(session, ToldRow)), told_values) != walk.added["unit.told"]:
        yield None, "告知单位的记录与日志不符，可能被直接改动过"
    if (
        _as_logged(map(feedback_of, _rows(session, FeedbackRow)), feedback_values)
        != walk.added["feedback.given"]
    ):
        yield None, "单位的整改反馈与日志不符，可能被直接改动过"
    steps = [step_of(row) for row in _rows(session, JointStepRow)]
    for kind in (APPEAL_STEP, JOINT_STEP):
        if _as_logged((one for one in steps if step_kind(one) == kind), logged_step) != walk.added[kind]:
            yield None, "两人共同决定的经过与日志不符，可能被直接改动过"
    yield from _looks_of_people(session, walk)
    named: dict[str, list[int]] = {
        f"notice:{notice_id}": [] for notice_id in session.scalars(select(NoticeTable.id))
    }
    for notice_id, event_id in session.execute(
        select(NoticeItemRow.notice_id, NoticeItemRow.event_id).order_by(NoticeItemRow.event_id)
    ):
        named.setdefault(f"notice:{notice_id}", []).append(event_id)
    if named != walk.named:
        yield None, "通报所列的事件与日志不符，可能被直接改动过"


def _looks_of_people(session: Session, walk: Walk) -> Iterator[tuple[None, str]]:
    """What people saw, and the checks they adopted: both may accuse."""
    checks = select(CheckTable).where(CheckTable.adopted_at.is_not(None) | CheckTable.adopted_by.is_not(None))
    if {f"check:{row.id}": row.adopted_by for row in session.scalars(checks)} != walk.adopted:
        yield None, "即时检查的采用记录与日志不符，可能被直接改动过"
    attested = select(ObservationRow).where(
        (ObservationRow.look == LookKind.ATTESTED.value) | ObservationRow.attested_by.is_not(None)
    )
    rows = {row.id: row for row in session.scalars(attested)}
    if rows.keys() != walk.attested.keys() or not all(
        _as_attested(rows[number], *logged) for number, logged in walk.attested.items()
    ):
        yield None, "人工核实的记录与日志不符，可能被直接改动过"


def _as_attested(row: ObservationRow, subject: str, actor: str, payload: dict[str, Any]) -> bool:
    """An entry may hold less than is logged today."""
    stored = json.loads(canonical(attested_values(row)))
    mine = (row.subject_id, row.attested_by, row.look) == (subject, actor, LookKind.ATTESTED.value)
    return mine and {name: stored.get(name) for name in payload} == payload


def _agrees(event: Event, payload: dict[str, Any]) -> bool:
    logged = {(one["observation"], one["at"], one["verdict"]) for one in payload.get("evidence", [])}
    seen = {(s.observation_id, s.at.isoformat(), s.verdict.value) for s in event.sightings}
    return bool(seen) and logged <= seen and payload.get("event") == snapshot(event)


def _as_logged(stored: Iterable[T], values: Callable[[T], dict[str, Any]]) -> list[Any]:
    return [json.loads(canonical(values(one))) for one in stored]


def _rows(session: Session, table: type[R]) -> Iterable[R]:
    """All rows in the order they were written."""
    return session.scalars(select(table).order_by(table.id))
