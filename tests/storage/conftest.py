"""Every storage test runs against both databases; PostgreSQL needs ZWGK_TEST_POSTGRESQL (a server's URL)."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.archive import Archive

SERVER = os.environ.get("ZWGK_TEST_POSTGRESQL", "")
NO_SERVER = "ZWGK_TEST_POSTGRESQL is not set: run `python tests/with_postgresql.py pytest …`"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql", marks=[pytest.mark.postgresql, pytest.mark.skipif(not SERVER, reason=NO_SERVER)]
        ),
    ]
)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database of either kind; it is gone after the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/data/zwgk.db"
        return
    name = f"zwgk_{uuid4().hex}"
    _on_server(f"CREATE DATABASE {name}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def archive(database_url: str) -> Iterator[Archive]:
    with Archive.open(database_url) as opened:
        yield opened


def _on_server(statement: str) -> None:
    engine = create_engine(make_url(SERVER).set(drivername="postgresql+psycopg"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()
