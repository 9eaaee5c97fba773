"""Access tokens of the console's users, for programs; and what was told to whom by messages."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("user_id", NUMBER, sa.ForeignKey("console_user.id"), nullable=False),
        sa.Column("key", TEXT, nullable=False, unique=True),
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("label", TEXT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
    )
    op.create_index("ix_access_token_user_id", "access_token", ["user_id"])
    op.create_table(
        "delivered",
        sa.Column("recipient", TEXT, primary_key=True),
        sa.Column("topic", TEXT, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
