"""A WeChat interface on the loopback: tokens and the list of what was published, with WeChat's own errors."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

TOKEN, LIST = "/cgi-bin/token", "/cgi-bin/freepublish/batchget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """`at`: Unix seconds of its last edit. `flag`: how it is called deleted, "" where it is not."""

    id: str
    title: str
    at: int
    flag: str = ""

    def item(self) -> dict[str, Any]:
        url = f"https://mp.weixin.qq.com/s/{self.id}"
        news = {"title": self.title, "url": url, "content": "", **({self.flag: True} if self.flag else {})}
        return {"article_id": self.id, "update_time": self.at, "content": {"news_item": [news]}}


class Wechat:
    """What WeChat says. `articles` by appid, newest first; `secrets` by appid.

    `errors`: error codes to answer next at a path, one a request; `asked`: path and query of every request;
    `given`: the tokens handed out, of which only the newest of an appid is good.
    """

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.articles: dict[str, Sequence[Article]] = {}
        self.errors: dict[str, list[int]] = {}
        self.asked: list[tuple[str, Mapping[str, Any]]] = []
        self.given: list[str] = []
        self._holders: dict[str, str] = {}

    def answer(self, path: str, query: Mapping[str, str], posted: Mapping[str, Any]) -> dict[str, Any]:
        """What WeChat would say, always under status 200."""
        self.asked.append((path, {**query, **posted}))
        waiting = self.errors.get(path)
        if waiting:
            code = waiting.pop(0)
            return {"errcode": code, "errmsg": f"invalid ip 203.0.113.9 said of {query} rid: 1"}
        if path == TOKEN:
            return self._token(query.get("appid", ""), query.get("secret", ""))
        if path == LIST:
            return self._list(query.get("access_token", ""), posted)
        return {"errcode": 40066, "errmsg": "invalid url"}

    def _token(self, appid: str, secret: str) -> dict[str, Any]:
        if appid not in self.secrets:
            return {"errcode": 40013, "errmsg": "invalid appid"}
        if self.secrets[appid] != secret:
            return {"errcode": 40125, "errmsg": f"invalid appsecret {secret}"}
        token = f"T0KEN-{appid}-{len(self.given) + 1}"
        self.given.append(token)
        self._holders = {**{t: a for t, a in self._holders.items() if a != appid}, token: appid}
        return {"access_token": token, "expires_in": 7200}

    def _list(self, token: str, posted: Mapping[str, Any]) -> dict[str, Any]:
        if token not in self._holders:
            return {"errcode": 40001, "errmsg": f"invalid credential {token}"}
        articles = self.articles.get(self._holders[token], ())
        start = int(posted.get("offset", 0))
        page = articles[start : start + int(posted.get("count", 20))]
        items = [article.item() for article in page]
        return {"total_count": len(articles), "item_count": len(items), "item": items}


class FakeWechat(Wechat):
    """The same on a port of the loopback. Use as a context manager."""

    def __init__(self) -> None:
        super().__init__()
        handler = type("Handler", (_Handler,), {"wechat": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "FakeWechat":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wechat: ClassVar[FakeWechat]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        said = self.wechat.answer(parts.path, query, json.loads(body) if body else {})
        data = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; encoding=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
