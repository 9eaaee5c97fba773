"""A column's `reading:` in the registry: kept as written, and refused where it cannot work."""

from datetime import date
from pathlib import Path

import pytest

from config.check import check
from config.document import parse
from config.edit import set_monitored_from
from config.load import load_registry
from config.registry import check_registry
from domain.errors import Problem
from domain.overrides import ListOverride
from tests.config.folders import deployment

COLUMN = """units:
  - id: caizhengju
    name: 财政局
    kind: 部门
    columns:
      - id: czj-dt
        name: 工作动态
        kind: 动态
        url: http://www.example.com/dt/
        reading:
"""
READING = r"""          rows: "div.list > ul > li"
          title: a
          date: span.time            # 右边的一列
          date_pattern: '(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日'
          reason: 侧栏被当成了主列表；2026-11-02 张三核对
"""
LEAST = "          rows: li\n          reason: 张三\n"


def problems_in(reading: str) -> list[Problem]:
    document, found = parse(Path("a.yaml"), COLUMN + reading)
    return found + (check_registry([document]) if document else [])


def test_a_reading_becomes_the_columns_override(tmp_path: Path) -> None:
    [column] = load_registry(deployment(tmp_path / "d", COLUMN + READING)).columns
    assert column.reading == ListOverride(
        rows="div.list > ul > li",
        title="a",
        date="span.time",
        date_pattern=r"(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日",
        reason="侧栏被当成了主列表；2026-11-02 张三核对",
    )


def test_columns_without_a_reading_are_read_without_selectors(tmp_path: Path) -> None:
    text = COLUMN.replace("        reading:\n", "")
    assert load_registry(deployment(tmp_path / "d", text)).columns[0].reading is None
    assert load_registry(deployment(tmp_path / "e", COLUMN)).columns[0].reading is None


@pytest.mark.parametrize(
    ("reading", "line", "said", "way_out"),
    [
        ("          row: li\n          reason: 张三\n", 11, "没有“row”这一项", "是不是“rows”"),
        ("          rows: #list li\n          reason: 张三\n", 11, "空的", "引号"),
        (LEAST + "          title: #t\n", 13, "空的", "删去整行"),
        ("          rows: li\n", 10, "缺少必填项“reason”", "补上"),
        ("          rows: 'div >'\n          reason: 张三\n", 11, "写法有误", "--explain"),
        ("          rows: //div/ul/li\n          reason: 张三\n", 11, "写法有误", "XPath"),
        ("          rows: li::text\n          reason: 张三\n", 11, "::", "只选元素"),
        ("          rows: x|a\n          reason: 张三\n", 11, "|", "命名空间"),
        ("          - rows: li\n", 10, "键: 值", "示例"),
        ("          ul > li\n", 10, "键: 值", "示例"),
        (LEAST + "          date_pattern:\n", 13, "空的", "删去整行"),
        (LEAST + r"          date_pattern: '(\d+)月(\d+)日'" + "\n", 13, "缺少", "(?P<month>"),
        (LEAST + r"          date_pattern: '(?P<month>\d+)月'" + "\n", 13, "(?P<day>…)", "(?P<day>"),
        (LEAST + r"          date_pattern: '(?<month>\d+)'" + "\n", 13, "第 2 个字符", "(?P<month>…)"),
        (LEAST + r"          date_pattern: '(?P<month>\d+'" + "\n", 13, "正则表达式", "单引号"),
        (LEAST + "          date_pattern: 'a{9999999999999}'\n", 13, "写法有误", "单引号"),
        (LEAST + "          date_pattern: '(?P<month>[[0-9]])(?P<day>.)'\n", 13, "写法有误", "单引号"),
    ],
)
def test_a_mistake_has_its_line_and_a_way_out(reading: str, line: int, said: str, way_out: str) -> None:
    [problem] = problems_in(reading)
    assert problem.line == line
    assert said in problem.what
    assert way_out in problem.way_out


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<month>(\d+)+)月(?P<day>\d+)日",
        r"(?P<month>\d+)(.*)*(?P<day>\d+)日",
        r"((a|a)*)*(?P<month>\d+)-(?P<day>\d+)日",
        r"(?:\d\d?-?)+(?P<month>\d)月(?P<day>\d+)",
        r".*.*.*(?P<month>\d+).*(?P<day>\d+).*日",
    ],
)
def test_patterns_that_would_take_long_are_refused(pattern: str) -> None:
    [problem] = problems_in(f"{LEAST}          date_pattern: '{pattern}'\n")
    assert "太费时" in problem.what


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<year>\d{4})年(?P<month>\d+)月(?P<day>\d+)日",
        r"\s*(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d+)\s*[-/.月]\s*(?P<day>\d+)\s*日?",
        r"\[(?P<month>\d\d)-(?P<day>\d\d)\]",
        r"(?P<day>\d+)\s+(?P<year>\d{4})-(?P<month>\d+)",
        r"发布(?:时间|日期)[:：]?\s*(?P<year>\d\d)/(?P<month>\d\d?)/(?P<day>\d\d?)",
    ],
)
def test_sound_patterns_are_taken(pattern: str) -> None:
    assert problems_in(f"{LEAST}          date_pattern: '{pattern}'\n") == []


def test_all_mistakes_of_a_reading_are_told_at_once(tmp_path: Path) -> None:
    reading = "          rows: 'ul >'\n          date: a::attr(title)\n          date_pattern: '('\n"
    folder = deployment(tmp_path / "d", COLUMN + reading)
    found = [problem for problem in check(folder) if ".reading" in problem.key]
    assert [(problem.line, problem.key.rpartition(".")[2]) for problem in found] == [
        (10, "reason"),
        (11, "rows"),
        (12, "date"),
        (13, "date_pattern"),
    ]
    assert all(problem.key.startswith("units[caizhengju].columns[czj-dt].reading") for problem in found)


@pytest.mark.parametrize("where", ["", "        monitored_from: 2026-01-01\n"])
def test_accepting_a_column_keeps_its_reading_and_its_comments(tmp_path: Path, where: str) -> None:
    text = COLUMN.replace("        reading:\n", where + "        reading:\n") + READING
    folder = deployment(tmp_path / "d", text)
    before = load_registry(folder).columns[0].reading
    set_monitored_from(folder, "column:czj-dt", date(2026, 11, 3))
    [column] = load_registry(folder).columns
    assert (column.reading, column.monitored_from) == (before, date(2026, 11, 3))
    assert "# 右边的一列" in (folder / "units" / "a.yaml").read_text(encoding="utf-8")


def test_a_reading_on_one_line_is_kept_too(tmp_path: Path) -> None:
    flow = (
        "shared_columns:\n  - {id: tzgg, name: 通知公告, kind: 通知公告, url: 'http://www.example.com/tz/', "
        "reading: {rows: 'ul.a > li', reason: 李四}}\n"
    )
    folder = deployment(tmp_path / "d", flow)
    set_monitored_from(folder, "column:tzgg", date(2026, 11, 3))
    [column] = load_registry(folder).columns
    assert column.reading == ListOverride(rows="ul.a > li", reason="李四")
