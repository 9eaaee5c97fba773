"""A backup put in place of the database. What stood there before is kept beside it, never overwritten."""

import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from domain.errors import InputError, RefusedError, StorageError
from domain.records import VerifyResult
from storage.archive import Archive


def restore(url: str, backup: Path, at: datetime) -> tuple[VerifyResult, Path | None]:
    """Put the backup in the database's place, once its log has been walked. Also where the old one is now.

    `at`: names the old one. Raises InputError (no such file), RefusedError (PostgreSQL, a log that does not
    hold, a database in use), StorageError (no database of ours, made by a newer version, disk full).
    """
    if not url.startswith("sqlite:///"):
        raise RefusedError("PostgreSQL 数据库请用 pg_restore 恢复。")
    if not backup.is_file():
        raise InputError(f"没有 {backup} 这个文件。请写 zwgk backup 做的备份文件。")
    place = Path(url.removeprefix("sqlite:///"))
    if place.exists() and place.samefile(backup):
        raise RefusedError(f"{backup} 就是现用的数据库，不必恢复。")
    part = place.with_name(place.name + ".restoring")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, part)
        found = _walked(part, backup)
        kept = _set_aside(place, at)
        part.rename(place)
    except OSError as error:
        raise StorageError(f"恢复到 {place} 没有成功：{error.strerror}。现用的数据库没有动。") from error
    finally:
        _remove(part)
    return found, kept


def _walked(part: Path, backup: Path) -> VerifyResult:
    """The copy, brought to this version's tables and verified."""
    try:
        with Archive.open(f"sqlite:///{part}") as archive:
            found = archive.verify()
    except StorageError as error:
        told = str(error).replace(str(part), str(backup))
        raise StorageError(f"不能用来恢复，现用的数据库没有动。{told}") from error
    if not found.ok:
        raise RefusedError(f"{backup} 的日志在第 {found.broken_at} 条处断开：{found.why}。请换一个备份文件。")
    _alone(part)
    return found


def _set_aside(place: Path, at: datetime) -> Path | None:
    if not place.exists():
        return None
    kept = place.with_name(f"{place.stem}-{at:%Y%m%d-%H%M%S}{place.suffix}")
    if kept.exists():
        raise RefusedError(f"{kept} 已经存在，不会覆盖。请把它移走后再恢复。")
    _alone(place)
    place.rename(kept)
    return kept


def _alone(place: Path) -> None:
    """Fold the write-ahead log into the file, which only its last user can do. Damaged files stay."""
    try:
        with closing(sqlite3.connect(place, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise RefusedError(f"{place} 正在使用。请先停下 zwgk serve 和其他 zwgk 命令。") from error
        raise StorageError(f"{place} 打不开：{error}。请检查文件的读写权限。") from error
    except sqlite3.DatabaseError:
        for name in ("-wal", "-shm"):
            beside = place.with_name(place.name + name)
            if beside.exists():
                beside.rename(place.with_name(f"{place.name}{name}-damaged"))


def _remove(part: Path) -> None:
    for name in ("", "-wal", "-shm"):
        with suppress(OSError):
            part.with_name(part.name + name).unlink(missing_ok=True)
