"""Every storage test runs against both databases; PostgreSQL needs ZWGK_TEST_POSTGRESQL (a server's URL)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.archive import Archive
from tests.copies import empty_database

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
def kind(request: pytest.FixtureRequest) -> str:
    """Of the database."""
    return str(request.param)


@pytest.fixture
def blank_url(kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any tables; it is gone after the test."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path}/data/zwgk.db"
        return
    with _on_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated() -> Iterator[str]:
    """The name of a database on the server that nobody has open: to be copied."""
    with _on_server() as url:
        Archive.open(url).close()
        yield make_url(url).database or ""


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with its tables; it is gone after the test."""
    if kind == "sqlite":
        empty_database(tmp_path)
        yield f"sqlite:///{tmp_path}/data/zwgk.db"
        return
    with _on_server(request.getfixturevalue("migrated")) as url:
        yield url


@pytest.fixture
def archive(database_url: str) -> Iterator[Archive]:
    with Archive.open(database_url) as opened:
        yield opened


@contextmanager
def _on_server(template: str = "template1") -> Iterator[str]:
    name = f"zwgk_{uuid4().hex}"
    _say(f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        _say(f"DROP DATABASE {name} WITH (FORCE)")


def _say(statement: str) -> None:
    engine = create_engine(make_url(SERVER).set(drivername="postgresql+psycopg"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()
