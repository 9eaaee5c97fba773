"""Looks of a run that wait for a person: mass changes of a host."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("run_id", NUMBER, sa.ForeignKey("run.id"), primary_key=True),
        sa.Column("subject_id", TEXT, primary_key=True),
        sa.Column("why", TEXT, nullable=False),
    )
