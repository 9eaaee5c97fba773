"""The office's register as rows of a workbook: what was read, what it would change, what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import InputError


class Fate(StrEnum):
    """What an import does to the object of a row."""

    NEW = "新增"
    CHANGED = "修改"
    SAME = "未变"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the workbook. `part`: units, columns, accounts or apps; `cells`: key -> text as compared.

    Only the columns that the workbook has are in `cells`; an empty cell is "".
    """

    part: str
    sheet: str
    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One mistake in a workbook: where (row None: the sheet; column "": the row), what, the way out."""

    sheet: str
    row: int | None
    column: str
    what: str
    way_out: str

    def __str__(self) -> str:
        row = f"第 {self.row} 行" if self.row else ""
        column = f"“{self.column}”列" if self.column else ""
        return f"工作表“{self.sheet}”{row}{column}：{self.what}。{self.way_out}"


class WorkbookError(InputError):
    """The workbook cannot be taken over as it is; carries every problem found, nothing was written."""

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as the sheet shows it, before and after; "" is empty."""

    heading: str
    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What a row does. `unit`: the name of the unit it belongs to, "" for a unit itself."""

    part: str
    sheet: str
    row: int
    fate: Fate
    id: str
    name: str
    unit: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What was read from a file. `remarks`: what was left out, in sentences for people."""

    rows: tuple[Row, ...]
    problems: tuple[CellProblem, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An import tried or done. `kept`: by part, how many of the register's objects the file does not have.

    `files`: rewritten (or to be); `copies`: the folder that has the old files, "" while nothing is written.
    """

    changes: tuple[RowChange, ...]
    kept: Mapping[str, int]
    remarks: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    copies: str = ""
    written: bool = field(default=False)
