"""What a year left behind, for pictures: days with publications, and on which days looks were answered.

Light reads: nothing is judged, and of a reading only its dates are taken.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, literal, select
from sqlalchemy.orm import Session

from domain.clock import day_end, day_start, local_day
from domain.units import SubjectKind
from storage.looks import IS_304, REPEATED, SEEN
from storage.part import Part
from storage.tables import UNDATED, ListRowRow

ANSWERED = case((IS_304, func.coalesce(REPEATED.answered, literal(False))), else_=SEEN.answered)


class Traces(Part):
    def published(
        self, subject_ids: Collection[str], first: date, last: date
    ) -> Mapping[str, Collection[date]]:
        """Subject -> days from `first` to `last` on which it published: by the rows of lists, the documents
        of lists some of whose rows show no date, and the posts accounts ever showed."""
        found: dict[str, set[date]] = defaultdict(set)
        with self._db.read() as session:
            for subject_id, day in _days(session, subject_ids, first, last):
                if first <= day <= last:
                    found[subject_id].add(day)
        return found

    def answered_days(
        self, subject_ids: Collection[str], first: date, last: date
    ) -> Mapping[str, Mapping[date, bool]]:
        """Subject -> days from `first` to `last` with looks; False: none of that day's gave an answer."""
        query = (
            select(SEEN.subject_id, SEEN.fetched_at, ANSWERED)
            .outerjoin(REPEATED, REPEATED.id == SEEN.unmodified_of)
            .where(SEEN.subject_id.in_(subject_ids))
            .where(SEEN.fetched_at >= day_start(first), SEEN.fetched_at < day_end(last))
        )
        found: dict[str, dict[date, bool]] = defaultdict(dict)
        with self._db.read() as session:
            for subject_id, at, answered in session.execute(query):
                days, day = found[subject_id], local_day(at)
                days[day] = days.get(day, False) or bool(answered)
        return found


def _days(
    session: Session, subject_ids: Collection[str], first: date, last: date
) -> Iterator[tuple[str, date]]:
    mine = ListRowRow.subject_id.in_(subject_ids)
    rows = select(ListRowRow.subject_id, ListRowRow.published_on).distinct().where(mine)
    dated = session.execute(rows.where(ListRowRow.published_on.between(first, last)))
    yield from ((subject_id, day) for subject_id, day in dated)
    undated = select(ListRowRow.subject_id).where(mine, ListRowRow.published_on == UNDATED)
    documents = select(SEEN.parent_id, SEEN.reading).where(
        SEEN.parent_id.in_(undated), SEEN.kind == SubjectKind.DOCUMENT.value, SEEN.reading.is_not(None)
    )
    yield from _dated(session.execute(documents))
    accounts = select(SEEN.subject_id, SEEN.reading).where(
        SEEN.subject_id.in_(subject_ids), SEEN.kind == SubjectKind.ACCOUNT.value,
        SEEN.reading.is_not(None), SEEN.fetched_at >= day_start(first),
    )  # fmt: skip
    yield from _posted(session.execute(accounts))


def _posted(accounts: Iterable[Any]) -> Iterator[tuple[str, date]]:
    """The days of posts; each post is dated once, however many nights showed it."""
    known: set[tuple[str, str]] = set()
    for subject_id, reading in accounts:
        for post in reading["posts"]:
            key = subject_id, post["published_at"]
            if key not in known:
                known.add(key)
                yield subject_id, local_day(datetime.fromisoformat(post["published_at"]))


def _dated(documents: Iterable[Any]) -> Iterator[tuple[str, date]]:
    for column_id, reading in documents:
        if reading["published_on"]:
            yield column_id, date.fromisoformat(reading["published_on"])
