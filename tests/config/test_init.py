from collections import Counter
from pathlib import Path

import pytest

from config.check import check
from config.init import init_folder
from config.load import load_registry, load_settings
from domain.errors import RefusedError, StorageError
from domain.units import UnitKind
from tests.config.folders import full_disk


@pytest.mark.parametrize("simulation", [True, False])
def test_a_new_folder_is_complete_and_right(tmp_path: Path, simulation: bool) -> None:
    folder = tmp_path / "新" / "d"
    init_folder(folder, simulation=simulation)
    assert check(folder) == []
    made = [".gitignore", "holidays.yaml", "rubric", "units", "words.yaml", "zwgk.yaml"]
    assert sorted(path.name for path in folder.iterdir()) == made
    assert load_settings(folder).office_name == "鄂托克旗政务公开领导小组办公室"


def test_the_units_named_in_the_rubric_ship_without_addresses(tmp_path: Path) -> None:
    init_folder(tmp_path, simulation=False)
    registry = load_registry(tmp_path)
    assert Counter(unit.kind for unit in registry.units) == {
        UnitKind.TOWN: 6, UnitKind.DEPARTMENT: 29, UnitKind.PARK: 2, UnitKind.OTHER: 19
    }  # fmt: skip
    assert registry.subjects == ()
    assert {unit.name for unit in registry.units if unit.office_own} == {
        "政务服务局",
        "大数据中心",
        "融媒体中心",
    }
    town = next(unit for unit in registry.units if unit.name == "棋盘井镇")
    assert set(town.aliases) >= {"鄂托克旗棋盘井镇", "棋盘井镇人民政府", "鄂托克旗棋盘井镇人民政府"}


@pytest.mark.parametrize("name", ["units/sumuzhen.yaml", "units/shared.yaml"])
def test_the_commented_examples_are_right(tmp_path: Path, name: str) -> None:
    init_folder(tmp_path, simulation=False)
    lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith(("#   - id:", "# shared_columns:")))
    example = [line[1:] for line in lines[first:] if line.startswith("# ")]
    head = "units:" if lines[first].startswith("#   -") else "# 共用栏目"
    for path in (tmp_path / "units").glob("*.yaml"):
        path.unlink()
    (tmp_path / "units" / "a.yaml").write_text("\n".join([head, *example]), encoding="utf-8")
    assert load_registry(tmp_path).columns


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "zwgk.yaml").write_text("contact: x@example.com\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"zwgk\.yaml"):
        init_folder(tmp_path, simulation=False)
    (tmp_path / "zwgk.yaml").rename(tmp_path / "units")
    with pytest.raises(RefusedError, match="units"):
        init_folder(tmp_path, simulation=False)
    with pytest.raises(RefusedError, match="文件"):
        init_folder(tmp_path / "units", simulation=False)


def test_a_database_cannot_become_a_simulation(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "zwgk.db").touch()
    with pytest.raises(RefusedError, match="模拟"):
        init_folder(tmp_path, simulation=True)
    init_folder(tmp_path, simulation=False)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="写不进去"):
        init_folder(tmp_path / "file" / "d", simulation=False)


def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(StorageError, match="磁盘空间"):
        init_folder(tmp_path / "d", simulation=False)
    assert list((tmp_path / "d").iterdir()) == []
    init_folder(tmp_path / "d", simulation=False)
