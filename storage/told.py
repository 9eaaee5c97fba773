"""What units were told before any notice, once a topic."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from domain.records import Told, ToldKind
from storage.log import append, lock
from storage.part import Part
from storage.tables import ToldRow


class Tellings(Part):
    def record_told(self, told: Iterable[Told]) -> list[Told]:
        """Record and log what is told for the first time; gives back just that."""
        asked, fresh = list(told), []
        query = select(ToldRow).where(ToldRow.unit_id.in_({one.unit_id for one in asked}))
        with self._db.write() as session:
            lock(session)
            known = {(row.unit_id, row.kind, row.topic) for row in session.scalars(query)}
            for one in asked:
                key = (one.unit_id, one.kind.value, one.topic)
                if key in known:
                    continue
                known.add(key)
                fresh.append(one)
                session.add(ToldRow(**told_values(one)))
                append(session, "unit.told", f"unit:{one.unit_id}", told_values(one), actor=one.by, at=one.at)
        return fresh

    def told(self, unit_id: str | None = None) -> list[Told]:
        """What was told, in order."""
        query = select(ToldRow).order_by(ToldRow.id)
        if unit_id is not None:
            query = query.where(ToldRow.unit_id == unit_id)
        with self._db.read() as session:
            return [told_of(row) for row in session.scalars(query)]


def told_values(one: Told) -> dict[str, Any]:
    return {
        "unit_id": one.unit_id, "kind": one.kind.value, "topic": one.topic, "sentence": one.sentence,
        "by": one.by, "at": one.at,
    }  # fmt: skip


def told_of(row: ToldRow) -> Told:
    return Told(
        unit_id=row.unit_id, kind=ToldKind(row.kind), topic=row.topic, sentence=row.sentence, by=row.by,
        at=row.at,
    )  # fmt: skip
