from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.check import check
from config.document import Document
from config.init import init_folder
from config.load import load_rubrics, read_rubrics
from config.rubric import check_rubrics
from config.rubric_schema import MONITORS, UNSUPPORTED, squeeze
from domain.errors import ConfigError, Problem
from domain.rubric import CountBy, Mode, Rubric, Section
from domain.units import UnitKind
from monitors.catalog import MONITORS as JUDGES

SOURCE = Path(__file__).parents[3] / "shared" / "rubric-source.txt"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_folder(tmp_path / "d", simulation=False)
    return tmp_path / "d"


@pytest.fixture
def rubrics(folder: Path) -> dict[int, Rubric]:
    return dict(load_rubrics(folder))


Change = Callable[[str, str], list[Problem]]


@pytest.fixture
def changed(folder: Path) -> Change:
    """Replace a piece of annex 1 (it must be there) and give the problems."""

    def change(old: str, new: str) -> list[Problem]:
        path = folder / "rubric" / "annex1.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            load_rubrics(folder)
        return list(caught.value.problems)

    return change


def line_of(folder: Path, piece: str) -> int:
    lines = (folder / "rubric" / "annex1.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if piece in line)


def test_both_annexes_are_complete(rubrics: dict[int, Rubric]) -> None:
    for annex, count in ((1, 26), (2, 12)):
        ids = [clause.id for clause in rubrics[annex].clauses]
        assert ids == [f"A{annex}-{number:02}" for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("annex", "kind", "bonus"),
    [(1, UnitKind.TOWN, 20), (1, UnitKind.DEPARTMENT, 20), (2, UnitKind.PARK, 0), (2, UnitKind.OTHER, 0)],
)
def test_points_sum_as_printed(rubrics: dict[int, Rubric], annex: int, kind: UnitKind, bonus: int) -> None:
    sums = {section: Decimal(0) for section in Section}
    for clause in rubrics[annex].clauses_for(kind):
        sums[clause.section] += clause.points[kind]
    assert sums == {Section.BASE: 100, Section.BONUS: bonus, Section.PENALTY: bonus}


def test_every_quote_stands_in_the_rubric(rubrics: dict[int, Rubric]) -> None:
    clauses = [clause for rubric in rubrics.values() for clause in rubric.clauses]
    assert all(test.rate_quote in clause.quote for clause in clauses for test in clause.tests)
    if SOURCE.exists():
        source = squeeze(SOURCE.read_text(encoding="utf-8"))
        assert [clause.id for clause in clauses if clause.quote not in source] == []


def test_what_is_monitored_now(rubrics: dict[int, Rubric]) -> None:
    watched = [
        (t.id, t.monitor, t.mode, t.kinds, dict(t.limits), t.per or t.proposed_per)
        for rubric in rubrics.values()
        for t in rubric.tests
        if t.monitor
    ]
    auto, assisted, media = Mode.AUTO, Mode.ASSISTED, ("政务新媒体",)
    once = {"min": 1}
    assert watched == [
        ("A1-04", "notice.rectified", assisted, (), {}, Decimal(2)),
        ("A1-06", "column.count", assisted, ("年报",), {"min": 1, "due": "01-31"}, Decimal(3)),
        ("A1-07", "items.volume", assisted, (), {}, None),
        ("A1-10", "directory.open", assisted, ("信息公开目录",), {}, Decimal(2)),
        ("A1-11a", "column.stale", auto, ("通知公告",), {"months": 6}, Decimal(2)),
        ("A1-11b", "column.stale", auto, ("政策文件",), {"months": 6}, Decimal(2)),
        ("A1-12", "document.labels", assisted, ("通知公告", "政策文件"), {}, Decimal("0.5")),
        ("A1-13", "column.stale", assisted, ("重点领域",), {"months": 6}, Decimal(1)),
        ("A1-14", "column.count", assisted, ("在线访谈",), once, Decimal(3)),
        ("A1-15", "column.count", assisted, ("政策解读",), once, Decimal(3)),
        ("A1-17", "column.count", assisted, ("调查征集",), once, Decimal(2)),
        ("A1-18a", "column.stale", auto, ("动态",), {"days": 14}, Decimal(2)),
        ("A1-18b", "column.count", assisted, ("预决算",), once, Decimal(2)),
        ("A1-18c", "leaders.mismatch", assisted, ("领导信息",), {"days": 40}, Decimal(2)),
        ("A1-19", "column.listed", assisted, ("办事服务",), {}, Decimal(2)),
        ("A1-20a", "account.stale", auto, media, {"days": 14}, Decimal(2)),
        ("A1-20b", "app.broken", auto, media, {}, Decimal(2)),
        ("A1-24", "column.found", assisted, ("规范性文件", "政策解读"), once, None),
        ("A1-26", "notice.names", assisted, ("上级通报",), {}, Decimal(4)),
        ("A2-05", "items.volume", assisted, (), {}, None),
        ("A2-06", "column.count", assisted, ("在线访谈",), once, Decimal(10)),
        ("A2-07", "column.count", assisted, ("政策解读",), once, Decimal(5)),
        ("A2-09", "column.count", assisted, ("调查征集",), once, Decimal(5)),
        ("A2-10a", "account.stale", auto, media, {"days": 14}, Decimal(1)),
        ("A2-10b", "app.broken", auto, media, {}, Decimal(1)),
    ]


def test_quoted_rates_of_assisted_tests(rubrics: dict[int, Rubric]) -> None:
    tests = {test.id: test for test in rubrics[1].tests}
    quoted = {"A1-13": "1", "A1-18b": "2", "A1-18c": "2", "A1-26": "4"}
    for test_id, per in quoted.items():
        assert tests[test_id].mode is Mode.ASSISTED
        assert tests[test_id].per == Decimal(per)
    assert tests["A1-18b"].count_by is CountBy.YEAR


def test_every_clause_is_watched_or_marked(rubrics: dict[int, Rubric]) -> None:
    """Nothing falls between: 38 clauses, each with a monitor or for a person to mark."""
    clauses = [clause for rubric in rubrics.values() for clause in rubric.clauses]
    by_marks = {clause.id for clause in clauses if not any(test.monitor for test in clause.tests)}
    assert len(clauses) == 38
    assert by_marks - {"A1-04"} == {
        "A1-01", "A1-02", "A1-03", "A1-05", "A1-08", "A1-09", "A1-16", "A1-21", "A1-22", "A1-23",
        "A1-25", "A2-01", "A2-02", "A2-03", "A2-04", "A2-08", "A2-11", "A2-12",
    }  # fmt: skip
    assert all(clause.mode is not Mode.AUTO for clause in clauses if clause.id in by_marks)


@pytest.mark.parametrize("shape", sorted(UNSUPPORTED))
def test_other_ways_of_scoring_are_refused_by_name(changed: Change, shape: str) -> None:
    problems = changed("shape: percent", f"shape: {shape}")
    [problem] = [one for one in problems if "本版本不支持" in one.what]
    assert f"shape: {shape}" in problem.what
    assert UNSUPPORTED[shape] in problem.what
    assert "可用：" in problem.way_out
    assert problem.line


def test_the_monitors_named_are_those_that_exist() -> None:
    assert set(MONITORS) == set(JUDGES)


RATE = '        per: "2"\n        rate_quote: 每监控到1次未更新扣2分\n'


def test_auto_needs_a_quoted_rate_or_a_decision(folder: Path, changed: Change) -> None:
    line = line_of(folder, "id: a")
    [problem] = changed(RATE, "")
    assert (problem.line, problem.key) == (line, "clauses[A1-11].tests[a].per")
    assert "auto" in problem.what


def test_a_rate_without_a_source_is_refused(changed: Change) -> None:
    [problem] = changed(RATE, '        per: "2"\n')
    assert "没有出处" in problem.what


def test_a_decision_gives_a_rate_the_rubric_does_not_state(folder: Path) -> None:
    path = folder / "rubric" / "annex1.yaml"
    text = path.read_text(encoding="utf-8")
    head = text.index("- id: A1-10")
    clause = text[head:].replace("mode: assisted", "mode: auto", 2)
    decided = 'per: "2"\n        decision: {on: 2026-09-01, by: 张三, text: 没有开通的扣2分}'
    clause = clause.replace('proposed_per: "2"', decided, 1)
    path.write_text(text[:head] + clause, encoding="utf-8")
    test = load_rubrics(folder)[1].test("A1-10")
    assert (test.mode, test.per) == (Mode.AUTO, Decimal(2))
    assert test.decision is not None
    assert test.decision.by == "张三"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('per: "2"\n', 'per: "1"\n', "不一致"),
        ("rate_quote: 每监控到1次未更新扣2分\n", "rate_quote: 每次扣2分\n", "原文里没有"),
        ('per: "4"', 'per: "5"', "不一致"),
        ("shape: percent", "shape: percents", "没有“percents”这种计分方式"),
        ("shape: percent", "shape: veto", "没有“veto”这种计分方式"),
        ('        percent: "20"\n', "", "percent 要一起写"),
        ("shape: volume", "shape: parts, per_item: '0.2'", "只用于 shape: volume"),
        ("limits: {min: 1}\n", "limits: {}\n", "缺少期限“min”"),
        ('due: "01-31"', 'due: "13-31"', "应是整数"),
        ('due: "01-31"', 'due: "02-30"', "应是整数"),
        ('due: "01-31"', "until: 3", "不认识期限“until”"),
        ("        titles: [任免, 任命, 任职, 免职]\n", "", "没有写标题里找什么"),
        ("kinds: [上级通报]", "kinds: []", "没有写监测哪一类"),
        ("also: [动态, 通知公告", "also: [动太, 通知公告", "不是登记的类别"),
        ('per: "2"\n', "per: 2\n", "没有加引号"),
        ('per: "2"\n', 'per: "二"\n', "不合要求"),
        ('per: "2"\n', 'per: "0"\n', "不合要求"),
        ('proposed_per: "0.5"', "proposed_per: 0.5", "没有加引号"),
        ("monitor: column.stale", "monitor: column.stall", "没有“column.stall”这种监测"),
        ("limits: {months: 6}", "limits: {month: 6}", "缺少期限"),
        ("limits: {months: 6}", "limits: {months: 半年}", "应是整数"),
        ("limits: {months: 6}", "limits: {months: 6, days: 3}", "缺少期限"),
        ("kinds: [动态]", "kinds: []", "没有写监测哪一类"),
        ("kinds: [动态]", "kinds: [动太]", "不是登记的类别"),
        ("id: A1-02", "id: A1-01", "重复"),
        ("id: A1-02", "id: A2-02", "附件1里出现条款"),
        ("id: A1-02", "id: 甲", "不合要求"),
        ("      - id: b\n", "      - id: a\n", "测试编号"),
        ("block: 政务新媒体", "block: 新媒体", "没有“新媒体”这个板块"),
        ('points: {苏木镇: "5"}\n\n', 'points: {苏木镇: "5", 园区: "5"}\n\n', "附件1不考核园区"),
        (
            'points: {苏木镇: "10", 部门: "15"}',
            'points: {苏木镇: "10", 部门: "10"}',
            "合计 15 分，应为 20 分",
        ),
        ("section: penalty", "section: base", "应为 100 分"),
        ("mode: manual", "mode: 手工", "不是允许的值"),
        ("mode: manual", "mode: assisted", "却没有测试"),
        ("year: 2020", "yaer: 2020", "没有“yaer”这一项"),
        ("name: 加分项", "name: 扣分项", "写了两遍"),
        ("count_by: year", "count_by: week", "不是允许的值"),
    ],
)
def test_a_mistake_is_told_with_line_and_way_out(changed: Change, old: str, new: str, said: str) -> None:
    problems = changed(old, new)
    [problem] = [problem for problem in problems if said in problem.what][:1]
    assert problem.line
    assert problem.file.endswith("annex1.yaml")
    assert problem.way_out


def test_two_rubrics_of_one_annex_are_refused(folder: Path) -> None:
    text = (folder / "rubric" / "annex1.yaml").read_text(encoding="utf-8")
    (folder / "rubric" / "new.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rubrics(folder)
    [problem] = caught.value.problems
    assert "annex1.yaml" in problem.what
    assert problem.line


def test_units_without_a_rubric_are_told(folder: Path) -> None:
    (folder / "rubric" / "annex2.yaml").unlink()
    [problem] = check(folder)
    assert "附件2" in problem.what


@pytest.mark.parametrize(
    "text", ["", "# 空\n", "- a\n", "version: x\n", "annex: {a: 1}\nclauses: [1, {tests: 3}]\n"]
)
def test_a_rubric_of_another_form_is_told(folder: Path, text: str) -> None:
    (folder / "rubric" / "annex1.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_rubrics(folder)
    assert check(folder)


scalars = st.none() | st.integers() | st.text(max_size=4) | st.sampled_from(["auto", "2", "扣2分", "A1-01"])
names = [
    "id", "block", "mode", "points", "tests", "per", "rate_quote", "quote", "monitor", "limits", "部门"
]  # fmt: skip
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["annex", "blocks", "clauses", "year"]), trees, max_size=4))
def test_any_mistaken_tree_gives_problems_never_a_crash(tree: dict[str, object]) -> None:
    problems = check_rubrics([Document(path=Path("a.yaml"), data=tree)])
    assert problems
    assert all(problem.what and problem.way_out for problem in problems)


def test_another_version_is_read_from_a_file_a_folder_or_a_deployment(folder: Path) -> None:
    shipped = load_rubrics(folder)
    assert read_rubrics(folder) == read_rubrics(folder / "rubric") == shipped
    assert read_rubrics(folder / "rubric" / "annex2.yaml") == {2: shipped[2]}


@pytest.mark.parametrize(
    ("name", "piece"),
    [
        ("nowhere.yaml", "读不了"),
        ("data", "没有 .yaml 文件"),
        ("rubric/national2019.yaml", "没有计分的细则"),
        ("zwgk.yaml", "version"),
    ],
)
def test_what_holds_no_rubric_is_refused(folder: Path, name: str, piece: str) -> None:
    (folder / "data").mkdir(exist_ok=True)
    with pytest.raises(ConfigError, match=piece):
        read_rubrics(folder / name)
