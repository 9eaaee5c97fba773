"""A crawl's child and a `zwgk check` write to one database at the same time, and one may be killed."""

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from storage.archive import Archive
from tests.storage.seen import night, row, seen
from tests.storage.writer import BATCHES


def write(url: str, name: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.storage.writer", url, name, *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_two_processes_write_at_once_and_nothing_is_lost_or_doubled(
    archive: Archive, database_url: str
) -> None:
    checks = {archive.ask_check(f"unit-{number}", night(0)) for number in range(20)}
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda name: write(database_url, name), "ab"))
    assert [one.stderr for one in done] == ["", ""]
    claimed = [check for one in done for check in json.loads(one.stdout)]
    assert sorted(claimed) == sorted(checks)
    for number in range(BATCHES):
        assert len(archive.looks_of(f"column:{number}")) == 2
        assert {kept.key for kept in archive.rows_of(f"column:{number}")} == {
            "shared", f"a-{number}", f"b-{number}"
        }  # fmt: skip
    assert len(archive.events()) == BATCHES
    assert len(archive.history("a")) == len(archive.history("b")) == BATCHES
    result = archive.verify()
    assert (result.ok, result.why) == (True, "")


def test_a_process_killed_in_mid_write_leaves_what_was_committed(archive: Archive, database_url: str) -> None:
    killed = write(database_url, "a", "kill")
    assert killed.returncode == -signal.SIGKILL
    run = archive.unfinished_run()
    assert run
    assert archive.rows_of("column:half") == []
    assert len(archive.observed(run.id)) == 5
    assert archive.verify().ok
    again = archive.take_over(run.id, pid=2, at=night(1))
    archive.record(again, [seen(night(0), [row("x", None)], "column:0"), seen(night(1), [], "column:9")])
    assert len(archive.observed(run.id)) == 6
    assert [kept.key for kept in archive.rows_of("column:0")] == ["a-0", "shared"]
