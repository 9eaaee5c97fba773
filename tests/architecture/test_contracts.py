"""The import contracts exist and hold, every room is under them, and a planted violation breaks them."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINT = Path(sys.executable).with_name("lint-imports")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS = PYPROJECT["tool"]["importlinter"]["root_packages"]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def test_the_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


def test_every_room_is_under_the_contracts() -> None:
    outside = {"tests", "benchmarks"}
    rooms = {file.parent.name for file in ROOT.glob("*/__init__.py")} - outside
    assert rooms == set(ROOMS)


@pytest.mark.parametrize(
    ("file", "line", "broken"),
    [
        ("domain/events.py", "import config.load", "one way down"),
        ("monitors/columns.py", "import storage.archive", "one way down"),
        ("scoring/sheet.py", "import time", "pure core"),
        ("crawler/plan.py", "import monitors.columns", "the crawler neither judges nor scores"),
        ("demo/truth.py", "import monitors.catalog", "planted truth is not judged by the judge"),
        ("app/scores.py", "import sqlalchemy", "SQL: only in storage"),
        ("app/judge.py", "import rich", "the terminal: only in cli"),
        ("cli/events.py", "import pydantic", "schemas and YAML: only in config"),
        ("storage/looks.py", "import apscheduler", "the timer: only in app"),
        ("app/months.py", "import docx", "documents: only in notices"),
        ("crawler/browser.py", "import playwright", "the browser: only in crawler.chromium"),
        ("app/today.py", "import fastapi", "the console's server: only in web"),
        ("web/deps.py", "import storage.archive", "the console asks app: it neither crawls nor stores"),
        ("web/deps.py", "import argon2", "passwords: only in app"),
        ("app/board.py", "import web.main", "one way down"),
        ("config/load.py", "import bs4", "crawling and reading pages: only in crawler"),
        ("app/painting.py", "import pictures.draw", "drawing pictures: only in pictures"),
    ],
)
def test_a_planted_violation_breaks_its_contract(tmp_path: Path, file: str, line: str, broken: str) -> None:
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / file
    planted.write_text(f"{planted.read_text('utf-8')}\n{line}\n", "utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert f"{broken} BROKEN" in done.stdout
