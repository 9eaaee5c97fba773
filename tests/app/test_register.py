from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.register import counts
from config.load import load_registry
from config.rewrite import inline
from domain.errors import ConfigError, StorageError
from domain.register import Fate, WorkbookError
from tests.app.registers import (
    TEXT,
    below,
    exported,
    imported,
    loose,
    office,
    place,
    put,
    row_of,
    written,
)
from tests.config.folders import full_disk


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_out_and_in_again_changes_nothing(tmp_path: Path, newline: str, mark: str) -> None:
    text = mark + TEXT.replace("\n", newline)
    folder = office(tmp_path / "d", text)
    done = imported(folder, exported(folder))
    assert written(folder) == text
    assert (done.files, done.written) == ((), False)
    assert counts(done, "units") == {Fate.NEW: 0, Fate.CHANGED: 0, Fate.SAME: 2}
    assert not (folder / "units-history").exists()


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")
    sheet = load_workbook(exported(folder))["政务新媒体"]
    cell = sheet.cell(2, place(sheet, "账号名称"))
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)


def test_changes_touch_their_lines_only(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")

    def edit(book: Any) -> None:
        put(
            book["单位"], row_of(book["单位"], "教育局"), 别名="教育体育局、教体局", 停用日期="2026年12月31日"
        )
        put(book["栏目"], row_of(book["栏目"], "工作动态"), 更新周期="１４d", 起算日期="2026/9/1")
        put(book["政务新媒体"], 2, 认证主体="鄂托克旗财政局", 状态="拟关停")
        put(book["应用"], 2, 应用名称="某某通")

    done = imported(folder, exported(folder, edit))
    told = [(one.id, change.key, change.new) for one in done.changes for change in one.fields]
    assert told == [
        ("jiaoyuju", "aliases", "教育体育局、教体局"),
        ("jiaoyuju", "valid_to", "2026-12-31"),
        ("dt", "clock", "14d"),
        ("dt", "monitored_from", "2026-09-01"),
        ("wx", "verified_subject", "鄂托克旗财政局"),
        ("wx", "state", "拟关停"),
        ("app", "name", "某某通"),
    ]
    gone = set(TEXT.splitlines()) - set(written(folder).splitlines())
    assert sorted(line.strip() for line in gone) == [
        "- name: 通",
        "- {id: wx, platform: 微信, name: \"=cmd|' /C calc'!A0\", source: rss, url: 'http://a.ex/f', "
        "monitored_from: }",
        "- 旗教育局   # 旧写法",
    ]
    account = load_registry(folder).subject("account:wx")
    assert getattr(account, "verified_subject", "") == "鄂托克旗财政局"
    copy = folder / "units-history" / "20261008-093000" / "a.yaml"
    assert copy.read_text("utf-8") == TEXT
    assert done.copies == str(copy.parent)
    assert imported(folder, exported(folder)).files == ()


def test_new_objects_get_ids_and_their_place(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")

    def edit(book: Any) -> None:
        units, columns, accounts, apps = (book[name] for name in ("单位", "栏目", "政务新媒体", "应用"))
        put(units, below(units), 单位名称="水利局", 类别="部门", 别名="旗水利局")
        for name in ("公示", "公示二"):
            url = f"http://a.example/{len(name)}/"
            put(columns, below(columns), 单位="旗教育局", 栏目名称=name, 类别="通知公告", 网址=url)
        shared = {"单位": "（共用）", "栏目名称": "解读", "类别": "政策解读", "网址": "http://a.example/j"}
        put(columns, below(columns), **shared)
        put(accounts, below(accounts), 单位="水利局", 平台="抖音", 账号名称="水利", 账号ID=1234567890)
        put(accounts, below(accounts) - 1, 来源="rss", 网址="http://a.example/s", 来源完整="是")
        put(apps, below(apps), 单位="caizhengju", 应用名称="通二", 应用商店="苹果应用商店（中国区）")
        put(apps, below(apps) - 1, 商店编号=1090234567)

    done = imported(folder, exported(folder, edit), write=False)
    assert (written(folder), done.written) == (TEXT, False)
    new = [one.id for one in done.changes if one.fate is Fate.NEW]
    assert new == ["bm-1", "jiaoyuju-tzgg", "jiaoyuju-tzgg-2", "qi-zcjd", "bm-1-dy", "caizhengju-app"]
    done = imported(folder, exported(folder, edit))
    assert set(TEXT.splitlines()) <= set(written(folder).splitlines())
    registry = load_registry(folder)
    assert registry.unit("bm-1").annex == 1
    assert [one.account_id for one in registry.accounts] == ["", "1234567890"]
    assert [one.listing for one in registry.apps] == ["", "1090234567"]
    assert imported(folder, exported(folder)).files == ()


def test_rows_without_an_id_meet_what_is_there(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")
    book = loose(
        tmp_path / "b.xlsx",
        [
            ["全旗政务新媒体登记表"],
            [],
            ["序号", "主管单位/主办单位", "账号名称", "平台/类型", "账号ID", "状态", "粉丝数"],
            [1, "财政局（国资委） ", "=cmd|' /C calc'!A0", "微信公众号", 8.6e2, "正常", 20],
        ],
    )
    sheet_book = load_workbook(book)
    sheet_book["Sheet1"]["C4"].data_type = "s"
    sheet_book.save(book)
    [change] = imported(folder, book).changes
    assert (change.fate, change.id) == (Fate.CHANGED, "wx")
    assert [(one.key, one.new) for one in change.fields] == [
        ("platform", "微信公众号"),
        ("account_id", "860"),
    ]


def test_what_the_file_has_not_stays(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")

    def edit(book: Any) -> None:
        book["栏目"].delete_rows(2, 1)
        book["单位"].delete_cols(place(book["单位"], "别名"))
        del book["应用"]

    done = imported(folder, exported(folder, edit))
    assert (written(folder), done.kept) == (TEXT, {"units": 0, "columns": 1, "accounts": 0, "apps": 1})


def test_every_mistake_is_told_at_its_cell_and_nothing_written(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")

    def edit(book: Any) -> None:
        units, columns, accounts = book["单位"], book["栏目"], book["政务新媒体"]
        put(units, below(units), 单位名称="旗教育局", 类别="部们")
        put(units, row_of(units, "财政局"), 启用日期="2026-02-30")
        put(columns, row_of(columns, "工作动态"), 网址="ftp://a.example/", 更新周期="=A1&1")
        put(columns, below(columns), 编号="tz", 栏目名称="又一个", 类别="动态")
        put(columns, below(columns), 单位="水务局", 栏目名称="栏", 类别="动态", 网址="http://a.example/w")
        put(
            accounts,
            below(accounts),
            单位="财政局",
            账号名称="号",
            平台="微信",
            来源="rss",
            账号ID=12345678901234567,
        )

    with pytest.raises(WorkbookError) as caught:
        imported(folder, exported(folder, edit))
    told = {(one.sheet, one.row, one.column) for one in caught.value.problems}
    assert told == {
        ("单位", 4, "类别"),
        ("单位", 2, "启用日期"),
        ("栏目", 2, "更新周期"),
        ("栏目", 2, "网址"),
        ("栏目", 5, "编号"),
        ("栏目", 6, "单位"),
        ("政务新媒体", 3, "账号ID"),
        ("政务新媒体", 3, "网址"),
    }
    assert written(folder) == TEXT


def test_mistakes_of_the_schema_and_of_the_whole_are_told_at_their_cells(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")

    def wrong(book: Any) -> None:
        put(book["栏目"], row_of(book["栏目"], "工作动态"), 网址="ftp://a.example/", 停用日期="2026-01-01")
        put(book["栏目"], row_of(book["栏目"], "通知"), 单位="教育局")
        put(book["应用"], below(book["应用"]), 单位="财政局", 应用名称="无链接")

    with pytest.raises(WorkbookError) as caught:
        imported(folder, exported(folder, wrong))
    told = [(one.sheet, one.row, one.column) for one in caught.value.problems]
    assert told == [("应用", 3, "商店编号"), ("栏目", 2, "网址"), ("栏目", 3, "单位")]

    def claimed(book: Any) -> None:
        put(book["单位"], below(book["单位"]), 单位名称="旗教育局", 类别="部门")

    with pytest.raises(WorkbookError, match="工作表“单位”第 4 行“单位名称”列：.*已经是“教育局”") as caught:
        imported(folder, exported(folder, claimed))
    assert written(folder) == TEXT


def test_a_file_that_cannot_be_edited_is_left_alone(tmp_path: Path) -> None:
    text = TEXT.replace("  - 旗教育局", "  -\n    旗教育局")
    folder = office(tmp_path / "d", text)

    def edit(book: Any) -> None:
        put(book["单位"], row_of(book["单位"], "教育局"), 别名="教育体育局")

    book = exported(folder, edit)
    with pytest.raises(ConfigError, match="无法自动修改"):
        imported(folder, book)
    assert written(folder) == text


def test_a_full_disk_leaves_the_files_as_they_were(tmp_path: Path) -> None:
    folder = office(tmp_path / "d")
    book = exported(folder, lambda book: put(book["应用"], 2, 应用名称="某某通"))
    with full_disk(), pytest.raises(StorageError, match="没有导入"):
        imported(folder, book)
    assert written(folder) == TEXT


PRINTED = st.characters(exclude_categories=("C", "Z"), include_characters=" ")
WORDS = st.text(PRINTED, min_size=1, max_size=30).map(str.strip).filter(bool)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(WORDS, min_size=1, max_size=4), subject=WORDS)
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], subject: str
) -> None:
    rows = "".join(
        f"  - {{id: a{at}, platform: 微信, name: {inline(name)}, source: rss, url: http://a.example/{at}, "
        f"registered_name: {inline(subject)}}}\n"
        for at, name in enumerate(names)
    )
    text = f"units:\n- id: czj\n  name: 财政局\n  kind: 部门\n  accounts:\n{rows}"
    folder = office(tmp_path_factory.mktemp("any") / "d", text)
    assert imported(folder, exported(folder)).files == ()

    def edit(book: Any) -> None:
        cell = book["政务新媒体"].cell(2, place(book["政务新媒体"], "认证主体"))
        cell.value = subject
        cell.data_type = "s"

    imported(folder, exported(folder, edit))
    assert set(text.splitlines()[: -len(names)]) <= set(written(folder).splitlines())
    once = written(folder)
    assert imported(folder, exported(folder)).files == ()
    assert written(folder) == once
