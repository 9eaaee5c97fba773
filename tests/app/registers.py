"""A register written by people, in many ways, and workbooks as people edit them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from app.register import export_register, import_register
from domain.register import Import
from tests.config.folders import deployment

NOW = datetime(2026, 10, 8, 1, 30, tzinfo=UTC)
TEXT = """# 单位表
units:
- id: caizhengju   # 财政
  name: "财政局"
  kind: 部门
  annex: 1
  aliases: [旗财政局,  '财政局（国资委）']   # 别名
  registrations:
  - {kind: 在线访谈, state: not_applicable, since: 2026-01-01, reason: 无, by: 张三}
  columns:
  - id: dt # 动态栏目
    name: 工作动态
    kind: 动态
    url: "http://a.example/dt/"   # 网址
    reading:
      rows: "ul > li"
      reason: 侧栏
  -   {id: tz, name: 通知, kind: 通知公告, url: 'http://a.example/tz/'}  # 一行
  accounts:
  - {id: wx, platform: 微信, name: "=cmd|' /C calc'!A0", source: rss, url: 'http://a.ex/f', monitored_from: }
  apps:
  - name: 通
    package_url: http://a.example/a.apk
    monitored_from:   # 待定
    id: app

# 第二个单位
- id: jiaoyuju
  name: 教育局
  kind: 部门
  aliases:
  - 旗教育局   # 旧写法
  - 教育体育局
  valid_from: 2020-01-01  # 起
shared_columns:
- name: 年报
  kind: 年报
  url: http://a.example/nb/
  id: nb
"""


def office(folder: Path, text: str = TEXT) -> Path:
    made = deployment(folder, "")
    (made / "units" / "a.yaml").write_bytes(text.encode("utf-8"))
    return made


def written(folder: Path) -> str:
    return (folder / "units" / "a.yaml").read_bytes().decode("utf-8")


def exported(folder: Path, edit: Callable[[Any], None] | None = None) -> Path:
    """The register as a workbook, edited by hand."""
    path = folder.parent / "单位表.xlsx"
    export_register(folder, path, clock=lambda: NOW)
    if edit is not None:
        book = load_workbook(path)
        edit(book)
        book.save(path)
    return path


def imported(folder: Path, book: Path, *, write: bool = True) -> Import:
    return import_register(folder, book, write=write, clock=lambda: NOW)


def place(sheet: Any, heading: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == heading)


def put(sheet: Any, row: int, **values: Any) -> None:
    """Write cells of a row by heading; beyond the last row: a new one."""
    for heading, value in values.items():
        sheet.cell(row, place(sheet, heading)).value = value


def row_of(sheet: Any, name: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == name for cell in row))


def below(sheet: Any) -> int:
    """The first row without an id, name or anything."""
    return next(r for r in range(2, 10_000) if all(sheet.cell(r, c).value is None for c in range(1, 6)))


def loose(path: Path, rows: list[list[Any]], title: str = "Sheet1") -> Path:
    """A workbook of other people: one sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
