"""Chromium through Playwright: the one file that imports it, loaded when the first page needs a browser."""

import asyncio
import os
import shutil
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import parse_qsl, urldefrag, urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    Request,
    Route,
    async_playwright,
)

from crawler.addresses import host_of
from crawler.answers import Answer, Ask
from crawler.browser import BrowserError, Order, Rendered

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
NO_PROGRAM = "xecutable doesn't exist"
"""In what Playwright says when a browser is not there."""
START_S = 30.0
STOP_S = 5.0
QUIET_S = 1.5
"""A page is complete when nothing was asked or answered for so long."""
POLL_S = 0.1
MAX_REQUESTS = 80
"""Requests of one page; what is beyond is refused."""
WANTED = frozenset({"document", "script", "xhr", "fetch"})
SENT_ON = ("accept", "content-type", "x-requested-with", "referer", "origin")
"""Headers of a script that go with its request. No cookies, and the name is the fetcher's."""
ANSWERED = ("Content-Type", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials")
ARGUMENTS = (
    "--proxy-server=http://127.0.0.1:9",  # nothing listens there: what is not handed to us goes nowhere,
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # not even names are asked for
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-gpu",
    "--renderer-process-limit=2",
    "--js-flags=--max-old-space-size=256",  # MB a page's scripts may hold
)


async def start(path: str) -> "Chromium":
    """Start `path`, else Playwright's own Chromium, else the system's. Raises BrowserError."""
    playwright = await async_playwright().start()
    try:
        return Chromium(playwright, await _launched(playwright, path))
    except (Error, TimeoutError) as error:
        await _ended(playwright.stop())
        way_out = "请运行 playwright install chromium，或安装系统的 Chromium"
        why = (
            f"没有找到浏览器 {path}".rstrip()
            if NO_PROGRAM in str(error)
            else f"浏览器无法启动（{_first_line(error)}）"
        )
        raise BrowserError(f"{why}；{way_out}") from None


async def _launched(playwright: Playwright, path: str) -> Browser:
    found = next(_programs(), None)
    try:
        return await _launch(playwright, path or None)
    except Error as error:
        if path or found is None or NO_PROGRAM not in error.message:
            raise
    return await _launch(playwright, found)


async def _launch(playwright: Playwright, program: str | None) -> Browser:
    """As root Chromium starts only without its sandbox; under any other name it keeps it."""
    return await playwright.chromium.launch(
        executable_path=program, args=ARGUMENTS, chromium_sandbox=not _is_root(), timeout=START_S * 1000,
        handle_sigint=False, handle_sigterm=False, handle_sighup=False,
    )  # fmt: skip


def _programs() -> Iterator[str]:
    for name in PROGRAMS:
        if program := shutil.which(name):
            yield program


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


class Chromium:
    """A running Chromium. Every page gets a context of its own, closed with it."""

    def __init__(self, playwright: Playwright, browser: Browser) -> None:
        self._playwright, self._browser, self._hung = playwright, browser, False

    @property
    def version(self) -> str:
        return self._browser.version

    @property
    def broken(self) -> bool:
        return self._hung or not self._browser.is_connected()

    async def render(self, order: Order) -> Rendered:
        """The page after its scripts. The caller limits the time; a cancelled page is closed."""
        try:
            context = await self._browser.new_context(
                accept_downloads=False, service_workers="block", locale="zh-CN", timezone_id="Asia/Shanghai"
            )
        except asyncio.CancelledError:
            self._hung = True
            raise
        except Error as error:
            raise BrowserError(f"浏览器出错（{_first_line(error)}）") from None
        visit = _PageVisit(order)
        try:
            return await visit.rendered(context)
        except Error as error:
            raise BrowserError(f"浏览器没有打开页面（{_first_line(error)}）") from None
        finally:
            visit.stop()
            self._hung = not await _ended(context.close()) or self._hung

    async def stop(self) -> None:
        """End it. One that hangs is killed by Playwright's driver when that is told to end."""
        await _ended(self._browser.close())
        await _ended(self._playwright.stop())


@dataclass  # no slots: Playwright marks the object whose method is a handler
class _PageVisit:
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
        context.on("page", lambda popup: asyncio.ensure_future(_ended(popup.close())))
        page.on("pageerror", lambda error: self.lacks.append(f"脚本出错：{_first_line(error)}"))
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
        if why and (leaves or _is_data(request)):
            self.doubts.append(why)
        elif why:
            self.lacks.append(why)

    async def _asked(self, request: Request) -> Answer | None:
        """The answer through the visit's fetcher; None when the page ended meanwhile."""
        ask = Ask(
            url=urldefrag(request.url).url,
            posted=(request.post_data or "") if request.method == "POST" else None,
            headers={name: value for name, value in request.headers.items() if name in SENT_ON},
            urgent=self.order.urgent, any_content=not request.is_navigation_request(),
        )  # fmt: skip
        task = asyncio.ensure_future(self.order.fetch(ask))
        self._asking.add(task)
        await asyncio.wait({task})
        self._asking.discard(task)
        return None if task.cancelled() else task.result()


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


async def _ended(closing: Coroutine[object, object, None]) -> bool:
    """Wait for something to close, not for ever. False: it did not."""
    try:
        await asyncio.wait_for(closing, STOP_S)
    except TimeoutError:
        return False
    except Error:
        return True
    return True


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120]


def _short(url: str) -> str:
    return url if len(url) <= 80 else f"{url[:80]}…"
