"""The first tables: runs, observations, events, the log, checks, leases, due times, tasks, months."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
NO_CHECK = sa.text("coalesce(check_id, 0)")
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    _crawls()
    _observations()
    _events()
    _log()
    _queues()
    _months()


def _key() -> sa.Column[int]:
    return sa.Column("id", NUMBER, primary_key=True)


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, nullable=null)


def _refer(name: str, target: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, NUMBER, sa.ForeignKey(target), nullable=null)


def _moment(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, MOMENT, nullable=null)


def _day(name: str, *, null: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=null)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _crawls() -> None:
    op.create_table("meta", sa.Column("key", TEXT, primary_key=True), _text("value"))
    op.create_table(
        "run",
        _key(),
        _text("kind"),
        _number("fence"),
        _moment("started_at"),
        _moment("as_of", null=True),
        _text("outcome"),
        _number("pid", null=True),
        _moment("heartbeat_at", null=True),
        _moment("finished_at", null=True),
        _number("done"),
        _number("failed"),
    )
    op.create_table(
        "planned_look",
        _key(),
        _refer("run_id", "run.id"),
        _text("subject_id"),
        _number("check_id", null=True),
        _text("kind"),
        _text("url"),
        _text("unit_id", null=True),
        _text("parent_id", null=True),
        _text("source"),
        _flag("conditional"),
        _text("etag", null=True),
        _text("last_modified", null=True),
        _number("window_days"),
        _text("reason"),
    )
    op.create_index("one_plan", "planned_look", ["run_id", "subject_id", NO_CHECK], unique=True)


def _observations() -> None:
    op.create_table(
        "body",
        sa.Column("sha256", TEXT, primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "observation",
        _key(),
        _refer("run_id", "run.id", null=True),
        _number("check_id", null=True),
        _text("subject_id"),
        _text("kind"),
        _text("look"),
        _text("unit_id", null=True),
        _text("parent_id", null=True),
        _text("url"),
        _text("final_url", null=True),
        _moment("fetched_at"),
        _moment("wall_at"),
        sa.Column("elapsed_s", sa.Double(), nullable=False),
        _number("http_status", null=True),
        _flag("conditional"),
        _text("state"),
        _text("why"),
        _text("headers"),
        _text("body_sha256", null=True),
        _flag("answered"),
        _refer("unmodified_of", "observation.id", null=True),
        _text("attested_by", null=True),
        _day("newest_on", null=True),
        _day("oldest_on", null=True),
        _number("row_count"),
        _number("undated_count"),
        _text("next_url", null=True),
        _flag("window_covered"),
        _text("reading", null=True),
    )
    op.create_index("one_look", "observation", ["run_id", "subject_id", NO_CHECK], unique=True)
    op.create_index("looks_of_subject", "observation", ["subject_id", "fetched_at", "id"])
    op.create_index("looks_under_parent", "observation", ["parent_id", "fetched_at", "id"])
    op.create_index("looks_of_unit", "observation", ["unit_id", "fetched_at"])
    op.create_index("looks_by_time", "observation", ["fetched_at"])
    op.create_table(
        "list_row",
        sa.Column("subject_id", TEXT, primary_key=True),
        sa.Column("digest", TEXT, primary_key=True),
        sa.Column("published_on", sa.Date(), primary_key=True),
        _text("key"),
        _text("title"),
        _text("url", null=True),
        _text("date_source", null=True),
        _text("others"),
        _moment("first_seen_at"),
    )


def _events() -> None:
    op.create_table(
        "event",
        _key(),
        _text("unit_id"),
        _text("subject_id"),
        _text("clause_id"),
        _text("test_id"),
        _moment("opened_at"),
        _text("sightings"),
        _text("measured"),
        _text("limit_text"),
        _text("why"),
        _day("newest_on", null=True),
        _text("date_source", null=True),
        _moment("closed_at", null=True),
        _number("closed_by", null=True),
        _text("held"),
        _text("state"),
        _moment("confirmed_at", null=True),
        _flag("notified"),
    )
    op.create_index(
        "one_open_event",
        "event",
        ["unit_id", "subject_id", "test_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("events_of_subject", "event", ["subject_id", "unit_id"])
    op.create_table(
        "decision",
        _key(),
        _refer("event_id", "event.id"),
        _text("kind"),
        _text("decided_by"),
        _text("reason"),
        _moment("decided_at"),
        _text("points", null=True),
        _day("until_day", null=True),
    )
    op.create_index("decisions_of_event", "decision", ["event_id", "id"])


def _log() -> None:
    op.create_table(
        "log",
        sa.Column("seq", NUMBER, primary_key=True, autoincrement=False),
        _moment("logged_at"),
        _text("actor"),
        _text("type"),
        _text("subject"),
        _text("payload"),
        _text("prev_hash"),
        _text("hash"),
    )
    op.create_index("log_of_subject", "log", ["subject", "seq"])
    head = op.create_table(
        "log_head",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        _number("seq"),
        _text("hash"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": ""}])


def _queues() -> None:
    op.create_table(
        "demand_check",
        _key(),
        _text("unit_id"),
        _moment("asked_at"),
        _moment("claimed_at", null=True),
        _number("claimed_fence", null=True),
        _refer("run_id", "run.id", null=True),
        _moment("done_at", null=True),
        _text("error"),
        _text("adopted_by", null=True),
        _moment("adopted_at", null=True),
    )
    op.create_index("checks_waiting", "demand_check", ["done_at", "id"])
    op.create_table(
        "lease", sa.Column("name", TEXT, primary_key=True), _text("holder"), _moment("held_until")
    )
    op.create_table(
        "due", sa.Column("subject_id", TEXT, primary_key=True), _moment("due_at"), _text("reason")
    )
    op.create_index("ix_due_due_at", "due", ["due_at"])
    op.create_table(
        "task",
        _key(),
        _text("kind"),
        _text("subject"),
        _text("unit_id"),
        _text("detail"),
        _moment("opened_at"),
        _moment("closed_at", null=True),
    )
    op.create_index(
        "one_open_task",
        "task",
        ["kind", "subject", "unit_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _months() -> None:
    op.create_table(
        "closed_month",
        sa.Column("month", TEXT, primary_key=True),
        _text("sheets"),
        _text("report"),
        _text("closed_by"),
        _moment("closed_at"),
    )
    op.create_table(
        "notice",
        _key(),
        sa.Column("month", TEXT, nullable=False, unique=True),
        _number("year"),
        _number("number"),
        _day("issued_on"),
        _day("deadline"),
        _text("report"),
        _text("issued_by"),
        _moment("issued_at"),
    )
    op.create_index("one_number_a_year", "notice", ["year", "number"], unique=True)
    op.create_table(
        "notice_item",
        sa.Column("notice_id", NUMBER, sa.ForeignKey("notice.id"), primary_key=True),
        sa.Column("event_id", NUMBER, sa.ForeignKey("event.id"), primary_key=True),
    )
