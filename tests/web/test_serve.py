"""zwgk serve: console and schedule in one process, ended in order."""

import asyncio
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from domain.errors import ZwgkError
from tests.app.deployment import deploy, news
from web.server import listen, running

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


def test_an_answer_does_not_wait_for_the_acknowledgement_of_the_one_before() -> None:
    """asyncio sends at once only on connections whose protocol is named (40 ms after every form else)."""

    async def connected(listening: socket.socket) -> int:
        at_once: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def accepted(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            at_once.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        server = await asyncio.start_server(accepted, sock=listening)
        async with server:
            _, writer = await asyncio.open_connection(*listening.getsockname()[:2])
            found = await at_once
            writer.close()
            await writer.wait_closed()
        return found

    assert asyncio.run(connected(listen("127.0.0.1", 0))) == 1
