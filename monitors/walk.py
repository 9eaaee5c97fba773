"""What was known of a column at each of its looks, in one pass over looks and rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from domain.clock import local_day
from domain.looks import Look, LookKind, SeenRow
from domain.readings import DateSource, PageState
from domain.rubric import Test
from monitors.case import Case, History
from monitors.limits import in_time

READ = frozenset({PageState.OK, PageState.UNDATED, PageState.EMPTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column as known at one look.

    `newest_on`: newest row date seen by then, not in the look's future, also of rows removed since.
    `other_on`: newest of the other candidates (page, meta, URL) of those rows.
    `backwards`: the page shows an older newest date than `shown_before` did, any unit's. `unresolved`: rows
    of a shared column that are in time and whose unit is not known. `good_before`: it showed rows earlier.
    """

    look: Look
    newest_on: date | None
    date_source: DateSource | None
    other_on: date | None
    shown_before: date | None
    backwards: bool
    unresolved: int
    good_before: bool

    @property
    def day(self) -> date:
        return local_day(self.look.at)


def walk(case: Case, history: History) -> Iterator[ColumnSeen]:
    """Each look with what was known by then; looks and rows may come in any order."""
    known = _Known(case.test)
    waiting = sorted(history.rows, key=lambda row: row.first_seen_at, reverse=True)
    good_before = False
    for look in sorted(history.looks, key=lambda one: (one.at, one.id)):
        while waiting and waiting[-1].first_seen_at <= look.at:
            known.add(waiting.pop(), case.unit_id, history)
        yield known.at(look, shared=history.units_of is not None, good_before=good_before)
        good_before = good_before or (look.state in READ and look.row_count > 0)


@dataclass(slots=True)
class _Known:
    """Running maxima over the rows seen so far; future rows wait for their day."""

    test: Test
    newest_on: date | None = None
    date_source: DateSource | None = None
    other_on: date | None = None
    shown_on: date | None = None
    future: list[tuple[date, DateSource | None]] = field(default_factory=list)
    unresolved: list[SeenRow] = field(default_factory=list)

    def add(self, row: SeenRow, unit_id: str, history: History) -> None:
        if history.units_of is not None:
            if row.key not in history.units_of:
                self.unresolved.append(row)
                return
            if unit_id not in history.units_of[row.key]:
                return
        if row.published_on is not None:
            self.future.append((row.published_on, row.date_source))
        self.future.extend((other.on, None) for other in row.others)

    def at(self, look: Look, *, shared: bool, good_before: bool) -> ColumnSeen:
        today = local_day(look.at)
        self._take_due(today)
        attested = look.look is LookKind.ATTESTED
        if attested and look.newest_on is not None:  # a person says what the newest is: earlier rows yield
            self.newest_on, self.date_source, self.other_on = look.newest_on, DateSource.PAGE, None
        before = self.shown_on if shared else self.newest_on
        backwards = not attested and before is not None and (look.newest_on or date.min) < before
        if look.newest_on is not None:
            self.shown_on = max(look.newest_on, self.shown_on or look.newest_on)
        return ColumnSeen(
            look=look, newest_on=self.newest_on, date_source=self.date_source, other_on=self.other_on,
            shown_before=before, backwards=backwards, good_before=good_before,
            unresolved=sum(self._may_count(row, today) for row in self.unresolved),
        )  # fmt: skip

    def _take_due(self, today: date) -> None:
        for on, source in [one for one in self.future if one[0] <= today]:
            if source is None:
                self.other_on = max(on, self.other_on or on)
            elif self.newest_on is None or on > self.newest_on:
                self.newest_on, self.date_source = on, source
        self.future = [one for one in self.future if one[0] > today]

    def _may_count(self, row: SeenRow, today: date) -> bool:
        on = row.published_on
        return on is None or (on <= today and in_time(on, today, self.test))
