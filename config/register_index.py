"""The registry's files as the workbook's rows meet them: found by id, by name, by unit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from config.document import Document, Loc
from config.entries import Entry, entries, inside
from config.register_fields import PARTS, SHARED, UNITS, Part
from config.register_text import shown
from config.registry import LISTS, plain

_SAME_PLATFORM = {
    "微信公众号": "微信", "微信订阅号": "微信", "微信服务号": "微信", "新浪微博": "微博", "抖音号": "抖音",
    "头条号": "今日头条", "微信视频号": "视频号",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An object of the register: where it is written, None for one that this import makes."""

    part: str
    id: str
    unit_id: str
    data: Mapping[str, Any]
    document: Document | None = None
    loc: Loc = ()


@dataclass(slots=True)
class Index:
    """All objects, old and (as the import goes on) new. `unit_id` of a shared column is SHARED."""

    documents: Sequence[Document]
    held: dict[tuple[str, str], Held] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for document in self.documents:
            for one in _held(document):
                self.held[one.part, one.id] = one
                if one.part == UNITS.key:
                    self.name_unit(one.id, one.id, one.data.get("name"), *(one.data.get("aliases") or ()))

    def of(self, part: str) -> list[Held]:
        return [one for one in self.held.values() if one.part == part]

    def name_unit(self, unit_id: str, *names: object) -> None:
        for name in names:
            self.names.setdefault(plain(str(name)), unit_id)

    def unit_called(self, name: str) -> str | None:
        """The id of the unit of this name, alias or id; SHARED for shared columns."""
        if plain(name) in {plain(SHARED), "共用"}:
            return SHARED
        return self.names.get(plain(name))

    def unit_name(self, unit_id: str) -> str:
        one = self.held.get((UNITS.key, unit_id))
        return str(one.data.get("name")) if one is not None else unit_id

    def alike(self, part: Part, unit_id: str, cells: Mapping[str, str]) -> list[Held]:
        """Objects of the unit with the same name and, where the sheet has them, platform, kind or store."""
        keys = [key for key in part.same if key != "unit" and cells.get(key)]
        return [
            one
            for one in self.of(part.key)
            if one.unit_id == unit_id and all(_word(part, one, key) == kin(cells[key]) for key in keys)
        ]

    def free_id(self, part: str, stem: str) -> str:
        """`stem`, or with the first number that is free."""
        number, made = 1, stem
        while (part, made) in self.held:
            number += 1
            made = f"{stem}-{number}"
        return made


def kin(word: str) -> str:
    """A name or platform for comparing."""
    text = plain(word)
    return _SAME_PLATFORM.get(text, text)


def _word(part: Part, one: Held, key: str) -> str:
    known = part.field(key)
    return kin(shown(known, one.data.get(key)) if known else str(one.data.get(key) or ""))


def _held(document: Document) -> Iterator[Held]:
    for unit in entries(document, "units"):
        unit_id = unit.text("id")
        yield _one(UNITS.key, "", unit)
        for key in LISTS:
            yield from (_one(key, unit_id, entry) for entry in inside(unit, key))
    yield from (_one("columns", SHARED, entry) for entry in entries(document, "shared_columns"))


def _one(part: str, unit_id: str, entry: Entry) -> Held:
    return Held(
        part=part,
        id=entry.text("id"),
        unit_id=unit_id,
        data=entry.data,
        document=entry.document,
        loc=entry.loc,
    )


def cells_of(part: Part, one: Held, unit_name: str) -> Mapping[str, str]:
    """An object as the sheet shows it."""
    return {f.key: unit_name if f.key == "unit" else shown(f, one.data.get(f.key)) for f in part.fields}


def listing(documents: Sequence[Document]) -> Mapping[str, Sequence[Mapping[str, str]]]:
    """All objects by part, in the order of the files."""
    index = Index(documents)
    return {
        part.key: [cells_of(part, one, index.unit_name(one.unit_id)) for one in index.of(part.key)]
        for part in PARTS
    }


_SHORT = {
    "动态": "dt", "通知公告": "tzgg", "政策文件": "zcwj", "预决算": "yjs", "领导信息": "ldxx",
    "信息公开目录": "gkml", "政策解读": "zcjd", "在线访谈": "zxft", "调查征集": "dczj", "办事服务": "bsfw",
    "重点领域": "zdly", "年报": "nb", "回应关切": "hygq", "规范性文件": "gfxwj",
    "上级通报": "sjtb", "其他": "qt", "苏木镇": "szz", "部门": "bm", "园区": "yq",
    "微信": "wx", "微博": "wb", "抖音": "dy", "快手": "ks",
    "今日头条": "jrtt", "视频号": "sph", "哔哩哔哩": "bili",
}  # fmt: skip
_OTHERWISE = {"units": "dw", "columns": "lm", "accounts": "xmt", "apps": "app"}


def stem_of(part: Part, unit_id: str, cells: Mapping[str, str]) -> str:
    """The beginning of a new id: the unit's id and a short word for kind or platform (caizhengju-wx)."""
    word = kin(cells.get("kind") or cells.get("platform") or "")
    latin = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")[:20]
    short = _SHORT.get(word) or latin or _OTHERWISE[part.key]
    owner = "qi" if unit_id == SHARED else unit_id
    return f"{owner}-{short}"[-56:].strip("-") if owner else f"{short}-1"
