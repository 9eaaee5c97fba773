"""What every part of the archive stands on."""

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from domain.errors import FenceLostError
from domain.looks import Run
from storage.database import Database
from storage.tables import Base, RunRow


class Part:
    """A part of the archive's face; all parts share one database."""

    def __init__(self, db: Database) -> None:
        self._db = db


def insert_for(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the dialect of the session's database."""
    return insert_into(session.get_bind().dialect.name, table)


def insert_into(dialect: str, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def check_fence(session: Session, run: Run) -> None:
    """Raises FenceLostError when another process took the run over. Holds the run until the commit."""
    fence = session.scalar(select(RunRow.fence).where(RunRow.id == run.id).with_for_update())
    if fence != run.fence:
        raise FenceLostError(
            f"第 {run.id} 次采集已由另一个进程接管（序号 {fence}，本进程为 {run.fence}），"
            "本进程的结果没有写入。请查看正在运行的采集，不必重做。"
        )
