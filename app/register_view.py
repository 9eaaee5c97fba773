"""The register's objects as tables and forms show them, read from its files."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import overload

from app.deployment import fingerprint
from config.document import Document, read_text
from config.load import checked_documents
from config.register_fields import PARTS, SHARED, Part
from config.register_index import Held, Index, cells_of
from domain.errors import ConfigError, InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An object: `cells` by key as the table shows them; `version`: of the file it stands in."""

    part: Part
    cells: Mapping[str, str]
    file: str
    version: str


def part_called(key: str) -> Part:
    """Raises InputError for another word."""
    found = next((part for part in PARTS if part.key == key), None)
    if found is None:
        raise InputError("单位表里没有这一部分。")
    return found


class Rows(Sequence[Mapping[str, str]]):
    """Objects as tables show them; the cells are put together only of those that are asked for."""

    def __init__(self, index: Index, part: Part, found: Sequence[Held]) -> None:
        self._index, self._part, self._found = index, part, found

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, at: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, at: slice) -> list[Mapping[str, str]]: ...
    def __getitem__(self, at: int | slice) -> Mapping[str, str] | list[Mapping[str, str]]:
        if isinstance(at, slice):
            return [_cells(self._index, self._part, one) for one in self._found[at]]
        return _cells(self._index, self._part, self._found[at])


def register_rows(folder: Path, part: Part, words: str = "", unit: str = "") -> Rows:
    """All objects of a part in the files' order, with the words in any cell, of the unit (its id) if given.

    Raises ConfigError while the files are wrong.
    """
    index = _index(folder)
    found = [one for one in index.of(part.key) if not unit or one.unit_id == unit]
    if words:
        found = [one for one in found if any(words in cell for cell in _cells(index, part, one).values())]
    return Rows(index, part, found)


def _cells(index: Index, part: Part, one: Held) -> Mapping[str, str]:
    return cells_of(part, one, index.unit_name(one.unit_id))


def registered(folder: Path, part: Part, wanted: str) -> Registered:
    """One object. Raises InputError (not there), ConfigError."""
    one, document = held(folder, part, wanted)
    return Registered(
        part=part, cells=_cells(_index(folder), part, one), file=document.path.name,
        version=version_of(document),
    )  # fmt: skip


def held(folder: Path, part: Part, wanted: str) -> tuple[Held, Document]:
    """One object as written, and its file. Raises InputError (not there), ConfigError."""
    one = _index(folder).held.get((part.key, wanted))
    if one is None or one.document is None:
        raise InputError(f"单位表的“{part.title}”里没有编号“{wanted}”。可能已被改掉，请回到列表刷新。")
    return one, one.document


def version_of(document: Document) -> str:
    """Another for every other text of the file."""
    return sha256(read_text(document.path)[0].encode()).hexdigest()


def unit_choices(folder: Path) -> Sequence[tuple[str, str]]:
    """Id and name of every unit; first the word for columns that all share."""
    return [("", SHARED), *((one.id, str(one.data.get("name"))) for one in _index(folder).of("units"))]


def read_ahead(folder: Path) -> None:
    """Read the files before anybody opens a page on them: half a second for 60 units. Wrong ones wait."""
    with suppress(ConfigError):
        _index(folder)


def registered_urls(folder: Path) -> Mapping[str, str]:
    """Address of every registered column (without a slash at its end) -> the column's id."""
    return {str(one.data.get("url", "")).rstrip("/"): one.id for one in _index(folder).of("columns")}


def _index(folder: Path) -> Index:
    return _read(folder, fingerprint(folder))


@lru_cache(maxsize=2)
def _read(folder: Path, _stamp: object) -> Index:
    """Reading hundreds of objects takes a noticeable part of a second: once for each state of the files."""
    return Index(checked_documents(folder))
