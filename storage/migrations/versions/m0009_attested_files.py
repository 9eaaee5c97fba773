"""Add observation.files: what a person attached to an attested look, by name, hash and size."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("observation", sa.Column("files", text, nullable=True))
