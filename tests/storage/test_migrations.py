import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.archive import Archive
from storage.database import Database
from storage.migrations import HEAD, VERSION_TABLE
from storage.migrations.upgrade import config
from storage.tables import Base


def test_head_is_the_newest_script() -> None:
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]


def _other_type(context: MigrationContext, _a: object, _b: object, found: Any, meant: Any) -> bool:
    """Whether two types are spelt differently in the database's SQL; unlimited VARCHAR is TEXT."""
    spelt = {kind.compile(dialect=context.dialect).replace("VARCHAR", "TEXT") for kind in (found, meant)}
    return len(spelt) > 1


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_steps_make_exactly_the_tables(archive: Archive, database_url: str) -> None:
    database = Database(database_url)
    with closing(database), database.engine.connect() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": _other_type}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_both_databases_have_the_indexes_that_guard_the_rules(archive: Archive, database_url: str) -> None:
    """Alembic does not compare indexes on expressions: these are looked for by name."""
    database = Database(database_url)
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
        "postgresql": "SELECT indexname FROM pg_indexes",
    }[database.engine.dialect.name]
    with closing(database), database.engine.connect() as connection:
        found = set(connection.exec_driver_sql(query).scalars())
    assert {"one_look", "one_plan", "one_open_event", "one_open_task", "one_number_a_year"} <= found


OPEN = """
import sys
from datetime import UTC, datetime
from storage.archive import Archive
with Archive.open(sys.argv[1]) as archive:
    archive.append_log("note", "x", {}, actor="", at=datetime(2026, 10, 10, tzinfo=UTC))
print("alembic" in sys.modules)
"""


def opened(url: str) -> str:
    done = subprocess.run([sys.executable, "-c", OPEN, url], capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).strip()


def test_processes_that_open_a_new_database_at_once_all_find_it_ready(blank_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(opened, [blank_url] * 4))
    assert set(said) <= {"True", "False"}, said
    assert opened(blank_url) == "False"  # a ready database is opened without Alembic
    with Archive.open(blank_url) as archive:
        result = archive.verify()
    assert (result.ok, result.count) == (True, 5)
