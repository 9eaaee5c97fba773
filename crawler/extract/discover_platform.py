"""The 政府信息公开 platform: its fixed parts (指南, 制度, 目录, 年报) and its directory tree. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crawler.extract.discover_links import Harvest, absolute
from crawler.extract.discover_names import is_name, names, tidy

PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("指南", re.compile(r"公开指南$|^指南$")),
    ("制度", re.compile(r"公开(?:工作)?制度|^制度$")),
    ("法定主动公开内容", re.compile(r"主动公开(?:内容|目录|信息)|公开目录|^目录$")),
    ("年报", re.compile(r"公开.{0,4}(?:年报|年度报告)|^年报$|^年度报告$")),
    ("依申请公开", re.compile(r"^依申请公开")),
)
"""Of these a page that shows three is the platform (国务院办公厅 政府信息公开平台 layout)."""
ENOUGH = 3

TREE = re.compile(r"tree|mulu|directory|catalog|gkml|xxgkml|left_?menu|(?:^|[\s_-])side", re.I)

MAX_SCRIPT = 400_000
_NODE = re.compile(r"\{[^{}\[\]]{4,800}")
_NAME = re.compile(
    r"""["']?\b(?:name|title|text|label|chnlname|columnName)["']?\s*:\s*(["'])(.{2,40}?)\1""", re.I
)
_URL = re.compile(r"""["']?\b(?:url|href|link|jump_?url|linkurl|file)["']?\s*:\s*(["'])(.{1,500}?)\1""", re.I)
_DTREE = re.compile(
    r"""\.add\(\s*[^,()]{1,40},\s*[^,()]{1,40},\s*(["'])(.{2,40}?)\1\s*,\s*(["'])(.{1,500}?)\3"""
)


@dataclass(frozen=True, slots=True)
class Node:
    """A column named in a directory tree that a script builds."""

    name: str
    url: str


def parts_of(shown: Iterable[str]) -> dict[str, str]:
    """Which of the platform's parts stand among the names of a page: part → the name it has there."""
    found: dict[str, str] = {}
    for name in shown:
        for part, pattern in PARTS:
            if part not in found and pattern.search(name):
                found[part] = name
    return found


def part_of(name: str) -> str | None:
    """The platform's part a name means."""
    return next((part for part, pattern in PARTS if pattern.search(name)), None)


def in_tree(el: object) -> bool:
    """Does an element stand inside something named like a directory tree?"""
    one = getattr(el, "parent", None)
    for _ in range(8):
        if one is None or one.name in ("body", "[document]"):
            return False
        if TREE.search(names(one)):
            return True
        one = one.parent
    return False


def scripted_nodes(found: Harvest) -> Iterator[Node]:
    """Names with addresses in the page's scripts: zTree nodes, dTree calls, embedded JSON trees."""
    for script in found.soup.find_all("script"):
        text = script.get_text()
        if not 20 <= len(text) <= MAX_SCRIPT:
            continue
        yield from _nodes(text.replace("\\/", "/"), found.base_url)


def _nodes(text: str, base_url: str) -> Iterator[Node]:
    pairs = [(hit.group(2), hit.group(4)) for hit in _DTREE.finditer(text)]
    for hit in _NODE.finditer(text):
        name, url = _NAME.search(hit.group()), _URL.search(hit.group())
        if name and url:
            pairs.append((_unescaped(name.group(2)), url.group(2)))
    for said, href in pairs:
        target, name_ = absolute(href, base_url), tidy(said)
        if target is not None and is_name(name_):
            yield Node(name_, target)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit.group(1), 16)), text)
