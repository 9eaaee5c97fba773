"""What first-seen times make doubtful: dates filled in later (倒填日期), many rows at once (突击更新).

Information for named people, never a finding and never scored (design.md §4.7, domain.md §8.3.5).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.clock import local_day
from domain.looks import Look, SeenRow
from domain.readings import PageState

AT_ONCE = 10
"""So many rows of one list, first seen on one day, are worth a remark after a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackDated:
    """A row newer than everything an earlier good look showed, dated before that look's day.

    `missed_by`: that look; `days`: from the row's date to it.
    """

    row: SeenRow
    missed_by: Look
    days: int


def back_dated(looks: Iterable[Look], rows: Iterable[SeenRow]) -> list[BackDated]:
    """Rows that an earlier good look should have shown, by first sight. The order of both does not matter.

    Older rows than a look showed may have stood on a later page, or filled a gap: they are no suspicion.
    """
    good = sorted(
        (look for look in looks if look.state is PageState.OK and look.newest_on is not None),
        key=lambda look: (look.at, look.id),
    )
    moments = [look.at for look in good]
    found = []
    for row in sorted(rows, key=lambda row: (row.first_seen_at, row.key)):
        before = bisect_left(moments, row.first_seen_at)
        missed = good[before - 1] if before else None
        if missed is None or missed.newest_on is None or row.published_on is None:
            continue
        days = (local_day(missed.at) - row.published_on).days
        if days > 0 and row.published_on > missed.newest_on:
            found.append(BackDated(row=row, missed_by=missed, days=days))
    return found


def sudden(
    looks: Iterable[Look], rows: Iterable[SeenRow], first: date, last: date, *, at_once: int = AT_ONCE
) -> dict[date, int]:
    """Days in [first, last] on which at least `at_once` rows of a list were first seen, and how many.

    The list's own first look does not count: everything is seen for the first time then.
    """
    began = min((look.at for look in looks if look.state is PageState.OK), default=None)
    counts: dict[date, int] = defaultdict(int)
    for row in rows:
        if began is not None and row.first_seen_at > began:
            counts[local_day(row.first_seen_at)] += 1
    return {day: n for day, n in sorted(counts.items()) if n >= at_once and first <= day <= last}
