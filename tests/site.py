"""A web site for tests: scripted pages on 127.0.0.1, with redirects, validators, delays and counters."""

import gzip
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import ClassVar

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An answer. `etag`: sent, and 304 given when asked with it. `wait`: held back until it is set.

    `cut`: fewer bytes are sent than Content-Length says. `ranges`: Range requests are honoured.
    """

    body: bytes | str = b""
    status: int = 200
    kind: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: bool = False
    wait: threading.Event | None = None
    cut: int = 0
    ranges: bool = False

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


def redirect(to: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": to})


def zipped(body: bytes | str) -> Page:
    """A page sent gzip-compressed."""
    data = body.encode() if isinstance(body, str) else body
    return Page(body=gzip.compress(data), headers={"Content-Encoding": "gzip"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived."""

    path: str
    host: str
    headers: Mapping[str, str]
    at: float  # time.monotonic
    open_at_once: int  # requests under way on the site, this one included
    posted: str = ""  # the body of a POST


Answerer = Page | Callable[[Asked], Page]


class Site:
    """`pages` maps a path with query to a Page or a function of the request; other paths give 404.

    Use as a context manager. `asked` lists every request; robots.txt is 404 unless scripted.
    `certificate`: files of certificate and key, for https. `address`: another one of the loopback's.
    """

    def __init__(self, *, certificate: tuple[Path, Path] | None = None, address: str = "127.0.0.1") -> None:
        self.address = address
        self.pages: dict[str, Answerer] = {}
        self.asked: list[Asked] = []
        self._open = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((address, 0), type("Handler", (_Handler,), {"site": self}))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that go away
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url(self, path: str = "/", host: str = "") -> str:
        return f"http://{host or self.address}:{self.port}{path}"

    def count(self, path: str) -> int:
        return Counter(asked.path for asked in self.asked)[path]

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for page in self.pages.values():
            if isinstance(page, Page) and page.wait is not None:
                page.wait.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str, headers: Mapping[str, str], posted: str = "") -> Page:
        with self._lock:
            self._open += 1
            asked = Asked(path, headers.get("Host", ""), headers, monotonic(), self._open, posted)
            self.asked.append(asked)
        page = self.pages.get(path, Page(body="not found", status=404))
        page = page if isinstance(page, Page) else page(asked)
        if page.wait is not None:
            page.wait.wait(30)
        return page

    def answered(self) -> None:
        with self._lock:
            self._open -= 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: ClassVar[Site]

    def do_GET(self) -> None:
        try:
            posted = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self._send(self.site.answer(self.path, dict(self.headers), posted))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.site.answered()

    do_POST = do_GET

    def _send(self, page: Page) -> None:
        status, body, headers = self._shaped(page)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) - page.cut] if page.cut else body)
        self.close_connection = self.close_connection or bool(page.cut)

    def _shaped(self, page: Page) -> tuple[int, bytes, dict[str, str]]:
        status, body, headers = page.status, page.data, {"Content-Type": page.kind, **page.headers}
        if page.etag:
            headers["ETag"] = f'"{sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
        if page.ranges and (said := self.headers.get("Range")):
            status, body, headers["Content-Range"] = _part(body, said)
        return status, body, headers | {"Content-Length": str(len(body))}

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _part(body: bytes, said: str) -> tuple[int, bytes, str]:
    first, _, last = said.removeprefix("bytes=").partition("-")
    start = int(first) if first else max(0, len(body) - int(last))
    end = min(int(last), len(body) - 1) if first and last else len(body) - 1
    if start >= len(body):
        return 416, b"", f"bytes */{len(body)}"
    return 206, body[start : end + 1], f"bytes {start}-{end}/{len(body)}"
