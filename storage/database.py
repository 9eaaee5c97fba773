"""The connection: engine, SQLite's pragmas, read and write transactions, migration under a lock."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from domain.errors import StorageError
from storage.migrations import HEAD, VERSION_TABLE
from storage.troubles import explained, place

BUSY_S = 10
"""How long a writer waits for another one; a transaction of ours takes well under a second."""
MIGRATION_LOCK = 0x7A77676B  # any number will do, if it is the same in all processes


class Database:
    """One database. `write()` holds its write lock from the first moment (BEGIN IMMEDIATE on SQLite).

    Inside a `write()` every further read or write of the same thread joins that transaction.
    """

    def __init__(self, url: str) -> None:
        self.url = _parsed(url)
        self.engine = _engine(self.url)
        self._writer = self.engine.execution_options(zwgk_write=True)
        self._own = threading.local()

    @property
    def sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session over one consistent state of the database."""
        current = getattr(self._own, "session", None)
        if current is not None:
            yield _joined(current)
            return
        with explained(self.url), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one write transaction: all of it, or nothing."""
        current = getattr(self._own, "session", None)
        if current is not None:
            yield _joined(current)
            return
        with explained(self.url), Session(self._writer) as session, session.begin():
            self._own.session = session
            try:
                yield session
            finally:
                self._own.session = None

    def migrate(self) -> None:
        """Bring the schema to HEAD. Raises StorageError for a foreign or a newer database."""
        with explained(self.url):
            with self.engine.connect() as connection:
                if _version(connection) == HEAD:
                    return
            with self._writer.begin() as connection:
                if not self.sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                self._step_up(connection)

    def _step_up(self, connection: Connection) -> None:
        tables = set(inspect(connection).get_table_names())
        if tables and VERSION_TABLE not in tables:
            raise StorageError(
                f"{place(self.url)}：这不是 zwgk 的数据库（里面有 {'、'.join(sorted(tables)[:3])} 等表）。"
                "请改正 database_url，或换一个空的数据库。"
            )
        version = _version(connection) if tables else None
        if version is not None and version > HEAD:
            raise StorageError(
                f"{place(self.url)}：数据库（版本 {version}）比本程序（版本 {HEAD}）新。"
                "请升级 zwgk 后再打开，不要用旧程序写新库。"
            )
        if version != HEAD:
            from storage.migrations.upgrade import upgrade  # not at the top: Alembic is slow to load

            upgrade(connection)


def _joined(session: Session) -> Session:
    session.flush()
    session.expire_all()  # what plain SQL changed since must be read anew
    return session


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            f"database_url “{url}” 看不懂。请写成 sqlite:////路径/zwgk.db 或 postgresql://用户@主机/库名。"
        ) from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise StorageError(
            f"database_url “{place(parsed)}” 不能使用：只支持 SQLite 文件和 PostgreSQL。"
            "请写成 sqlite:////路径/zwgk.db 或 postgresql://用户@主机/库名。"
        )
    return parsed


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        _make_folder(Path(url.database or ""))
        engine = create_engine(url, connect_args={"timeout": BUSY_S})
        event.listen(engine, "connect", _pragmas)
        event.listen(engine, "begin", _begin)
        return engine
    options = f"-c lock_timeout={BUSY_S}s -c timezone=UTC"
    try:
        return create_engine(
            url, connect_args={"connect_timeout": BUSY_S, "options": options}, pool_pre_ping=True
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StorageError(
            "缺少 PostgreSQL 的驱动 psycopg。请安装：pip install 'zwgk[postgresql]'"
        ) from error


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{file.parent}：数据文件夹建不成（{error.strerror}）。请检查上级文件夹的写权限和磁盘空间。"
        ) from error


def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin in _begin, not where the driver guesses
    for pragma in (
        f"busy_timeout={BUSY_S * 1000}",
        "journal_mode=WAL",
        "synchronous=NORMAL",  # in WAL a crash loses no consistency
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("zwgk_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _version(connection: Connection) -> str | None:
    try:
        found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    except (OperationalError, ProgrammingError) as error:
        if VERSION_TABLE in str(error.orig):  # no such table: a new or a foreign database
            connection.rollback()
            return None
        raise
    return found
