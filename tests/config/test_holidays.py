"""DIR/holidays.yaml: days off and make-up days, all mistakes told with their lines."""

from datetime import date
from pathlib import Path

import pytest

from config.check import check
from config.holidays import load_holidays
from config.init import init_folder
from domain.errors import ConfigError
from domain.workdays import NO_CHANGES, Holidays


def written(folder: Path, text: str) -> Path:
    (folder / "holidays.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_the_file_nothing_changes(tmp_path: Path) -> None:
    assert load_holidays(tmp_path) == NO_CHANGES
    assert load_holidays(written(tmp_path, "# 只有注释\n")) == NO_CHANGES


def test_days_are_read(tmp_path: Path) -> None:
    text = "days_off: [2027-01-01]\nworking_days:\n  - 2027-02-07\ncomplete_years: [2027]\n"
    assert load_holidays(written(tmp_path, text)) == Holidays(
        days_off=frozenset({date(2027, 1, 1)}), working_days=frozenset({date(2027, 2, 7)}),
        complete_years=frozenset({2027}),
    )  # fmt: skip


@pytest.mark.parametrize(("text", "line", "what"), [
    ("days_off: [2027-02-30]", 1, "没有“2027-02-30”这一天"),
    ("days_off:\n  - 1月1日", 2, "不是日期"),
    ("day_off: [2027-01-01]", 1, "day_off"),
    ("days_off: [2027-01-01]\nworking_days: [2027-01-01]", 2, "已经写在 days_off 里"),
    ("days_off: [2027-01-01, 2027-01-01]", 1, "已经写在 days_off 里"),
    ("complete_years: [27]", 1, "27"),
    ("days_off: [2026-01-01]\ncomplete_years: [2026, 2027]", 2, "没有这一年的放假日"),
    ("days_off: 2027-01-01", 1, ""),
    ("- 2027-01-01", None, ""),
    ("days_off: [2027-01-01", None, ""),
])  # fmt: skip
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    folder = tmp_path / "office"
    init_folder(folder, simulation=True)
    written(folder, text)
    [problem] = [p for p in check(folder) if p.file.endswith("holidays.yaml")]
    assert line in {None, problem.line}
    assert what in str(problem)
    with pytest.raises(ConfigError):
        load_holidays(folder)
