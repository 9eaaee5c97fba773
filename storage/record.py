"""Writing observations: one transaction, under the run's fence, idempotent, whatever order they come in."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b, sha256
from typing import Any

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from domain.looks import LookKind, Observation, Run
from domain.readings import AccountReading, ListReading, ListRow, PackageReading, PageState
from storage.codec import dated_json, encode
from storage.files import keep, refs_json
from storage.log import append, lock
from storage.part import Part, check_fence, insert_for, insert_into
from storage.tables import UNDATED, BodyRow, ListRowRow, ObservationRow
from storage.types import canonical, clean

GOOD_STATES = (PageState.OK.value, PageState.UNDATED.value, PageState.EMPTY.value)
UNMODIFIED = 304


class Recorder(Part):
    def record(
        self, run: Run | None, batch: Sequence[Observation], *, actor: str = "",
        contents: Mapping[str, bytes] | None = None,
    ) -> list[int]:  # fmt: skip
        """Store what was seen, in one transaction; the ids in the batch's order.

        An observation the run already has (same subject and check) is not stored again: its first id is
        given back. `run` None: attested looks, logged under `actor`, the person, with the `contents` of
        their files by sha256. Raises FenceLostError when the run was taken over; nothing is then kept.
        """
        if run is None and any(seen.look is not LookKind.ATTESTED for seen in batch):
            raise ValueError("only attested looks are recorded outside a run")
        bodies = {sha256(seen.body).hexdigest(): seen.body for seen in batch if seen.body is not None}
        packed = self._packed(bodies)
        with self._db.write() as session:
            if run is not None:
                check_fence(session, run)
            else:
                lock(session)
            known = _known(session, run, batch)
            fresh = _fresh(batch, known) if run is not None else list(batch)
            ids = _insert(session, run, fresh, actor)
            _insert_bodies(session, packed)
            keep(session, contents or {})
            _see_rows(session, fresh)
            _settle_unmodified(session, fresh)
            if run is None:
                _log_attested(session, fresh, ids, actor)
                return ids
            known.update({_key(seen): id_ for seen, id_ in zip(fresh, ids, strict=True)})
            return [known[_key(seen)] for seen in batch]

    def _packed(self, bodies: Mapping[str, bytes]) -> dict[str, bytes]:
        """The bodies not stored yet, compressed before the write lock is taken."""
        with self._db.read() as session:
            stored = set(session.scalars(select(BodyRow.sha256).where(BodyRow.sha256.in_(bodies))))
        return {digest: zlib.compress(body) for digest, body in bodies.items() if digest not in stored}


def _key(seen: Observation) -> tuple[str, int | None]:
    return clean(seen.subject_id), seen.check_id


def _known(
    session: Session, run: Run | None, batch: Sequence[Observation]
) -> dict[tuple[str, int | None], int]:
    if run is None:
        return {}
    query = select(ObservationRow.subject_id, ObservationRow.check_id, ObservationRow.id).where(
        ObservationRow.run_id == run.id,
        ObservationRow.subject_id.in_({seen.subject_id for seen in batch}),
    )
    return {(subject, check): id_ for subject, check, id_ in session.execute(query)}


def _fresh(batch: Sequence[Observation], known: Iterable[tuple[str, int | None]]) -> list[Observation]:
    first: dict[tuple[str, int | None], Observation] = {}
    for seen in batch:
        first.setdefault(_key(seen), seen)
    return [seen for key, seen in first.items() if key not in set(known)]


def _insert(session: Session, run: Run | None, fresh: Sequence[Observation], actor: str) -> list[int]:
    if not fresh:
        return []
    statement = insert(ObservationRow).returning(ObservationRow.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, [_values(seen, run, actor) for seen in fresh]))


def _values(seen: Observation, run: Run | None, actor: str) -> dict[str, Any]:
    digest = sha256(seen.body).hexdigest() if seen.body is not None else seen.body_sha256
    return {
        "run_id": run.id if run else None,
        "check_id": seen.check_id,
        "subject_id": seen.subject_id,
        "kind": seen.kind.value,
        "look": seen.look.value,
        "unit_id": seen.unit_id,
        "parent_id": seen.parent_id,
        "url": seen.url,
        "final_url": seen.final_url,
        "fetched_at": seen.fetched_at,
        "wall_at": seen.wall_at,
        "elapsed_s": seen.elapsed_s,
        "http_status": seen.http_status,
        "conditional": seen.conditional,
        "state": seen.state.value,
        "why": seen.why,
        "headers": dict(seen.headers),
        "body_sha256": digest,
        "answered": _answered(seen),
        "attested_by": actor if run is None else None,
        "files": refs_json(seen.files) or None,
        "window_covered": seen.window_covered,
        "reading": encode(seen.kind, seen.reading),
        **_list_facts(seen),
    }


def _list_facts(seen: Observation) -> dict[str, Any]:
    reading = seen.reading if isinstance(seen.reading, ListReading) else None
    rows = reading.rows if reading else ()
    return {
        "newest_on": reading.newest_on(seen.fetched_at) if reading else None,
        "oldest_on": reading.oldest_on() if reading else None,
        "row_count": len(rows),
        "undated_count": sum(row.published_on is None for row in rows),
        "next_url": reading.next_url if reading else None,
    }


def _answered(seen: Observation) -> bool:
    """Whether the look counts as answered in the coverage; a 304 counts as what it repeats."""
    match seen.reading:
        case AccountReading(reason=reason):
            return reason in {"ok", "empty"}
        case PackageReading(verdict=verdict):
            return verdict in {"ok", "broken"}
        case _:
            return seen.http_status != UNMODIFIED and seen.state.value in GOOD_STATES


def _insert_bodies(session: Session, packed: Mapping[str, bytes]) -> None:
    if packed:
        values = [{"sha256": digest, "data": data} for digest, data in sorted(packed.items())]
        session.execute(insert_for(session, BodyRow).on_conflict_do_nothing(), values)


def _see_rows(session: Session, fresh: Sequence[Observation]) -> None:
    """Keep each row as it was first seen; of two first sights at one moment, the smaller text.

    Written in the order of their keys, so that two processes never wait for each other's rows.
    """
    first: dict[tuple[str, str, date], dict[str, Any]] = {}
    for seen in fresh:
        if not isinstance(seen.reading, ListReading):
            continue
        for row in seen.reading.rows:
            values = _row_values(seen, row)
            key = (values["subject_id"], values["digest"], values["published_on"])
            if key not in first or _rank(values) < _rank(first[key]):
                first[key] = values
    if first:
        session.execute(_upsert_row(session.get_bind().dialect.name), [first[key] for key in sorted(first)])


def _row_values(seen: Observation, row: ListRow) -> dict[str, Any]:
    return {
        "subject_id": clean(seen.subject_id),
        "digest": blake2b(clean(row.key).encode(), digest_size=16).hexdigest(),
        "published_on": row.published_on or UNDATED,
        "key": clean(row.key),
        "title": clean(row.title),
        "url": clean(row.url) if row.url is not None else None,
        "date_source": row.date_source.value if row.date_source else None,
        "others": dated_json(row.others),
        "first_seen_at": seen.fetched_at,
    }


def _rank(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        values["first_seen_at"],
        values["title"],
        values["url"] or "",
        values["date_source"] or "",
        canonical(values["others"]),
    )


@cache
def _upsert_row(dialect: str) -> sqlite.Insert | postgresql.Insert:
    statement = insert_into(dialect, ListRowRow)
    texts = ("title", "url", "date_source", "others")
    new, now = statement.excluded, ListRowRow
    return statement.on_conflict_do_update(
        index_elements=[now.subject_id, now.digest, now.published_on],
        set_={name: getattr(new, name) for name in ("first_seen_at", *texts)},
        where=_ranked(new) < _ranked(now),
    )


def _ranked(row: Any) -> Any:
    """_rank in SQL."""
    return tuple_(
        row.first_seen_at,
        row.title,
        func.coalesce(row.url, ""),
        func.coalesce(row.date_source, ""),
        row.others,
    )


NOW, BEFORE = ObservationRow, aliased(ObservationRow)
NEWEST_GOOD_BEFORE = (
    select(BEFORE.id)
    .where(
        BEFORE.subject_id == NOW.subject_id,
        BEFORE.http_status == 200,
        BEFORE.state.in_(GOOD_STATES),
        tuple_(BEFORE.fetched_at, BEFORE.wall_at, BEFORE.id) < tuple_(NOW.fetched_at, NOW.wall_at, NOW.id),
    )
    .order_by(BEFORE.fetched_at.desc(), BEFORE.wall_at.desc(), BEFORE.id.desc())
    .limit(1)
    .scalar_subquery()
)
POINT_AT_IT = (
    update(NOW)
    .where(NOW.http_status == UNMODIFIED)
    .values(unmodified_of=NEWEST_GOOD_BEFORE)
    .execution_options(synchronize_session=False)
)


def _settle_unmodified(session: Session, fresh: Sequence[Observation]) -> None:
    """Point each 304 from the first fresh moment on at the newest good look before it.

    A good look that arrives late may stand between a 304 and what it pointed at so far.
    """
    if fresh:
        subjects = {seen.subject_id for seen in fresh}
        first = min(seen.fetched_at for seen in fresh)
        session.execute(POINT_AT_IT.where(NOW.subject_id.in_(subjects), NOW.fetched_at >= first))


def _log_attested(session: Session, fresh: Sequence[Observation], ids: Sequence[int], actor: str) -> None:
    for seen, id_ in zip(fresh, ids, strict=True):
        payload = attested_values(session.get_one(ObservationRow, id_))
        append(session, "look.attested", seen.subject_id, payload, actor=actor, at=seen.wall_at)


def attested_values(row: ObservationRow) -> dict[str, Any]:
    """What of a person's look may not change: logged when it was made, held against the log ever after."""
    return {
        "observation": row.id,
        "state": row.state,
        "why": row.why,
        "newest_on": row.newest_on,
        "seen_at": row.fetched_at,
        "url": row.url,
        "reading": row.reading,
        "body": row.body_sha256,
        "files": row.files,
    }
