"""What counts in a window of a year, over all columns where a unit may publish, and since when."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.clock import day_end, day_start
from domain.looks import Look, LookKind, SeenRow
from domain.readings import PageState
from domain.rubric import Test
from monitors.case import Case, History, Sheaf, may_accuse
from monitors.walk import READ
from monitors.windows import GRACE, Window


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts at a look. `late`: dated in the window, but an earlier good look did not show it.

    `after`: items of the same year dated after the window. `unresolved`: rows that may be the unit's.
    """

    in_time: int
    late: int
    after: int
    unresolved: int
    newest_on: date | None
    groups: tuple[int, ...]  # in time, by kind of column


@dataclass(frozen=True, slots=True)
class ColumnRows:
    """A column's rows that may matter to the unit, its good looks and those that may accuse, filtered once.

    `ids`: of the good ones. `backwards`: those that show an older newest date than before: an old backup,
    or another list. `undated`: when a row was first seen without a date, by key.
    """

    sheaf: Sheaf
    mine: tuple[SeenRow, ...]
    unresolved: tuple[SeenRow, ...]
    good: tuple[Look, ...]
    accusing: tuple[Look, ...]
    ids: frozenset[int]
    backwards: frozenset[int]
    undated: Mapping[str, datetime]

    @classmethod
    def of(cls, case: Case, sheaf: Sheaf) -> "ColumnRows":
        words = case.test.titles
        good = sorted((look for look in sheaf.looks if look.state in READ), key=lambda one: (one.at, one.id))
        mine = tuple(row for row in sheaf.rows_of(case.unit_id) if titled(row.title, words))
        return cls(
            sheaf, mine, tuple(row for row in sheaf.unresolved if titled(row.title, words)), tuple(good),
            tuple(look for look in good if may_accuse(look)), frozenset(look.id for look in good),
            frozenset(_backwards(good)),
            {row.key: row.first_seen_at for row in mine if row.published_on is None},
        )  # fmt: skip

    def last_read(self, look: Look) -> Look | None:
        """The look itself where it is at this column, else the last one by then that may prove something."""
        if look.id in self.ids:
            return look
        number = bisect_right(self.accusing, look.at, key=lambda one: one.at)
        return self.accusing[number - 1] if number else None

    def missed(self, row: SeenRow, day: date, window: Window) -> bool:
        """First seen after the window and its grace, though a good look after the row's own day missed it."""
        seen_at = min(row.first_seen_at, self.undated.get(row.key, row.first_seen_at))
        if seen_at <= day_end(window.last) + GRACE:
            return False
        missed_from = day_end(day) + GRACE
        return any(missed_from <= look.at < seen_at and _reached(look, day) for look in self.good)


def _backwards(good: Iterable[Look]) -> Iterator[int]:
    shown = date.min
    for look in good:
        newest = look.newest_on or date.min
        if newest < shown and look.state is PageState.OK and look.look is not LookKind.ATTESTED:
            yield look.id
        shown = max(shown, newest)


def _reached(look: Look, day: date) -> bool:
    """Whether a look would have shown a row of the day: a later page may hold what a first page does not."""
    whole = look.window_covered or look.state is not PageState.OK
    return whole or (look.oldest_on is not None and look.oldest_on <= day)


@dataclass(slots=True)
class Ledger:
    """When what came to count in a window: moments in order, so that a look only asks how many by then."""

    in_time: dict[str, datetime] = field(default_factory=dict)  # row key -> since when it counts
    kinds: dict[str, dict[str, datetime]] = field(default_factory=dict)
    late: dict[str, datetime] = field(default_factory=dict)
    after: dict[str, datetime] = field(default_factory=dict)
    unresolved: list[datetime] = field(default_factory=list)
    days: list[tuple[datetime, date]] = field(default_factory=list)

    def enter(self, book: dict[str, datetime], row: SeenRow, day: date) -> None:
        """A row counts from its first sight, but not before its own day."""
        since = max(row.first_seen_at, day_start(day))
        book[row.key] = min(since, book.get(row.key, since))
        self.days.append((since, day))

    def seen(self, at: datetime, kinds: Sequence[str]) -> Seen:
        in_time, late = _by(self.in_time, at), _by(self.late, at) - self.in_time.keys()
        after = _by(self.after, at) - self.in_time.keys() - self.late.keys()
        return Seen(
            in_time=len(in_time), late=len(late), after=len(after),
            unresolved=sum(moment <= at for moment in self.unresolved),
            newest_on=max((day for since, day in self.days if since <= at), default=None),
            groups=tuple(len(_by(self.kinds.get(kind, {}), at)) for kind in kinds),
        )  # fmt: skip


def _by(book: dict[str, datetime], at: datetime) -> set[str]:
    return {key for key, since in book.items() if since <= at}


@dataclass(slots=True)
class Books:
    """The columns of a case, and for each window its ledger, made once."""

    test: Test
    columns: tuple[ColumnRows, ...]
    ledgers: dict[Window, Ledger] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, history: History) -> "Books":
        return cls(case.test, tuple(ColumnRows.of(case, sheaf) for sheaf in history.columns))

    def seen(self, window: Window, at: datetime) -> Seen:
        ledger = self.ledgers.get(window)
        if ledger is None:
            ledger = self.ledgers[window] = self._ledger(window)
        return ledger.seen(at, self.test.kinds)

    def _ledger(self, window: Window) -> Ledger:
        ledger = Ledger()
        for column in self.columns:
            for row in column.mine:
                self._book(ledger, column, row, window)
            rows = (row for row in column.unresolved if _may_be_in(row, window))
            ledger.unresolved += [row.first_seen_at for row in rows]
        return ledger

    def _book(self, ledger: Ledger, column: ColumnRows, row: SeenRow, window: Window) -> None:
        inside = [day for day in dates_of(row) if window.holds(day)]
        if not inside:
            later = [day for day in dates_of(row) if window.last < day and day.year == window.year]
            if later:
                ledger.enter(ledger.after, row, min(later))
        elif column.missed(row, max(inside), window):
            ledger.enter(ledger.late, row, max(inside))
        else:
            ledger.enter(ledger.in_time, row, min(inside))
            ledger.enter(ledger.kinds.setdefault(column.sheaf.kind, {}), row, min(inside))


def titled(title: str, words: Sequence[str]) -> bool:
    """Whether a title holds one of the words; no words: every title."""
    return not words or any(word in title for word in words)


def dates_of(row: SeenRow) -> tuple[date, ...]:
    """Every day a row may have been published on, by its own date and the other trusted candidates."""
    own = (row.published_on,) if row.published_on is not None else ()
    return (*own, *(other.on for other in row.others))


def _may_be_in(row: SeenRow, window: Window) -> bool:
    days = dates_of(row)
    return not days or any(window.holds(day) for day in days)
