"""The labelled facts of a document: which labels on the page are its own, and what they say."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.extract.dates import FoundDate, first_date
from crawler.extract.labels import Pair, clean_value
from crawler.extract.layout import Layout
from crawler.extract.lines import Line, bare
from crawler.extract.meta import ONLINE_SINCE
from crawler.extract.words import BLOCK_FIELDS, DECLARED_NONE
from domain.readings import LabelState

NEAR = 8
"""Labels of one information table stand no more than so many lines apart."""
BEHIND = 25
"""Lines behind the text in which its labels may stand (发布日期 below the text)."""
ABOVE = 4
"""Lines above the headline in which a labelled date may stand without a table around it."""
_ENUMERATED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
"""Begins a line of text, whatever label it explains: （二）发布机构：填写全称。"""
_FILE = re.compile(r"附件|\.(?:docx?|xlsx?|pdf|zip|rar|wps|ofd|jpe?g|png)$", re.I)
LINKED = 10
"""Link text of so many characters is another document's title."""
_IN_TABLE = BLOCK_FIELDS | {"title", "published", "validity"}


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs by their meaning, in the order of the page; `has_table`: the page has an information table."""

    by_name: Mapping[str, Sequence[Pair]]
    has_table: bool

    def value(self, name: str) -> str | None:
        """The first value shown for the label; None for 无, nothing, and a label that is not there."""
        values = (clean_value(pair.value) for pair in self.by_name.get(name, ()))
        return next((value for value in values if value and value not in DECLARED_NONE), None)

    def state(self, name: str) -> LabelState:
        pairs = self.by_name.get(name, ())
        if not pairs:
            return LabelState.ABSENT
        if self.value(name) is not None:
            return LabelState.VALUE
        declared = any(clean_value(pair.value) in DECLARED_NONE for pair in pairs)
        return LabelState.DECLARED_NONE if declared else LabelState.EMPTY

    def date(self, name: str) -> FoundDate | None:
        """The first date shown for the label, when it stands at the beginning of the value."""
        found = (labelled_date(pair.value) for pair in self.by_name.get(name, ()))
        return next((one for one in found if one), None)


def labelled_date(value: str) -> FoundDate | None:
    found = first_date(value[:80])
    return found if found and found.start <= 6 else None


def published_date(value: str) -> FoundDate | None:
    """A labelled date on which a page can have been published; 1970-01-01 is what systems print for none."""
    found = labelled_date(value)
    return found if found and found.on.year >= ONLINE_SINCE else None


def read_facts(lines: Sequence[Line], layout: Layout, pairs: Sequence[Pair]) -> Facts:
    """Labels around the headline and behind the text, and wherever several of a table stand together."""
    pairs = [pair for pair in pairs if pair.at < layout.others and not _ENUMERATED.match(lines[pair.at].bare)]
    table = _table_lines(pairs, layout)
    head = layout.headline
    by_name: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda one: (not head.first <= one.at < layout.start, one.at)):
        in_head = max(head.first, 0) <= pair.at < layout.start
        if pair.at in table or in_head or _is_loose(pair, lines, layout):
            if pair.name in BLOCK_FIELDS and pair.at not in table and not _is_plain(pair, lines):
                continue
            by_name[pair.name].append(pair)
    by_name["published"] = _of_one_document(by_name["published"], layout)
    return Facts(by_name, bool(table))


def _of_one_document(pairs: Sequence[Pair], layout: Layout) -> list[Pair]:
    """Without the dates behind the text when they differ among themselves: those are a list's rows."""
    behind = [pair for pair in pairs if pair.at >= layout.end]
    days = {found.on for pair in behind if (found := labelled_date(pair.value))}
    return [pair for pair in pairs if pair.at < layout.end] if len(days) > 1 else list(pairs)


def _is_plain(pair: Pair, lines: Sequence[Line]) -> bool:
    """A label of a table standing by itself counts at the start of its line, or in a short line."""
    line = lines[pair.at]
    return bare(line.text).startswith(pair.spelling) or len(line.bare) < 120


def _is_loose(pair: Pair, lines: Sequence[Line], layout: Layout) -> bool:
    """A label outside a table and away from the headline that may still be the document's."""
    above = layout.headline.first - ABOVE <= pair.at < layout.headline.first
    behind = layout.end <= pair.at < layout.end + BEHIND
    if pair.name == "published":
        is_own = above or (behind and not _is_others(pair, lines))
        return is_own and published_date(pair.value) is not None
    if pair.name == "source" and above and pair.value:
        return True
    return pair.name in ("source", "publisher", "doc_number") and behind and bool(pair.value)


def _is_others(pair: Pair, lines: Sequence[Line]) -> bool:
    """A date behind the text: below the link to another document, or behind the name of a commenter."""
    above = lines[pair.at - 1]
    is_row = above.linked >= LINKED and above.is_link and not _FILE.search(above.bare)
    return is_row or not lines[pair.at].bare.lstrip("（(【[").startswith(pair.spelling.lstrip("（(【["))


def _table_lines(pairs: Sequence[Pair], layout: Layout) -> set[int]:
    """Lines of information tables: two different labels of one close together, in the text three."""
    found: set[int] = set()
    group: list[Pair] = []
    for pair in [*(one for one in pairs if one.name not in ("source", "day", "updated")), None]:
        if pair is not None and (not group or pair.at - group[-1].at <= NEAR):
            group.append(pair)
            continue
        names = {one.name for one in group} & _IN_TABLE
        in_text = any(layout.start <= one.at < layout.end for one in group)
        if len(names & BLOCK_FIELDS) >= (3 if in_text else 1) and len(names) >= 2:
            found |= {one.at for one in group}
        group = [pair] if pair else []
    return found
