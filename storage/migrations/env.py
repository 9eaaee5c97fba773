"""Run by Alembic inside the transaction that storage.database opened; the connection is handed over."""

from alembic import context

from storage.migrations import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
