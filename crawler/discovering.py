"""Fetching a few pages of a portal by hand, politely: for `zwgk discover`, which needs no deployment.

The same safety as the nightly crawl: http(s) only, private addresses refused unless named, every redirect
checked, the address that was checked is the one connected to, robots.txt obeyed, one request at a time and
a pause between two at one address.
"""

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from crawler.addresses import AddressBook, checked_host
from crawler.failures import LookRefusedError, bad_status

PRODUCT = "zwgk"
MAX_BODY = 10_000_000  # bytes after decompression
MAX_HOPS = 5
MAX_ROBOTS = 512_000
MAX_PAUSE_S = 10.0  # a longer Crawl-delay is not waited for: a person is
REDIRECTS = frozenset({301, 302, 303, 307, 308})
FILES = ((b"%PDF", "PDF"), (b"PK\x03\x04", "压缩包或文档"), (b"\xd0\xcf\x11\xe0", "Office 文件"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How pages are asked for. `budget`: requests in all, robots.txt and redirects included."""

    user_agent: str
    allow_private: tuple[str, ...] = ()
    budget: int = 40
    delay_s: float = 1.0
    timeout_s: float = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page, or in `why` the reason there is none.

    `answered`: the site did say something; `refused`: this program would not ask for it.
    """

    url: str
    body: bytes = b""
    content_type: str = ""
    why: str = ""
    answered: bool = False
    refused: bool = False

    @property
    def ok(self) -> bool:
        return not self.why


class BudgetSpentError(LookRefusedError):
    """All the requests that may be made have been made."""

    def __init__(self, budget: int) -> None:
        super().__init__(f"已用完 {budget} 次请求，没有打开（可用 --budget 加大）")


@dataclass(slots=True)
class PoliteReader:
    """Asks for pages one after the other; an async context manager. Never raises for what a site does."""

    manners: Manners
    asked: int = 0
    _book: AddressBook = field(init=False)
    _client: httpx.AsyncClient = field(init=False)
    _last: dict[str, float] = field(default_factory=dict)
    _pauses: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, Protego] = field(default_factory=dict)

    async def __aenter__(self) -> "PoliteReader":
        self._book = AddressBook(self.manners.allow_private)
        timeout = httpx.Timeout(self.manners.timeout_s)
        self._client = httpx.AsyncClient(timeout=timeout, headers={"User-Agent": self.manners.user_agent})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    @property
    def spent(self) -> bool:
        return self.asked >= self.manners.budget

    async def get(self, url: str) -> Fetched:
        """The page an address leads to, through at most five redirects."""
        try:
            for _ in range(MAX_HOPS + 1):
                await self._heed_robots(url)
                response, body = await self._ask(url, MAX_BODY)
                location = response.headers.get("Location")
                if response.status_code not in REDIRECTS or not location:
                    return _page(url, response, body)
                url = urljoin(url, location)
        except LookRefusedError as error:
            return Fetched(url=url, why=error.why, refused=True)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
            return Fetched(url=url, why=_why(error))
        return Fetched(url=url, why=f"跳转超过{MAX_HOPS}次")

    async def _heed_robots(self, url: str) -> None:
        """Raises LookRefusedError where robots.txt forbids the page. RFC 9309: 4xx allows, 5xx denies."""
        checked_host(url)
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = await self._robots_of(site)
        rules = self._robots[site]
        if not rules.can_fetch(url, PRODUCT):
            raise LookRefusedError("robots.txt 不允许访问本页")
        asked_s = rules.crawl_delay(PRODUCT)
        if asked_s:
            self._pauses[site] = min(float(asked_s), MAX_PAUSE_S)

    async def _robots_of(self, site: str) -> Protego:
        response, body = await self._ask(f"{site}/robots.txt", MAX_ROBOTS)
        if response.status_code >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        return Protego.parse(body.decode("utf-8", "replace") if response.status_code == 200 else "")

    async def _ask(self, url: str, most: int) -> tuple[httpx.Response, bytes]:
        """One request, after the pause its address is owed. Raises LookRefusedError, httpx.HTTPError."""
        host = checked_host(url)
        address = await self._book.address_of(url)
        if self.spent:
            raise BudgetSpentError(self.manners.budget)
        self.asked += 1
        await self._pause(address, url)
        target, headers, extensions = httpx.URL(url), {}, {}
        if not self._book.proxied(url):
            headers["Host"] = target.netloc.decode("ascii")
            target, extensions = target.copy_with(host=address), {"sni_hostname": host}
        async with (
            asyncio.timeout(self.manners.timeout_s),
            self._client.stream("GET", target, headers=headers, extensions=extensions) as response,
        ):
            body = b"" if response.status_code in REDIRECTS else await _read(response, most)
        self._client.cookies.clear()  # hosts at one address must not see each other's
        return response, body

    async def _pause(self, address: str, url: str) -> None:
        parts = urlsplit(url)
        pause_s = max(self.manners.delay_s, self._pauses.get(f"{parts.scheme}://{parts.netloc}", 0.0))
        wait_s = self._last.get(address, -pause_s) + pause_s - monotonic()
        if wait_s > 0 and address in self._last:
            await asyncio.sleep(wait_s)
        self._last[address] = monotonic()


async def _read(response: httpx.Response, most: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_bytes(65_536):
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


def _page(url: str, response: httpx.Response, body: bytes) -> Fetched:
    why = "" if response.status_code == 200 else bad_status(response.status_code).why
    if not why:
        kind = next((kind for start, kind in FILES if body.startswith(start)), "")
        why = f"返回的不是网页（{kind}）" if kind else ""
    declared = response.headers.get("Content-Type", "")
    return Fetched(url=url, body=body, content_type=declared, why=why, answered=True)


def _why(error: Exception) -> str:
    match error:
        case TimeoutError() | httpx.TimeoutException():
            return "网站在规定时间内没有响应（超时）"
        case _ if "CERTIFICATE_VERIFY" in str(error).upper():
            return "HTTPS 证书校验未通过，未读取页面"
        case httpx.ConnectError():
            return "连接不上网站（拒绝连接或网络不通）"
        case httpx.InvalidURL() | ValueError():
            return "网址格式不正确，无法访问"
        case httpx.DecodingError():
            return "应答的压缩内容损坏，无法读取"
    return f"连接中断，没有得到应答（{type(error).__name__}）"
