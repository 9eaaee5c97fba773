"""The mark of a simulated database and the moment it stands at."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from domain.clock import BEIJING
from domain.errors import NotSimulationError, RefusedError
from storage.part import Part
from storage.tables import EventRow, LogRow, MetaRow, ObservationRow, RunRow

MARK, MOMENT = "simulation", "simulated_now"


class Simulation(Part):
    _simulation: bool | None = None

    @property
    def simulation(self) -> bool:
        """Whether this database is marked, for ever, as a simulation."""
        if not self._simulation:
            with self._db.read() as session:
                self._simulation = session.get(MetaRow, MARK) is not None
        return self._simulation

    def mark_simulation(self) -> None:
        """Mark an empty database for ever. Raises RefusedError once anything was seen."""
        with self._db.write() as session:
            if session.get(MetaRow, MARK) is None:
                for table in (RunRow, ObservationRow, EventRow, LogRow):
                    if session.scalars(select(table).limit(1)).first() is not None:
                        raise RefusedError(
                            "数据库里已有正式的监测记录，不能改作模拟库。请用 zwgk init 新建一个文件夹。"
                        )
                _put(session, MARK, "1")
        self._simulation = None

    def simulated_now(self) -> datetime | None:
        """The moment the simulation stands at; None before its first look, and in an official database."""
        with self._db.read() as session:
            row = session.get(MetaRow, MOMENT)
            return datetime.fromisoformat(row.value) if row is not None else None

    def advance(self, at: datetime) -> None:
        """Set the simulation's moment.

        Raises NotSimulationError in an official database, RefusedError for a moment before the latest look.
        """
        with self._db.write() as session:
            if session.get(MetaRow, MARK) is None:
                raise NotSimulationError(
                    "--as-of 只能用于模拟库（zwgk init DIR --simulation 建立）。正式库请去掉 --as-of 再运行。"
                )
            latest = session.scalar(select(func.max(ObservationRow.fetched_at)))
            if latest is not None and at < latest:
                raise RefusedError(
                    f"模拟时刻 {_local(at)} 早于最后一次监测 {_local(latest)}，时间不能倒退。"
                    "请给一个不早于它的时刻，或新建一个模拟文件夹。"
                )
            _put(session, MOMENT, at.astimezone(UTC).isoformat())


def _local(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def _put(session: Session, key: str, value: str) -> None:
    session.merge(MetaRow(key=key, value=value))
    session.flush()
