"""Readings of documents, accounts and packages to JSON and back. A list's rows have a table of their own."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from domain.clues import Clue, ClueKind
from domain.errors import StorageError
from domain.readings import (
    AccountReading,
    DatedBy,
    DateSource,
    DocumentReading,
    LabelState,
    ListReading,
    PackageReading,
    PageState,
    Post,
    Reading,
)
from domain.units import SubjectKind

Json: TypeAlias = dict[str, Any]

READING_OF = {
    SubjectKind.COLUMN: ListReading,
    SubjectKind.DOCUMENT: DocumentReading,
    SubjectKind.ACCOUNT: AccountReading,
    SubjectKind.APP: PackageReading,
}


def encode(kind: SubjectKind, reading: Reading | None) -> Json | None:
    """JSON of a reading, None for none and for lists. Raises StorageError when it is not of that kind."""
    if reading is not None and not isinstance(reading, READING_OF[kind]):
        raise StorageError(
            f"a {kind} gives a {READING_OF[kind].__name__}, not a {type(reading).__name__}: "
            "correct `kind` of the observation"
        )
    match reading:
        case DocumentReading():
            return _document_json(reading)
        case AccountReading():
            return _account_json(reading)
        case PackageReading():
            return {
                "verdict": reading.verdict,
                "why": reading.why,
                "size_bytes": reading.size_bytes,
                "hops": list(reading.hops),
                "listing": reading.listing,
            }
        case _:
            return None


def decode(kind: SubjectKind, json: Json | None) -> Reading | None:
    """The reading stored as JSON; None for lists, which are kept as rows."""
    if json is None:
        return None
    match kind:
        case SubjectKind.DOCUMENT:
            return _document(json)
        case SubjectKind.ACCOUNT:
            return _account(json)
        case SubjectKind.APP:
            return PackageReading(**{**json, "hops": tuple(json["hops"])})
        case SubjectKind.COLUMN | SubjectKind.NOTICE:
            return None


def dated_json(others: tuple[DatedBy, ...]) -> list[list[str]]:
    return [[other.on.isoformat(), other.source.value] for other in others]


def dated(json: list[list[str]]) -> tuple[DatedBy, ...]:
    return tuple(DatedBy(on=date.fromisoformat(on), source=DateSource(source)) for on, source in json)


PLAIN = (
    "why",
    "title",
    "published_time",
    "publisher",
    "source",
    "doc_number",
    "category",
    "keywords",
    "index_number",
)
"""Fields of a document that JSON holds as they are."""


def _document_json(reading: DocumentReading) -> Json:
    return {
        **{name: getattr(reading, name) for name in PLAIN},
        "state": reading.state.value,
        "published_on": _day_json(reading.published_on),
        "date_source": reading.date_source,
        "issued_on": _day_json(reading.issued_on),
        "labels": {name: state.value for name, state in reading.labels.items()},
        "conflicts": list(reading.conflicts),
        "others": dated_json(reading.others),
        "clues": [{**asdict(clue), "kind": clue.kind.value} for clue in reading.clues],
    }


def _document(json: Json) -> DocumentReading:
    labels: Mapping[str, str] = json["labels"]
    return DocumentReading(
        **{name: json[name] for name in PLAIN},
        state=PageState(json["state"]),
        published_on=_day(json["published_on"]),
        date_source=DateSource(json["date_source"]) if json["date_source"] else None,
        issued_on=_day(json["issued_on"]),
        labels=MappingProxyType({name: LabelState(state) for name, state in labels.items()}),
        conflicts=tuple(json["conflicts"]),
        others=dated(json["others"]),
        clues=tuple(Clue(**{**one, "kind": ClueKind(one["kind"])}) for one in json.get("clues", ())),
    )


def _account_json(reading: AccountReading) -> Json:
    return {
        "reason": reading.reason,
        "why": reading.why,
        "coverage": reading.coverage,
        "source_synced_at": _moment_json(reading.source_synced_at),
        "posts": [
            {
                "id": post.id,
                "title": post.title,
                "url": post.url,
                "published_at": _moment_json(post.published_at),
                "pinned": post.pinned,
                "is_repost": post.is_repost,
                "id_given": post.id_given,
                "comments": post.comments,
            }
            for post in reading.posts
        ],
    }


def _account(json: Json) -> AccountReading:
    return AccountReading(
        reason=json["reason"],
        why=json["why"],
        coverage=json["coverage"],
        source_synced_at=_moment(json["source_synced_at"]),
        posts=tuple(
            Post(**{**post, "published_at": datetime.fromisoformat(post["published_at"])})
            for post in json["posts"]
        ),
    )


def _day_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment_json(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
