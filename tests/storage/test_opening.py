"""A database that cannot be used: the message names the place, the trouble and the way out."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from domain.errors import RefusedError, StorageError
from storage.archive import Archive
from tests.storage.seen import NIGHT, record, row, seen


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def trouble(url: str) -> str:
    with pytest.raises(StorageError) as caught:
        Archive.open(url)
    return str(caught.value)


def run_sql(url: str, *statements: str) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    else:
        Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_data_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "数据" / "deep" / "zwgk.db"
    Archive.open(sqlite_url(file)).close()
    assert file.exists()


def test_a_foreign_database_is_left_alone(blank_url: str) -> None:
    run_sql(blank_url, "CREATE TABLE kunden (id INTEGER)")
    assert "这不是 zwgk 的数据库（里面有 kunden 等表）" in trouble(blank_url)


def test_a_newer_database_is_left_alone(blank_url: str) -> None:
    Archive.open(blank_url).close()
    run_sql(blank_url, "UPDATE zwgk_version SET version_num = '9999'")
    assert "版本 9999）比本程序" in trouble(blank_url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "zwgk.db"
    file.write_text("这是一个文本文件" * 100)
    said = trouble(sqlite_url(file))
    assert str(file) in said
    assert "不是数据库" in said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("zwgk.db", "看不懂"),
        ("mysql://u:geheim@h/x", "只支持 SQLite 文件和 PostgreSQL"),
        ("sqlite://", "只支持"),
        ("postgresql://zwgk:geheim@127.0.0.1:1/zwgk", "连不上 PostgreSQL"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, words: str) -> None:
    said = trouble(url)
    assert words in said
    assert "geheim" not in said


def test_the_folder_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in its place")
    assert "数据文件夹建不成" in trouble(sqlite_url(tmp_path / "data" / "zwgk.db"))


AS_SOMEBODY = """
import os, sys
from storage.archive import Archive
if os.geteuid() == 0:
    os.seteuid(65534)  # root may write everywhere
Archive.open(sys.argv[1]).mark_simulation()
"""


@pytest.mark.parametrize("existing", [False, True])
def test_a_folder_one_may_not_write_in(tmp_path: Path, existing: bool) -> None:
    folder = Path("/tmp") / f"zwgk-readonly-{os.getpid()}-{existing}"  # one that others may enter, too
    folder.mkdir()
    try:
        file = folder / "zwgk.db"
        if existing:
            Archive.open(sqlite_url(file)).close()
            file.chmod(0o444)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY, sqlite_url(file)], capture_output=True, text=True, check=False
        )
        assert "domain.errors.StorageError" in done.stderr
        assert "只读" in done.stderr or "打不开" in done.stderr
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(archive: Archive) -> None:
    for number in range(100):
        record(archive, seen(NIGHT, [], f"column:{number}", body=os.urandom(50_000)))


def test_a_full_disk_loses_only_what_did_not_fit(small_disk: Path) -> None:
    url = sqlite_url(small_disk / "zwgk.db")
    with Archive.open(url) as archive:
        record(archive, seen(NIGHT, [row("a", None)]))
        with pytest.raises(StorageError, match="磁盘") as caught:
            _fill(archive)
        assert "腾出空间" in str(caught.value) or "检查磁盘空间" in str(caught.value)
        assert archive.rows_of("column:dt")
    with Archive.open(url) as archive:
        assert len(archive.looks_of("column:dt")) == 1


def test_a_full_disk_at_the_start(small_disk: Path) -> None:
    (small_disk / "filler").write_bytes(bytes(1024 * 1024 - 4096))
    assert "磁盘" in trouble(sqlite_url(small_disk / "data" / "zwgk.db"))


def test_a_database_that_somebody_holds(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "zwgk.db")
    with Archive.open(url) as archive:
        run_sql(url, "PRAGMA journal_mode=WAL")
        holder = sqlite3.connect(tmp_path / "zwgk.db", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with (
            archive._db.engine.connect() as connection
        ):  # the wait is cut short; it is the subject of no rule
            connection.exec_driver_sql("PRAGMA busy_timeout=1")
        with pytest.raises(StorageError, match="被别的进程占用太久"):
            archive.append_log("note", "x", {}, actor="", at=NIGHT)
        assert archive.looks_of("column:dt") == []  # reading goes on
        holder.close()


def test_a_backup_is_a_whole_database(blank_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "backup" / "zwgk.db"
    with Archive.open(blank_url) as archive:
        record(archive, seen(NIGHT, [row("a", None)]))
        if blank_url.startswith("postgresql"):
            with pytest.raises(RefusedError, match="pg_dump"):
                archive.backup(copy)
            return
        archive.backup(copy)
        with pytest.raises(RefusedError, match="已经存在"):
            archive.backup(copy)
        (tmp_path / "file").touch()
        with pytest.raises(StorageError, match="备份到"):
            archive.backup(tmp_path / "file" / "zwgk.db")
    with Archive.open(sqlite_url(copy)) as restored:
        assert len(restored.looks_of("column:dt")) == 1
    assert list(copy.parent.glob("*.part")) == []
