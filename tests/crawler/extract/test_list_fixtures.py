"""Saved list pages: add a folder with a page and expected.json, get a test."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extract.list_page import read_list
from domain.readings import ListReading

CASES = sorted((Path(__file__).parents[2] / "fixtures" / "lists").iterdir())
SEEN_AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def read(folder: Path) -> tuple[ListReading, dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    [page] = folder.glob("page.*")
    reading = read_list(page.read_bytes(), expected["base_url"], seen_at=SEEN_AT, status=expected["status"])
    return reading, expected


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_reads_saved_list(folder: Path) -> None:
    reading, expected = read(folder)
    rows = [
        ["".join(row.title.split()), row.published_on.isoformat() if row.published_on else None]
        for row in reading.rows
    ]
    assert (reading.state.value, rows) == (
        expected["state"],
        [["".join(title.split()), day] for title, day in expected["rows"]],
    ), reading.why
    if expected["next_url"]:
        assert reading.next_url == expected["next_url"]
    assert reading.why


def test_there_are_enough_saved_lists() -> None:
    assert len(CASES) >= 25
