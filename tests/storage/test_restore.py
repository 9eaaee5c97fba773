"""A backup comes back whole, or nothing changes."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import InputError, RefusedError, StorageError
from storage.archive import Archive
from storage.restore import restore

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "zwgk.db"


@pytest.fixture
def backup(tmp_path: Path, place: Path) -> Path:
    """Made before a task was opened that the database now has."""
    place.parent.mkdir()
    with Archive.open(f"sqlite:///{place}") as archive:
        archive.backup(tmp_path / "old.db")
        archive.open_task("registry", "column:x", "later", at=AT)
    return tmp_path / "old.db"


def tasks(file: Path) -> int:
    with Archive.open(f"sqlite:///{file}") as archive:
        return len(archive.tasks())


def test_the_backup_takes_the_place_and_the_old_one_is_kept(place: Path, backup: Path) -> None:
    found, kept = restore(f"sqlite:///{place}", backup, AT)
    assert found.ok
    assert kept == place.with_name("zwgk-20261126-090000.db")
    assert (tasks(place), tasks(kept), tasks(backup)) == (0, 1, 0)
    assert not list(place.parent.glob("*.restoring*"))


def test_where_nothing_stood_nothing_is_kept(tmp_path: Path, backup: Path) -> None:
    new = tmp_path / "new" / "zwgk.db"
    assert restore(f"sqlite:///{new}", backup, AT)[1] is None
    assert tasks(new) == 0


def test_a_database_in_use_is_left_alone(place: Path, backup: Path) -> None:
    with Archive.open(f"sqlite:///{place}") as archive:
        archive.tasks()
        with pytest.raises(RefusedError, match="正在使用"):
            restore(f"sqlite:///{place}", backup, AT)
    assert tasks(place) == 1


def test_a_damaged_database_can_be_replaced(place: Path, backup: Path) -> None:
    place.write_bytes(b"not a database at all" * 100)
    _, kept = restore(f"sqlite:///{place}", backup, AT)
    assert kept is not None
    assert kept.read_bytes().startswith(b"not a database")
    assert tasks(place) == 0


def test_what_is_no_sound_backup_is_refused(tmp_path: Path, place: Path, backup: Path) -> None:
    text, url = tmp_path / "list.xlsx", f"sqlite:///{place}"
    text.write_bytes(b"PK\x03\x04 a workbook" * 40)
    with pytest.raises(StorageError, match=r"list\.xlsx"):
        restore(url, text, AT)
    with pytest.raises(InputError, match="没有"):
        restore(url, tmp_path / "missing.db", AT)
    with pytest.raises(RefusedError, match="就是现用"):
        restore(url, place, AT)
    with pytest.raises(RefusedError, match="pg_restore"):
        restore("postgresql://x/y", backup, AT)
    assert tasks(place) == 1
    assert not list(place.parent.glob("*.restoring*"))


def test_a_backup_whose_log_was_changed_is_refused(place: Path, backup: Path) -> None:
    with Archive.open(f"sqlite:///{backup}") as archive:
        archive.append_log("office.noted", "office", {"text": "属实"}, actor="王五", at=AT)
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("UPDATE log SET payload = replace(payload, '属实', '不实')")
    with pytest.raises(RefusedError, match="断开"):
        restore(f"sqlite:///{place}", backup, AT)
    assert tasks(place) == 1
