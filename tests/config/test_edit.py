from datetime import date
from pathlib import Path

import pytest

from config.edit import set_monitored_from
from config.load import load_registry
from domain.errors import ConfigError, StorageError
from tests.config.folders import deployment, full_disk

DAY = date(2026, 10, 1)
TEXT = """# 单位表
units:
- id: caizhengju   # 财政
  name: "财政局"
  kind: 部门
  columns:
  - id: dt # 动态栏目
    name: 工作动态
    kind: 动态
    url: "http://a.example/dt/"   # 网址
  -   {id: tz, name: 通知, kind: 通知公告, url: 'http://a.example/tz/'}  # 一行
  - {id: zc, name: 政策, kind: 政策文件, monitored_from: 2026-01-01, url: 'http://a.example/zc/'}
  accounts:
  - {id: wx, platform: 微信, name: 号, source: rss, url: 'http://a.example/f', monitored_from: }
  apps:
  - name: 通
    package_url: http://a.example/a.apk
    monitored_from:   # 待定
    id: app
shared_columns:
- name: 年报
  kind: 年报
  url: http://a.example/nb/
  id: nb"""


def written(folder: Path) -> str:
    return (folder / "units" / "a.yaml").read_bytes().decode("utf-8")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "subject_id", ["column:dt", "column:tz", "column:zc", "account:wx", "app:app", "column:nb"]
)
def test_only_the_day_changes(tmp_path: Path, subject_id: str, newline: str) -> None:
    folder = deployment(tmp_path / "d", "")
    before = TEXT.replace("\n", newline)
    (folder / "units" / "a.yaml").write_bytes(before.encode("utf-8"))
    assert set_monitored_from(folder, subject_id, DAY) == folder / "units" / "a.yaml"
    assert load_registry(folder).subject(subject_id).monitored_from == DAY
    after = written(folder)
    changed = set(after.split(newline)) - set(before.split(newline))
    assert len(changed) == 1
    assert "monitored_from: 2026-10-01" in changed.pop()
    assert after.count("#") == before.count("#")
    assert ("\r\n" in after) == (newline == "\r\n")


def test_a_second_day_replaces_the_first(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", TEXT)
    set_monitored_from(folder, "column:dt", date(2026, 9, 1))
    set_monitored_from(folder, "column:dt", DAY)
    assert "    id" not in written(folder).split("monitored_from")[0][-5:]
    assert written(folder) == TEXT.replace("# 动态栏目\n", "# 动态栏目\n    monitored_from: 2026-10-01\n")


def test_a_byte_order_mark_and_the_mode_stay(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", "")
    path = folder / "units" / "a.yaml"
    path.write_bytes(TEXT.encode("utf-8-sig"))
    path.chmod(0o640)
    set_monitored_from(folder, "column:tz", DAY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf# ")
    assert path.stat().st_mode & 0o777 == 0o640
    assert [item.name for item in path.parent.iterdir()] == ["a.yaml"]


def test_an_unknown_subject_names_the_near_one(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", TEXT)
    with pytest.raises(ConfigError, match="是不是“column:dt”"):
        set_monitored_from(folder, "column:ddt", DAY)
    assert written(folder) == TEXT


def test_a_broken_file_is_left_alone(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", "units: [\n")
    with pytest.raises(ConfigError, match="括号"):
        set_monitored_from(folder, "column:dt", DAY)
    assert written(folder) == "units: [\n"


@pytest.mark.parametrize(
    ("id_lines", "said"), [("? id\n  : nb", "无法自动修改"), ("id: &x nb\n  clock: *x", "引用")]
)
def test_a_way_of_writing_that_cannot_be_edited_is_left_alone(
    tmp_path: Path, id_lines: str, said: str
) -> None:
    text = f"shared_columns:\n- {id_lines}\n  name: 年报\n  kind: 年报\n  url: http://a.example/\n"
    folder = deployment(tmp_path / "d", text)
    with pytest.raises(ConfigError, match=said):
        set_monitored_from(folder, "column:nb", DAY)
    assert written(folder) == text


@pytest.mark.parametrize("id_lines", ["id: >-\n    nb", "id:\n    nb", '"id": "nb"', "id: 'nb'  # : #"])
def test_other_ways_of_writing_are_edited(tmp_path: Path, id_lines: str) -> None:
    text = f"shared_columns:\n- {id_lines}\n  name: 年报\n  kind: 年报\n  url: http://a.example/\n"
    folder = deployment(tmp_path / "d", text)
    set_monitored_from(folder, "column:nb", DAY)
    assert load_registry(folder).subject("column:nb").monitored_from == DAY


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", TEXT)
    with full_disk(), pytest.raises(StorageError, match="没有改动"):
        set_monitored_from(folder, "column:dt", DAY)
    assert written(folder) == TEXT
    assert [item.name for item in (folder / "units").iterdir()] == ["a.yaml"]
