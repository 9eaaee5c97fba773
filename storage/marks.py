"""Marks people give to clauses: only ever added to, the newest of a unit, clause and year counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from domain.records import Mark
from storage.files import keep, refs, refs_json
from storage.log import append, lock
from storage.part import Part
from storage.tables import MarkRow
from storage.types import canonical


class Marks(Part):
    def add_mark(self, mark: Mark, contents: Mapping[str, bytes]) -> Mark:
        """Record a mark and the contents of its attachments by sha256; logged."""
        with self._db.write() as session:
            lock(session)
            keep(session, contents)
            row = MarkRow(**_values(mark))
            session.add(row)
            session.flush()
            kind = "mark.entered" if mark.points is not None else "mark.cleared"
            payload = mark_values(row) | {"sha256": mark_digest(row)}
            append(session, kind, f"mark:{row.id}", payload, actor=mark.by, at=mark.at)
            return replace(mark, id=row.id)

    def marks(self, *, unit_id: str | None = None, year: int | None = None) -> list[Mark]:
        """Marks in the order they were entered, those taken back among them."""
        query = select(MarkRow).order_by(MarkRow.id)
        if unit_id is not None:
            query = query.where(MarkRow.unit_id == unit_id)
        if year is not None:
            query = query.where(MarkRow.year == year)
        with self._db.read() as session:
            return [_mark(row) for row in session.scalars(query)]


def mark_values(row: MarkRow) -> dict[str, Any]:
    """What of a mark is logged, and may not change afterwards."""
    return {
        "unit": row.unit_id,
        "clause": row.clause_id,
        "year": row.year,
        "points": row.points,
        "by": row.by,
        "reason": row.reason,
        "files": row.files,
        "at": row.at.astimezone(UTC).isoformat(),
    }


def mark_digest(row: MarkRow) -> str:
    return sha256(canonical(mark_values(row)).encode()).hexdigest()


def _values(mark: Mark) -> Mapping[str, Any]:
    return {
        "unit_id": mark.unit_id,
        "clause_id": mark.clause_id,
        "year": mark.year,
        "points": str(mark.points) if mark.points is not None else None,
        "by": mark.by,
        "reason": mark.reason,
        "files": refs_json(mark.files),
        "at": mark.at,
    }


def _mark(row: MarkRow) -> Mark:
    return Mark(
        unit_id=row.unit_id,
        clause_id=row.clause_id,
        year=row.year,
        points=Decimal(row.points) if row.points is not None else None,
        by=row.by,
        reason=row.reason,
        at=row.at,
        files=refs(row.files),
        id=row.id,
    )
