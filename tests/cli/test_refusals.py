"""Wrong input: one clear Chinese message on stderr, the right exit code, nothing on stdout, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.office import Cli, deployed
from tests.site import Site


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (("check", "财正局"), "是不是：财政局"),
        (("nosuch",), "没有命令"),
        (("events", "--nosuch"), "没有选项 --nosuch"),
        (("decide",), "缺少"),
        (("decide", 1, "forgive", "--by", "李四", "--reason", "无"), "不在可选的值之中"),
        (("explain", "one"), "要写整数"),
        (("decide", 99, "confirm", "--by", "李四", "--reason", "无"), "没有事件 99"),
        (("explain", 99), "没有事件 99"),
        (
            ("attest", "column:nosuch", "--newest", "2026-10-08", "--by", "李", "--reason", "无"),
            "没有监测对象",
        ),
        (("score", "--as-of", "10月8日"), "请写成 2026-10-08"),
        (("score", "--year", "1"), "选项 --year 的值不对：不能小于 2000"),
        (("score", "--year", "9999"), "选项 --year 的值不对：不能大于 2200"),
        (("score", "--xlsx", "year.xls"), "请以 .xlsx 结尾"),
        (("score", "--xlsx", "year.xlsx", "--unit", "czj"), "--xlsx 写全部单位，不与 --unit 同用"),
        (("crawl", "--as-of", "now"), "请写成 2026-10-08T01:30"),
        (("month", "draft", "2026-13"), "请写成 2026-10"),
        (("month", "draft", "2199-01"), "还没有开始"),
        (("month", "quarter", "2026-3"), "请写成 2026Q3"),
        (("month", "quarter", "2026Q1"), "都还没有结账"),
        (("adopt", 7, "--by", "李四", "--reason", "无"), "7"),
        (("extract", "list", "nosuch.html"), "不存在"),
        (("warn", "--days", 0), "1 至 400"),
        (("warn", "--unit", "财正局"), "是不是：财政局"),
        (("forecast", "--unit", "nosuch"), "没有单位"),
        (("rejudge",), "--rubric"),
        (("rejudge", "--rubric", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_wrong_words(office: Cli, words: tuple[object, ...], piece: str) -> None:
    said = office(*words)
    assert (said.code, said.out) == (2, "")
    assert piece in said.err
    assert "Traceback" not in said.err


def test_a_folder_that_is_no_deployment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--dir", str(tmp_path), "events"]) == 2
    assert "zwgk init" in capsys.readouterr().err


def test_a_broken_registry_is_told_whole(office: Cli) -> None:
    file = office.folder / "units" / "local.yaml"
    file.write_text(
        file.read_text("utf-8").replace("kind: 部门", "kind: 部们").replace("14d", "14x"), "utf-8"
    )
    for words in (("events",), ("config", "check")):
        said = office(*words)
        assert said.code == 2
        assert "共 2 处配置问题" in said.err
        assert "local.yaml:4" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("crawl",),
        ("check", "czj"),
        ("decide", 1, "confirm", "--by", "李四", "--reason", "核实"),
        ("month", "draft", "2026-10"),
        ("adopt", 1, "--by", "李四", "--reason", "核实"),
        ("attest", "column:czj-dt", "--newest", "2026-10-01", "--by", "李四", "--reason", "核实"),
        ("notice", "issue", "2026-10", "--number", 1, "--date", "2026-11-04", "--by", "李四"),
    ],
)
def test_an_official_database_knows_no_other_moment(tmp_path: Path, words: tuple[object, ...]) -> None:
    with Site() as site:
        said = deployed(tmp_path / "office", site, simulation=False)(*words, "--as-of", "2026-10-08")
    assert said.code == 2
    assert said.out == ""


def test_a_simulation_does_not_run_by_the_clock(office: Cli) -> None:
    said = office("serve", "--no-console")
    assert said.code == 2
    assert "模拟库" in said.err


def test_a_data_folder_that_cannot_be_made(office: Cli) -> None:
    data = office.folder / "data"
    for file in data.iterdir():
        file.unlink()
    data.rmdir()
    data.write_text("a file in the way", "utf-8")
    said = office("events")
    assert said.code == 3
    assert "Traceback" not in said.err


def test_a_reader_who_has_had_enough_is_no_error(office: Cli) -> None:
    command = [sys.executable, "-c", "from cli.main import main; raise SystemExit(main())"]
    with subprocess.Popen(
        [*command, "--dir", str(office.folder), "score"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""
