"""Objects of the register: what stands in it, and what a change did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from app.register_view import Registered
from domain.register import Fate, Import, RowChange

Cells = Annotated[Mapping[str, str], "各项的值，与工作簿的单元格相同；空：没有写"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRows:
    rows: Annotated[Sequence[Cells], "按文件中的顺序"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterObject:
    part: Annotated[str, "units 单位，columns 栏目，accounts 账号，apps 应用"]
    cells: Cells
    file: Annotated[str, "写在哪个文件"]
    version: Annotated[str, "文件现在的样子：更改时写回，其间改过的不保存"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    key: str
    heading: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterChange:
    part: str
    id: str
    name: str
    fate: Annotated[Fate, "新增、更改，或没有变化"]
    fields: Sequence[CellChange]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookDone:
    book: Annotated[str, "工作簿的标记：保存时写回"]
    seen: Annotated[str, "单位表此刻的样子：保存时写回"]
    written: Annotated[bool, "true：已保存；false：只是预览，或没有变化"]
    changes: Annotated[Sequence[RegisterChange], "新增和修改的；没有变化的不列"]
    kept: Annotated[Mapping[str, int], "文件里没有、保持不变的各有几项"]
    remarks: Annotated[Sequence[str], "提示"]


def workbook_json(done: Import, *, book: str, seen: str) -> WorkbookDone:
    changed = [change_json(one) for one in done.changes if one.fate is not Fate.SAME]
    return WorkbookDone(
        book=book, seen=seen, written=done.written, changes=changed, kept=done.kept, remarks=done.remarks
    )


def object_json(one: Registered) -> RegisterObject:
    return RegisterObject(part=one.part.key, cells=one.cells, file=one.file, version=one.version)


def change_json(one: RowChange) -> RegisterChange:
    fields = [CellChange(key=f.key, heading=f.heading, old=f.old, new=f.new) for f in one.fields]
    return RegisterChange(part=one.part, id=one.id, name=one.name, fate=one.fate, fields=fields)
