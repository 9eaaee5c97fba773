"""Saved pages, written for these tests: add a folder with page.html and expected.json, get a test."""

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.extract.document import read_document
from domain.readings import DocumentReading

PAGES = Path(__file__).parents[2] / "fixtures" / "documents"
FOLDERS = sorted(folder for folder in PAGES.iterdir() if folder.is_dir())


def plain(reading: DocumentReading) -> dict[str, Any]:
    """The reading as JSON would show it."""
    return {
        "state": reading.state.value,
        "title": reading.title,
        "published_on": reading.published_on and reading.published_on.isoformat(),
        "published_time": reading.published_time,
        "date_source": reading.date_source and reading.date_source.value,
        "publisher": reading.publisher,
        "source": reading.source,
        "doc_number": reading.doc_number,
        "category": reading.category,
        "keywords": reading.keywords,
        "issued_on": reading.issued_on and reading.issued_on.isoformat(),
        "index_number": reading.index_number,
        "others": [[one.on.isoformat(), one.source.value] for one in reading.others],
        "conflicts": list(reading.conflicts),
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_reads_saved_page(folder: Path) -> None:
    case = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    expected = {"state": "ok", **case["expected"]}
    reading = read_document((folder / "page.html").read_bytes(), case.get("base_url", ""))
    labels, conflict = expected.pop("labels", {}), expected.pop("conflict_with", None)
    seen = plain(reading)
    assert {name: seen[name] for name in expected} == expected
    assert {name: reading.labels.get(name) for name in labels} == labels
    assert reading.why
    if conflict:
        assert any(conflict in one for one in reading.conflicts), reading.conflicts


def test_there_are_enough_pages() -> None:
    assert len(FOLDERS) >= 25
