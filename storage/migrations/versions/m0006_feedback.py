"""What units report of an item of a notice, and the steps of a decision that takes two persons."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("notice_id", NUMBER, sa.ForeignKey("notice.id"), nullable=False),
        sa.Column("event_id", NUMBER, sa.ForeignKey("event.id"), nullable=False),
        sa.Column("unit_id", TEXT, nullable=False),
        sa.Column("cause", TEXT, nullable=False),
        sa.Column("done", TEXT, nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("person", TEXT, nullable=False),
        sa.Column("phone", TEXT, nullable=False),
        sa.Column("files", TEXT, nullable=False),
        sa.Column("given_by", TEXT, nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
    )
    op.create_index("feedback_of_event", "feedback", ["event_id", "id"])
    op.create_table(
        "appeal_step",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("event_id", NUMBER, sa.ForeignKey("event.id"), nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("user_name", TEXT, nullable=False),
        sa.Column("signed_by", TEXT, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
    )
    op.create_index("steps_of_event", "appeal_step", ["event_id", "id"])
