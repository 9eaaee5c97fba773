"""Reads a register workbook: finds the sheets and headings, and every row with what is wrong in its cells."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from config.register_fields import PARTS, Field, Part
from config.register_text import code, tidy
from domain.errors import InputError
from domain.register import CellProblem, Row, Workbook
from notices.register_cells import CellError, cell_text
from notices.register_file import BROKEN, damaged, workbook_bytes

MAX_COLUMNS = 100
HEAD_WITHIN = 10
"""The headings stand in one of the first so many rows; a title may stand above them."""
IGNORED = frozenset({"序号", "备注", "说明"})
NOTES = "说明"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


@dataclass(slots=True)
class _Sheet:
    """A sheet on its way: `columns`: place (0-based) -> field; `merged`: as (column, row, column, row)."""

    title: str
    part: Part
    head_row: int
    columns: Mapping[int, Field]
    rows: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    def tell(self, row: int | None, column: str, what: str, way_out: str) -> None:
        self.problems.append(CellProblem(self.title, row, column, what, way_out))


def read_register(path: Path) -> Workbook:
    """Every row of the sheets that are known by name or headings, all problems with them.

    Raises InputError for a file that is no usable workbook.
    """
    content = workbook_bytes(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of decorations that it does not keep
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            try:
                return _read(path.name, book, content)
            finally:
                book.close()
    except InputError:
        raise
    except BROKEN as error:
        raise damaged(path.name) from error


def _read(name: str, book: Any, content: bytes) -> Workbook:
    rows: list[Row] = []
    problems: list[CellProblem] = []
    remarks: list[str] = []
    found: dict[str, str] = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # the size a file claims may leave rows out
        if plain(sheet.title) == NOTES:
            continue
        read = _sheet(sheet, problems, remarks)
        if read is None:
            continue
        taken = found.setdefault(read.part.key, read.title)
        if taken != read.title:
            what = f"与工作表“{taken}”都是“{read.part.title}”"
            read.tell(None, "", what, "请合成一张，或删去一张")
        _check_merged(read, _merged(sheet, content))
        rows += read.rows
        problems += read.problems
        remarks += _left_out(read, sheet)
    if not found and not problems:
        wanted = "、".join(part.title for part in PARTS)
        raise InputError(
            f"{name}：没有认出任何一张表（要有名为 {wanted} 的工作表，或有“账号名称”“平台”等表头）。"
            "请用 zwgk register export 导出一份，照它的表头填写。"
        )
    return Workbook(rows=tuple(rows), problems=tuple(problems), remarks=tuple(remarks))


def _sheet(sheet: Any, problems: list[CellProblem], remarks: list[str]) -> _Sheet | None:
    lines = enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1)
    read = None
    before: list[tuple[int, tuple[Any, ...]]] = []
    for number, cells in lines:
        if not any(cell.value is not None for cell in cells):
            continue
        if read is not None:
            _row(read, number, cells)
            continue
        before.append((number, cells))
        read = _headed(sheet.title, number, cells)
        if read is None and len(before) >= HEAD_WITHIN:
            break
    if read is None and before:
        named = _by_name(sheet.title)
        if named is None:
            remarks.append(f"工作表“{sheet.title}”不认识，没有读")
        else:
            wanted = "、".join(one.heading for one in named.fields[:4])
            way_out = f"第一行应是表头（{wanted}……），请照 zwgk register export 导出的表改正"
            problems.append(CellProblem(sheet.title, None, "", "没有找到表头", way_out))
    return read


def plain(text: str) -> str:
    """A heading or sheet name for comparing: no blanks, marks, brackets' contents; one width, lower case."""
    return re.sub(r"\(.*?\)|[*:()\s]", "", code(text)).lower()


def _by_name(title: str) -> Part | None:
    return next((p for p in PARTS if plain(title) in map(plain, (p.title, *p.sheet_names))), None)


def _headed(title: str, number: int, cells: Sequence[Any]) -> _Sheet | None:
    """The sheet, if this row holds its headings: a name column and another; unnamed sheets need three."""
    named = _by_name(title)
    best: _Sheet | None = None
    for part in (named,) if named else (PARTS[2], PARTS[1], PARTS[3], PARTS[0]):
        columns, problems = _columns(title, number, part, cells)
        keys = {one.key for one in columns.values()}
        enough = {"name"} <= keys and (len(keys) >= 2 if named else set(part.same) <= keys and len(keys) >= 3)
        if (enough or (named and len(keys) >= 3)) and (best is None or len(keys) > len(best.columns)):
            best = _Sheet(title=title, part=part, head_row=number, columns=columns, problems=problems)
    return best


def _columns(
    title: str, number: int, part: Part, cells: Sequence[Any]
) -> tuple[Mapping[int, Field], list[CellProblem]]:
    known = {plain(alias): one for one in part.fields for alias in one.aliases}
    known |= {plain(one.heading): one for one in part.fields}
    columns: dict[int, Field] = {}
    problems: list[CellProblem] = []
    for place, cell in enumerate(cells):
        one = known.get(plain(cell.value)) if isinstance(cell.value, str) else None
        if one is None:
            continue
        if one in columns.values():
            what = f"有两列都是“{one.heading}”"
            problems.append(CellProblem(title, number, tidy(cell.value), what, "请只留一列"))
        else:
            columns[place] = one
    return columns, problems


def _row(sheet: _Sheet, number: int, cells: Sequence[Any]) -> None:
    texts: dict[str, str] = {}
    known = {place: cells[place] for place in sheet.columns if place < len(cells)}
    if all(cell.value is None or not tidy(str(cell.value)) for cell in known.values()):
        return
    for place, one in sheet.columns.items():
        cell = known.get(place)
        try:
            texts[one.key] = cell_text(one, _value(cell)) if cell is not None else one.default
        except CellError as error:
            sheet.tell(number, one.heading, error.what, error.way_out)
    sheet.rows.append(Row(part=sheet.part.key, sheet=sheet.title, number=number, cells=texts))


def _value(cell: Any) -> object:
    if cell.value is None:
        return None
    if cell.data_type == "f":
        raise CellError("是公式，不是内容", "请复制这一列，再“选择性粘贴—数值”")
    if cell.data_type == "e":
        raise CellError(f"显示为错误值 {cell.value}", "请改成实际的内容")
    return cell.value


def _left_out(read: _Sheet, sheet: Any) -> Iterator[str]:
    """Columns that are not the register's, named once."""
    [cells] = sheet.iter_rows(min_row=read.head_row, max_row=read.head_row, max_col=MAX_COLUMNS)
    names = [
        tidy(str(cell.value)) for place, cell in enumerate(cells) if place not in read.columns and cell.value
    ]
    unknown = [name for name in names if plain(name) not in IGNORED]
    if unknown:
        yield f"工作表“{read.title}”里不认识的列没有读：{'、'.join(unknown[:8])}"


def _merged(sheet: Any, content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Merged ranges; reading by rows does not give them, they stand behind the rows in the sheet's part."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        part = packed.read(str(sheet._worksheet_path).lstrip("/"))
    for found in _MERGED.finditer(part):
        left, top, right, bottom = range_boundaries(found[1].decode("ascii"))
        yield int(left or 1), int(top or 1), int(right or MAX_COLUMNS), int(bottom or 1_048_576)


def _check_merged(sheet: _Sheet, ranges: Iterator[tuple[int, int, int, int]]) -> None:
    for left, top, right, bottom in ranges:
        touched = [sheet.columns[place] for place in range(left - 1, right) if place in sheet.columns]
        if bottom > sheet.head_row and touched:
            row = max(top, sheet.head_row + 1)
            what = f"有合并的单元格（第 {top} 至 {bottom} 行），看不出每一行的内容"
            sheet.tell(row, touched[0].heading, what, "请取消合并，每一行都填上内容")
