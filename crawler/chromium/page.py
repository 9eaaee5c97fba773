"""One page in Chromium: its requests answered by the visit's fetcher, its markup taken once it is quiet."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import parse_qsl, urldefrag, urlsplit

from playwright.async_api import BrowserContext, Error, Page, Request, Route

from crawler.addresses import host_of
from crawler.answers import Answer, Ask
from crawler.browser import BrowserError, Order, Rendered
from crawler.chromium.ending import ended, first_line
from crawler.extract.script_calls import counts_visitors

QUIET_S = 1.5
"""A page is complete when nothing was asked or answered for so long."""
POLL_S = 0.1
MAX_REQUESTS = 80
"""Requests of one page; what is beyond is refused."""
WANTED = frozenset({"document", "script", "xhr", "fetch"})
SENT_ON = ("accept", "content-type", "x-requested-with", "referer", "origin")
"""Headers of a script that go with its request. No cookies, and the name is the fetcher's."""
ANSWERED = ("Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")


@dataclass  # no slots: Playwright marks the object whose method is a handler
class PageVisit:
    """One page being rendered: every request of its scripts, and whether it has become quiet."""

    order: Order
    data: int = 0
    doubts: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    _seen: int = 0
    _open: int = 0
    _last: float = field(default_factory=monotonic)
    _finals: dict[str, str] = field(default_factory=dict)
    _asking: set[asyncio.Task[Answer]] = field(default_factory=set)
    _stopped: bool = False

    async def rendered(self, context: BrowserContext) -> Rendered:
        await context.route("**/*", self._handle)
        page = await context.new_page()
        context.on("page", _close)
        page.on("pageerror", lambda error: self.lacks.append(f"脚本出错：{first_line(error)}"))
        page.on("crash", lambda _: self.doubts.append("页面在浏览器中崩溃"))
        await page.goto(self._address(), wait_until="commit", timeout=0)
        html = (await self._quiet_content(page)).encode("utf-8", "replace")
        if len(html) > self.order.max_bytes:
            raise BrowserError("页面由脚本生成后超过大小上限，未读取")
        url = self._finals.get(urldefrag(page.url).url, page.url)
        return Rendered(
            url=url, html=b"\xef\xbb\xbf" + html, data=self.data,
            doubts=tuple(dict.fromkeys(self.doubts)), lacks=tuple(dict.fromkeys(self.lacks)),
        )  # fmt: skip

    async def _quiet_content(self, page: Page) -> str:
        """The markup once nothing is asked any more; again when its scripts went on meanwhile."""
        while True:
            while not self._quiet:
                await asyncio.sleep(POLL_S)
            await page.wait_for_load_state("domcontentloaded", timeout=0)
            html = await _content(page)
            await asyncio.sleep(POLL_S)
            if self._quiet:
                return html

    @property
    def _quiet(self) -> bool:
        return not self._open and monotonic() - self._last >= QUIET_S

    def stop(self) -> None:
        """Ask for nothing more."""
        self._stopped = True
        for task in self._asking:
            task.cancel()

    def _address(self) -> str:
        """Where the page was found, with the fragment it was asked with."""
        final = urldefrag(self.order.answer.final_url or self.order.url).url
        fragment = urldefrag(self.order.url).fragment
        return f"{final}#{fragment}" if fragment else final

    async def _handle(self, route: Route) -> None:
        self._open, self._last = self._open + 1, monotonic()
        try:
            with suppress(Error):  # the page is gone
                await self._serve(route, route.request)
        finally:
            self._open, self._last = self._open - 1, monotonic()

    async def _serve(self, route: Route, request: Request) -> None:
        self._seen += 1
        if self._seen == 1:
            await _fulfil(route, self.order.answer, kind="text/html")
            return
        refused = self._refused(request)
        if refused is not None or self._stopped:
            self._note(request, refused or "")
            await route.abort("blockedbyclient")
            return
        answer = await self._asked(request)
        if answer is None:
            await route.abort()
        elif answer.failure is not None:
            self._note(request, f"{_short(request.url)} 没有成功：{answer.failure.why}")
            await (_fulfil(route, answer) if answer.status and answer.status >= 400 else route.abort())
        else:
            self.data += _is_data(request)
            self._finals[urldefrag(request.url).url] = answer.final_url or request.url
            await _fulfil(route, answer)

    def _refused(self, request: Request) -> str | None:
        """Why a request is not made; "" when nobody misses it."""
        if request.resource_type not in WANTED:
            return ""
        if not self.order.may_open(request.url):
            return f"没有访问未登记的网站 {host_of(request.url) or _short(request.url)}"
        if request.method not in {"GET", "POST"}:
            return f"没有发出 {request.method} 请求"
        return "页面的请求过多" if self._seen > MAX_REQUESTS else None

    def _note(self, request: Request, why: str) -> None:
        leaves = request.is_navigation_request() and request.frame.parent_frame is None
        if why and (leaves or (_is_data(request) and not counts_visitors(request.url))):
            self.doubts.append(why)
        elif why:
            self.lacks.append(why)

    async def _asked(self, request: Request) -> Answer | None:
        """The answer through the visit's fetcher; None when the page ended meanwhile."""
        ask = Ask(
            url=urldefrag(request.url).url,
            posted=_posted(request) if request.method == "POST" else None,
            headers={name: value for name, value in request.headers.items() if name in SENT_ON},
            urgent=self.order.urgent, any_content=not request.is_navigation_request(),
        )  # fmt: skip
        task = asyncio.ensure_future(self.order.fetch(ask))
        self._asking.add(task)
        await asyncio.wait({task})
        self._asking.discard(task)
        return None if task.cancelled() else task.result()


def _posted(request: Request) -> str:
    return (request.post_data_buffer or b"").decode("utf-8", "replace")


def _is_data(request: Request) -> bool:
    """Does it ask for data? Scripts do, too, under a callback's name (JSONP)."""
    names = {name.lower() for name, _ in parse_qsl(urlsplit(request.url).query)}
    return request.resource_type in {"xhr", "fetch"} or bool(names & {"callback", "jsonp", "jsoncallback"})


async def _fulfil(route: Route, answer: Answer, *, kind: str = "") -> None:
    headers = {name: value for name, value in answer.headers.items() if name in ANSWERED}
    if kind and not headers.get("Content-Type"):
        headers["Content-Type"] = kind
    await route.fulfill(status=answer.status or 200, headers=headers, body=answer.body)


async def _content(page: Page) -> str:
    """The page's markup now; asked twice where it was being replaced."""
    try:
        return await page.content()
    except Error as error:
        if "navigating" not in error.message:
            raise
        await page.wait_for_load_state("domcontentloaded", timeout=0)
        return await page.content()


def _short(url: str) -> str:
    return url if len(url) <= 80 else f"{url[:80]}…"


async def _close(popup: Page) -> None:
    await ended(popup.close())
