from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.check import check, notices
from config.document import parse
from config.load import load_registry
from config.registry import check_registry, notice_registry
from config.schema import SOURCES
from crawler.accounts.catalog import KEYED
from crawler.accounts.catalog import SOURCES as ADAPTERS
from domain.errors import ConfigError, Problem
from domain.units import BY_HAND, AccountState, App, ColumnKind, RegistrationState, UnitKind
from tests.config.folders import UNIT, deployment

FULL = """units:
  - id: caizhengju
    name: 财政局
    kind: 部门
    annex: 1
    aliases: [鄂托克旗财政局]
    valid_from: 2020-01-01
    columns:
      - {id: czj-dt, name: 动态, kind: 动态, url: "http://www.example.com/dt/", monitored_from: 2026-09-01}
      - {id: czj-ld, name: 领导, kind: 领导信息, url: "https://www.example.com/ld/", clock: 1y}
    accounts:
      - id: czj-wx
        platform: 微信
        name: 财政之声
        source: rss
        url: http://rss.example.com/czj.xml
        full_coverage: yes
        monitored_from: "2026-09-01"
    apps:
      - {id: czj-app, name: 财政通, package_url: "http://www.example.com/a.apk", state: 拟关停}
    registrations:
      - {kind: 办事服务, state: not_applicable, since: 2026-01-01, reason: 无事项, by: 张三}
shared_columns:
  - {id: qi-tzgg, name: 通知公告, kind: 通知公告, url: "http://www.example.com/tzgg/"}
"""

TEN = """units:
  - id: caizhengju
    nmae: 财政局
    kind: 部门
    columns:
      - id: czj-dt
        name: 工作动态
        kind: 动太
        url: ftp://www.example.com/dt/
        clock: 两周
        monitored_from: 2026-9-1
  - id: caizhengju
    name: 公安局
    kind: 部门
    annex: 2
    aliases: [治安局]
    valid_from: 2026-02-01
    valid_to: 2026-01-01
    registrations:
      - {kind: 办事服务, state: not_applicable, since: 2026-01-01}
  - id: sifaju
    name: 治安局
    kind: 部门
"""


def problems_in(text: str) -> list[Problem]:
    document, found = parse(Path("a.yaml"), text)
    return found + (check_registry([document]) if document else [])


def test_a_registry_becomes_units_and_subjects(tmp_path: Path) -> None:
    registry = load_registry(deployment(tmp_path / "d", FULL))
    unit = registry.unit("caizhengju")
    assert (unit.kind, unit.annex, unit.aliases) == (UnitKind.DEPARTMENT, 1, ("鄂托克旗财政局",))
    assert unit.valid_from == date(2020, 1, 1)
    news, leaders, shared = registry.columns
    assert (news.clock, news.monitored_from, news.unit_id) == ("14d", date(2026, 9, 1), "caizhengju")
    assert (leaders.kind, leaders.clock, leaders.monitored_from) == (ColumnKind.LEADERS, "1y", None)
    assert (shared.shared, shared.clock) == (True, "6m")
    [account], [app], [record] = registry.accounts, registry.apps, registry.registrations
    assert account.full_coverage
    assert account.monitored_from == date(2026, 9, 1)
    assert app.state is AccountState.CLOSING
    assert record.state is RegistrationState.NOT_APPLICABLE
    assert (record.reason, record.by) == ("无事项", "张三")


def test_ten_mistakes_give_ten_problems_with_their_lines(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", TEN)
    with pytest.raises(ConfigError) as caught:
        load_registry(folder)
    file = str(folder / "units" / "a.yaml")
    assert {problem.file for problem in caught.value.problems} == {file}
    assert [(problem.line, problem.key.split(".")[-1]) for problem in caught.value.problems] == [
        (3, "nmae"),
        (8, "kind"),
        (9, "url"),
        (10, "clock"),
        (11, "monitored_from"),
        (12, "id"),
        (15, "annex"),
        (18, "valid_to"),
        (20, "by"),
        (22, "name"),
    ]
    assert f"{file}:3: units[caizhengju].nmae: 没有“nmae”这一项。是不是“name”？" in str(caught.value)


@pytest.mark.parametrize(
    ("unit", "said", "way_out"),
    [
        ("kind: 部们", "不是允许的值", "是不是“部门”"),
        ("kind: 园区\n    annex: 1", "园区不适用附件1", "annex: 2"),
        ("kind: 部门\n    annex: 一", "应是整数", "整数"),
        ("kind: 部门\n    name: 2020", "应是文字", "引号"),
        ("kind: 部门\n    name: '  '", "空", "填写"),
        ("kind: 部门\n    columns: {}", "应是列表", "- "),
        ("kind: 部门\n    columns: [x]", "键: 值", "示例"),
        ("kind: 部门\n    office_own: 也许", "true", "true"),
        ("kind: 部门\n    valid_from: 2026-02-30", "没有“2026-02-30”这一天", "真实"),
        ("kind: 部门\n    valid_from: 20260901", "不是日期", "2026-09-01"),
        ("kind: 部门\n    colums: []", "没有“colums”这一项", "是不是“columns”"),
    ],
)
def test_a_mistake_in_a_unit_has_a_way_out(unit: str, said: str, way_out: str) -> None:
    name = "" if "name:" in unit else "    name: 财政局\n"
    [problem] = problems_in(f"units:\n  - id: caizhengju\n{name}    {unit}\n")
    assert said in problem.what
    assert way_out in problem.way_out


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("www.example.com/dt", "http://"),
        ("file:///etc/passwd", "http://"),
        ("http:///dt/", "没有主机名"),
        ("http://./dt/", "没有主机名"),
        ("http://a b.example.com/", "空格"),
        ("http://[::1/", "写法有误"),
        ("http://www.example.com:99999/", "写法有误"),
        ("http://user:secret@www.example.com/", "用户名或密码"),
    ],
)
def test_a_bad_address_is_refused(url: str, said: str) -> None:
    [problem] = problems_in(f"shared_columns:\n  - {{id: a, name: b, kind: 动态, url: '{url}'}}\n")
    assert problem.line == 2
    assert said in problem.what
    assert "secret" not in str(problem)


@pytest.mark.parametrize("slug", ["siFaju", "司法局", "a_b", "-a", "a--b", "a" * 61])
def test_an_id_is_a_plain_slug(slug: str) -> None:
    [problem] = problems_in(UNIT.replace("caizhengju", slug))
    assert (problem.line, "caizhengju-dt" in problem.way_out) == (2, True)


@pytest.mark.parametrize("clock", ["14", "0d", "两周", "-3d", "14 d", "1000d", "d"])
def test_an_unknown_clock_is_refused(clock: str) -> None:
    [problem] = problems_in(
        f"shared_columns:\n  - {{id: a, name: b, kind: 动态, url: 'http://a.example/', clock: '{clock}'}}\n"
    )
    assert "14d" in problem.way_out


def test_an_id_taken_in_another_file_names_it(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d")
    (folder / "units" / "b.yaml").write_text(
        "# 第二份\n" + UNIT.replace("财政局", "公安局"), encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        load_registry(folder)
    [problem] = caught.value.problems
    assert (Path(problem.file).name, problem.line) == ("b.yaml", 3)
    assert "a.yaml 第 2 行" in problem.what


def test_a_name_is_claimed_by_one_unit_however_it_is_written() -> None:
    second = "  - {id: b, name: 公安局, kind: 部门, aliases: [公安局, '旗 财政局（本级）']}\n"
    [problem] = problems_in(UNIT + "    aliases: [旗财政局(本级)]\n" + second)
    assert problem.line == 6
    assert "“财政局”" in problem.what


def test_a_unit_is_not_among_those_who_are_not_assessed() -> None:
    [problem] = problems_in(f"{UNIT}other_publishers: [鄂托克旗人民政府, 财政 局]\n")
    assert "财政 局" in problem.what
    assert problem.key.startswith("other_publishers")


def test_a_column_id_is_unique_over_own_and_shared_columns() -> None:
    [problem] = problems_in(FULL.replace("qi-tzgg", "czj-dt"))
    assert "czj-dt" in problem.what


@pytest.mark.parametrize(
    "record",
    [
        "{kind: 办事服务, state: not_applicable, since: 2026-01-01}",
        "{kind: 办事服务, state: not_applicable, since: 2026-01-01, reason: 无}",
        "{kind: 办事服务, state: not_applicable, since: 2026-01-01, by: 张三}",
        "{kind: 办事服务, state: not_applicable, since: 2026-01-01, reason: ' ', by: 张三}",
    ],
)
def test_not_applicable_needs_reason_and_name(record: str) -> None:
    [problem] = problems_in(f"{UNIT}    registrations:\n      - {record}\n")
    assert problem.line == 6
    assert "reason" in problem.way_out


def test_other_registrations_need_no_reason_but_a_known_kind_once() -> None:
    head = f"{UNIT}    registrations:\n"
    assert not problems_in(f"{head}      - {{kind: 动态, state: not_opened, since: 2026-01-01}}\n")
    [problem] = problems_in(f"{head}      - {{kind: 动太, state: monitored, since: 2026-01-01}}\n")
    assert "是不是“动态”" in problem.way_out
    [problem] = problems_in(head + "      - {kind: 动态, state: monitored, since: 2026-01-01}\n" * 2)
    assert problem.line == 7


def test_an_unknown_source_names_those_there_are_and_the_way_out() -> None:
    [problem] = problems_in(FULL.replace("source: rss", "source: weixin"))
    assert "weixin" in problem.what
    assert "rss" in problem.way_out
    assert "attest" in problem.way_out


def test_a_credential_is_asked_for_where_a_source_needs_one_and_only_there() -> None:
    [problem] = problems_in(FULL.replace("source: rss", "source: wechat-api"))
    assert "credential" in problem.way_out
    [problem] = problems_in(FULL.replace("source: rss", "source: rss\n        credential: czj"))
    assert "不用凭据" in problem.what
    [problem] = problems_in(FULL.replace("        url: http://rss.example.com/czj.xml\n", ""))
    assert "url" in problem.what
    keyed = FULL.replace("source: rss", "source: wechat-api\n        credential: czj")
    assert problems_in(keyed) == []
    assert problems_in(keyed.replace("        url: http://rss.example.com/czj.xml\n", "")) == []


def test_the_adapters_named_are_those_that_exist() -> None:
    assert set(SOURCES) == {*ADAPTERS, *KEYED, BY_HAND}


@pytest.mark.parametrize("text", ["", "# 只有注释\n", "units:\n", "units: []\nshared_columns:\n"])
def test_a_file_without_content_is_no_mistake(text: str) -> None:
    assert problems_in(text) == []


@pytest.mark.parametrize("text", ["- a\n", "财政局\n", "unit: []\n"])
def test_a_file_of_another_form_is_a_mistake(text: str) -> None:
    assert len(problems_in(text)) == 1


def test_a_missing_day_is_a_notice_not_a_mistake(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", FULL)
    found = notices(folder)
    trial = [problem for problem in found if problem.key.endswith("monitored_from")]
    assert [problem.line for problem in trial] == [10, 20, 24]
    assert all("试运行" in problem.what for problem in trial)
    assert not [problem for problem in check(folder) if "units" in problem.file]


def test_notices_tell_contradictions_and_doubtful_entries(tmp_path: Path) -> None:
    text = FULL.replace("kind: 办事服务", "kind: 动态").replace("/tzgg/", "/dt/")
    said = " ".join(str(problem) for problem in notices(deployment(tmp_path / "d", text)))
    assert "登记为 not_applicable" in said
    assert "同一个网址" in said
    assert "没有单位登记" in said
    assert "还没有监测对象" in " ".join(map(str, notices(deployment(tmp_path / "e"))))


def test_files_that_are_not_there_are_told(tmp_path: Path) -> None:
    [problem] = check(tmp_path / "nowhere")
    assert "zwgk init" in problem.way_out
    folder = deployment(tmp_path / "d")
    (folder / "units" / "a.yaml").unlink()
    said = "\n".join(map(str, check(folder)))
    assert "单位表文件夹里没有 .yaml 文件" in said
    assert "没有评估细则文件夹" in said


def test_one_broken_file_does_not_hide_the_mistakes_of_others(tmp_path: Path) -> None:
    folder = deployment(tmp_path / "d", TEN, settings="delay_s: 快\n")
    (folder / "units" / "b.yaml").write_text("units: [\n", encoding="utf-8")
    (folder / "units" / "c.yaml").write_bytes("units: 财".encode("gb18030"))
    files = {Path(problem.file).name for problem in check(folder)}
    assert files == {"a.yaml", "b.yaml", "c.yaml", "zwgk.yaml", "rubric"}


def test_a_large_registry_loads(tmp_path: Path) -> None:
    column = (
        '      - {{id: u{0}-{1}, name: 栏目, kind: 动态, url: "http://a.example/{0}/{1}/", clock: 14d}}\n'
    )
    unit = "  - id: u{0}\n    name: 单位{0}\n    kind: 部门\n    columns:\n"
    parts = [unit.format(n) + "".join(column.format(n, m) for m in range(10)) for n in range(60)]
    folder = deployment(tmp_path / "d", "units:\n" + "".join(parts))
    assert len(load_registry(folder).columns) == 600


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False)
keys = st.sampled_from(["id", "name", "kind", "annex", "aliases", "columns", "registrations", "url", "x"])
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["units", "shared_columns", "z"]), trees, max_size=3))
def test_any_mistaken_tree_gives_problems_never_a_crash(tree: dict[str, object]) -> None:
    document, _ = parse(Path("a.yaml"), "units:\n")
    assert document is not None
    wrong = type(document)(path=document.path, data=tree)
    found = [*check_registry([wrong]), *notice_registry([wrong])]
    assert all(problem.what and problem.way_out for problem in found)


def _apps(tmp_path: Path, *entries: str) -> tuple[App, ...]:
    lines = "".join(f"      - {{id: a-{n}, name: 通, {entry}}}\n" for n, entry in enumerate(entries))
    return load_registry(deployment(tmp_path, f"{UNIT}    apps:\n{lines}")).apps


def test_an_app_may_be_known_by_the_page_that_offers_it(tmp_path: Path) -> None:
    [app, other] = _apps(
        tmp_path, 'page_url: "http://a.example/app/"', 'package_url: "http://a.example/a.apk"'
    )
    assert app.page_url == app.package_url == "http://a.example/app/"
    assert other.page_url == ""


def test_an_app_is_a_link_or_a_listing(tmp_path: Path) -> None:
    apps = _apps(
        tmp_path, 'package_url: "http://a.example/a.apk"', "store: apple, listing: 6762150416",
        "store: huawei, listing: cn.gov.x", "store: huawei, listing: cn.gov.y",
        'store: xiaomi, listing: cn.gov.x, package_url: "http://mirror.example/mi?id=1"',
    )  # fmt: skip
    assert [app.store.value for app in apps] == ["apk", "apple", "huawei", "huawei", "xiaomi"]
    assert [app.package_url for app in apps[:2]] == [
        "http://a.example/a.apk", "https://itunes.apple.com/lookup?id=6762150416&country=cn",
    ]  # fmt: skip
    assert apps[-1].package_url == "http://mirror.example/mi?id=1"
    document, _ = parse(Path("a.yaml"), (tmp_path / "units" / "a.yaml").read_text(encoding="utf-8"))
    assert document is not None
    assert not [one for one in notice_registry([document]) if "同一个网址" in one.what]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("state: 在用", "没有写应用从哪里下载"),
        ("listing: cn.gov.x", "没有写是哪个应用商店"),
        ("store: xiaomi", "没有写 listing"),
        ('page_url: "http://a.example/", package_url: "http://a.example/a.apk"', "不能和 package_url"),
        ('page_url: "http://a.example/", store: apple, listing: "1"', "不能和 package_url"),
        ('store: apple, listing: "a&country=us"', "不合要求"),
        ("store: oppo, listing: cn.gov.x", "不是允许的值"),
    ],
)
def test_an_app_nowhere_to_be_had_is_refused(tmp_path: Path, entry: str, what: str) -> None:
    with pytest.raises(ConfigError) as refused:
        _apps(tmp_path, entry)
    [problem] = refused.value.problems
    assert what in problem.what
    assert problem.way_out
