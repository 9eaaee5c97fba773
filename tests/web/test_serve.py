"""zwgk serve: console and schedule in one process, ended in order."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from domain.errors import ZwgkError
from tests.app.deployment import deploy, news
from web.server import running

SERVE = "import sys; from cli.main import main; sys.exit(main(sys.argv[1:]))"


@pytest.mark.parametrize("simulation", [False, True], ids=["official", "simulation"])
def test_the_console_answers_beside_the_schedule(tmp_path: Path, simulation: bool) -> None:
    folder = tmp_path / "office"
    deploy(folder, [news("czj-dt", "http://127.0.0.1:9/")], simulation=simulation).archive.close()
    words = [sys.executable, "-c", SERVE, "--dir", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        said = [process.stderr.readline() for _ in range(3)]
        address = said[0].strip().removeprefix("控制台：")
        assert "还没有用户" in said[1]
        assert ("模拟库" if simulation else "调度已开始") in said[2]
        assert "登录" in httpx.get(f"{address}/login", trust_env=False).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_taken_port_is_told(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ZwgkError, match="--port"), running(folder, host="127.0.0.1", port=port):
            pass
