"""Writes the columns of the simulated portal: news, notices, directories, each with its fault."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from demo.documents import Writer, days_back, published
from demo.names import ENTRIES
from demo.nights import NIGHTS, before_night
from demo.world import ALWAYS, EVERY_NIGHT_OK, Answer, Fault, ListPage, Row, Shape

FIRST = NIGHTS[0].date()
LAST = NIGHTS[-1].date()
NEWEST: Mapping[Fault, date] = {
    Fault.NEWS_DAY_15: date(2026, 9, 14),
    Fault.NEWS_DAY_15_SECOND: date(2026, 9, 15),
    Fault.NEWS_DAY_15_LAST: date(2026, 9, 16),
    Fault.NEWS_DAY_14: date(2026, 9, 17),
    Fault.NEWS_GONE_LATER: date(2026, 9, 15),
    Fault.NEWS_BACKUP: date(2026, 9, 16),
    Fault.NEWS_FIXED: date(2026, 8, 20),
    Fault.NEWS_BACK_DATED: date(2026, 9, 5),
    Fault.NEWS_TWO_DATES: date(2026, 9, 8),
    Fault.NOTICES_SIX_MONTHS: date(2026, 4, 1),
    Fault.NOTICES_STALE: date(2026, 3, 28),
    Fault.POLICY_STALE: date(2026, 1, 20),
}
"""The day of the newest entry, where a fault is a matter of one day."""

STALE = frozenset({
    Fault.NEWS_MONTHS, Fault.NEWS_FUTURE, Fault.NEWS_BROKEN, Fault.NEWS_CHALLENGE, Fault.NEWS_CHALLENGE_521,
    Fault.NEWS_FORBIDDEN,
})  # fmt: skip
"""Months without an entry; where the page cannot be read nobody may say so."""

ANSWERS: Mapping[Fault, tuple[Answer, Answer, Answer]] = {
    Fault.NEWS_BLANK: (Answer.BLANK,) * 3,
    Fault.NEWS_BROKEN: (Answer.BROKEN,) * 3,
    Fault.NEWS_CHALLENGE: (Answer.CHALLENGE,) * 3,
    Fault.NEWS_CHALLENGE_521: (Answer.CHALLENGE_521,) * 3,
    Fault.NEWS_GONE_LATER: (Answer.OK, Answer.GONE, Answer.GONE),
    Fault.NEWS_BACKUP: (Answer.OK, Answer.OK, Answer.BACKUP),
    Fault.DIRECTORY_MISSING: (Answer.GONE,) * 3,
    Fault.DIRECTORY_BLANK: (Answer.BLANK,) * 3,
    Fault.DIRECTORY_BROKEN: (Answer.BROKEN,) * 3,
    Fault.DIRECTORY_GONE_LATER: (Answer.OK, Answer.GONE, Answer.GONE),
}
NEUTRAL = frozenset({Fault.NEWS_UNDATED, Fault.NEWS_DATED_BELOW, Fault.NEWS_TWO_DATES})
"""Addresses of these documents tell no date."""

PLAIN = (Shape.TRS_TABLE, Shape.UL_BRACKETS, Shape.GB18030)
"""Shapes for what must be told by the list itself: no rows, no dates, dates with their year."""
NEEDS_PLAIN = NEUTRAL | {Fault.NEWS_BLANK, Fault.NEWS_FUTURE}


@dataclass(frozen=True, slots=True)
class Columns:
    """Writes columns with `writer`."""

    writer: Writer

    def news(self, blank: ListPage, unit: str) -> ListPage:
        """A 动态 column: `blank` with its rows and its answers on the three nights."""
        fault = blank.fault
        hides_dates = fault in {Fault.NEWS_UNDATED, Fault.NEWS_DATED_BELOW}
        shape = self.writer.random.choice(PLAIN) if fault in NEEDS_PLAIN else blank.shape
        page = replace(
            blank, shape=shape, shows_dates=not hides_dates, answers=ANSWERS.get(fault, EVERY_NIGHT_OK)
        )
        days = self._days(fault)
        neutral = fault in NEUTRAL
        texts = [self.writer.news(page.path, unit, day, page.shape, neutral=neutral) for day in days]
        rows = [published(text) for text in texts]
        return replace(page, rows=tuple(SPECIAL[fault](self, page, rows) if fault in SPECIAL else rows))

    def _days(self, fault: Fault) -> list[date]:
        random = self.writer.random
        if fault in STALE:
            newest = FIRST - timedelta(days=random.randint(40, 200))
        else:
            newest = NEWEST.get(fault, LAST - timedelta(days=random.randrange(3)))
        return days_back(random, newest, random.randint(8, 14), step=4)

    def notices(self, blank: ListPage, unit: str, *, policy: bool) -> ListPage:
        """A 通知公告 or 政策文件 column of one unit, complete labels throughout."""
        random = self.writer.random
        newest = NEWEST.get(blank.fault, date(2026, 9, 29))
        days = days_back(random, newest, 12, step=9)
        texts = [self.writer.notice(blank.path, unit, day, blank.shape, policy=policy) for day in days]
        return replace(blank, rows=tuple(published(text) for text in texts))

    def directory(self, blank: ListPage, unit: str) -> ListPage:
        """A 信息公开目录: its entries, or what stands in their place."""
        day = date(2025, 11, 3)
        texts = [
            replace(self.writer.news(blank.path, unit, day, blank.shape), title=f"{unit}{entry}")
            for entry in ENTRIES
        ]
        rows = tuple(published(text) for text in texts)
        return replace(blank, rows=rows, answers=ANSWERS.get(blank.fault, EVERY_NIGHT_OK))

    def undated(self, page: ListPage, rows: list[Row]) -> list[Row]:
        return [replace(row, document=replace(row.document, shows_date=False)) for row in rows]

    def with_future(self, page: ListPage, rows: list[Row]) -> list[Row]:
        text = self.writer.news(page.path, rows[0].document.publisher, date(2026, 12, 31), page.shape)
        return [Row(document=text, appears=ALWAYS), *rows]

    def updated(self, page: ListPage, rows: list[Row]) -> list[Row]:
        text = self.writer.news(page.path, rows[0].document.publisher, date(2026, 9, 29), page.shape)
        return [Row(document=text, appears=before_night(1)), *rows]

    def back_dated(self, page: ListPage, rows: list[Row]) -> list[Row]:
        text = self.writer.news(page.path, rows[0].document.publisher, date(2026, 9, 22), page.shape)
        return [Row(document=text, appears=before_night(2)), *rows]

    def two_dates(self, page: ListPage, rows: list[Row]) -> list[Row]:
        newest = replace(rows[0].document, meta_day=date(2026, 9, 24))
        return [replace(rows[0], document=newest), *rows[1:]]

    def pinned(self, page: ListPage, rows: list[Row]) -> list[Row]:
        old = self.writer.news(page.path, rows[0].document.publisher, date(2024, 5, 6), page.shape)
        return [Row(document=old, pinned=True), *rows]

    def elsewhere(self, page: ListPage, rows: list[Row]) -> list[Row]:
        """All rows of the last three weeks lead to another host."""
        recent = FIRST - timedelta(days=21)
        names = [f"http://weixin.example.invalid/s/{number}" for number in range(len(rows))]
        return [
            replace(row, elsewhere=name) if row.document.day > recent else row
            for row, name in zip(rows, names, strict=True)
        ]


SPECIAL: Mapping[Fault, Callable[[Columns, ListPage, list[Row]], list[Row]]] = {
    Fault.NEWS_UNDATED: Columns.undated,
    Fault.NEWS_FUTURE: Columns.with_future,
    Fault.NEWS_FIXED: Columns.updated,
    Fault.NEWS_BACK_DATED: Columns.back_dated,
    Fault.NEWS_TWO_DATES: Columns.two_dates,
    Fault.NEWS_PINNED: Columns.pinned,
    Fault.NEWS_ELSEWHERE: Columns.elsewhere,
}
