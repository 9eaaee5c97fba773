"""The simulated portal: serves a planted banner over HTTP on loopback addresses, at a simulated moment."""

import errno
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket
from urllib.parse import parse_qsl, urlsplit

from demo.reply import PACKAGE_TYPE, Asked, Reply
from demo.site import Portal


@contextmanager
def served(portal: Portal) -> Iterator[Portal]:
    """Serve the portal on all its hosts, on the world's port, until the block ends. OSError if taken."""
    servers = [_server(portal, host) for host in portal.world.hosts]
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield portal
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()


def free_port(seed: int, hosts: tuple[str, ...]) -> int:
    """The seed's own port if it is free on every host, else one the system gives.

    Raises OSError when the machine has none of these addresses.
    """
    port = 20_000 + seed % 12_000
    for _ in range(50):
        if all(_is_free(host, port) for host in hosts):
            return port
        with socket(AF_INET, SOCK_STREAM) as probe:
            probe.bind((hosts[0], 0))
            port = probe.getsockname()[1]
    raise OSError(
        errno.EADDRINUSE, f"no port is free on all of {', '.join(hosts)}; end other demos and retry"
    )


def _is_free(host: str, port: int) -> bool:
    with socket(AF_INET, SOCK_STREAM) as probe:
        probe.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def _server(portal: Portal, host: str) -> ThreadingHTTPServer:
    class Handler(_Handler):
        about = portal
        own_host = host

    server = ThreadingHTTPServer((host, portal.world.port), Handler)
    server.daemon_threads = True
    return server


class _Handler(BaseHTTPRequestHandler):
    """GET with validators and byte ranges, and POST."""

    about: Portal
    own_host: str
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        reply = self._reply()
        if reply.status != 200:
            self._send(reply.status, reply.body, reply.content_type, **reply.headers)
        elif reply.content_type == PACKAGE_TYPE:
            self._send_range(reply)
        else:
            self._send_validated(reply)

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        reply = self._reply(self.rfile.read(size).decode("utf-8", "replace"))
        self._send(reply.status, reply.body, reply.content_type, **reply.headers)

    def _reply(self, posted: str = "") -> Reply:
        parts = urlsplit(self.path)
        self.about.asked.append((self.own_host, parts.path))
        headers = {name.lower(): value for name, value in self.headers.items()}
        return self.about.reply(Asked(
            host=self.own_host, path=parts.path, query=dict(parse_qsl(parts.query)), posted=posted,
            headers=headers,
        ))  # fmt: skip

    def _send_validated(self, reply: Reply) -> None:
        tag = f'"{sha1(reply.body, usedforsecurity=False).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"", reply.content_type, ETag=tag)
        else:
            self._send(200, reply.body, reply.content_type, ETag=tag)

    def _send_range(self, reply: Reply) -> None:
        size = len(reply.body)
        first, _, last = self.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if not first.isdecimal():
            self._send(200, reply.body, reply.content_type)
            return
        start, end = int(first), min(int(last or size), size - 1)
        said = f"bytes {start}-{end}/{size}"
        self._send(206, reply.body[start : end + 1], reply.content_type, **{"Content-Range": said})

    def _send(self, status: int, body: bytes, content_type: str, **more: str) -> None:
        self.send_response(status, "Web Server Is Down" if status == 521 else None)
        headers = {"Content-Type": content_type, **more}
        if status != 304:
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have read enough
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are counted in `asked`, not printed."""
