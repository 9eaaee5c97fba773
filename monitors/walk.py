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

UNMODIFIED = 304
READ = frozenset({PageState.OK, PageState.UNDATED, PageState.EMPTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSeen:
    """A column as known at one look.

    `newest_on`: newest row date seen by then, not in the look's future, also of rows removed since.
    `other_on`: newest of the other candidates (page, meta, URL) of those rows. `undated_on`: the day on which
    the last row without any date was first seen; it was published on no later one. `missing_on`: newest date
    of rows that were dated ahead when first seen and were not shown since their day came.
    `backwards`: the page shows an older newest date than `shown_before` did, any unit's. `unresolved`: rows
    of a shared column that are in time and whose unit is not known. `good_before`: it showed rows earlier.
    """

    look: Look
    newest_on: date | None
    date_source: DateSource | None
    other_on: date | None
    undated_on: date | None
    missing_on: date | None
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
    """Running maxima over the rows seen so far; future rows wait for their day.

    `ahead`: rows dated after the day of their first sight, until a look on their day or later shows a date
    as new: one that was a slip and corrected in time must not make the page look older than it was.
    """

    test: Test
    newest_on: date | None = None
    date_source: DateSource | None = None
    other_on: date | None = None
    shown_on: date | None = None
    future: list[tuple[date, DateSource | None]] = field(default_factory=list)
    ahead: list[SeenRow] = field(default_factory=list)
    undated: dict[str, date] = field(default_factory=dict)
    dated: set[str] = field(default_factory=set)
    unresolved: list[SeenRow] = field(default_factory=list)

    def add(self, row: SeenRow, unit_id: str, history: History) -> None:
        if history.units_of is not None:
            if row.key not in history.units_of:
                self.unresolved.append(row)
                return
            if unit_id not in history.units_of[row.key]:
                return
        self._note(row, local_day(row.first_seen_at))
        self.future.extend((other.on, None) for other in row.others)

    def _note(self, row: SeenRow, seen_on: date) -> None:
        """A row that shows a date settles what the same row left open at earlier sights."""
        if row.published_on is None:
            if not row.others and row.key not in self.dated:
                self.undated[row.key] = seen_on
            return
        self.dated.add(row.key)
        self.undated.pop(row.key, None)
        self.ahead = [
            one for one in self.ahead if one.key != row.key or one.first_seen_at >= row.first_seen_at
        ]
        if row.published_on > seen_on:
            self.ahead.append(row)
        else:
            self.future.append((row.published_on, row.date_source))

    def at(self, look: Look, *, shared: bool, good_before: bool) -> ColumnSeen:
        today = local_day(look.at)
        self._take_shown(look)
        self._take_due(today)
        attested = look.look is LookKind.ATTESTED
        if attested and look.newest_on is not None:  # a person says what the newest is: earlier rows yield
            self.newest_on, self.date_source, self.other_on = look.newest_on, DateSource.PAGE, None
            self.undated, self.ahead = {}, [row for row in self.ahead if not _dated_by(row, today)]
        before = self.shown_on if shared else self.newest_on
        backwards = not attested and before is not None and (look.newest_on or date.min) < before
        if look.newest_on is not None:
            self.shown_on = max(look.newest_on, self.shown_on or look.newest_on)
        return ColumnSeen(
            look=look, newest_on=self.newest_on, date_source=self.date_source, other_on=self.other_on,
            undated_on=max(self.undated.values(), default=None), missing_on=self._missing(today),
            shown_before=before, backwards=backwards, good_before=good_before,
            unresolved=sum(self._may_count(row, today) for row in self.unresolved),
        )  # fmt: skip

    def _take_shown(self, look: Look) -> None:
        """Rows dated ahead count from the first good look that shows a date as new (a 304 shows nothing)."""
        if look.state is not PageState.OK or look.http_status == UNMODIFIED or look.newest_on is None:
            return
        shown_on = look.newest_on
        self.future += [
            (row.published_on, row.date_source)
            for row in self.ahead
            if row.published_on is not None and _dated_by(row, shown_on)
        ]
        self.ahead = [row for row in self.ahead if not _dated_by(row, shown_on)]

    def _missing(self, today: date) -> date | None:
        days = (row.published_on for row in self.ahead)
        return max((on for on in days if on is not None and on <= today), default=None)

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


def _dated_by(row: SeenRow, day: date) -> bool:
    return row.published_on is not None and row.published_on <= day
