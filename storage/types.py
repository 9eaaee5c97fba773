"""Column types that make both databases behave alike: UTC moments, clean text, canonical JSON."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: pages contain them, PostgreSQL and UTF-8 refuse them."""

WholeNumber = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on both; SQLite numbers its rows by itself only for INTEGER."""


def clean(text: str) -> str:
    """The text with every character that no database can hold replaced by U+FFFD."""
    return UNSTORABLE.sub("\ufffd", text)


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no spaces, characters as they are. Points and moments as text."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return clean(text)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form: {value!r}")


class UtcDateTime(TypeDecorator[datetime]):
    """Aware moments only, stored and given back in UTC (SQLite itself would give back naive ones)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value!r}: attach a zone before storing it")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text_for(dialect: Dialect) -> TypeEngine[str]:
    """Text compared byte by byte on both databases, so that order never depends on a locale."""
    return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())


class CleanText(TypeDecorator[str]):
    """Text without what a database cannot hold."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return _text_for(dialect)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class JsonText(TypeDecorator[Any]):
    """Canonical JSON in a text column; None is SQL NULL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        return _text_for(dialect)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)
