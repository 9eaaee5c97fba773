"""Attachments: kept by content hash beside the saved answers, referred to by name, hash and size."""

import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from domain.records import FileRef
from storage.part import insert_for
from storage.tables import BodyRow


def keep(session: Session, contents: Mapping[str, bytes]) -> None:
    """Store contents by their sha256; one that is there already is not stored again."""
    if contents:
        values = [
            {"sha256": digest, "data": zlib.compress(data)} for digest, data in sorted(contents.items())
        ]
        session.execute(insert_for(session, BodyRow).on_conflict_do_nothing(), values)


def refs_json(files: Iterable[FileRef]) -> list[dict[str, Any]]:
    return [{"name": one.name, "sha256": one.sha256, "size_bytes": one.size_bytes} for one in files]


def refs(stored: Iterable[Mapping[str, Any]]) -> tuple[FileRef, ...]:
    return tuple(FileRef(**one) for one in stored)
