"""What people do after a notice, through the command line; wrong input of every kind."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.office import FIRST_NIGHT, SECOND_NIGHT, Cli, deployed, portal
from tests.site import Site

BY = ("--by", "李四")
SIGNED = (*BY, "--reason", "核实")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cli]:
    """October is told of on 4 November; event 1 is the stale 工作动态 of 财政局."""
    with Site() as site:
        portal(site)
        cli = deployed(tmp_path_factory.mktemp("told") / "office", site)
        out = ("--out", tmp_path_factory.mktemp("out"))
        for night in (FIRST_NIGHT, SECOND_NIGHT):
            assert cli("crawl", "--as-of", night).code == 0
        closed = cli("month", "close", "2026-10", *BY, *out, "--as-of", "2026-11-03T09:00")
        issue = ("--number", 3, "--date", "2026-11-04", *BY, *out, "--as-of", "2026-11-04T09:00")
        assert (closed.code, cli("notice", "issue", "2026-10", *issue).code) == (0, 0)
        yield cli


@pytest.mark.parametrize(("words", "why"), [
    (("notice", "recheck", "2026-09"), "2026-09 还没有印发通报"),
    (("notice", "recheck", "2026-1x"), "不是月份"),
    (("notice", "recheck", "2026-10", "--unit", "无"), "没有单位“无”"),
    (("notice", "due", "--within", "-1"), "--within"),
    (("notice", "served", "2026-10", "czj", "--person", "赵", *BY), "缺少选项 --on"),
    (("notice", "served", "2026-10", "czj", "--on", "11月4日", "--person", "赵", *BY), "不是日期"),
    (("notice", "served", "2026-10", "czj", "--on", "2026-11-05", "--person", "赵", *BY), "在将来"),
    (("notice", "served", "2026-10", "czj", "--on", "2026-11-03", "--person", "赵", *BY), "早于通报"),
    (("notice", "received", "2026-10", "czj", "--on", "2026-11-04", "--person", " ", *BY), "--person"),
    (("appeal",), ""),
    (("appeal", "file", 1, *BY), "缺少选项 --reason"),
    (("appeal", "file", "一", *SIGNED), "要写整数"),
    (("appeal", "file", 99, *SIGNED), "没有事件 99"),
    (("appeal", "file", 1, *SIGNED, "--file", "/no/such.pdf"), "不存在"),
    (("appeal", "files", 1), "没有附件"),
    (("appeal", "decide", 1, "maybe", *SIGNED), "不在可选的值之中"),
    (("appeal", "decide", 1, "uphold", *SIGNED), "没有待决定的申诉"),
    (("remind", "--days", "-1"), "--days"),
    (("remind", "--unit", "无"), "没有单位“无”"),
    (("events", "--doubts", "--unit", "无"), "没有单位“无”"),
])  # fmt: skip
def test_wrong_input_is_refused_with_the_reason(told: Cli, words: tuple[object, ...], why: str) -> None:
    said = told(*words)
    assert said.code == 2
    assert why in said.err


def test_from_service_to_a_decided_appeal(told: Cli, tmp_path: Path) -> None:
    served = told("notice", "served", "2026-10", "财政局", "--on", "2026-11-04", "--person", "赵六", *BY)
    assert served.out == "2026-10 通报：财政局 2026-11-04 送达（赵六），已记入日志。\n"
    assert "尚未签收" in told("notice", "due", "--within", 20).out
    proof = tmp_path / "说明.txt"
    proof.write_text("当日停机", encoding="utf-8")
    filed = told("appeal", "file", 1, "--by", "赵六", "--reason", "当日停机", "--file", proof)
    assert "现为“申诉中”" in filed.out
    saved = told("appeal", "files", 1, "--out", tmp_path / "out").out.strip()
    assert Path(saved).name == "1-1-说明.txt"
    assert Path(saved).read_text("utf-8") == "当日停机"
    assert "不会覆盖" in told("appeal", "files", 1, "--out", tmp_path / "out").err
    assert told("appeal", "decide", 1, "withdraw", "--by", "赵六", "--reason", "x").code == 2
    assert "待决定" in told("appeal", "list", "--open").out
    decided = told("appeal", "decide", 1, "withdraw", *SIGNED)
    assert decided.out == "申诉已决定：撤销。事件 1 现为“撤销”，已记入日志。\n"
    story = told("explain", 1).out
    for piece in (
        "送达：2026-11-04 赵六",
        "附件：说明.txt",
        "李四 撤销：核实",
        "没有扣分",
        "已撤销，不再复查\n",
        "申诉：已作决定，不再受理",
        "已撤销，无须整改",
        "说明：已由人撤销，但所查情形还没有恢复正常",
    ):
        assert piece in story
    assert "申诉截止" not in story
    assert "确认：—" in story
    assert "记录号" in story
    assert "）确认：" not in story
    assert "已撤销" in told("notice", "recheck", "2026-10").out
    assert told("events").out.count("\n1\t") == 1
    assert "\n1\t" not in told("events", "--open").out
    assert told("verify").code == 0


def test_a_preview_says_so_and_a_folder_gets_the_texts(office: Cli, tmp_path: Path) -> None:
    assert office("crawl", "--as-of", FIRST_NIGHT).code == 0
    preview = office("remind")
    assert "只是预览" in preview.err
    assert "疑似不符合要求" in preview.out
    written = office("remind", "--out", tmp_path, *BY)
    assert [Path(line).read_text("utf-8").splitlines()[0] for line in written.out.splitlines()] == [
        "财政局："
    ]
    assert office("remind").out == "没有新的提示。\n"


def test_doubts_are_listed_apart(told: Cli) -> None:
    assert told("events", "--doubts").out == "没有存疑的更新。\n"
