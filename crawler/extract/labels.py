"""Labels and their values on a page: `key：value` in a line, in two cells, in dt/dd, in list items.

A label's value is never the next label: a label with nothing behind it has the value "".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.dates import parse_date
from crawler.extract.label_cells import MAX_VALUE, value_elsewhere
from crawler.extract.lines import Line, bare
from crawler.extract.words import BEGINNINGS, LABELS, LONGEST, NO_VALUE, SIZES_BY_END, label_of

MAX_LINE = 1000
"""Characters of a line in which labels are looked for."""
MAX_PARTED = 200
"""Characters of a line whose inline elements are compared with labels."""
MAX_PAIRS = 1000
"""Labels read on a page; documents have some tens."""
VALUE_WITHIN = 30
"""Lines behind a label in which its value stands, when it has a line of its own."""
_STOPS = re.compile(r"[:：∶︰\]】］]")
_STROKES = "-—–_－*/\\.…· "
_OPENERS = {"]": "[", "】": "【", "］": "［"}
_COLONS = " :：∶︰\u00a0\u3000"
_YEAR = re.compile(r"\s*(?:19|20)\d\d ?[-/.年]")
_SURE = 4
"""Labels of so many characters stand for themselves even right behind a value (省发改委浏览次数：)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A label as found: its meaning, the line it stands in, the value behind it ("" when there is none)."""

    name: str
    at: int
    value: str
    spelling: str
    is_alone: bool
    """The label fills its line or cell: the value stands in another."""


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    start: int
    end: int


def find_pairs(lines: Sequence[Line]) -> list[Pair]:
    """All labels in the lines with their values."""
    pairs: list[Pair] = []
    for at, line in enumerate(lines):
        if len(pairs) > MAX_PAIRS:
            break
        whole = label_of(line.bare)
        if whole is not None:
            value = value_elsewhere(lines, at).strip(_COLONS)
            pairs.append(Pair(whole, at, "" if len(value) > MAX_VALUE else value, line.bare, True))
        elif line.linked < len(line.bare) and (marks := _marks(line)):
            pairs += _in_line(lines, at, marks)
    return pairs


def value_lines(lines: Sequence[Line], pairs: Sequence[Pair]) -> frozenset[int]:
    """The lines that are the value of a label standing in another."""
    found = set()
    for pair in pairs:
        if pair.is_alone and pair.value:
            value = bare(pair.value)
            behind = range(pair.at + 1, min(pair.at + VALUE_WITHIN, len(lines)))
            found.add(next((at for at in behind if lines[at].bare == value), -1))
    return frozenset(found)


def clean_value(value: str) -> str:
    """A value without blanks around it, without a bracket that was opened before its label."""
    value = " ".join(value.split()).strip(" :：|｜丨;；")
    for opener, closer in ("[]", "【】", "()", "（）"):
        at = value.find(closer)
        if at >= 0 and opener not in value[:at]:
            value = value[:at].rstrip()
    return "" if value.lower() in NO_VALUE or not value.strip(_STROKES) else value


def _in_line(lines: Sequence[Line], at: int, marks: Sequence[_Mark]) -> list[Pair]:
    line, pairs = lines[at], []
    for number, mark in enumerate(marks):
        end = marks[number + 1].start if number + 1 < len(marks) else len(line.text)
        value = line.text[mark.end : end].strip()
        if not value and number + 1 == len(marks) and at + 1 < len(lines):
            value = _date_below(lines[at + 1])
        spelling = bare(line.text[mark.start : mark.end])
        pairs.append(Pair(mark.name, at, "" if len(value) > MAX_VALUE else value, spelling, False))
    return pairs


def _date_below(line: Line) -> str:
    return line.text.strip() if parse_date(line.text.strip()) else ""


def _marks(line: Line) -> list[_Mark]:
    """Where labels stand in a line: before a colon, in brackets, or alone in an inline element."""
    text, done = line.text, 0
    marks: list[_Mark] = []
    for stop in _STOPS.finditer(text, 0, MAX_LINE):
        in_brackets = stop.group() in _OPENERS
        mark = _bracketed(text, stop, done) if in_brackets else _before(line, stop, done, bool(marks))
        if mark:
            marks.append(mark)
            done = mark.end
    return marks + _in_parts(line, marks) if len(line.starts) > 1 else marks


def _bracketed(text: str, stop: "re.Match[str]", done: int) -> _Mark | None:
    opener = text.rfind(_OPENERS[stop.group()], max(done, stop.start() - 2 * LONGEST), stop.start())
    if opener < 0:
        return None
    name = LABELS.get(bare(text[opener + 1 : stop.start()]))
    end = stop.end()
    while end < len(text) and text[end] in _COLONS:
        end += 1
    return _Mark(name, opener, end) if name else None


def _before(line: Line, stop: "re.Match[str]", done: int, has_label: bool) -> _Mark | None:
    """The longest label that ends at a colon and begins at a boundary."""
    text, end = line.text, stop.start()
    first = max(done, end - 3 * LONGEST)
    compact = "".join(text[first:end].split())
    for size in SIZES_BY_END.get(compact[-1:], ()):
        name = LABELS.get(compact[-size:]) if size <= len(compact) else None
        start = _start_of(text, end, size) if name else 0
        if name and (
            _is_boundary(line, start, done)
            or (has_label and (size >= _SURE or _is_glued(text, done, start, stop.end())))
        ):
            return _Mark(name, start, stop.end())
    return None


def _start_of(text: str, end: int, size: int) -> int:
    """Where the last `size` characters before `end` begin, blanks not counted."""
    while size:
        end -= 1
        size -= not text[end].isspace()
    return end


def _is_boundary(line: Line, start: int, done: int) -> bool:
    """Whether a word may begin here: at the start, behind a blank, a mark, a digit, or in a new element."""
    if start <= done or start in line.starts:
        return True
    previous = line.text[start - 1]
    return not previous.isalpha()


def _is_glued(text: str, done: int, start: int, end: int) -> bool:
    """A short label right behind the value of another and before a date (来源:某某日报时间:2024-01-05)."""
    return _YEAR.match(text, end) is not None and text[done:start].strip() == "".join(
        text[done:start].split()
    )


def _in_parts(line: Line, marks: Sequence[_Mark]) -> list[_Mark]:
    """Labels without a colon that fill inline elements: <b>索引号</b>K1, <i>索</i><i>引</i><i>号</i>K1."""
    if marks or len(line.bare) > MAX_PARTED:
        return []
    edges = [*line.starts, len(line.text)]
    parts = [line.text[start:end] for start, end in zip(edges[:-1], edges[1:], strict=True)]
    if not any(part.lstrip()[:1] in BEGINNINGS for part in parts):
        return []
    parts = [bare(part) for part in parts]
    found, at = [], 0
    while at < len(parts):
        size = _label_size(parts[at : at + LONGEST]) if parts[at][:1] in BEGINNINGS else 0
        if size:
            name = LABELS["".join(parts[at : at + size])]
            found.append(_Mark(name, edges[at], edges[at + size]))
        at += size or 1
    opens = found and (found[0].start == 0 or len(bare(line.text[found[0].start : found[0].end])) > 2)
    return found if opens else []


def _label_size(parts: Sequence[str]) -> int:
    """How many of the parts, from the first on, make up a label; 0 when none do."""
    size, joined = 0, ""
    for count, part in enumerate(parts, start=1):
        joined += part
        if len(joined) > LONGEST:
            break
        if joined in LABELS:
            size = count
    return size
