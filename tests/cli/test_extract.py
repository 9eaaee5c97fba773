"""`zwgk extract`: one JSON line a file, in the order given, and a fast start."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.office import STALE, article, list_page

HEAVY = ("sqlalchemy", "scrapy", "pydantic", "twisted", "docx", "openpyxl", "apscheduler")


def test_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, rubbish = tmp_path / "list.html", tmp_path / "rubbish.html"
    page.write_bytes(list_page(STALE, "dt").data)
    rubbish.write_bytes(b"\x00\xff")
    words = [
        "extract",
        "list",
        str(page),
        str(rubbish),
        "--base-url",
        "http://a.example/",
        "--seen-at",
        "2026-10-08",
    ]
    assert main(words) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["file"], first["state"], first["newest"]) == (str(page), "ok", "2026-09-20")
    assert first["rows"][0]["url"] == "http://a.example/dt/2026-09-20.html"
    assert (second["state"], second["newest"], second["rows"]) == ("failed", None, [])


def test_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "article.html"
    page.write_bytes(article("2026-10-05").data)
    assert main(["extract", "article", str(page)]) == 0
    [read] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (read["published_on"], read["publisher"]) == ("2026-10-05", "财政局")
    assert read["labels"]["doc_number"] == "declared_none"


def test_it_starts_without_database_and_crawler() -> None:
    asked = f"import sys, cli.main, cli.extract; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
