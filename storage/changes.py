"""What changed since somebody last looked: so that only that is worked out anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from storage.part import Part
from storage.tables import CheckTable, EventRow, HoldRow, LogHeadRow, LogRow, MarkRow, ObservationRow

Stamp: TypeAlias = tuple[int, int, int]
"""Last log entry, last observation, number of looks held for a person."""

MOST = 3000
"""Log entries looked through; beyond that everything counts as changed."""

QUIET = frozenset({"user", "token", "backup", "service", "feedback", "look"})
"""Entries ("user.added") no score and no warning rests on; an attested look is seen among the looks."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`units`: ids. `subjects`: looked at, of no unit of their own. `everything`: it cannot be told apart."""

    units: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    everything: bool = False


class ChangesSince(Part):
    def state_stamp(self) -> Stamp:
        """Grows when something was logged, seen, or held for a person."""
        with self._db.read() as session:
            return _stamp(session)

    def changes(self, since: Stamp) -> Changes:
        """Whom what was logged or seen after the stamp is about."""
        with self._db.read() as session:
            logged = select(LogRow.type, LogRow.subject).where(LogRow.seq > since[0]).distinct()
            entries = session.execute(logged.limit(MOST + 1)).all()
            if len(entries) > MOST or _stamp(session)[2] != since[2]:
                return Changes(everything=True)
            found = _of_log(
                session, [subject for kind, subject in entries if kind.split(".")[0] not in QUIET]
            )
            seen = select(ObservationRow.unit_id, ObservationRow.parent_id, ObservationRow.subject_id)
            for unit_id, parent_id, subject_id in session.execute(
                seen.where(ObservationRow.id > since[1]).distinct()
            ):
                if unit_id:
                    found.units.add(unit_id)
                else:
                    found.subjects.add(parent_id or subject_id)
            return found


def _stamp(session: Session) -> Stamp:
    return (
        session.scalar(select(LogHeadRow.seq)) or 0,
        session.scalar(select(func.max(ObservationRow.id))) or 0,
        session.scalar(select(func.count()).select_from(HoldRow)) or 0,
    )


def _of_log(session: Session, named: Iterable[str]) -> Changes:
    """Events, marks and checks stand for their units; what is not known here for everything."""
    ids: dict[str, list[int]] = {"event": [], "mark": [], "check": []}
    units: set[str] = set()
    for kind, _, rest in (one.partition(":") for one in named):
        if kind == "unit":
            units.add(rest)
        elif kind in ids and rest.isdigit():
            ids[kind].append(int(rest))
        else:
            return Changes(everything=True)
    for wanted, (key, unit) in zip(ids.values(), _OWNERS, strict=True):
        units.update(session.scalars(select(unit).where(key.in_(wanted)).distinct()) if wanted else ())
    return Changes(units=units)


_OWNERS: tuple[tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]], ...] = (
    (EventRow.id, EventRow.unit_id),
    (MarkRow.id, MarkRow.unit_id),
    (CheckTable.id, CheckTable.unit_id),
)
