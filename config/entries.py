"""Mappings of a file as written, perhaps with mistakes: what all checks at once are run over."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from config.document import Document, Loc
from domain.errors import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A mapping in a file, as written."""

    document: Document
    loc: Loc
    data: dict[str, Any]

    def text(self, key: str) -> str:
        value = self.data.get(key)
        return value.strip() if isinstance(value, str) else ""

    def problem(self, key: str, what: str, way_out: str) -> Problem:
        return self.document.problem((*self.loc, key), what, way_out)

    @property
    def place(self) -> str:
        return f"{self.document.path.name} 第 {self.document.line(self.loc)} 行"


def entries(document: Document, *way: str) -> Iterator[Entry]:
    """The mappings under a way of keys, through lists: entries(d, "units", "columns")."""
    yield from _entries(document, document.data, (), way)


def _entries(document: Document, value: Any, loc: Loc, way: tuple[str, ...]) -> Iterator[Entry]:
    if not isinstance(value, dict):
        return
    if not way:
        yield Entry(document=document, loc=loc, data=value)
        return
    items = value.get(way[0])
    for index, item in enumerate(items if isinstance(items, list) else ()):
        yield from _entries(document, item, (*loc, way[0], index), way[1:])


def inside(entry: Entry, key: str) -> Iterator[Entry]:
    """The mappings of a list inside a mapping."""
    yield from _entries(entry.document, entry.data, entry.loc, (key,))
