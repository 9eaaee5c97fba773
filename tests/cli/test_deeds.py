"""The commands that change something, from init to an issued notice."""

from pathlib import Path

import pytest

from cli.main import main
from tests.app.deployment import deploy
from tests.cli.office import FIRST_NIGHT, SECOND_NIGHT, Cli

SIGNED = ("--by", "李四", "--reason", "电话核实")


def test_init_makes_a_deployment_that_passes_its_own_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "office"
    assert main(["init", str(folder), "--simulation"]) == 0
    assert "模拟部署" in capsys.readouterr().out
    assert main(["--dir", str(folder), "config", "check"]) == 0
    assert main(["init", str(folder)]) == 2
    assert "不会覆盖" in capsys.readouterr().err


def test_the_folder_may_be_named_before_or_after_the_command_or_in_the_environment(
    office: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tasks", "--dir", str(office.folder)]) == 0
    monkeypatch.setenv("ZWGK_DIR", str(office.folder))
    assert main(["tasks"]) == 0
    monkeypatch.delenv("ZWGK_DIR")
    monkeypatch.chdir(office.folder)
    assert main(["tasks"]) == 0
    assert capsys.readouterr().out == "没有待办。\n" * 3


def test_check_answers_and_can_be_adopted_once(office: Cli) -> None:
    found = office("check", "财政局", "--as-of", FIRST_NIGHT, "--json").json
    assert (found["unit"], found["official"], found["coverage"]) == ("czj", False, "1.000")
    verdicts = {one["test"]: one["verdict"] for one in found["findings"]}
    assert verdicts["A1-18a"] == "breach"
    assert office("events", "--json").json["events"] == []
    assert office("adopt", found["check"], *SIGNED).code == 0
    assert len(office("events", "--json").json["events"]) == 1
    assert office("adopt", found["check"], *SIGNED).code == 2


def test_check_fails_on_breach_when_asked(office: Cli) -> None:
    assert office("check", "czj", "--as-of", FIRST_NIGHT, "--fail-on", "breach").code == 1


def test_accept_writes_the_day_into_the_registry(office: Cli) -> None:
    assert office("accept", "column:czj-tz", "--from", "2026-10-01").code == 0
    assert "monitored_from: 2026-10-01" in (office.folder / "units" / "local.yaml").read_text("utf-8")
    assert office("accept", "column:nosuch", "--from", "2026-10-01").code == 2


def test_a_backup_is_made_once(office: Cli, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    assert office("backup", file).code == 0
    assert file.stat().st_size > 0
    assert office("backup", file).code == 2
    assert "日志完好" in office("restore", file).out
    assert office("restore", tmp_path / "none.db").code == 2


def test_from_a_first_look_to_an_issued_notice(office: Cli, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "out")
    for night in (FIRST_NIGHT, SECOND_NIGHT):
        assert office("crawl", "--as-of", night, "--json").json["outcome"] == "done"
    assert office("decide", 1, "withdraw", *SIGNED, "--as-of", "2026-10-10").code == 0
    now = office("decide", 1, "confirm", *SIGNED, "--points", "1.5", "--as-of", "2026-10-11", "--json").json
    assert (now["state"], now["decisions"][-1]["points"]) == ("已确认", "1.5")
    assert office("month", "close", "2026-10", "--by", "李四", *out).code == 2  # the month runs still
    closed = office(
        "month", "close", "2026-10", "--by", "李四", *out, "--as-of", "2026-11-03T09:00", "--json"
    )
    assert (closed.json["items"], closed.json["points"]) == (1, "1.5")
    issue = ("notice", "issue", "2026-10", "--number", 3, "--date", "2026-11-04", "--by", "李四", "--no-pdf")
    issued = office(*issue, *out, "--as-of", "2026-11-04T09:00", "--json")
    assert len(issued.json["files"]) == 4  # the notice, its annexes; one unit's notice and form
    assert office("events", "--json").json["events"][0]["state"] == "已通报"
    quarter = office("month", "quarter", "2026Q4", *out, "--json").json
    assert (quarter["months"], quarter["items"]) == (["2026-10"], 1)
    assert office("month", "quarter", "2026Q4", *out, "--number", 4).code == 2
    final = office("month", "quarter", "2026Q4", *out, "--number", 4, "--date", "2027-01-10")
    assert "2026-11、2026-12 还没有结账" in final.err
    packed = office("month", "draft", "2026-10", *out, "--zip", "--json").json
    assert packed["files"][-1].endswith("〔2026〕3号.zip")
    templates = office("month", "templates", "--out", tmp_path / "templates")
    assert "unit.docx" in templates.out
    assert office("verify").code == 0


def test_a_person_acquits_a_column_by_what_she_saw(office: Cli) -> None:
    assert office("crawl", "--as-of", FIRST_NIGHT).code == 0
    said = office("attest", "column:czj-dt", "--newest", "2026-10-07", *SIGNED, "--as-of", "2026-10-08T10:00")
    assert said.code == 0
    [event] = office("events", "--json").json["events"]
    assert not event["open"]


def test_a_mark_is_entered_and_taken_back(office: Cli, tmp_path: Path) -> None:
    proof = tmp_path / "纪要.txt"
    proof.write_text("纪要", encoding="utf-8")
    made = office("mark", "财政局", "A1-01", "2.5", *SIGNED, "--file", proof, "--year", 2026, "--json").json
    assert (made["unit"], made["points"], made["files"][0]["name"]) == ("czj", "2.5", "纪要.txt")
    said = office("mark", "czj", "A1-01", "--clear", *SIGNED)
    assert (said.code, "已取消" in said.out) == (0, True)
    assert office("mark", "czj", "A1-01", "--clear", *SIGNED).code == 2
    assert office("mark", "czj", "A1-01", *SIGNED).code == 2  # neither points nor --clear
    assert office("mark", "czj", "A1-18", 4, *SIGNED).code == 2  # judged by the machine
    assert office("mark", "czj", "A1-01", 4, *SIGNED).code == 2  # more than there is
    assert office("verify").code == 0


def test_the_year_s_workbook_is_written_where_asked(office: Cli, tmp_path: Path) -> None:
    file = tmp_path / "年度得分.xlsx"
    assert office("score", "--xlsx", file, "--as-of", "2026-10-31").code == 0
    assert file.read_bytes()[:2] == b"PK"
    assert office("score", "--xlsx", tmp_path / "no" / "such" / "x.xlsx").code == 3
    assert office("score", "--xlsx", file, "--unit", "czj").code == 2
    assert office("score", "--rank").code == 2
    assert office("score", "--as-of", "2026-10-31", "--year", 2027).code == 2


def test_an_account_that_only_a_person_sees_is_said_to_be_so(tmp_path: Path) -> None:
    account = (
        "    accounts:\n      - {id: czj-ks, platform: 快手, name: 财政快手, source: manual, "
        "monitored_from: 2026-09-01}\n"
    )
    deploy(tmp_path / "d", [], more=account).archive.close()
    zwgk = Cli(tmp_path / "d")
    assert zwgk("config", "check").code == 0
    assert zwgk("crawl", "--as-of", FIRST_NIGHT).code == 0
    assert "人工查看到期" in zwgk("tasks").out
    checked = zwgk("check", "czj", "--json")
    assert (checked.json["unseen"], checked.json["coverage"]) == ([], None)
    assert checked.json["by_hand"][0]["due"]
    link = ("--link", "https://v.kuaishou.com/x")
    zwgk("attest", "account:czj-ks", "--newest", "2026-10-07", *link, *SIGNED, "--as-of", "2026-10-08T10:00")
    assert "没有待办" in zwgk("tasks").out
    said = zwgk("check", "czj")
    assert "只能人工查看" in said.out
    assert "李四" in said.out
