"""Reading observations back as they are judged."""

import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, case, func, literal, not_, or_, select
from sqlalchemy.orm import Session, aliased

from domain.errors import InputError
from domain.looks import Look, LookKind, Observation, SeenRow, Validators, Visit
from domain.readings import DateSource, PageState
from domain.scores import Tally
from domain.units import SubjectKind
from storage.codec import dated, decode
from storage.files import refs
from storage.part import Part
from storage.record import GOOD_STATES, UNMODIFIED
from storage.tables import UNDATED, BodyRow, CheckTable, ListRowRow, ObservationRow

SEEN = ObservationRow
REPEATED = aliased(ObservationRow)  # what a 304 says is unchanged
CHILD = aliased(ObservationRow)
IS_304 = SEEN.http_status == UNMODIFIED
BY_ITSELF = SEEN.look.in_([LookKind.OFFICIAL.value, LookKind.ATTESTED.value])
NOTHING_REPEATED = "服务器答复“未改动”（304），但没有更早的有效监测可以沿用"

OWN = (
    *("id", "subject_id", "kind", "look", "fetched_at", "wall_at", "url", "why", "unit_id", "parent_id"),
    *("http_status", "conditional", "run_id", "check_id", "attested_by", "unmodified_of", "files"),
)
TAKEN = ("newest_on", "oldest_on", "row_count", "window_covered", "reading", "body_sha256")
"""What a 304 takes from the look it repeats."""


def official(until: datetime | None) -> ColumnElement[bool]:
    """Nightly, attested, or of a check adopted by then: a later adoption leaves earlier days as they were."""
    adopted = CheckTable.adopted_at
    return or_(BY_ITSELF, adopted.is_not(None) if until is None else adopted < until)


ANSWERED = case((IS_304, func.coalesce(REPEATED.answered, literal(False))), else_=SEEN.answered)
EFFECTIVE_STATE = case(
    (and_(IS_304, REPEATED.id.is_(None)), literal(PageState.FAILED.value)),
    (IS_304, REPEATED.state),
    else_=SEEN.state,
)
LOOKS: Select[Any] = (
    select(
        *(getattr(SEEN, name) for name in OWN),
        *(case((IS_304, getattr(REPEATED, n)), else_=getattr(SEEN, n)).label(n) for n in TAKEN),
        EFFECTIVE_STATE.label("state"),
    )
    .outerjoin(REPEATED, REPEATED.id == SEEN.unmodified_of)
    .outerjoin(CheckTable, CheckTable.id == SEEN.check_id)
)
COVERING = (
    select(func.max(SEEN.fetched_at))
    .outerjoin(REPEATED, REPEATED.id == SEEN.unmodified_of)
    .where(
        EFFECTIVE_STATE.in_([PageState.OK.value]),
        case((IS_304, REPEATED.window_covered), else_=SEEN.window_covered),
        SEEN.subject_id == bindparam("subject"),
        SEEN.url == bindparam("url"),
    )
)
GOOD_LOOKS = (
    LOOKS.add_columns(official(None).label("official"), SEEN.headers.label("headers"))
    .where(SEEN.subject_id == bindparam("subject"), SEEN.http_status == 200, SEEN.state.in_(GOOD_STATES))
    .order_by(SEEN.fetched_at.desc(), SEEN.wall_at.desc(), SEEN.id.desc())
    .limit(1)
)


def under(parent_id: str) -> ColumnElement[bool]:
    """Looks at the documents of a column, whichever column led to them."""
    return SEEN.subject_id.in_(select(CHILD.subject_id).where(CHILD.parent_id == parent_id))


class Looks(Part):
    def looks_of(self, subject_id: str, until: datetime | None = None) -> list[Look]:
        """All looks at a subject by (at, id). `until`: the first moment left out (domain.clock.day_end).

        What was adopted at `until` or later is not yet official.
        """
        return self._looks(SEEN.subject_id == subject_id, until)

    def last_look(self, subject_id: str, kind: LookKind | None = None) -> Look | None:
        """The last of looks_of; `kind`: of that kind."""
        query = LOOKS.add_columns(official(None).label("official")).where(SEEN.subject_id == subject_id)
        if kind is not None:
            query = query.where(SEEN.look == kind.value)
        query = query.order_by(SEEN.fetched_at.desc(), SEEN.id.desc()).limit(1)
        with self._db.read() as session:
            row = session.execute(query).first()
            return look_of(row) if row is not None else None

    def looks_under(self, parent_id: str, until: datetime | None = None) -> list[Look]:
        """Looks at the documents of a column by (at, id), whichever column led to them; `until` as above."""
        return self._looks(under(parent_id), until)

    def looks_in_run(self, run_id: int) -> list[Look]:
        return self._looks(SEEN.run_id == run_id, None)

    def unanswered_in_run(self, run_id: int, most: int) -> tuple[list[Look], int]:
        """Its first looks without an answer, and how many there are."""
        without = and_(SEEN.run_id == run_id, not_(ANSWERED))
        query = LOOKS.add_columns(official(None).label("official")).where(without)
        query = query.order_by(SEEN.fetched_at, SEEN.id).limit(most)
        count = select(func.count()).select_from(SEEN)
        count = count.outerjoin(REPEATED, REPEATED.id == SEEN.unmodified_of).where(without)
        with self._db.read() as session:
            return [look_of(row) for row in session.execute(query)], session.scalar(count) or 0

    def documents_and_accounts_since(self, at: datetime) -> list[Look]:
        """Looks of whatever run behind that moment, by (at, id)."""
        kinds = [SubjectKind.DOCUMENT.value, SubjectKind.ACCOUNT.value]
        return self._looks(and_(SEEN.fetched_at > at, SEEN.kind.in_(kinds)), None)

    def looks_by_id(self, numbers: Collection[int]) -> dict[int, Look]:
        """Those of the numbers that are there."""
        return {look.id: look for look in self._looks(SEEN.id.in_(numbers), None)}

    def look(self, observation_id: int) -> Look:
        """One look. Raises InputError for an unknown number."""
        found = self._looks(SEEN.id == observation_id, None)
        if not found:
            raise _no_look(observation_id)
        return found[0]

    def _looks(self, condition: Any, until: datetime | None) -> list[Look]:
        query = LOOKS.add_columns(official(until).label("official")).where(condition)
        query = query.order_by(SEEN.fetched_at, SEEN.id)
        if until is not None:
            query = query.where(SEEN.fetched_at < until)
        with self._db.read() as session:
            return [look_of(row) for row in session.execute(query)]

    def rows_of(self, subject_id: str, until: datetime | None = None) -> list[SeenRow]:
        """The rows a list ever showed, by first sight; `until`: the first moment left out."""
        query = select(ListRowRow).where(ListRowRow.subject_id == subject_id)
        if until is not None:
            query = query.where(ListRowRow.first_seen_at < until)
        query = query.order_by(ListRowRow.first_seen_at, ListRowRow.key, ListRowRow.published_on)
        with self._db.read() as session:
            return [_seen_row(row) for row in session.scalars(query)]

    def rows_since(self, at: datetime) -> list[SeenRow]:
        """The rows of all lists first seen behind that moment, by first sight."""
        query = select(ListRowRow).where(ListRowRow.first_seen_at > at)
        query = query.order_by(ListRowRow.first_seen_at, ListRowRow.key, ListRowRow.published_on)
        with self._db.read() as session:
            return [_seen_row(row) for row in session.scalars(query)]

    def observation(self, observation_id: int) -> Observation:
        """What was stored of one look, with headers, without body; a list's reading is None (see rows_of).

        Raises InputError for an unknown number.
        """
        with self._db.read() as session:
            row = session.get(SEEN, observation_id)
            if row is None:
                raise _no_look(observation_id)
            return _observation(row)

    def body(self, sha256: str) -> bytes | None:
        """The saved answer of that hash, None if it is not (or no longer) kept."""
        with self._db.read() as session:
            data = session.scalar(select(BodyRow.data).where(BodyRow.sha256 == sha256))
        return zlib.decompress(data) if data is not None else None

    def last_good(self, subject_id: str) -> tuple[Look, Validators] | None:
        """The newest look with status 200 that was read, and what its answer gave for a conditional one."""
        return self.last_goods([subject_id]).get(subject_id)

    def last_goods(self, subject_ids: Iterable[str]) -> dict[str, tuple[Look, Validators]]:
        """last_good of many subjects; those never read well are left out."""
        with self._db.read() as session:
            found = ((subject, _last_good(session, subject)) for subject in subject_ids)
            return {subject: good for subject, good in found if good is not None}

    def covered_at(self, subject_id: str, url: str) -> datetime | None:
        """When the list at this address was last paged back over its whole window, None: never yet."""
        with self._db.read() as session:
            found: datetime | None = session.scalar(COVERING, {"subject": subject_id, "url": url})
            return found

    def tally(
        self, unit_id: str, first: datetime, until: datetime, *, known: datetime | None = None
    ) -> Tally:
        """Official looks at the unit's own subjects in [first, until), and how many gave an answer.

        `known`: what was adopted at that moment or later is not yet official.
        """
        query = (
            select(func.count(), func.sum(case((ANSWERED, 1), else_=0)))
            .select_from(SEEN)
            .outerjoin(REPEATED, REPEATED.id == SEEN.unmodified_of)
            .outerjoin(CheckTable, CheckTable.id == SEEN.check_id)
            .where(SEEN.unit_id == unit_id, SEEN.fetched_at >= first, SEEN.fetched_at < until)
            .where(official(known))
        )
        with self._db.read() as session:
            due, good = session.execute(query).one()
            return Tally(due=due, answered=good or 0)

    def visits(self, first: datetime, until: datetime) -> list[Visit]:
        """Official looks at pages in [first, until), blocked ones left out: they say nothing of visitors."""
        query = select(SEEN.url, SEEN.fetched_at, SEEN.http_status, SEEN.elapsed_s).where(
            SEEN.look == LookKind.OFFICIAL.value,
            SEEN.kind.in_([SubjectKind.COLUMN.value, SubjectKind.DOCUMENT.value]),
            SEEN.state != PageState.BLOCKED.value,
            SEEN.fetched_at >= first,
            SEEN.fetched_at < until,
        )
        with self._db.read() as session:
            return [
                Visit(url=row.url, at=row.fetched_at, status=row.http_status, seconds=row.elapsed_s)
                for row in session.execute(query)
            ]


def look_of(row: Row[Any]) -> Look:
    kind = SubjectKind(row.kind)
    orphan = row.http_status == UNMODIFIED and row.unmodified_of is None
    return Look(
        id=row.id,
        subject_id=row.subject_id,
        kind=kind,
        look=LookKind(row.look),
        official=bool(row.official),
        at=row.fetched_at,
        wall_at=row.wall_at,
        url=row.url,
        state=PageState(row.state),
        why=NOTHING_REPEATED if orphan else row.why,
        unit_id=row.unit_id,
        parent_id=row.parent_id,
        http_status=row.http_status,
        conditional=row.conditional,
        newest_on=row.newest_on,
        oldest_on=row.oldest_on,
        row_count=row.row_count or 0,
        window_covered=bool(row.window_covered),
        reading=decode(kind, row.reading),
        run_id=row.run_id,
        check_id=row.check_id,
        body_sha256=row.body_sha256,
        attested_by=row.attested_by,
        files=refs(row.files or ()),
    )


def _last_good(session: Session, subject_id: str) -> tuple[Look, Validators] | None:
    row = session.execute(GOOD_LOOKS, {"subject": subject_id}).first()
    return (look_of(row), _validators(row.headers)) if row is not None else None


def _validators(headers: Mapping[str, str]) -> Validators:
    lower = {name.lower(): value for name, value in headers.items()}
    return Validators(etag=lower.get("etag"), last_modified=lower.get("last-modified"))


def _seen_row(row: ListRowRow) -> SeenRow:
    return SeenRow(
        subject_id=row.subject_id,
        key=row.key,
        title=row.title,
        url=row.url,
        published_on=None if row.published_on == UNDATED else row.published_on,
        date_source=DateSource(row.date_source) if row.date_source else None,
        others=dated(row.others),
        first_seen_at=row.first_seen_at,
    )


def _observation(row: ObservationRow) -> Observation:
    kind = SubjectKind(row.kind)
    return Observation(
        subject_id=row.subject_id,
        kind=kind,
        look=LookKind(row.look),
        url=row.url,
        fetched_at=row.fetched_at,
        wall_at=row.wall_at,
        state=PageState(row.state),
        why=row.why,
        unit_id=row.unit_id,
        parent_id=row.parent_id,
        reading=decode(kind, row.reading),
        http_status=row.http_status,
        final_url=row.final_url,
        conditional=row.conditional,
        elapsed_s=row.elapsed_s,
        headers=row.headers,
        body_sha256=row.body_sha256,
        window_covered=row.window_covered,
        check_id=row.check_id,
        run_id=row.run_id,
        files=refs(row.files or ()),
        id=row.id,
    )


def _no_look(observation_id: int) -> InputError:
    return InputError(f"没有编号为 {observation_id} 的监测记录。请核对编号。")
