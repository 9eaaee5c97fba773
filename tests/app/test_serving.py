"""The scheduler's process, for real: what is overdue is crawled at once, SIGTERM ends it in order."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from app.office import open_office
from domain.looks import RunOutcome
from tests.app.deployment import deploy, news
from tests.site import Page, Site

ROWS = "".join(
    f"<li><a href='/{n}.html'>财政局组织学习贯彻会议精神{n}</a><span>2026-09-{n:02}</span></li>"
    for n in range(1, 8)
)
PROGRAM = (
    "import sys; from pathlib import Path; from app.serving import serve; "
    "serve(Path(sys.argv[1]), told=lambda text: print(text, flush=True), every_s=0.2)"
)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_an_overdue_night_is_made_up_and_the_process_ends_in_order(
    tmp_path: Path, stop: signal.Signals
) -> None:
    folder = tmp_path / "office"
    with Site() as site:
        site.pages["/dt/"] = Page(body=f"<html><body><ul class='list'>{ROWS}</ul></body></html>")
        office = deploy(folder, [news("czj-dt", site.url("/dt/"))], simulation=False)
        with office.archive:
            office.archive.set_due({"column:czj-dt": (office.clock() - timedelta(days=2), "每晚监测")})
        with served(folder) as process:
            said = lines_until(process, "提示已写入")
            process.send_signal(stop)
            said += process.stdout.read() if process.stdout else ""
            assert process.wait(30) == 0
        assert site.count("/dt/") == 1
    assert "每晚监测开始" in said
    assert "次监测结束" in said
    [letter] = (folder / "outbox").iterdir()
    assert "首次发现“工作动态”疑似不符合要求" in letter.read_text("utf-8")
    assert "调度已停止" in said
    office = open_office(folder)
    with office.archive:
        [run] = office.archive.runs(5)
        assert run.outcome is RunOutcome.DONE
        [row] = office.archive.due_table()
        assert office.archive.take_lease("scheduler", "another", at=office.clock(), seconds=1)
        [told] = office.archive.told("czj")
    assert row.subject_id == "column:czj-dt"
    assert (told.by, told.topic) == ("系统", "event:1")


def test_after_the_night_the_office_gets_a_message(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with Site() as site:
        site.pages["/dt/"] = Page(body=f"<html><body><ul class='list'>{ROWS}</ul></body></html>")
        site.pages["/hook"] = Page(body="ok")
        office = deploy(folder, [news("czj-dt", site.url("/dt/"))], simulation=False)
        with office.archive:
            office.archive.set_due({"column:czj-dt": (office.clock() - timedelta(days=2), "每晚监测")})
        with (folder / "zwgk.yaml").open("a", encoding="utf-8") as settings:
            settings.write("notify: [{name: ban, to: 办公室}]\nnotify_from: '00:00'\nnotify_until: '00:00'\n")
        (folder / "secrets.yaml").write_text(
            f"ban: {{urls: ['{site.url('/hook').replace('http', 'json')}']}}\n"
        )
        (folder / "secrets.yaml").chmod(0o600)
        with served(folder) as process:
            said = lines_until(process, "通知 ban（办公室）")
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0
        [message] = [json.loads(one.posted) for one in site.asked if one.path == "/hook"]
    assert "通知 ban（办公室）：已发送。" in said
    assert "/hook" not in said
    assert "首次" not in message["title"]
    assert "财政局“工作动态”" in message["message"]
    assert "没有得到答复" in message["message"]


def served(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def lines_until(process: "subprocess.Popen[str]", piece: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if piece in line:
            break
    assert piece in said, said
    return said
