"""Every setting with its value in words and where it comes from; what could be a secret is never told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from config.document import read_document
from config.load import SETTINGS_FILE
from config.settings import PREFIX, Settings, from_environment


class Origin(StrEnum):
    FILE = "文件"
    ENVIRONMENT = "环境变量"
    DEFAULT = "默认"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingShown:
    """`value`: in words, "" for nothing; `key`: as written in the file; `variable`: in the environment."""

    key: str
    meaning: str
    value: str
    origin: Origin

    @property
    def variable(self) -> str:
        return f"{PREFIX}{self.key.upper()}"


def shown_settings(settings: Settings) -> Sequence[SettingShown]:
    """All settings in the order they are documented in. The database's address is told by its kind alone."""
    written, there = _written(settings.dir), from_environment()
    return [
        SettingShown(
            key=key, meaning=field.description or "", value=_said(key, getattr(settings, key)),
            origin=_origin(key, written, there.get(f"{PREFIX}{key.upper()}", "")),
        )
        for key, field in Settings.model_fields.items()
        if key != "dir"
    ]  # fmt: skip


def _written(folder: Path) -> frozenset[str]:
    document, _ = read_document(folder / SETTINGS_FILE)
    data = document.data if document is not None else None
    return frozenset(key for key, value in data.items() if value is not None) if data else frozenset()


def _origin(key: str, written: frozenset[str], variable: str) -> Origin:
    if variable:  # an empty one counts as not set
        return Origin.ENVIRONMENT
    return Origin.FILE if key in written else Origin.DEFAULT


def _said(key: str, value: Any) -> str:
    if key == "database_url":
        return _database(value)
    match value:
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(map(str, value)) if value and isinstance(value[0], str) else _lines(value)
        case float():
            return f"{value:g}"
    return "" if value is None else str(value)


def _database(url: str | None) -> str:
    if url is None:
        return "SQLite，data/zwgk.db"
    return "SQLite" if url.startswith("sqlite") else "PostgreSQL（地址和口令不显示）"


def _lines(value: Sequence[object]) -> str:
    told = (one.model_dump() if isinstance(one, BaseModel) else one for one in value)
    return "\n".join(json.dumps(one, ensure_ascii=False, default=str) for one in told)
