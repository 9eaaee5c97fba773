"""An archive that remembers the looks it gave: a stored look never changes, and a year reads each hundreds
of times."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from domain.looks import Look
from storage.archive import Archive
from storage.looks import SEEN

AT_ONCE = 900
"""So many numbers stand in one query: SQLite takes 999 parameters at least."""


class RememberingArchive(Archive):
    """For a simulation, in which no check is adopted: whether a look is official never changes either."""

    def _looks(self, condition: Any, until: datetime | None) -> list[Look]:
        known: dict[int, Look] = self.__dict__.setdefault("_known_looks", {})
        query = select(SEEN.id).where(condition).order_by(SEEN.fetched_at, SEEN.id)
        if until is not None:
            query = query.where(SEEN.fetched_at < until)
        with self._db.read() as session:
            numbers = list(session.scalars(query))
        new = [number for number in numbers if number not in known]
        for first in range(0, len(new), AT_ONCE):
            fresh = super()._looks(SEEN.id.in_(new[first : first + AT_ONCE]), None)
            known.update((look.id, look) for look in fresh)
        return [known[number] for number in numbers]
