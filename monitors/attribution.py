"""To which units does a document of a shared column belong? By 发布机构/来源, never by address."""

import re
from collections.abc import Iterable, Mapping

from domain.readings import DocumentReading
from domain.units import Unit

SEPARATORS = re.compile(r"[、,，;；/|\s]+")
NOISE = re.compile(r"[\s\u3000:：【】\[\]()（）]+")


def alias_table(units: Iterable[Unit], others: Iterable[str] = ()) -> Mapping[str, frozenset[str]]:
    """Every known spelling -> unit ids; `others`: spellings known to be no assessed unit (empty set)."""
    table: dict[str, frozenset[str]] = {folded(name): frozenset() for name in others}
    for unit in units:
        for name in (unit.name, *unit.aliases):
            table[folded(name)] = table.get(folded(name), frozenset()) | {unit.id}
    return table


def units_of(reading: DocumentReading, table: Mapping[str, frozenset[str]]) -> frozenset[str] | None:
    """The units a document counts for, or None when a named publisher is not in the table.

    发布机构 goes before 来源. Several names joined by 、 count for each of them.
    """
    for said in (reading.publisher, reading.source):
        if said:
            whole = table.get(folded(said))
            if whole is not None:
                return whole
            parts = [table.get(folded(part)) for part in SEPARATORS.split(said) if folded(part)]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if known and len(known) == len(parts) else None
    return None


def folded(name: str) -> str:
    """A name as compared: without spaces, brackets and colons."""
    return NOISE.sub("", name)
