"""Chromium's program through Playwright: found, started, ended."""

import asyncio
import os
import shutil
from collections.abc import Iterator

from playwright.async_api import Browser, Error, Playwright, async_playwright

from crawler.browser import BrowserError, Order, Rendered
from crawler.chromium.ending import ended, first_line
from crawler.chromium.page import PageVisit

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
NO_PROGRAM = "xecutable doesn't exist"
"""In what Playwright says when a browser is not there."""
WAY_OUT = "请运行 playwright install chromium，或安装系统的 Chromium"
START_S = 30.0
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
        await ended(playwright.stop())
        missing = NO_PROGRAM in str(error)
        why = f"没有找到浏览器 {path}".rstrip() if missing else f"浏览器无法启动（{first_line(error)}）"
        raise BrowserError(f"{why}；{WAY_OUT}") from None


async def _launched(playwright: Playwright, path: str) -> Browser:
    found = next(programs(), None)
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


def programs() -> Iterator[str]:
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
            raise BrowserError(f"浏览器出错（{first_line(error)}）") from None
        visit = PageVisit(order)
        try:
            return await visit.rendered(context)
        except Error as error:
            raise BrowserError(f"浏览器没有打开页面（{first_line(error)}）") from None
        finally:
            visit.stop()
            self._hung = not await ended(context.close()) or self._hung

    async def stop(self) -> None:
        """End it. One that hangs is killed by Playwright's driver when that is told to end."""
        await ended(self._browser.close())
        await ended(self._playwright.stop())
