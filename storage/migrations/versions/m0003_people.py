"""What people enter beside decisions: marks, appeals, service of notices, what units were told; and the
year an event is judged for, where its test has a window of a year (domain.md §8.3.13)."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
UNDECIDED = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.add_column("event", sa.Column("period", NUMBER, nullable=True))
    op.create_table(
        "mark",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("clause_id", TEXT, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("points", TEXT, nullable=True),
        sa.Column("marked_by", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("files", TEXT, nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
    )
    op.create_index("marks_of_unit", "mark", ["unit_id", "year", "clause_id", "id"])
    op.create_table(
        "appeal",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("event_id", NUMBER, sa.ForeignKey("event.id"), nullable=False),
        sa.Column("filed_by", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("files", TEXT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("outcome", TEXT, nullable=True),
        sa.Column("decided_by", TEXT, nullable=True),
        sa.Column("decided_why", TEXT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
    )
    op.create_index(
        "one_open_appeal",
        "appeal",
        ["event_id"],
        unique=True,
        sqlite_where=UNDECIDED,
        postgresql_where=UNDECIDED,
    )
    op.create_table(
        "service",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("notice_id", NUMBER, sa.ForeignKey("notice.id"), nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("note", TEXT, nullable=False),
        sa.Column("recorded_by", TEXT, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
    )
    op.create_index("services_of_notice", "service", ["notice_id", "unit_id", "id"])
    op.create_table(
        "told",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("topic", TEXT, nullable=False),
        sa.Column("sentence", TEXT, nullable=False),
        sa.Column("told_by", TEXT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
    )
    op.create_index("told_once", "told", ["unit_id", "kind", "topic"], unique=True)
