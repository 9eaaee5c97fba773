"""Work in other processes: the same answers, errors told, nobody left behind."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.board import parts_of
from app.office import Office, open_office
from app.workshop import Beside, Here
from config.init import init_folder
from domain.errors import InputError, ZwgkError

PROGRAM = """
import os, sys
from pathlib import Path
from app.office import open_office
from app.workshop import Beside
from tests.app.test_workshop import number

if __name__ == "__main__":
    office = open_office(Path(sys.argv[1]))
    print(Beside(1).do(number, office), flush=True)
    os._exit(9)
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    init_folder(tmp_path / "office", simulation=False)
    found = open_office(tmp_path / "office")
    with found.archive:
        yield found


def number(office: Office) -> int:
    return os.getpid()


def refuse(office: Office) -> None:
    raise InputError("没有这个单位。")


def die(office: Office) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def never_done(office: Office) -> None:
    (office.settings.dir / "begun").write_text("", encoding="utf-8")  # a pipe: the test waits for it
    threading.Event().wait()


def test_closing_gives_up_what_is_being_worked_on(office: Office) -> None:
    os.mkfifo(office.settings.dir / "begun")
    beside = Beside(1)
    with ThreadPoolExecutor(2) as people:
        asked = [people.submit(beside.do, never_done, office) for _ in range(2)]
        (office.settings.dir / "begun").read_text(encoding="utf-8")
        beside.close()
        for one in asked:
            with pytest.raises(ZwgkError, match="中断"):
                one.result()


def test_the_answers_and_errors_are_those_of_work_done_here(office: Office) -> None:
    beside, ids = Beside(1), [unit.id for unit in office.registry.units]
    try:
        assert beside.do(number, office) not in {os.getpid(), None}
        assert beside.do(parts_of, office, ids, 2026) == Here().do(parts_of, office, ids, 2026)
        with pytest.raises(InputError, match="没有这个单位"):
            beside.do(refuse, office)
    finally:
        beside.close()


def test_a_process_that_was_ended_is_told_and_replaced(office: Office) -> None:
    beside = Beside(1)
    try:
        with pytest.raises(ZwgkError, match="再试一次"):
            beside.do(die, office)
        assert beside.do(number, office) != os.getpid()
    finally:
        beside.close()


def test_no_process_outlives_the_console(office: Office, tmp_path: Path) -> None:
    """The pipe ends when the last process that holds it has ended."""
    program = tmp_path / "console.py"
    program.write_text(PROGRAM)
    ended = subprocess.run(
        [sys.executable, str(program), str(office.settings.dir)], capture_output=True, text=True, timeout=90,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())}, check=False,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout.strip().isdigit()) == (9, True), ended.stderr
