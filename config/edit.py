"""Changes a single value in a registry file; every other character, comments too, stays as it was.

The nodes give the places of keys and values in the text; the text between them is left alone (dumping the
whole file again would shift indentation and quotes that people chose).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from config.document import Document, parse, read_text
from config.load import registry_documents
from config.mistakes import near
from config.nodes import compose
from domain.errors import ConfigError, Problem, StorageError
from domain.units import SubjectKind

KEY = "monitored_from"
LIST_OF = {SubjectKind.COLUMN: "columns", SubjectKind.ACCOUNT: "accounts", SubjectKind.APP: "apps"}


def set_monitored_from(folder: Path, subject_id: str, day: date) -> Path:
    """Write the day from which a subject is judged into its file under units/; returns that file.

    Raises ConfigError (no such subject, unreadable files), StorageError (the file cannot be written).
    """
    documents, problems = registry_documents(folder)
    if problems:
        raise ConfigError(problems)
    known: list[str] = []
    for document in documents:
        text, _ = read_text(document.path)
        for found_id, entry in _subjects(compose(text)):
            known.append(found_id)
            if found_id == subject_id:
                replace_text(document.path, _checked(document, text, _with_day(text, entry, day), day))
                return document.path
    way_out = f"{near(subject_id, known)}用 zwgk config check 查看单位表"
    raise ConfigError([Problem(str(folder / "units"), None, subject_id, "没有这个监测对象", way_out)])


def _subjects(top: Node | None) -> Iterator[tuple[str, MappingNode]]:
    """Subject ids with the mappings they stand in."""
    for unit in _items(top, "units"):
        for kind, key in LIST_OF.items():
            yield from ((f"{kind}:{_text(entry, 'id')}", entry) for entry in _items(unit, key))
    for entry in _items(top, "shared_columns"):
        yield f"{SubjectKind.COLUMN}:{_text(entry, 'id')}", entry


def _items(node: Node | None, key: str) -> list[MappingNode]:
    pair = _pair(node, key)
    inner = pair[1] if pair else None
    return (
        [item for item in inner.value if isinstance(item, MappingNode)]
        if isinstance(inner, SequenceNode)
        else []
    )


def _pair(node: Node | None, key: str) -> tuple[Node, Node] | None:
    if not isinstance(node, MappingNode):
        return None
    return next(((k, v) for k, v in node.value if isinstance(k, ScalarNode) and k.value == key), None)


def _text(entry: MappingNode, key: str) -> str:
    pair = _pair(entry, key)
    return str(pair[1].value) if pair else ""


def _with_day(text: str, entry: MappingNode, day: date) -> str:
    written = _pair(entry, KEY)
    if written:
        return _with_value(text, written, day)
    key, value = _pair(entry, "id") or entry.value[0]
    end: int = value.end_mark.index
    if entry.flow_style:
        return f"{text[:end]}, {KEY}: {day}{text[end:]}"
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * key.start_mark.column
    stop = text.find("\n", end)
    if stop < 0:
        return f"{text}{newline}{indent}{KEY}: {day}"
    return f"{text[: stop + 1]}{indent}{KEY}: {day}{newline}{text[stop + 1 :]}"


def _with_value(text: str, pair: tuple[Node, Node], day: date) -> str:
    key, value = pair
    if value.value:
        return f"{text[: value.start_mark.index]}{day}{text[value.end_mark.index :]}"
    colon = text.index(":", key.end_mark.index) + 1  # nothing written behind the key
    return f"{text[:colon]} {day}{text[colon:]}"


def _checked(before: Document, old: str, new: str, day: date) -> str:
    """The new text, once it is sure that it says what the old one did but for the one day."""
    after, problems = parse(before.path, new)
    was, _ = parse(before.path, old)
    if after is None or was is None or problems or _differences(was.data, after.data) - {str(day)}:
        way_out = f"请直接在文件里写上 {KEY}: {day}"
        raise ConfigError([Problem(str(before.path), None, KEY, "这个文件的写法无法自动修改", way_out)])
    return new


def _differences(was: object, now: object) -> set[str]:
    """What `now` has where it differs from `was`."""
    if isinstance(was, dict) and isinstance(now, dict) and set(was) <= set(now):
        return set().union(*(_differences(was.get(key), value) for key, value in now.items()))
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        return set().union(*(_differences(a, b) for a, b in zip(was, now, strict=True)))
    return set() if was == now else {str(now)}


def replace_text(path: Path, text: str) -> None:
    """Write the file anew beside the old one, then put it in its place at once."""
    path, staged = path.resolve(), None
    try:
        marked = path.read_bytes().startswith(b"\xef\xbb\xbf")
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".zwgk-edit-", delete=False) as staging:
            staged = Path(staging.name)
            staging.write(text.encode("utf-8-sig" if marked else "utf-8"))
            staging.flush()
            os.fsync(staging.fileno())
        shutil.copymode(path, staged)
        staged.replace(path)
    except OSError as error:
        if staged is not None:
            staged.unlink(missing_ok=True)
        raise StorageError(
            f"{path}：写不进去（{error.strerror}）。请检查磁盘空间和当前用户的写权限；原文件没有改动。"
        ) from error
