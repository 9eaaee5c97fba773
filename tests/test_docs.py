"""The documents say what is there: settings, commands, and the schemas of every JSON output."""

import io
import json
import re
import textwrap
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from app.contract.plain import plain
from app.interaction import Interaction
from cli.groups import COMMANDS
from cli.main import command, main
from config.document import parse
from config.registry import check_registry
from config.settings import Settings
from domain.quarters import Quarter, QuarterReport
from notices.compose import compose
from notices.quarter import compose_quarter
from notices.render_docx import context
from notices.unit_notice import compose_unit, unit_parts
from tests.app.registers import office
from tests.cli.office import FIRST_NIGHT, SECOND_NIGHT, STALE, Cli, Said, article, deployed, list_page, portal
from tests.crawler.extract.test_clues import ID, PAGE
from tests.notices.reports import a_correction, an_issued_report
from tests.site import Page, Site
from web.api.published import FILES

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MANUAL = (ROOT / "docs" / "使用手册.md").read_text("utf-8")
SCHEMAS = ROOT / "docs" / "schemas"
SIGNED = ("--by", "李四", "--reason", "核实")


@cache
def schema(name: str) -> Draft202012Validator:
    loaded = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(loaded)
    return Draft202012Validator(loaded, format_checker=Draft202012Validator.FORMAT_CHECKER)


def fits(name: str, said: Said, code: int = 0) -> Any:
    """The answer's JSON, valid under the named schema; logs and progress are not on stdout."""
    assert said.code == code, said.err
    schema(name).validate(said.json)
    return said.json


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    """A deployment watched for two nights, the second one through `crawl --json`."""
    with Site() as site:
        portal(site)
        made = deployed(tmp_path_factory.mktemp("docs") / "office", site)
        for night in (FIRST_NIGHT, SECOND_NIGHT):
            fits("crawl", made("crawl", "--as-of", night, "--json"))
        yield made


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("config-check", ("config", "check")),
        ("events", ("events",)),
        ("explain", ("explain", 1)),
        ("score", ("score", "--unit", "czj")),
        ("scores", ("score", "--as-of", "2026-10-31")),
        ("national", ("score", "--national")),
        ("warn", ("warn", "--days", 400)),
        ("forecast", ("forecast",)),
        ("month", ("month", "draft", "2026-10")),
        ("schedule", ("schedule",)),
        ("tasks", ("tasks", "--all")),
        ("sources", ("sources",)),
        ("notify", ("notify", "--dry-run")),
        ("verify", ("verify",)),
        ("doctor", ("doctor",)),
    ],
)
def test_reports_fit_their_schemas(cli: Cli, tmp_path: Path, name: str, words: tuple[object, ...]) -> None:
    out = ("--out", tmp_path) if name == "month" else ()
    fits(name, cli(*words, *out, "--json"))


def test_decisions_fit_their_schema_and_so_does_what_follows(cli: Cli) -> None:
    now = fits("decide", cli("decide", 1, "confirm", *SIGNED, "--points", "1.5", "--json"))
    assert now["decisions"]
    fits("events", cli("events", "--json"))
    fits("explain", cli("explain", 1, "--json"))


def test_marks_fit_their_schema_and_so_do_scores_with_one(cli: Cli) -> None:
    fits("mark", cli("mark", "czj", "A1-01", "2.5", *SIGNED, "--json"))
    found = fits("score", cli("score", "--unit", "czj", "--json"))
    assert next(one for one in found["clauses"] if one["id"] == "A1-01")["mark"]["points"] == "2.5"
    fits("mark", cli("mark", "czj", "A1-01", "--clear", *SIGNED, "--json"))


def test_what_follows_a_notice_fits_its_schemas(tmp_path_factory: pytest.TempPathFactory) -> None:
    """From an issued notice to a decided appeal: every answer, with its lists filled."""
    out, by = ("--out", tmp_path_factory.mktemp("out")), ("--by", "李四")
    with Site() as site:
        portal(site)
        zwgk = deployed(tmp_path_factory.mktemp("told") / "office", site)
        for night in (FIRST_NIGHT, SECOND_NIGHT):
            zwgk("crawl", "--as-of", night)
        assert fits("remind", zwgk("remind", *by, "--json"))["letters"]
        zwgk("month", "close", "2026-10", *by, *out, "--as-of", "2026-11-03T09:00")
        issue = ("--number", 3, "--date", "2026-11-04", *by, *out, "--as-of", "2026-11-04T09:00")
        zwgk("notice", "issue", "2026-10", *issue)
        served = ("notice", "served", "2026-10", "czj", "--on", "2026-11-04", "--person", "赵六", *by)
        fits("notice-service", zwgk(*served, "--json"))
        zwgk("notice", "received", *served[2:])
        assert fits("notice-due", zwgk("notice", "due", "--within", 30, "--json"))["reminders"]
        fits("decide", zwgk("appeal", "file", 1, "--by", "赵六", "--reason", "停机", "--json"))
        fits("decide", zwgk("appeal", "decide", 1, "uphold", *SIGNED, "--json"))
        assert fits("appeals", zwgk("appeal", "list", "--json"))["appeals"]
        zwgk("crawl", "--as-of", "2026-11-19T02:00")
        [item] = fits("notice-recheck", zwgk("notice", "recheck", "2026-10", "--json"))["items"]
        assert item["result"] == "未整改"
        story = fits("explain", zwgk("explain", 1, "--json"))
        assert story["notices"][0]["recheck"]
        assert story["appeals"]
        assert story["told"]
        fits("verify", zwgk("verify", "--json"))
        fits("doubts", zwgk("events", "--doubts", "--json"))


def test_clues_fit_their_schema_and_show_no_number_in_full(tmp_path: Path) -> None:
    with Site() as site:
        portal(site)
        site.pages["/tz/2026-10-05.html"] = Page(body=PAGE.format(number=ID))
        zwgk = deployed(tmp_path / "office", site)
        zwgk("crawl", "--as-of", FIRST_NIGHT)
        assert zwgk("clues", "--by", "李四", "--json").code == 2
        with (zwgk.folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
            settings.write("clue_readers: [李四]\n")
        told = [zwgk(name, "--json").out for name in ("tasks", "events", "warn", "remind", "score")]
        said = zwgk("clues", "--by", "李四", "--json")
        assert [one["kind"] for one in fits("clues", said)["clues"]] == ["身份证号"]
        assert "身份证号" in zwgk("clues", "--by", "李四").out
        assert not [text for text in (*told, said.out) if ID in text]
        assert not [text for text in told if "身份证" in text or ID[-6:] in text]
        assert zwgk("clues", "--by", "王五").code == 2
        assert fits("interactions", zwgk("events", "--interaction", "--json"))["interactions"] == []
    row = Interaction(
        unit_id="czj", subject_id="account:w", subject="w", counted=2, commented=1, last_on=date(2026, 9, 24),
        seen_on=date(2026, 9, 25), sentence="有评论",
    )  # fmt: skip
    schema("interactions").validate(plain({"interactions": [row]}))


def test_users_fit_their_schema(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("six quiet clerks\n"))
    assert cli("user", "add", "zhang", "--role", "管理员").code == 0
    assert fits("users", cli("user", "list", "--json"))["users"]
    assert cli("user", "token", "add", "zhang", "--label", "大屏").code == 0
    assert fits("tokens", cli("user", "token", "list", "--json"))["tokens"]


def test_a_check_fits_its_schema(cli: Cli) -> None:
    assert fits("check", cli("check", "czj", "--json"))["findings"]


def test_a_quarter_fits_its_schema(cli: Cli, tmp_path: Path) -> None:
    close = ("month", "close", "2026-10", "--by", "李四", "--out", tmp_path, "--as-of", "2026-11-03T09:00")
    fits("month", cli(*close, "--json"))
    assert fits("quarter", cli("month", "quarter", "2026Q4", "--out", tmp_path, "--json"))["missing"]


def test_extracts_fit_their_schemas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, page in (("list", list_page(STALE, "dt")), ("article", article("2026-10-05"))):
        file = tmp_path / f"{name}.html"
        file.write_bytes(page.data)
        for words in ((), ("--explain", "--json")):
            assert main(["extract", name, str(file), *words]) == 0
            said = json.loads(capsys.readouterr().out)
            schema(f"extract-{name}").validate(said)
            assert ("explain" in said) == bool(words)


def test_explanations_of_all_saved_pages_fit_their_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    for name, folder in (("list", "lists"), ("article", "documents")):
        pages = sorted(map(str, (ROOT / "tests" / "fixtures" / folder).glob("*/page.*")))
        assert main(["extract", name, *pages, "--explain", "--json"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(pages)
        for line in lines:
            schema(f"extract-{name}").validate(json.loads(line))


def test_a_tried_rubric_fits_its_schema(cli: Cli, tmp_path: Path) -> None:
    text = (cli.folder / "rubric" / "annex1.yaml").read_text("utf-8")
    other = tmp_path / "annex1.yaml"
    other.write_text(text.replace("limits: {days: 14}", "limits: {days: 30}"), "utf-8")
    found = fits("rejudge", cli("rejudge", "--rubric", other, "--json"))
    assert found["clauses"]
    assert found["events"]


def test_the_register_fits_its_schemas(tmp_path: Path) -> None:
    zwgk, book = Cli(office(tmp_path / "d")), tmp_path / "单位表.xlsx"
    assert fits("register-export", zwgk("register", "export", book, "--json"))["rows"]["apps"] == 1
    sheet = (opened := load_workbook(book))["应用"]
    sheet["C2"] = "某某通"
    opened.save(book)
    tried = fits("register-import", zwgk("register", "import", book, "--dry-run", "--json"))
    assert (tried["written"], tried["counts"]["apps"]["修改"]) == (False, 1)
    assert fits("register-import", zwgk("register", "import", book, "--json"))["written"]
    sheet["D2"] = "某商店"
    opened.save(book)
    assert fits("register-import", zwgk("register", "import", book, "--json"), code=2)["problems"]
    said = zwgk("register", "import", book)
    assert (said.code, said.out) == (2, "")
    assert "工作表“应用”第 2 行“应用商店”列" in said.err


def test_a_wrong_configuration_fits_its_schema(cli: Cli, tmp_path: Path) -> None:
    assert fits("config-check", Cli(tmp_path)("config", "check", "--json"), code=2)["problems"]


def test_no_schema_stands_unused() -> None:
    used = (ROOT / "tests" / "test_docs.py").read_text("utf-8")
    names = {file.stem for file in SCHEMAS.glob("*.json")}
    names -= set(FILES.values())  # held against the interface's answers: tests/web/published.py
    assert all(f'"{name}"' in used or name.startswith("extract-") for name in names)


def test_the_manual_names_every_field_of_the_templates() -> None:
    report = an_issued_report(corrections=(a_correction(),))
    quarter = QuarterReport(
        quarter=Quarter(2026, 3), months=(report,), missing=(), made_at=report.made_at, simulation=False,
        sender=report.sender,
    )  # fmt: skip
    letters = (compose(report), compose_unit(report, unit_parts(report)[0]), compose_quarter(quarter))
    fields = {name: value for letter in letters for name, value in context(letter).items()}
    rows = [value[0] for value in fields.values() if isinstance(value, list)]
    names = {*fields, *(name for row in rows for name in row)}
    assert [name for name in sorted(names) if name not in MANUAL] == []


def test_readme_lists_every_setting() -> None:
    names = [f"`ZWGK_{name.upper()}`" for name in Settings.model_fields]
    assert [name for name in names if name not in README] == []


def test_readme_names_no_setting_that_is_not_there() -> None:
    known = {f"ZWGK_{name.upper()}" for name in Settings.model_fields}
    named = {word.strip("`,|") for word in README.split() if word.strip("`,|").startswith("ZWGK_")}
    assert {name.split("`")[0] for name in named} <= known


def test_every_command_is_in_readme_or_manual() -> None:
    missing = [name for name in COMMANDS if f"zwgk {name}" not in README + MANUAL]
    assert missing == []


def test_every_option_and_command_has_a_chinese_help() -> None:
    for path, one in walk(command(), "zwgk"):
        assert is_chinese(one.help), f"{path}: no Chinese help"
        for param in one.params:
            if path != "zwgk" or param.name != "help":
                assert is_chinese(getattr(param, "help", "")), f"{path} {param.name}: no Chinese help"


def test_help_speaks_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["events", "--help"]) == 0
    out = capsys.readouterr().out
    assert "选项" in out
    assert "显示用法" in out
    assert "Show this message" not in out


def walk(one: Any, path: str) -> Iterator[tuple[str, Any]]:
    yield path, one
    names = COMMANDS if path == "zwgk" else getattr(one, "commands", {})
    for name in names:
        inner = one.get_command(command_context(one), name)
        yield from walk(inner, f"{path} {name}")


def command_context(one: Any) -> Any:
    return one.make_context(one.name or "zwgk", [], resilient_parsing=True)


def is_chinese(text: str | None) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text or "")


@pytest.mark.parametrize("key", ["columns", "registrations"])
def test_what_the_manual_shows_of_the_registry_is_accepted(key: str) -> None:
    samples = map(textwrap.dedent, re.findall(r"```yaml\n(.*?)```", MANUAL, re.S))
    [sample] = [one for one in samples if one.startswith(f"{key}:")]
    document, problems = parse(
        Path("a.yaml"),
        f"units:\n  - id: caizhengju\n    name: 财政局\n    kind: 部门\n{textwrap.indent(sample, '    ')}",
    )
    assert document is not None
    assert [*problems, *check_registry([document])] == []
    [entry] = document.data["units"][0][key]
    assert {"columns": "reading", "registrations": "state"}[key] in entry


def test_links_between_documents_lead_somewhere() -> None:
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"):
        for part in file.read_text("utf-8").split("](")[1:]:
            target = part.partition(")")[0]
            assert target.startswith("http") or (file.parent / target).exists(), f"{file.name}: {target}"


def test_make_targets_named_in_documents_exist() -> None:
    targets = {line.partition(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines()}
    assert {"setup", "services", "demo", "test", "lint", "bench", "mutants", "lock", "clean"} <= targets
