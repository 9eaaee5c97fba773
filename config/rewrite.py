"""Sets keys and adds entries in a registry file's text; every other character, comments too, stays.

The nodes give the places of keys and values; what is written goes between them, in the form (block or flow)
that the place has. `rewrite` compares what the new text says with what it should say and refuses else.
"""

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.document import Document, Loc, parse
from config.nodes import compose
from domain.errors import ConfigError, Problem

_PLAIN = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]*", re.ASCII)
_RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Splice: TypeAlias = tuple[int, int, str]
"""Characters from, to (exclusive), and what stands there instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetKey:
    """Give a key of the mapping at `loc` a value; None: as if not written. A new key goes behind `after`."""

    loc: Loc
    key: str
    value: Any
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEntry:
    """Append a mapping to the list under a key of the mapping at `loc` (() the file itself)."""

    loc: Loc
    key: str
    entry: Mapping[str, Any]


Edit: TypeAlias = SetKey | AddEntry


def rewrite(document: Document, text: str, edits: Sequence[Edit]) -> str:
    """The text with the edits. Raises ConfigError when its way of writing cannot be edited."""
    newline = "\r\n" if "\r\n" in text else "\n"
    if not text.endswith("\n") and text:
        text += newline
    try:
        new = _spliced(text, _splices(text, compose(text), edits, newline))
    except _Unclear as error:
        raise _refused(document.path, error.key) from error
    after, problems = parse(document.path, new)
    wanted = expected(document.data, edits)
    if after is None or problems or _written(after.data) != _written(wanted):
        raise _refused(document.path, "、".join(dict.fromkeys(edit.key for edit in edits)))
    return new


def expected(data: Any, edits: Sequence[Edit]) -> Any:
    """What a file that says `data` says after the edits."""
    data = copy.deepcopy(data) if data is not None else {}
    for edit in edits:
        place = data
        for part in edit.loc:
            place = place[part]
        if isinstance(edit, SetKey):
            place[edit.key] = edit.value
        else:
            place[edit.key] = [*(place.get(edit.key) or []), edit.entry]
    return data


def in_braces(text: str, loc: Loc) -> bool:
    """Whether the mapping at `loc` is written on one line: {…}."""
    return bool(getattr(_at(compose(text), loc), "flow_style", False))


class _Unclear(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _refused(path: Path, key: str) -> ConfigError:
    way_out = "请直接在这个文件里改，或改成示例文件那样的写法；什么也没有写"
    return ConfigError([Problem(str(path), None, key, "这个文件的写法无法自动修改", way_out)])


def _written(value: Any) -> Any:
    """Without keys that have nothing behind them: they count as not written."""
    if isinstance(value, Mapping):
        return {key: _written(item) for key, item in value.items() if item is not None}
    return [_written(item) for item in value] if isinstance(value, list) else value


def _spliced(text: str, splices: Sequence[Splice]) -> str:
    parts, at = [], 0
    for start, end, new in sorted(splices, key=lambda one: one[:1]):  # stable: same place, given order
        if start < at:
            raise _Unclear("")
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def _splices(text: str, top: Node | None, edits: Sequence[Edit], newline: str) -> list[Splice]:
    found: list[Splice] = []
    for edit in edits:
        if isinstance(edit, SetKey):
            found += _set(text, _at(top, edit.loc), edit, newline)
    added: dict[tuple[Loc, str], list[Mapping[str, Any]]] = {}
    for edit in edits:
        if isinstance(edit, AddEntry):
            added.setdefault((edit.loc, edit.key), []).append(edit.entry)
    deep_first = sorted(added, key=lambda one: (-len(one[0]), _pair(_at(top, one[0]), one[1]) is None))
    for loc, key in deep_first:
        found += _add(text, _at(top, loc), key, added[loc, key], newline)
    return found


def _at(node: Node | None, loc: Loc) -> Node | None:
    for part in loc:
        if isinstance(part, int) and isinstance(node, SequenceNode):
            node = node.value[part]
        else:
            pair = _pair(node, str(part))
            node = pair[1] if pair else None
    return node


def _pair(node: Node | None, key: str) -> tuple[Node, Node] | None:
    if not isinstance(node, MappingNode):
        return None
    return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == key), None)


def _set(text: str, entry: Node | None, edit: SetKey, newline: str) -> Iterator[Splice]:
    pair = _pair(entry, edit.key)
    if pair is None:
        if edit.value is not None:
            yield _new_key(text, entry, edit, newline)
        return
    key, value = pair
    if isinstance(value, SequenceNode) and not value.flow_style and isinstance(edit.value, list):
        yield from _items(text, value, edit.value, newline)
    elif edit.value is None:
        yield _emptied(text, key, value)
    elif _empty(value):
        colon = text.index(":", key.end_mark.index) + 1
        yield colon, colon, f" {inline(edit.value)}"
    else:
        yield value.start_mark.index, _end(key, value), inline(edit.value)


def _empty(value: Node) -> bool:
    return bool(value.start_mark.index == value.end_mark.index)


def _emptied(text: str, key: Node, value: Node) -> Splice:
    """Take the line away if it holds nothing else (a comment stays, with its key)."""
    start, end = text.rfind("\n", 0, key.start_mark.index) + 1, _end(key, value)
    stop = text.find("\n", end)
    alone = not text[start : key.start_mark.index].strip() and not text[end:stop].strip()
    if alone and stop >= 0 and "#" not in text[key.end_mark.index : end]:
        return start, stop + 1, ""
    return (end, end, "") if _empty(value) else (value.start_mark.index, end, "")


def _items(text: str, value: SequenceNode, wanted: list[str], newline: str) -> Iterator[Splice]:
    """A list with one item a line: lines of items that go are taken away, new ones stand below the last."""
    kept = [str(item.value) for item in value.value]
    for item in value.value:
        if str(item.value) not in wanted:
            start = text.rfind("\n", 0, item.start_mark.index) + 1
            if text[start : item.start_mark.index].strip() != "-":
                raise _Unclear("aliases")
            yield start, text.index("\n", item.end_mark.index) + 1, ""
    new = [item for item in wanted if item not in kept]
    place = _line_after(text, _end(value, value.value[-1]))
    indent = " " * value.start_mark.column
    yield place, place, "".join(f"{indent}- {inline(item)}{newline}" for item in new)


def _new_key(text: str, entry: Node | None, edit: SetKey, newline: str) -> Splice:
    anchors = [
        pair for pair in (_pair(entry, key) for key in edit.after) if pair and _on_one_line(text, *pair)
    ]
    if not anchors:
        raise _Unclear(edit.key)
    key, value = anchors[0]
    assert isinstance(entry, MappingNode)
    if entry.flow_style:
        end = _end(key, value)
        return end, end, f", {edit.key}: {inline(edit.value)}"
    place = _line_after(text, _end(key, value))
    return place, place, f"{' ' * key.start_mark.column}{edit.key}: {inline(edit.value)}{newline}"


def _on_one_line(text: str, key: Node, value: Node) -> bool:
    plain = isinstance(value, ScalarNode) and value.style in {None, "", "'", '"'} and not _empty(value)
    return plain and "\n" not in text[key.start_mark.index : value.end_mark.index]


def _add(
    text: str, holder: Node | None, key: str, new: list[Mapping[str, Any]], newline: str
) -> Iterator[Splice]:
    if holder is None:  # an empty file
        yield len(text), len(text), "".join(f"{line}{newline}" for line in (f"{key}:", *_listed(new, 2)))
        return
    if not isinstance(holder, MappingNode):
        raise _Unclear(key)
    pair, flow = _pair(holder, key), ", ".join(inline(one) for one in new)
    if pair is None and holder.flow_style:
        end = _end(*holder.value[-1]) if holder.value else holder.start_mark.index + 1
        yield end, end, f"{', ' if holder.value else ''}{key}: [{flow}]"
    elif pair is None:
        place, column = _line_after(text, _last(holder)), holder.start_mark.column
        lines = (f"{' ' * column}{key}:", *_listed(new, column + 2))
        yield place, place, "".join(f"{line}{newline}" for line in lines)
    else:
        yield from _append(text, bool(holder.flow_style), pair, new, newline)


def _append(
    text: str, flow_holder: bool, pair: tuple[Node, Node], new: list[Mapping[str, Any]], newline: str
) -> Iterator[Splice]:
    key, value = pair
    flow = ", ".join(inline(one) for one in new)
    start, end = value.start_mark.index, _end(key, value)
    if isinstance(value, SequenceNode) and value.value:
        if value.flow_style:
            last = _last(value.value[-1])
            yield last, last, f", {flow}"
            return
        place = _line_after(text, _last(value))
        yield place, place, "".join(f"{line}{newline}" for line in _listed(new, value.start_mark.column))
    elif flow_holder:
        yield start, end, f"{' ' if start == end else ''}[{flow}]"
    else:
        place = _line_after(text, end)
        yield start, end, ""
        yield place, place, "".join(f"{line}{newline}" for line in _listed(new, key.start_mark.column + 2))


def _listed(entries: Sequence[Mapping[str, Any]], column: int) -> Iterator[str]:
    """Entries of a block list, a key a line."""
    for entry in entries:
        lead = "- "
        for key, value in entry.items():
            if isinstance(value, list) and value and isinstance(value[0], Mapping):
                yield f"{' ' * column}{lead}{key}:"
                yield from _listed(value, column + 4)
            else:
                yield f"{' ' * column}{lead}{key}: {inline(value)}"
            lead = "  "


def inline(value: Any) -> str:
    """A value on one line, right in block and flow."""
    match value:
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{" + ", ".join(f"{key}: {inline(item)}" for key, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(inline, value)) + "]"
        case str():
            bare = _DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and value.lower() not in _RESERVED)
            return value if bare else json.dumps(value, ensure_ascii=False)
    return str(value)


def _end(key: Node, value: Node) -> int:
    """Where what a key holds ends; the key's colon where it holds nothing."""
    return int(key.end_mark.index) if _empty(value) and isinstance(value, ScalarNode) else _last(value)


def _last(node: Node) -> int:
    """Where a node's own text ends: marks of blocks reach over what stands behind them."""
    if isinstance(node, MappingNode | SequenceNode) and node.flow_style:
        return int(node.end_mark.index)
    if isinstance(node, MappingNode) and node.value:
        return _end(*node.value[-1])
    if isinstance(node, SequenceNode) and node.value:
        last = node.value[-1]
        return max(_last(last), int(last.start_mark.index))
    return int(node.end_mark.index)


def _line_after(text: str, end: int) -> int:
    """The beginning of the line behind a place; block scalars end there already."""
    if end and text[end - 1] == "\n":
        return end
    stop = text.find("\n", end)
    return len(text) if stop < 0 else stop + 1
