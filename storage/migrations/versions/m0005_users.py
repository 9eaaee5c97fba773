"""Users of the console, their sessions, and failed log-ins."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0005", "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "console_user",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("name", TEXT, nullable=False, unique=True),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("role", TEXT, nullable=False),
        sa.Column("unit_id", TEXT, nullable=True),
        sa.Column("password_hash", TEXT, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT, nullable=True),
    )
    op.create_table(
        "console_session",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("user_id", NUMBER, sa.ForeignKey("console_user.id"), nullable=False),
        sa.Column("csrf", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("over_at", MOMENT, nullable=False),
    )
    op.create_index("ix_console_session_user_id", "console_session", ["user_id"])
    op.create_table(
        "login_failure",
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("failures", NUMBER, nullable=False),
        sa.Column("counted_since", MOMENT, nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
    )
