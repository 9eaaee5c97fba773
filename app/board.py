"""Scores and warnings of all units, worked out once for everybody who looks: the console's pages rest on it.

Working them out takes seconds with a year of looks, so the last answer is given at once and a newer one is
made beside it; `fresh` says whether the archive has moved on since.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.office import Office
from app.scores import judged_all
from app.warnings import MOST_DAYS, Due, Unclear, Warnings, warned
from domain.clock import local_day
from domain.errors import ZwgkError
from domain.scores import ScoreSheet
from scoring.sheet import sheet

WAIT_S = 0.5
"""How long a page waits for the newer board before it shows the one at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """`sheets`: by unit, those assessed on the day. `ahead`: every warning of the coming months."""

    day: date
    made_at: datetime
    sheets: Mapping[str, ScoreSheet]
    ahead: Warnings
    fresh: bool = True

    def due(self, days: int, unit_id: str | None = None) -> list[Due]:
        """What lapses within so many days, the next first."""
        return [
            one for one in self.ahead.due
            if one.left <= days and (unit_id is None or one.unit.id == unit_id)
        ]  # fmt: skip

    def within(self, days: int) -> Warnings:
        """The warnings of so many days, as app.warnings gives them for all units."""
        due = tuple(self.due(days))
        return replace(
            self.ahead, days=days, due=due, later=self.ahead.later + len(self.ahead.due) - len(due)
        )

    def next_for(self, subject_id: str, unit_id: str) -> Due | None:
        """The subject's next lapse for the unit."""
        mine = (o for o in self.ahead.due if o.subject_id == subject_id and o.unit.id == unit_id)
        return next(mine, None)

    def unclear(self, unit_id: str) -> list[Unclear]:
        return [one for one in self.ahead.unclear if one.unit.id == unit_id]


def board_of(office: Office) -> Board:
    """Work it out now. Raises ZwgkError."""
    day = local_day(office.now())
    units = judged_all(office, day, None, day.year)
    sheets = {one.unit.id: sheet(office.rubric_for(one.unit), one.record, day, day.year) for one in units}
    ahead = warned(office, units, day, MOST_DAYS)
    return Board(day=day, made_at=office.clock(), sheets=sheets, ahead=ahead)


class Boards:
    """The newest board, shared by all threads; made by one of them at a time."""

    def __init__(self, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._lock = threading.Lock()
        self._made: Board | None = None
        self._key: object = None
        self._error: ZwgkError | None = None
        self._worker: threading.Thread | None = None

    def get(self, office: Office) -> Board:
        """The board as it is now, or the last one with `fresh` False. The first one is waited for.

        Raises ZwgkError where there is none at all.
        """
        key = _key(office)
        with self._lock:
            if self._made is not None and self._key == key:
                return self._made
            worker = self._started(office, key)
        worker.join(self._wait_s if self._made is not None else None)
        with self._lock:
            if self._made is not None:
                return self._made if self._key == key else replace(self._made, fresh=False)
            raise self._error or ZwgkError("统计没有算出来。请稍后再试。")

    def begin(self, office: Office) -> None:
        """Work the first one out beside whatever else goes on, so that the first page finds it."""
        with self._lock:
            self._started(office, _key(office))

    def close(self) -> None:
        """Wait for what is being worked out: it reads the archive."""
        if self._worker is not None:
            self._worker.join()

    def _started(self, office: Office, key: object) -> threading.Thread:
        if self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._make, args=(office, key), name="board", daemon=True)
            self._worker.start()
        return self._worker

    def _make(self, office: Office, key: object) -> None:
        try:
            made = board_of(office)
        except ZwgkError as error:
            with self._lock:
                self._error = error
            return
        with self._lock:
            self._made, self._key, self._error = made, key, None


def _key(office: Office) -> object:
    return id(office), local_day(office.now()), office.archive.state_stamp()
