"""The tables, typed. The rules that must never break stand here as constraints, for both databases."""

from datetime import date, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import Boolean, Date, Double, ForeignKey, Index, LargeBinary, func, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import CleanText, JsonText, UtcDateTime, WholeNumber

Json = Annotated[Any, mapped_column(JsonText)]

UNDATED = date.min
"""Stands for no date where a day is part of a key."""

OPEN = text("closed_at IS NULL")
UNDECIDED = text("decided_at IS NULL")


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        str: CleanText,
        int: WholeNumber,
        float: Double,
        bool: Boolean,
        bytes: LargeBinary,
    }


class MetaRow(Base):
    """Facts about the database itself: the simulation's mark and moment."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class RunRow(Base):
    """A crawl. `fence` grows at each take-over; writers compare it inside their own transaction."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    fence: Mapped[int]
    started_at: Mapped[datetime]
    as_of: Mapped[datetime | None]
    outcome: Mapped[str]
    pid: Mapped[int | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    done: Mapped[int]
    failed: Mapped[int]


class PlannedLookRow(Base):
    """One look of a run's plan, in the order of `id`."""

    __tablename__ = "planned_look"
    __table_args__ = (
        Index("one_plan", "run_id", "subject_id", func.coalesce(text("check_id"), text("0")), unique=True),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    subject_id: Mapped[str]
    check_id: Mapped[int | None]
    kind: Mapped[str]
    url: Mapped[str]
    unit_id: Mapped[str | None]
    parent_id: Mapped[str | None]
    source: Mapped[str]
    conditional: Mapped[bool]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    window_days: Mapped[int]
    reason: Mapped[str]


class BodyRow(Base):
    """An answer's bytes, zlib, once per content hash."""

    __tablename__ = "body"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes]


class ObservationRow(Base):
    """What a look saw. A list's rows stand in list_row; other readings stand here as JSON.

    `unmodified_of`: for a 304, the newest earlier good look, whose reading it repeats. `answered`: it
    counts as an answer in the coverage. `attested_by`: the person, for an attested look; `files`: attached.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index("one_look", "run_id", "subject_id", func.coalesce(text("check_id"), text("0")), unique=True),
        Index("looks_of_subject", "subject_id", "fetched_at", "id"),
        Index("looks_under_parent", "parent_id", "fetched_at", "id"),
        Index("looks_of_unit", "unit_id", "fetched_at"),
        Index("looks_by_time", "fetched_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    check_id: Mapped[int | None]
    subject_id: Mapped[str]
    kind: Mapped[str]
    look: Mapped[str]
    unit_id: Mapped[str | None]
    parent_id: Mapped[str | None]
    url: Mapped[str]
    final_url: Mapped[str | None]
    fetched_at: Mapped[datetime]
    wall_at: Mapped[datetime]
    elapsed_s: Mapped[float]
    http_status: Mapped[int | None]
    conditional: Mapped[bool]
    state: Mapped[str]
    why: Mapped[str]
    headers: Mapped[Json]
    body_sha256: Mapped[str | None]
    answered: Mapped[bool]
    unmodified_of: Mapped[int | None] = mapped_column(ForeignKey("observation.id"))
    attested_by: Mapped[str | None]
    files: Mapped[Json | None]
    newest_on: Mapped[date | None]
    oldest_on: Mapped[date | None]
    row_count: Mapped[int]
    undated_count: Mapped[int]
    next_url: Mapped[str | None]
    window_covered: Mapped[bool]
    reading: Mapped[Json | None]


class ListRowRow(Base):
    """A list row as it was first seen; `digest` stands for `key`, which may be too long for an index."""

    __tablename__ = "list_row"
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(primary_key=True)
    published_on: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str]
    title: Mapped[str]
    url: Mapped[str | None]
    date_source: Mapped[str | None]
    others: Mapped[Json]
    first_seen_at: Mapped[datetime]


class EventRow(Base):
    """A breach. At most one open event for a unit x subject x test."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "one_open_event",
            "unit_id",
            "subject_id",
            "test_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("events_of_subject", "subject_id", "unit_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    subject_id: Mapped[str]
    clause_id: Mapped[str]
    test_id: Mapped[str]
    opened_at: Mapped[datetime]
    sightings: Mapped[Json]
    measured: Mapped[str]
    limit: Mapped[str] = mapped_column("limit_text")
    why: Mapped[str]
    newest_on: Mapped[date | None]
    date_source: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]
    held: Mapped[str]
    state: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    notified: Mapped[bool]
    period: Mapped[int | None]


class DecisionRow(Base):
    """What a person decided of an event; only ever added to."""

    __tablename__ = "decision"
    __table_args__ = (Index("decisions_of_event", "event_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str]
    by: Mapped[str] = mapped_column("decided_by")
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column("decided_at")
    points: Mapped[str | None]
    until: Mapped[date | None] = mapped_column("until_day")


class LogRow(Base):
    """The event log; `payload` is the canonical JSON that was hashed."""

    __tablename__ = "log"
    __table_args__ = (Index("log_of_subject", "subject", "seq"),)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column("logged_at")
    actor: Mapped[str]
    type: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]


class LogHeadRow(Base):
    """The chain's last link: locked by each writer, and proof against entries cut off at the end."""

    __tablename__ = "log_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]


class CheckTable(Base):
    """The queue of on-demand checks. `claimed_fence`: the run's fence at the claim."""

    __tablename__ = "demand_check"
    __table_args__ = (Index("checks_waiting", "done_at", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    asked_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    claimed_fence: Mapped[int | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    done_at: Mapped[datetime | None]
    error: Mapped[str]
    adopted_by: Mapped[str | None]
    adopted_at: Mapped[datetime | None]


class LeaseRow(Base):
    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[datetime] = mapped_column("held_until")


class DueTable(Base):
    __tablename__ = "due"
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(index=True)
    reason: Mapped[str]


class TaskTable(Base):
    """Tasks of the office; `unit_id` is "" when a task concerns no unit, so that it can be unique."""

    __tablename__ = "task"
    __table_args__ = (
        Index(
            "one_open_task",
            "kind",
            "subject",
            "unit_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    unit_id: Mapped[str]
    detail: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ClosedMonthRow(Base):
    __tablename__ = "closed_month"
    month: Mapped[str] = mapped_column(primary_key=True)
    sheets: Mapped[Json]
    report: Mapped[Json]
    by: Mapped[str] = mapped_column("closed_by")
    at: Mapped[datetime] = mapped_column("closed_at")


class NoticeTable(Base):
    """A notice as issued; its number is unique in its year."""

    __tablename__ = "notice"
    __table_args__ = (Index("one_number_a_year", "year", "number", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int]
    number: Mapped[int]
    issued_on: Mapped[date]
    deadline: Mapped[date]
    report: Mapped[Json]
    by: Mapped[str] = mapped_column("issued_by")
    at: Mapped[datetime] = mapped_column("issued_at")


class NoticeItemRow(Base):
    __tablename__ = "notice_item"
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)


class HoldRow(Base):
    """A run's look at a subject that only a person may turn into a breach, and why (mass change)."""

    __tablename__ = "hold"
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    why: Mapped[str]


class MarkRow(Base):
    """A person's mark for a clause; only ever added to, the newest counts. `points` NULL: taken back."""

    __tablename__ = "mark"
    __table_args__ = (Index("marks_of_unit", "unit_id", "year", "clause_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    clause_id: Mapped[str]
    year: Mapped[int]
    points: Mapped[str | None]
    by: Mapped[str] = mapped_column("marked_by")
    reason: Mapped[str]
    files: Mapped[Json]
    at: Mapped[datetime] = mapped_column("marked_at")


class AppealRow(Base):
    """An objection to an event; at most one undecided at a time."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index("one_open_appeal", "event_id", unique=True, sqlite_where=UNDECIDED, postgresql_where=UNDECIDED),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    filed_by: Mapped[str]
    reason: Mapped[str]
    files: Mapped[Json]
    filed_at: Mapped[datetime]
    outcome: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_why: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class ServiceRow(Base):
    """送达、签收 of a notice at a unit; only ever added to, the newest of each step counts."""

    __tablename__ = "service"
    __table_args__ = (Index("services_of_notice", "notice_id", "unit_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    unit_id: Mapped[str]
    step: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    person: Mapped[str]
    note: Mapped[str]
    by: Mapped[str] = mapped_column("recorded_by")
    at: Mapped[datetime] = mapped_column("recorded_at")


class ToldRow(Base):
    """What a unit was told, once a topic: first sightings, warnings, deadlines coming due."""

    __tablename__ = "told"
    __table_args__ = (Index("told_once", "unit_id", "kind", "topic", unique=True),)
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[str]
    kind: Mapped[str]
    topic: Mapped[str]
    sentence: Mapped[str]
    by: Mapped[str] = mapped_column("told_by")
    at: Mapped[datetime] = mapped_column("told_at")
