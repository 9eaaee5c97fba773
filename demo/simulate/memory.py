"""An archive that remembers the looks it gave: a stored look never changes, and a year reads each hundreds
of times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text

from domain.looks import Look, LookKind
from storage.archive import Archive
from storage.database import Database
from storage.looks import SEEN

NEWEST = text("SELECT max(id) FROM observation")


class RememberingArchive(Archive):
    """For a simulation, in which looks come in time order and no check is adopted afterwards."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._read_to = 0
        self._of: dict[str, list[Look]] = defaultdict(list)
        self._under: dict[str, dict[str, None]] = defaultdict(dict)

    def looks_of(self, subject_id: str, until: datetime | None = None) -> list[Look]:
        self._catch_up()
        return _before(self._of.get(subject_id, ()), until)

    def looks_under(self, parent_id: str, until: datetime | None = None) -> list[Look]:
        self._catch_up()
        documents = self._under.get(parent_id, ())
        every = (look for document in documents for look in self._of[document])
        return sorted(_before(every, until), key=lambda look: (look.at, look.id))

    def last_look(self, subject_id: str, kind: LookKind | None = None) -> Look | None:
        looks = reversed(self.looks_of(subject_id))
        return next((one for one in looks if kind is None or one.look is kind), None)

    def newest_looks_under(self, parent_id: str) -> dict[str, Look]:
        self._catch_up()
        return {document: self._of[document][-1] for document in self._under.get(parent_id, ())}

    def _catch_up(self) -> None:
        with self._db.read() as session:
            newest = session.scalar(NEWEST) or 0
        if newest == self._read_to:
            return
        for look in self._looks(SEEN.id > self._read_to, None):
            self._of[look.subject_id].append(look)
            if look.parent_id:
                self._under[look.parent_id][look.subject_id] = None
        self._read_to = newest


def _before(looks: Iterable[Look], until: datetime | None) -> list[Look]:
    return [look for look in looks if until is None or look.at < until]
