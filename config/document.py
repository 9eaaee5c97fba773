"""A YAML file as plain values, with the line of every key: what goes wrong is told with file and line.

Only the plain part of YAML is taken: mappings with text keys, lists, scalars. Anchors, merge keys and
tags are refused by name, so that a file means what it looks like. Dates stay text (read by the schema).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from yaml.error import MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from config.nodes import TAG, compose
from config.syntax import explain_character, explain_syntax
from domain.errors import Problem

Loc: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: ("units", 3, "columns", 0, "url")."""

MAX_BYTES = 5_000_000
WHOLE_FILE = "（整个文件）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file: `data` is None when it is empty or only comments. `lines` are 1-based."""

    path: Path
    data: Any = None
    lines: Mapping[Loc, int] = field(default_factory=dict)

    def line(self, loc: Loc) -> int | None:
        """The line of a value, else of what holds it."""
        for end in range(len(loc), 0, -1):
            if loc[:end] in self.lines:
                return self.lines[loc[:end]]
        return None

    def at(self, loc: Loc) -> Any:
        """The value at a place, None where there is none."""
        value = self.data
        for part in loc:
            try:
                value = value[part]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def key(self, loc: Loc) -> str:
        """The place in words: `units[caizhengju].columns[2].url` (list items by id, else counted from 1)."""
        words = ""
        for index, part in enumerate(loc):
            if isinstance(part, int):
                item = self.at(loc[: index + 1])
                named = item.get("id") if isinstance(item, dict) else None
                words += f"[{named if isinstance(named, str) else part + 1}]"
            else:
                words += f".{part}" if words else part
        return words or WHOLE_FILE

    def problem(self, loc: Loc, what: str, way_out: str) -> Problem:
        return Problem(
            file=str(self.path), line=self.line(loc), key=self.key(loc), what=what, way_out=way_out
        )


def read_document(path: Path) -> tuple[Document | None, list[Problem]]:
    """Read a file. Whatever is wrong comes back as problems; None: nothing in it can be used."""
    text, problems = read_text(path)
    return (None, problems) if problems else parse(path, text)


def parse(path: Path, text: str) -> tuple[Document | None, list[Problem]]:
    """Read YAML text; `path` is only named in problems."""
    reader = _Reader(path)
    try:
        node = compose(text)
        data = reader.value(node, ()) if node is not None else None
    except ReaderError as error:
        line, said = text.count("\n", 0, int(error.position)) + 1, explain_character(error)
        return None, [Problem(str(path), line, WHOLE_FILE, *said)]
    except MarkedYAMLError as error:
        found = explain_syntax(error)
        return None, [Problem(str(path), found.line, WHOLE_FILE, found.what, found.way_out)]
    except RecursionError:
        way_out = "请对照示例文件，去掉多余的括号和缩进"
        return None, [Problem(str(path), None, WHOLE_FILE, "层次套得太深", way_out)]
    return Document(path=path, data=data, lines=reader.lines), reader.problems


def read_text(path: Path) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file (a byte order mark is dropped), or why it cannot be had."""
    try:
        content = path.read_bytes()
    except OSError as error:
        way_out = "请检查文件是否存在、当前用户是否有读取权限"
        return "", [Problem(str(path), None, WHOLE_FILE, f"读不了：{error.strerror}", way_out)]
    if len(content) > MAX_BYTES:
        what = f"有 {len(content):,} 字节，超过 {MAX_BYTES:,}"
        return "", [Problem(str(path), None, WHOLE_FILE, what, "请拆成几个较小的 .yaml 文件")]
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        way_out = "请在记事本中“另存为”，编码选 UTF-8"
        return "", [Problem(str(path), line, WHOLE_FILE, "不是 UTF-8 编码", way_out)]


class _Reader:
    """Turns nodes into values, noting lines and what is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._met: set[int] = set()

    def value(self, node: Node, loc: Loc) -> Any:
        if id(node) in self._met:
            self._refuse(node, loc, "引用（*）不支持", "请把内容重写一遍")
            return None
        self._met.add(id(node))
        match node:
            case MappingNode():
                return self._mapping(node, loc)
            case SequenceNode():
                return self._sequence(node, loc)
            case ScalarNode():
                return self._scalar(node, loc)
        raise TypeError(f"unexpected YAML node {node!r}")

    def _mapping(self, node: MappingNode, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode) or key_node.tag == f"{TAG}merge":
                self._refuse(key_node, loc, "键必须是普通文字", "请改成“键: 值”的写法")
                continue
            key, place = str(key_node.value), (*loc, str(key_node.value))
            if key in found:
                what = f"键“{key}”重复，第 {self.lines[place]} 行已经有了"
                self._refuse(key_node, loc, what, "请删去其中一个")
                continue
            self.lines[place] = line
            found[key] = self.value(value_node, place)
        return found

    def _sequence(self, node: SequenceNode, loc: Loc) -> list[Any]:
        found = []
        for index, item in enumerate(node.value):
            self.lines[(*loc, index)] = item.start_mark.line + 1
            found.append(self.value(item, (*loc, index)))
        return found

    def _scalar(self, node: ScalarNode, loc: Loc) -> str | int | float | bool | None:
        text = str(node.value)
        match str(node.tag).removeprefix(TAG):
            case "str" | "timestamp":
                return text
            case "null":
                return None
            case "bool":
                return text.lower() in {"true", "yes", "on"}
            case "int":
                return _whole(text)
            case "float":
                return _fraction(text)
            case other:
                self._refuse(node, loc, f"标签“{other}”不支持", "请去掉感叹号开头的标签")
                return None

    def _refuse(self, node: Node, loc: Loc, what: str, way_out: str) -> None:
        line = node.start_mark.line + 1
        key = Document(path=self.path).key(loc)
        self.problems.append(Problem(str(self.path), line, key, what, way_out))


def _whole(text: str) -> int | str:
    """The number, or the text itself where a tag claims a number that is none (the schema says so)."""
    plain = text.replace("_", "")
    for base in (10, 0):  # 010 is ten in YAML 1.2
        with suppress(ValueError):
            return int(plain, base)
    return text


def _fraction(text: str) -> float | str:
    with suppress(ValueError):
        return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    return text
