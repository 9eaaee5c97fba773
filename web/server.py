"""The console's server in a thread of its own, beside the scheduler."""

import gc
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from jinja2 import Environment

from app.boards import WAIT_S
from app.register_view import read_ahead
from app.workshop import Beside
from domain.errors import ZwgkError
from web.api.documents import described
from web.main import create_app

STOP_S = 10


@contextmanager
def running(folder: Path, *, host: str, port: int) -> Iterator[str]:
    """The console over the folder while the block lasts; its address. Port 0: any free one.

    Raises ConfigError, StorageError (deployment), ZwgkError (the address is taken).
    """
    with served(create_app(folder, Beside(), WAIT_S), host=host, port=port, lasting=True) as address:
        yield address


@contextmanager
def served(app: FastAPI, *, host: str, port: int, lasting: bool = False) -> Iterator[str]:
    """An application made with create_app, while the block lasts. Raises ZwgkError (the address is taken).

    `lasting`: the process is there for nothing else.
    """
    try:
        listening = listen(host, port)
    except ZwgkError:
        app.state.deployment.close()
        raise
    https = app.state.deployment.office().settings.console_https
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="on", ws="none",
        proxy_headers=https, timeout_graceful_shutdown=STOP_S,
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listening],), name="console")
    thread.start()
    app.state.boards.begin(app.state.deployment.office())
    threading.Thread(target=_ahead, args=(app, lasting), name="ahead", daemon=True).start()
    try:
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _ahead(app: FastAPI, lasting: bool) -> None:
    """What a first page would wait for: templates, the description of the interface, the register."""
    templates: Environment = app.state.templates
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    described()
    read_ahead(app.state.deployment.folder)
    if lasting:
        gc.freeze()  # else each full collection walks over all of it, and all pages stand still meanwhile


def listen(host: str, port: int) -> socket.socket:
    """A socket bound here, so that a taken address is told before anything starts. Raises ZwgkError (taken).

    Its protocol is named, or asyncio would leave Nagle's algorithm on: an answer on a connection that already
    gave one, as after every form, would wait 40 ms for the browser's acknowledgement.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(128)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise ZwgkError(
            f"控制台打不开 {host}:{port}：{error.strerror or error}。请用 --port 换一个端口，或检查 --host。"
        ) from error
    return listening
