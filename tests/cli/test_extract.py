"""`zwgk extract`: one JSON line a file, in the order given, and a fast start."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.office import STALE, Cli, article, list_page
from tests.config.folders import deployment

HEAVY = ("sqlalchemy", "scrapy", "pydantic", "twisted", "docx", "openpyxl", "apscheduler")


def test_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page, rubbish = tmp_path / "list.html", tmp_path / "rubbish.html"
    page.write_bytes(list_page(STALE, "dt").data)
    rubbish.write_bytes(b"\x00\xff")
    words = [
        "extract",
        "list",
        str(page),
        str(rubbish),
        "--base-url",
        "http://a.example/",
        "--seen-at",
        "2026-10-08",
    ]
    assert main(words) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["file"], first["state"], first["newest"]) == (str(page), "ok", "2026-09-20")
    assert first["rows"][0]["url"] == "http://a.example/dt/2026-09-20.html"
    assert (second["state"], second["newest"], second["rows"]) == ("failed", None, [])


def test_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "article.html"
    page.write_bytes(article("2026-10-05").data)
    assert main(["extract", "article", str(page)]) == 0
    [read] = map(json.loads, capsys.readouterr().out.splitlines())
    assert (read["published_on"], read["publisher"]) == ("2026-10-05", "财政局")
    assert read["labels"]["doc_number"] == "declared_none"


def test_it_starts_without_database_and_crawler() -> None:
    asked = f"import sys, cli.main, cli.extract; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


REGISTRY = """units:
  - id: czj
    name: 财政局
    kind: 部门
    columns:
      - id: czj-dt
        name: 工作动态
        kind: 动态
        url: http://a.example/dt/
        reading: {rows: "ul.list > li", date: span, reason: 张三核对}
      - {id: czj-tz, name: 通知公告, kind: 通知公告, url: "http://a.example/tz/"}
      - {id: czj-tz-b, name: 通知公告, kind: 通知公告, url: "http://a.example/tz2/"}
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "list.html"
    file.write_bytes(list_page(STALE, "dt").data)
    return file


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A deployment with a column that has selectors; it has no database."""
    return Cli(deployment(tmp_path / "office", REGISTRY))


def test_explanations_are_words_for_people(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "list", str(page), str(page), "--explain", "--seen-at", "2026-10-08"]) == 0
    out = capsys.readouterr().out
    assert out.count(f"文件：{page}") == 2
    for said in ("状态：ok", "采用　得分", 'rows: "ul.list > li"', "日期写法：单独写出 4 行", "编码：utf-8"):
        assert said in out


def test_explanations_of_documents_are_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "article.html"
    file.write_bytes(article("2026-10-05").data)
    assert main(["extract", "article", str(file), "--explain"]) == 0
    out = capsys.readouterr().out
    for said in ("采用　2026-10-05　发布日期标签", "文号　写明无　“无”", "可信顺序", "正文："):
        assert said in out


def test_without_explain_the_lines_stay_as_they_are(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["extract", "list", str(page), "--seen-at", "2026-10-08"]
    assert main(words) == 0
    plain = capsys.readouterr().out
    assert main([*words, "--json"]) == 0
    assert capsys.readouterr().out == plain
    assert main([*words, "--json", "--explain"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("explain")["candidates"][0]["role"] == "winner"
    assert told == json.loads(plain)


def test_a_column_lends_its_address_and_its_selectors(cli: Cli, page: Path) -> None:
    said = cli("extract", "list", page, "--column", "czj-dt")
    assert (said.code, said.json["rows"][0]["url"]) == (0, "http://a.example/dt/2026-09-20.html")
    assert "单位表的 reading" in said.json["why"]
    assert "张三核对" in said.err
    assert cli("extract", "list", page, "--column", "column:czj-dt").json == said.json
    assert cli("extract", "list", page, "--column", "工作动态").json == said.json
    based = cli("extract", "list", page, "--column", "czj-dt", "--base-url", "http://b.example/")
    assert based.json["rows"][0]["url"] == "http://b.example/dt/2026-09-20.html"
    explained = cli("extract", "list", page, "--column", "czj-dt", "--explain").out
    assert "不用 reading 时：ok" in explained


def test_a_selector_that_finds_nothing_is_told(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_bytes(list_page(STALE, "dt").data.replace(b"class='list'", b"class='news'"))
    said = cli("extract", "list", other, "--column", "czj-dt")
    assert (said.code, said.json["state"], said.json["rows"]) == (0, "failed", [])
    assert "没有选中任何元素" in said.json["why"]


def test_a_column_without_selectors_is_read_by_itself(cli: Cli, page: Path) -> None:
    said = cli("extract", "list", page, "--column", "czj-tz")
    assert (said.code, said.json["state"]) == (0, "ok")
    assert "没有写 reading" in said.err


@pytest.mark.parametrize(
    ("column", "said"),
    [("czj-td", "czj-dt"), ("没有的", "没有栏目“没有的”"), ("通知公告", "czj-tz、czj-tz-b")],
)
def test_an_unknown_column_is_refused_with_those_meant(cli: Cli, page: Path, column: str, said: str) -> None:
    answer = cli("extract", "list", page, "--column", column)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_a_column_needs_a_deployment_in_order(tmp_path: Path, page: Path) -> None:
    nowhere = Cli(tmp_path)("extract", "list", page, "--column", "czj-dt")
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "--dir" in nowhere.err
    wrong = Cli(deployment(tmp_path / "wrong", REGISTRY.replace('"ul.list > li"', '"ul >"')))
    answer = wrong("extract", "list", page, "--column", "czj-dt")
    assert answer.code == 2
    assert "a.yaml:10" in answer.err
    bare = Cli(deployment(tmp_path / "bare"))
    assert "还没有登记任何栏目" in bare("extract", "list", page, "--column", "czj-dt").err


@pytest.mark.parametrize("kind", ["list", "article"])
def test_what_is_no_file_is_refused_in_chinese(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong in (tmp_path, tmp_path / "nowhere.html"):
        assert main(["extract", kind, str(wrong)]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert not any(word in said.err for word in ("directory", "exist", "Traceback"))
        assert "文件" in said.err
