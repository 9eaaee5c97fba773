"""The archive's face: domain objects in, domain objects out. Each part stands in its own module."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from domain.errors import RefusedError, StorageError
from domain.looks import Run
from storage.appeals import Appeals
from storage.browse import Browse
from storage.changes import ChangesSince
from storage.database import Database
from storage.deliveries import Deliveries
from storage.events import Events
from storage.feedback import Feedbacks
from storage.holds import Holds
from storage.joint import JointSteps
from storage.log import Log, lock
from storage.looks import Looks
from storage.marks import Marks
from storage.months import Months
from storage.part import check_fence
from storage.queue import Queue
from storage.record import Recorder
from storage.runs import Runs
from storage.schedule import Schedule
from storage.services import Services
from storage.simulation import Simulation
from storage.tokens import Tokens
from storage.told import Tellings
from storage.traces import Traces
from storage.troubles import sentence
from storage.users import Users
from storage.verify import Verify


class Archive(  # one line a few parts: whoever adds one changes one line
    Simulation, Runs, Recorder, Looks, Events, Holds, Log, Verify, Queue, Schedule, Months, Marks,
    Appeals, Services, Tellings, Users, Browse, ChangesSince,
    Feedbacks, JointSteps,
    Tokens, Deliveries, Traces,
):  # fmt: skip
    """One database. Every method is one transaction; StorageError tells what is wrong and the way out."""

    @classmethod
    def open(cls, url: str) -> "Archive":
        """Open `sqlite:////path/zwgk.db` or `postgresql://…`, making or migrating the tables if needed.

        Raises StorageError: folder not writable, disk full, locked, unreachable, foreign, or newer.
        """
        database = Database(url)
        try:
            database.migrate()
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def together(self, run: Run | None = None) -> Iterator[None]:
        """Make all calls inside one write transaction: read, judge and save without a writer in between.

        Raises FenceLostError when `run` was taken over; an exception inside undoes everything.
        """
        with self._db.write() as session:
            if run is not None:
                check_fence(session, run)
            lock(session)
            yield

    def backup(self, path: Path) -> None:
        """Write a consistent copy while others go on (SQLite). Raises RefusedError for PostgreSQL,
        and when the file exists."""
        if not self._db.sqlite:
            raise RefusedError("PostgreSQL 数据库请用 pg_dump 备份，用 pg_restore 恢复。")
        if path.exists():
            raise RefusedError(f"{path} 已经存在，不会覆盖。请换一个文件名。")
        part = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            self._copy_to(part)
            part.rename(path)
        except (sqlite3.Error, OSError) as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise StorageError(f"备份到 {path} 没有成功：{sentence(self._db.url, error)}") from error

    def _copy_to(self, file: Path) -> None:
        connection = self._db.engine.raw_connection()
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(file),))
        finally:
            connection.close()
