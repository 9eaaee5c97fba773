"""The boards kept up to date: who has to be worked out anew, a few units at a time, beside the pages."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from app.board import Board, Part, parts_of
from app.office import Office
from app.workshop import Here, Workshop
from domain.clock import local_day
from domain.errors import ZwgkError
from storage.changes import Stamp

WAIT_S = 0.15
"""How long a page waits for a newer board before it shows the one at hand."""
BATCH = 10
"""Units worked out at once; a page that needs one waits for no more than so many."""
WHOLE_S = 60.0
FEW = 3
"""So many units to do anew are worth that wait: a decision is seen at once. A night's looks are not."""
WRONG = "统计时程序出了差错，没有算完。请再试一次；如果总是这样，请告诉管理员。"
YEARS = 3
"""Score years kept, those asked for last."""


@dataclass(kw_only=True)
class _Year:
    """What is known of a score year. `waiting`: units to work out, in this order; `busy`: at work on."""

    year: int
    office: Office
    day: date
    stamp: Stamp
    made_at: datetime
    total: int = 0
    parts: dict[str, Part] = field(default_factory=dict)
    waiting: dict[str, None] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()
    board: Board | None = None
    error: ZwgkError | None = None

    def begin(self, office: Office, day: date) -> None:
        """Another day, or another registry: nothing can be kept but as a last answer."""
        self.office, self.day = office, day
        ids = dict.fromkeys(unit.id for unit in office.registry.units)
        self.parts = {one: part for one, part in self.parts.items() if one in ids}
        self.waiting, self.total, self.board = ids, len(ids), None

    def hurry(self, first: Collection[str]) -> None:
        """Put the units that are looked at before the others."""
        wanted = dict.fromkeys(one for one in first if one in self.waiting)
        self.waiting = {**wanted, **self.waiting}

    def lacks(self, first: Collection[str]) -> bool:
        """Whether one of these (any, where none is named) is still to be worked out."""
        return any(one in self.waiting or one in self.busy for one in first or (*self.waiting, *self.busy))


class Boards:
    """The newest board of every score year asked for, shared by all threads."""

    def __init__(self, workshop: Workshop | None = None, wait_s: float | None = None) -> None:
        """`wait_s` None: every board is waited for until it is whole and fresh."""
        self._workshop, self._wait_s = workshop or Here(), wait_s
        self._changed = threading.Condition()
        self._years: dict[int, _Year] = {}
        self._worker: threading.Thread | None = None
        self._closing = False

    def get(
        self, office: Office, year: int | None = None, *, first: Collection[str] = (), whole: bool = False
    ) -> Board:
        """The board of a score year (today's) as it is now, or what there is of it (`missing`, `fresh`).

        `first`: units that the page shows, done before others; `whole`: wait long, for them or for all.
        Raises ZwgkError where it cannot be worked out.
        """
        with self._changed:
            found = self._noticed(office, year)
            found.hurry(first)
            self._start()
            patient = whole or self._wait_s is None
            needed = first if whole or not patient else ()
            if patient or needed or len(found.waiting) <= FEW or not found.parts:
                self._changed.wait_for(
                    lambda: self._closing or found.error is not None or not found.lacks(needed),
                    WHOLE_S if whole else self._wait_s,
                )
            error, found.error = found.error, None
            if error is not None and (patient or not found.parts):
                raise error
            return _shown(found)

    def begin(self, office: Office) -> None:
        """Work today's year out beside whatever else goes on, so that the first page finds it."""
        with self._changed:
            self._noticed(office, None)
            self._start()

    def close(self) -> None:
        """Stop, and wait for what is being worked out: it reads the archive."""
        with self._changed:
            self._closing, worker = True, self._worker
            self._changed.notify_all()
        if worker is not None:
            worker.join()

    def _noticed(self, office: Office, asked: int | None) -> _Year:
        """The year, with every unit waiting of which something was logged or seen since."""
        day, stamp = local_day(office.now()), office.archive.state_stamp()
        year = asked if asked is not None else day.year
        found = self._years.pop(year, None)
        if found is None:
            found = _Year(year=year, office=office, day=day, stamp=stamp, made_at=office.clock())
            found.begin(office, day)
        elif found.office is not office or found.day != day:
            found.begin(office, day)
        elif found.stamp != stamp:
            found.waiting.update(dict.fromkeys(_touched(office, found.stamp)))
        found.stamp = stamp
        self._years[year] = found
        while len(self._years) > YEARS:
            del self._years[next(iter(self._years))]
        return found

    def _start(self) -> None:
        if self._worker is None and not self._closing and any(o.waiting for o in self._years.values()):
            self._worker = threading.Thread(target=self._work, name="board", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        """Work out what waits, the year asked for last before the others; an error ends it."""
        while (job := self._next()) is not None:
            found, batch = job
            error: ZwgkError | None = ZwgkError(WRONG)
            try:
                parts = self._workshop.do(parts_of, found.office, batch, found.year)
                error = None
            except ZwgkError as told:
                error = told
            finally:  # also where the program is at fault: nobody waits for ever
                if error is not None:
                    self._failed(found, batch, error)
            if error is not None:
                return
            with self._changed:
                known = {unit.id for unit in found.office.registry.units}  # another registry, perhaps, by now
                found.parts |= {one: part for one, part in parts.items() if one in known}
                found.busy, found.board, found.made_at = frozenset(), None, found.office.clock()
                self._changed.notify_all()

    def _next(self) -> tuple[_Year, list[str]] | None:
        with self._changed:
            found = next((one for one in reversed(self._years.values()) if one.waiting), None)
            if found is None or self._closing:
                self._worker = None
                return None
            batch = list(found.waiting)[:BATCH]
            found.busy = frozenset(batch)
            for one in batch:
                del found.waiting[one]
            return found, batch

    def _failed(self, found: _Year, batch: Iterable[str], error: ZwgkError) -> None:
        """What was tried waits again, for the next page that asks."""
        with self._changed:
            found.waiting.update(dict.fromkeys(batch))
            found.busy, found.error, self._worker = frozenset(), error, None
            self._changed.notify_all()


def _shown(found: _Year) -> Board:
    """The same object while nothing moved: what it has added up stays added up."""
    fresh = not found.lacks(())
    if found.board is None or found.board.fresh is not fresh:
        found.board = Board(
            day=found.day, year=found.year, made_at=found.made_at, parts=dict(found.parts),
            total=found.total, fresh=fresh,
        )  # fmt: skip
    return found.board


def _touched(office: Office, since: Stamp) -> Iterable[str]:
    """Units of which something was logged or seen since; all of them for a shared column."""
    changes, registry = office.archive.changes(since), office.registry
    units = {unit.id for unit in registry.units}
    shared = any(
        not registry.watches(one) or registry.subject(one).unit_id is None for one in changes.subjects
    )
    return units if changes.everything or shared else units & changes.units
