"""Counts a unit's items of a year, by month and kind of column: 信息报送 statistics (A1-07, A2-05)."""

from collections import Counter
from collections.abc import Iterable

from domain.scores import Volume
from domain.units import ColumnKind
from monitors.case import Sheaf
from monitors.windows import Window

LEFT_OUT = frozenset({ColumnKind.CRITICISM.value, ColumnKind.LEADERS.value, ColumnKind.DIRECTORY.value})
"""Lists that hold no items a unit reports."""


def volume(unit_id: str, window: Window, sheaves: Iterable[Sheaf]) -> Volume:
    """The unit's items dated in the window, each address once, by month and kind of the first column.

    Own columns' rows are the unit's; rows of shared ones as attributed. `unresolved`: rows in the window
    whose publisher is not known; they count for nobody.
    """
    counts: Counter[tuple[int, str]] = Counter()
    taken: set[str] = set()
    unresolved = 0
    for sheaf in sheaves:
        if sheaf.kind in LEFT_OUT:
            continue
        unresolved += sum(window.holds(row.published_on) for row in sheaf.unresolved)
        for row in sheaf.rows_of(unit_id):
            day = row.published_on
            if day is not None and window.holds(day) and row.key not in taken:
                taken.add(row.key)
                counts[day.month, sheaf.kind] += 1
    return Volume(counts=dict(counts), unresolved=unresolved)
