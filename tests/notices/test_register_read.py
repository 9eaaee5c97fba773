"""Workbooks as they arrive: each is read, or refused in Chinese; never anything else."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from config.register_fields import ACCOUNTS, APPS, UNITS
from domain.errors import InputError
from notices.register_cells import CellError, cell_text
from notices.register_read import read_register

HEAD = ["单位名称", "类别", "编号"]


def book(*rows: list[Any], title: str = "单位") -> bytes:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def file(folder: Path, content: bytes) -> Path:
    path = folder / "b.xlsx"
    path.write_bytes(content)
    return path


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


PLAIN = book(HEAD, ["财政局", "部门", "czj"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        ("编号,单位名称\nczj,财政局\n".encode("gb18030"), "CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".xls 或 .et"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (PLAIN[:-30], "损坏"),
        (PLAIN[:400], "损坏"),
        (b"PK\x03\x04" + b"\0" * 50, "损坏"),
        (with_part(PLAIN, "xl/vbaProject.bin", b"x"), "宏"),
        (with_part(PLAIN, "xl/bomb.xml", b" " * 130_000_000), "太大"),
        (with_part(PLAIN, "xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "DOCTYPE"),
        (with_part(b"PK\x05\x06" + b"\0" * 18, "word/document.xml", b"<a/>"), "不是 .xlsx"),
        (book(["甲", "乙"], [1, 2]), "没有找到表头"),
        (book(["甲", "乙"], [1, 2], title="统计"), "没有认出"),
    ],
)  # fmt: skip
def test_what_is_no_register_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    try:
        told = "\n".join(map(str, read_register(file(tmp_path, content)).problems))
    except InputError as error:
        told = str(error)
    assert said in told


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "no.xlsx", tmp_path):
        with pytest.raises(InputError, match="读不了"):
            read_register(path)


def test_titles_blank_rows_other_order_and_other_columns(tmp_path: Path) -> None:
    rows = [
        ["全旗单位"], [], ["备 注", "编 号", "分管领导", " 单位名称（全称）*", "类别"], [],
        [None, " czj ", "张三", "财政局　", "部门"], ["  ", None, None, " "],
        ["x", "jyj", None, "教育局", "部门"],
    ]  # fmt: skip
    read = read_register(file(tmp_path, book(*rows)))
    assert [(row.number, dict(row.cells)) for row in read.rows] == [
        (5, {"id": "czj", "name": "财政局", "kind": "部门"}),
        (7, {"id": "jyj", "name": "教育局", "kind": "部门"}),
    ]
    assert (read.problems, read.remarks) == ((), ("工作表“单位”里不认识的列没有读：分管领导",))


def test_a_hundred_thousand_empty_rows_hide_nothing(tmp_path: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "单位"
    sheet.append(HEAD)
    for row in range(2, 100_002):
        sheet.cell(row, 1).number_format = "@"
    sheet.cell(100_002, 1).value = "财政局"
    out = io.BytesIO()
    made.save(out)
    [row] = read_register(file(tmp_path, out.getvalue())).rows
    assert row.number == 100_002


def test_a_claimed_size_leaves_no_row_out(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as packed, zipfile.ZipFile(out, "w") as new:
        for name in packed.namelist():
            new.writestr(name, packed.read(name).replace(b'ref="A1:C2"', b'ref="A1:B1"'))
    assert len(read_register(file(tmp_path, out.getvalue())).rows) == 1


def test_merged_cells_formulas_and_errors_are_told(tmp_path: Path) -> None:
    made = Workbook()
    sheet: Any = made.active
    sheet.title = "单位"
    for row in (HEAD, ["财政局", "部门", "=A1"], ["教育局", "部门", "#REF!"], [None, "部门", "a"]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("J1:K9")
    out = io.BytesIO()
    made.save(out)
    problems = read_register(file(tmp_path, out.getvalue())).problems
    assert [(one.row, one.column, one.what[:4]) for one in problems] == [
        (2, "编号", "是公式，"), (3, "编号", "显示为错"), (3, "单位名称", "有合并的"),
    ]  # fmt: skip


def test_a_heading_twice_and_a_sheet_twice_are_told(tmp_path: Path) -> None:
    made = Workbook()
    for title in ("单位", "单位表"):
        sheet = made.create_sheet(title)
        sheet.append([*HEAD, "编号"])
    out = io.BytesIO()
    made.save(out)
    told = [one.what for one in read_register(file(tmp_path, out.getvalue())).problems]
    assert sum("有两列都是" in one for one in told) == 2
    assert any("都是“单位”" in one for one in told)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1, 8, 30), "2026-09-01"),  # noqa: DTZ001 - cells have no zone
        (46266, "2026-09-01"),
        ("2026-09-01", "2026-09-01"),
        ("２０２６／９／１", "2026-09-01"),
        ("2026年9月1日 ", "2026-09-01"),
        ("2026. 9. 1", "2026-09-01"),
        ("20260901", "2026-09-01"),
        (20260901, "2026-09-01"),
        ("2026-09-01 00:00:00", "2026-09-01"),
        (None, ""),
        ("2026-9", None),
        ("2026-02-30", None),
        ("待定", None),
        (5, None),
    ],
)
def test_days(value: object, day: str | None) -> None:
    field = UNITS.field("valid_from")
    assert field is not None
    if day is None:
        with pytest.raises(CellError):
            cell_text(field, value)
    else:
        assert cell_text(field, value) == day


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("state", None, "在用"), ("state", "正常 ", "在用"), ("state", "已关停", "已注销"),
        ("state", "停", None),
        ("full_coverage", True, "是"), ("full_coverage", "√", "是"), ("full_coverage", 0, "否"),
        ("full_coverage", "也许", None), ("synced_within_days", 3.0, "3"), ("synced_within_days", "３", "3"),
        ("synced_within_days", 2.5, None), ("account_id", 10**15, None),
        ("account_id", "１２ 3\u200b", "123"),
        ("name", date(2026, 9, 1), None),
        ("name", "\u3000乌兰\xa0 镇\n", "乌兰 镇"), ("name", 2020, "2020"),
    ],
)  # fmt: skip
def test_cells(key: str, value: object, text: str | None) -> None:
    field = ACCOUNTS.field(key)
    assert field is not None
    if text is None:
        with pytest.raises(CellError) as caught:
            cell_text(field, value)
        assert caught.value.way_out
    else:
        assert cell_text(field, value) == text


def test_a_store_is_known_by_its_key_too() -> None:
    field = APPS.field("store")
    assert field is not None
    assert cell_text(field, "Apple") == "苹果应用商店（中国区）"


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    """Bytes of the parts, unpacked, are changed: the parsers see the damage."""
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name])))
    new = data.draw(st.binary(max_size=8) | st.sampled_from([b"<", b'"', b"9" * 30, b"</row>", b"-1", b"\0"]))
    width = data.draw(st.integers(0, 30))
    parts[name] = parts[name][:at] + new + parts[name][at + width :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for one, content in parts.items():
            packed.writestr(one, content)
    path = file(tmp_path_factory.mktemp("damaged"), out.getvalue())
    with suppress(InputError):
        read_register(path)
