"""What the archive hands out beside looks and events: log entries, queue rows, tasks, closed months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from domain.clock import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One link of the hash chain. `hash` = sha256(prev_hash + canonical JSON of all other fields)."""

    seq: int
    at: datetime
    actor: str
    type: str
    subject: str
    payload: Mapping[str, Any]
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyResult:
    """The log walked from its first entry. `broken_at`: the first sequence number that does not fit.

    `why`: what does not fit, a sentence for the office; "" when all is well. `head`: the last hash.
    """

    count: int
    ok: bool
    broken_at: int | None
    why: str
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunProgress:
    """How far a run is: looks planned, looks made, and how many of these gave no answer."""

    planned: int
    done: int
    failed: int
    heartbeat_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """An on-demand check of one unit. `error`: why it failed, "" when it did not."""

    id: int
    unit_id: str
    asked_at: datetime
    claimed_at: datetime | None = None
    run_id: int | None = None
    done_at: datetime | None = None
    error: str = ""
    adopted_by: str | None = None
    adopted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """When a subject is to be looked at next, and why then."""

    subject_id: str
    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """Something the office has to see to. `closed_at` None: still open."""

    id: int
    kind: str
    subject: str
    detail: str
    unit_id: str | None
    opened_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A month as it was closed: its score sheets and report, never recomputed."""

    month: Month
    sheets: Sequence[Mapping[str, Any]]
    report: Mapping[str, Any]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """A notice as issued: its number in the year, the day it was issued, the last day to put things right."""

    id: int
    month: Month
    number: int
    issued_on: date
    deadline: date
    event_ids: tuple[int, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """An attachment: its name as given, its content kept in the archive under its sha256."""

    name: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A person's mark for a clause of a unit in a score year; the newest counts. `points` None: taken back.

    Base clauses: points kept; bonus clauses: points given; penalty clauses: points taken.
    """

    unit_id: str
    clause_id: str
    year: int
    points: Decimal | None
    by: str
    reason: str
    at: datetime
    files: tuple[FileRef, ...] = ()
    id: int | None = None


class AppealOutcome(StrEnum):
    UPHELD = "维持"  # the event stands
    WITHDRAWN = "撤销"  # the event is withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A unit's objection to an event. `outcome` None: not yet decided."""

    event_id: int
    filed_by: str
    reason: str
    filed_at: datetime
    files: tuple[FileRef, ...] = ()
    outcome: AppealOutcome | None = None
    decided_by: str = ""
    decided_why: str = ""
    decided_at: datetime | None = None
    id: int | None = None


class Deed(StrEnum):
    """What takes two persons at the office's own units (domain.md §8.3.11)."""

    APPEAL = "appeal"  # subject "event:12"; what: outcome
    DECISION = "decision"  # subject "event:12"; what: kind, points, until, and how many decisions it had
    MARK = "mark"  # subject "mark:czj/A1-01/2026"; what: points (None: taken back), files
    ADOPTION = "adoption"  # subject "check:12"; what: nothing more
    ATTESTATION = "attestation"  # subject "look:column:czj-dt"; what: newest_on, works, link, files


class JointStep(StrEnum):
    """How a deed of two persons goes on; each step is one person's, logged in himself."""

    PROPOSED = "提出"  # waits for the second person
    AGREED = "会签"  # done
    REFUSED = "不同意"  # by another person; it may be proposed anew
    TAKEN_BACK = "收回"  # by who proposed it


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedStep:
    """A step of a deed that takes two persons. `what`: the deed as proposed, plain JSON values.

    `user`: the login name; `by`: that user's person.
    """

    deed: Deed
    subject: str
    step: JointStep
    what: Mapping[str, Any]
    reason: str
    user: str
    by: str
    at: datetime
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """整改反馈: what a unit reports of an item of a notice; the newest counts, it changes no verdict.

    `cause`: why it came about, may be ""; `done`: what was done; `person`, `phone`: who answers for it;
    `by`: the user who sent it.
    """

    notice_id: int
    event_id: int
    unit_id: str
    done: str
    done_on: date
    person: str
    phone: str
    by: str
    at: datetime
    cause: str = ""
    files: tuple[FileRef, ...] = ()
    id: int | None = None


class ServiceStep(StrEnum):
    SERVED = "送达"
    RECEIVED = "签收"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """送达 or 签收 of a notice at a unit. `person`: who delivered or signed; `by`: who recorded it."""

    notice_id: int
    unit_id: str
    step: ServiceStep
    on: date
    person: str
    by: str
    at: datetime
    note: str = ""


class ToldKind(StrEnum):
    SIGHTING = "首次发现"  # topic: the event
    WARNING = "临近期限"  # topic: subject, test and the day it would lapse
    DEADLINE = "整改到期"  # topic: notice and item


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a unit was told, once a topic, so that no notice is the first it hears."""

    unit_id: str
    kind: ToldKind
    topic: str
    sentence: str
    by: str
    at: datetime
