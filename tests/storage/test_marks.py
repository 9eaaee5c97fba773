"""Marks: added only, the newest counts, attachments kept, and any later change noticed."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlalchemy import text

from domain.clock import BEIJING
from domain.records import FileRef, Mark
from storage.archive import Archive

AT = datetime(2026, 12, 1, 2, tzinfo=UTC)
DATA = "会议纪要".encode()
PROOF = FileRef(name="纪要.docx", sha256=sha256(DATA).hexdigest(), size_bytes=len(DATA))


def mark(points: str | None = "2.5", year: int = 2026, clause: str = "A1-01") -> Mark:
    return Mark(
        unit_id="czj", clause_id=clause, year=year, points=Decimal(points) if points else None, by="张三",
        reason="查看资料", at=AT, files=(PROOF,),
    )  # fmt: skip


def test_a_mark_comes_back_as_it_was_entered_with_its_attachment(archive: Archive) -> None:
    made = archive.add_mark(mark(), {PROOF.sha256: DATA})
    assert archive.marks() == [made]
    assert made.points == Decimal("2.5")
    assert archive.body(PROOF.sha256) == DATA
    [entry] = archive.history(f"mark:{made.id}")
    assert (entry.actor, entry.type, entry.payload["reason"]) == ("张三", "mark.entered", "查看资料")


def test_marks_are_told_apart_by_unit_and_year_in_the_order_entered(archive: Archive) -> None:
    for one in (mark("1"), mark("2"), mark(None), mark("3", year=2025)):
        archive.add_mark(one, {PROOF.sha256: DATA})
    assert [one.points for one in archive.marks(unit_id="czj", year=2026)] == [Decimal(1), Decimal(2), None]
    assert archive.marks(unit_id="jyj") == []
    assert archive.verify().ok


def test_the_moment_may_come_in_any_zone(archive: Archive) -> None:
    made = archive.add_mark(replace(mark(), at=AT.astimezone(BEIJING)), {PROOF.sha256: DATA})
    assert archive.marks()[0].at == made.at
    assert archive.verify().ok


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE mark SET points = '3'",
        "UPDATE mark SET reason = 'x'",
        "UPDATE mark SET year = 2025",
        "DELETE FROM mark",
    ],
)
def test_a_mark_changed_in_place_is_noticed(archive: Archive, change: str) -> None:
    archive.add_mark(mark(), {PROOF.sha256: DATA})
    assert archive.verify().ok
    with archive._db.write() as session:
        session.execute(text(change))
    said = archive.verify()
    assert not said.ok
    assert "mark:1" in said.why
