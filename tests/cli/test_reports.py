"""The reporting commands over a watched deployment; with --json there is nothing else on stdout."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.office import Cli


def test_a_confirmed_lapse_is_listed_once(watched: Cli) -> None:
    said = watched("events", "--json")
    [event] = said.json["events"]
    assert (event["subject"], event["test"], event["state"]) == ("column:czj-dt", "A1-18a", "已确认")
    assert (event["newest"], event["open"]) == ("2026-09-20", True)


def test_fail_on_breach_is_exit_code_one(watched: Cli) -> None:
    assert watched("events", "--fail-on", "breach").code == 1
    assert watched("events", "--fail-on", "breach", "--subject", "column:czj-tz").code == 0
    assert watched("events", "--fail-on", "everything").code == 2


def test_a_table_in_a_pipe_is_plain_and_parted_by_tabs(watched: Cli) -> None:
    header, row = watched("events").out.splitlines()
    assert header.split("\t")[:3] == ["编号", "状态", "单位"]
    assert row.split("\t")[:5] == ["1", "已确认", "财政局", "工作动态", "A1-18a"]
    assert "\x1b" not in row


def test_explain_tells_both_sightings_the_quote_and_the_points(watched: Cli) -> None:
    said = watched("explain", 1)
    assert said.code == 0
    for piece in (
        "2026-09-20（出自列表条目）",
        "首次发现",
        "确认",
        "本单位工作动态两周内",
        "2026-10 扣 2 分",
    ):
        assert piece in said.out


def test_score_gives_points_as_strings_and_no_full_marks_unseen(watched: Cli) -> None:
    sheet = watched("score", "--unit", "财政局", "--as-of", "2026-10-31", "--json").json
    assert (sheet["unit"], sheet["as_of"], sheet["deducted"]) == ("czj", "2026-10-31", "2")
    hit = next(one for one in sheet["clauses"] if one["id"] == "A1-18")
    assert hit["occurrences"] == [{"event": 1, "month": "2026-10", "points": "2"}]
    assert watched("score", "--as-of", "2026-10-31", "--json").json["sheets"] == [sheet]


def test_a_day_before_the_second_look_costs_nothing(watched: Cli) -> None:
    sheet = watched("score", "--unit", "czj", "--as-of", "2026-10-08", "--json").json
    assert sheet["deducted"] == "0"


def test_schedule_names_every_subject_with_moment_and_reason(watched: Cli) -> None:
    entries = watched("schedule", "--json").json["entries"]
    assert {one["subject"] for one in entries} == {"column:czj-dt", "column:czj-tz"}
    assert all(re.match(r"2026-10-0[89]T(1[7-9]|20|21):", one["due_at"]) for one in entries)


def test_the_log_is_whole(watched: Cli) -> None:
    assert watched("verify", "--json").json["ok"] is True


def test_doctor_finds_a_working_deployment(watched: Cli) -> None:
    said = watched("doctor", "--json")
    assert (said.code, said.json["ok"]) == (0, True)


def test_doctor_says_whether_a_browser_starts_and_how_to_get_one(
    watched: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZWGK_BROWSER_PATH", "/nonexistent/chromium")
    said = watched("doctor", "--json")
    [browser] = [point for point in said.json["points"] if point["name"] == "浏览器"]
    assert (browser["ok"], browser["needed"], said.json["ok"]) == (False, False, True)
    assert "浏览器" in browser["found"]
    assert "不会扣分" in browser["way_out"]
    monkeypatch.setenv("ZWGK_BROWSER", "off")
    [browser] = [one for one in watched("doctor", "--json").json["points"] if one["name"] == "浏览器"]
    assert browser["ok"]


def test_config_check_has_nothing_to_object_to(watched: Cli) -> None:
    said = watched("config", "check", "--json")
    assert (said.code, said.json["problems"]) == (0, [])


def test_a_draft_is_written_where_asked_and_changes_nothing(watched: Cli) -> None:
    out = watched.folder.parent / "draft"
    made = watched("month", "draft", "2026-10", "--out", out, "--json").json
    assert (made["month"], made["items"], made["points"]) == ("2026-10", 1, "2")
    assert {file.rsplit(".")[-1] for file in made["files"]} == {"docx", "xlsx"}
    told = watched("month", "draft", "2026-10", "--out", out).out.splitlines()
    assert len(told) == 4  # the units' notices are one line, however many
    assert told[-1].endswith("整改通知书（草稿）（2 个文件）")
    assert watched("events", "--json").json["events"][0]["state"] == "已确认"


def test_warnings_are_a_table_by_day_with_what_is_late_already_counted(watched: Cli) -> None:
    header, row, *rest = watched("warn", "--days", 400).out.splitlines()
    assert header.split("\t")[:4] == ["还剩天数", "最后一天", "单位", "对象"]
    assert row.split("\t")[1:6] == ["2027-04-05", "财政局", "通知公告", "A1-11a", "更新期限"]
    assert rest == ["另有1项已经到期或疑似有问题，不再预警（用 zwgk events --open 查看）。"]
    assert watched("warn").out.startswith("2026-10-09起7天内没有到期的（有期限的共2项）。")


def test_a_forecast_tells_months_and_assumptions(watched: Cli) -> None:
    said = watched("forecast", "--unit", "财政局")
    assert "工作动态：2026-11、2026-12" in said.out
    assert "推算的前提" in said.out
    [one] = watched("forecast", "--json").json["units"]
    assert (one["now"]["deducted"], one["end"]["deducted"]) == ("2", "6")
    assert watched("forecast").out.splitlines()[1].split("\t")[:3] == ["财政局", "2", "6"]


def other_rubric(watched: Cli, old: str, new: str) -> Path:
    text = (watched.folder / "rubric" / "annex1.yaml").read_text("utf-8")
    file = watched.folder.parent / "annex1-new.yaml"
    file.write_text(text.replace(old, new).replace("etuoke-2020", "etuoke-2027"), "utf-8")
    return file


def test_another_rubric_is_tried_and_nothing_changes(watched: Cli) -> None:
    before = watched("score", "--json").out
    file = other_rubric(watched, "limits: {days: 14}", "limits: {days: 30}")
    said = watched("rejudge", "--rubric", file)
    assert said.code == 0
    for piece in (
        "现行 etuoke-2020-annex1，新版 etuoke-2027-annex1",
        "消失",
        "扣分 2 → 0（-2）",
        "不改变任何记录",
    ):
        assert piece in said.out
    book = watched.folder.parent / "diff.xlsx"
    found = watched("rejudge", "--rubric", file, "--xlsx", book, "--json").json
    assert found["deducted"] == {"before": "2", "after": "0"}
    assert [one["change"] for one in found["events"]] == ["disappears"]
    assert load_workbook(book).sheetnames == ["单位", "条款", "事件", "说明"]
    assert watched("score", "--json").out == before
    assert watched("rejudge", "--rubric", watched.folder).out.splitlines()[-1] == "1个单位没有任何变化。"


def test_a_rubric_with_mistakes_is_told_whole(watched: Cli) -> None:
    said = watched("rejudge", "--rubric", other_rubric(watched, "{days: 14}", "{day: 14}"))
    assert (said.code, said.out) == (2, "")
    assert "annex1-new.yaml:" in said.err
    assert "是不是“days”" in said.err
