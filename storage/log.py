"""The event log: a chain of hashes that shows order and any later change."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.records import LogEntry
from storage.part import Part
from storage.tables import LogHeadRow, LogRow
from storage.types import canonical, clean


def append(
    session: Session, kind: str, subject: str, payload: Mapping[str, Any], *, actor: str, at: datetime
) -> int:
    """Add one entry behind the head, which stays locked until the commit. Returns its number."""
    head = lock(session)
    entry = LogRow(
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        actor=clean(actor),
        type=kind,
        subject=clean(subject),
        payload=canonical(payload),
        prev_hash=head.hash,
        hash="",
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    head.seq, head.hash = entry.seq, entry.hash
    session.flush()
    return entry.seq


def lock(session: Session) -> LogHeadRow:
    """Hold the log's head until the commit: whoever logs or changes events takes its turn here, first."""
    return session.get_one(LogHeadRow, 1, with_for_update=True, populate_existing=True)


def hash_of(entry: LogRow) -> str:
    """sha256 over the previous hash and the canonical JSON of every other field."""
    fields = {
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "type": entry.type,
        "subject": entry.subject,
        "payload": json.loads(entry.payload),
    }
    return sha256((entry.prev_hash + canonical(fields)).encode()).hexdigest()


class Log(Part):
    def append_log(
        self, type: str, subject: str, payload: Mapping[str, Any], *, actor: str, at: datetime
    ) -> int:
        """Log what a person or the program did to a subject ("event:12", "month:2026-10")."""
        with self._db.write() as session:
            return append(session, type, subject, payload, actor=actor, at=at)

    def history(self, subject: str) -> list[LogEntry]:
        """Everything logged of a subject, in order."""
        with self._db.read() as session:
            rows = session.scalars(select(LogRow).where(LogRow.subject == subject).order_by(LogRow.seq))
            return [entry_of(row) for row in rows]


def entry_of(row: LogRow) -> LogEntry:
    """A link of the chain as it is handed out."""
    return LogEntry(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        type=row.type,
        subject=row.subject,
        payload=json.loads(row.payload),
        prev_hash=row.prev_hash,
        hash=row.hash,
    )
