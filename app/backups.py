"""A copy of the database for an administrator to take away; who took one is logged."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from app.office import Office
from domain.clock import BEIJING
from domain.errors import StorageError

PREFIX = ".zwgk-backup-"
STALE = timedelta(hours=6)
"""A copy left behind (the process was killed while it was sent) is cleared away after so long."""


def copy_for_download(office: Office, *, by: str) -> Path:
    """A consistent copy (SQLite) in a folder of its own; drop() it when it was sent.

    Raises RefusedError for PostgreSQL, StorageError.
    """
    home = office.settings.dir / "data"
    home = home if home.is_dir() else office.settings.dir
    _sweep(office, home)
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=home))
    except OSError as error:
        raise StorageError(f"{home}：写不进去（{error.strerror}）。请检查磁盘空间和写权限。") from error
    now = office.clock()
    copy = folder / f"zwgk-{now.astimezone(BEIJING):%Y%m%d-%H%M%S}.db"
    try:
        office.archive.backup(copy)
        office.archive.append_log("backup.taken", "database", {"file": copy.name}, actor=by, at=now)
    except BaseException:
        drop(copy)
        raise
    return copy


def drop(copy: Path) -> None:
    """Remove a copy with its folder."""
    shutil.rmtree(copy.parent, ignore_errors=True)


def _sweep(office: Office, home: Path) -> None:
    before = (office.clock() - STALE).timestamp()
    for left in home.glob(f"{PREFIX}*"):
        if left.stat().st_mtime < before:
            shutil.rmtree(left, ignore_errors=True)
