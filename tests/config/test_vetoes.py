"""The information rubric: loaded beside the scored ones, never among them; mistakes told with line."""

from pathlib import Path

import pytest

from config.check import check
from config.init import init_folder
from config.load import load_rubrics, load_vetoes
from domain.errors import ConfigError
from domain.vetoes import Looker

FILE = Path("rubric") / "national2019.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_folder(tmp_path / "d", simulation=False)
    return tmp_path / "d"


def test_it_is_shipped_and_stays_out_of_every_score(folder: Path) -> None:
    assert set(load_rubrics(folder)) == {1, 2}
    [vetoes] = load_vetoes(folder)
    assert [one.id for one in vetoes.indicators] == ["W1", "W2", "W3", "W4", "W5", "W6", "N1", "N2", "N3"]
    assert "没有核对到原文" in vetoes.left_out


def test_the_confirmed_thresholds_are_data(folder: Path) -> None:
    [vetoes] = load_vetoes(folder)
    limits = {(i.id, c.look): dict(c.limits) for i in vetoes.indicators for c in i.checks}
    assert limits == {
        ("W2", Looker.SITE_UNREACHABLE): {"days": 7, "visits": 20, "seconds": 15, "percent": 5},
        ("W3", Looker.SITE_STILL): {"days": 14},
        ("W4", Looker.COLUMNS_OVERDUE): {"count": 5},
        ("W4", Looker.COLUMNS_NEGLECTED): {"count": 10},
        ("W4", Looker.COLUMNS_BLANK): {"count": 5},
        ("N2", Looker.MEDIA_SILENT): {"days": 14},
        ("N2", Looker.MEDIA_BROKEN): {},
    }
    groups = [(g.kinds, g.days, g.months) for i in vetoes.indicators for c in i.checks for g in c.groups]
    assert groups == [(("动态",), 14, None), (("通知公告", "政策文件"), None, 6)]


def test_a_folder_without_it_is_fine(folder: Path) -> None:
    (folder / FILE).unlink()
    assert load_vetoes(folder) == ()
    assert check(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\nscope: information", "\nscope: score", "不是允许的值"),
        ("look: site.still", "look: site.stil", "不是允许的值"),
        ("limits: {days: 14}}", "limits: {day: 14}}", "不认识阈值“day”"),
        ("percent: 5}", "}", "缺少阈值 percent"),
        ("visits: 20", "visits: 0", "太小"),
        ("kinds: [动态], days: 14", "kinds: [动太], days: 14", "不是登记的类别"),
        ("kinds: [动态], days: 14", "kinds: [动态]", "写一个期限"),
        ("kinds: [动态], days: 14", "kinds: [动态], days: 14, months: 1", "写一个期限"),
        ("object: 政务新媒体", "object: 新媒体", "不是允许的值"),
        ("id: W1", "id: X1", "不合要求"),
    ],
)
def test_a_mistake_is_told_with_line_and_way_out(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rubrics(folder)
    [problem] = [one for one in caught.value.problems if said in one.what][:1]
    assert problem.file.endswith("national2019.yaml")
    assert problem.line
    assert problem.way_out
