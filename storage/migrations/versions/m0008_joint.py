"""Steps of every deed that takes two persons in one table; those of appeals move over."""

import json

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0008", "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MOMENT = sa.DateTime(timezone=True)
SAME = ("step", "reason", "user_name", "signed_by", "signed_at")


def upgrade() -> None:
    table = op.create_table(
        "joint_step",
        sa.Column("id", NUMBER, primary_key=True),
        sa.Column("deed", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("step", TEXT, nullable=False),
        sa.Column("what", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("user_name", TEXT, nullable=False),
        sa.Column("signed_by", TEXT, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
    )
    op.create_index("steps_of_deed", "joint_step", ["deed", "subject", "id"])
    connection = op.get_bind()
    old = sa.table(
        "appeal_step", *(sa.column(name) for name in ("id", "event_id", "outcome", *SAME[:-1])),
        sa.column("signed_at", MOMENT),
    )  # fmt: skip
    for row in connection.execute(sa.select(old).order_by(old.c.id)).mappings().all():
        what = json.dumps({"outcome": row["outcome"]}, ensure_ascii=False, separators=(",", ":"))
        moved = {name: row[name] for name in SAME}
        connection.execute(
            table.insert().values(deed="appeal", subject=f"event:{row['event_id']}", what=what, **moved)
        )
    op.drop_index("steps_of_event", "appeal_step")
    op.drop_table("appeal_step")
