"""The browser as the crawler sees it: started when the first page needs it, few pages at once, never waited
for longer than a page may take.

Playwright is used directly, not through scrapy-playwright: that one renders inside a download slot, where a
page's own scripts would wait for the slot their page holds; its browser fetches redirects and scripts past
the guard, robots.txt and the delay; and it starts with every crawl, needed or not. Here the browser has no
network at all: each request of a page is handed to the fetcher of its visit, as if a spider had asked.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from crawler.answers import Answer, Ask, Fetch

INSTALL = "需要浏览器（安装 zwgk[browser]）"
KEPT_BYTES = 32_000_000
KEPT_S = 600.0
"""How much of scripts is kept, and how long; data may come as a script, too."""


class BrowserError(Exception):
    """No browser, or it failed; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A page to render: as it was answered, and how its scripts' requests are made. `limit_s`: for all of it.

    `url`: the address as asked, whose fragment a script may read.
    """

    url: str
    answer: Answer
    fetch: Fetch
    may_open: Callable[[str | None], bool]
    limit_s: float
    max_bytes: int
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page after its scripts, UTF-8 with its mark.

    `doubts`: why what it shows may not be the whole (a request for data failed). `lacks`: what else went
    wrong, harmless where rows are shown, not where none are. `data`: requests for data that were answered.
    """

    url: str
    html: bytes
    data: int = 0
    doubts: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Engine(Protocol):
    """A started browser."""

    @property
    def version(self) -> str: ...

    @property
    def broken(self) -> bool:
        """It hung or died: another one has to be started."""
        ...

    async def render(self, order: Order) -> Rendered: ...

    async def stop(self) -> None: ...


@dataclass(slots=True)
class Browser:
    """The browser of a run. `path`: its program, "" to look for one. `pages`: nightly ones at once.

    Someone waiting on the phone has a place of their own, one more page.
    """

    path: str = ""
    pages: int = 2
    off: bool = False
    _start: asyncio.Task[Engine] | None = None
    _scripts: dict[str, tuple[float, Answer]] = field(default_factory=dict)
    _places: asyncio.Semaphore = field(init=False)
    _urgent: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.pages)

    async def render(self, order: Order) -> Rendered:
        """The page after its scripts have run. Raises BrowserError, never anything else of the browser's."""
        if self.off:
            raise BrowserError("浏览器已在设置中关闭（browser: off）")
        try:
            async with self._place(order):
                engine = await self._started()
                return await engine.render(replace(order, fetch=self._fetch(order.fetch)))
        except TimeoutError:
            raise BrowserError(f"浏览器在 {order.limit_s:.0f} 秒内没有等到页面安静下来") from None

    @asynccontextmanager
    async def _place(self, order: Order) -> AsyncIterator[None]:
        """A place for the page and its time limit; who waits on the phone waits for a place within it."""
        if order.urgent:
            async with asyncio.timeout(order.limit_s), self._urgent:
                yield
        else:
            async with self._places, asyncio.timeout(order.limit_s):
                yield

    async def _started(self) -> Engine:
        """The browser; a new one where the last one broke. A page whose time ends does not end its start."""
        last = self._start
        if last is not None and last.done() and last.exception() is None and last.result().broken:
            self._start = None
            await last.result().stop()
        if self._start is None:
            self._start = asyncio.create_task(start(self.path))
        return await asyncio.shield(self._start)

    def _fetch(self, fetch: Fetch) -> Fetch:
        """The fetch, less scripts asked for a moment ago: a site's pages share theirs."""

        async def fetched(ask: Ask) -> Answer:
            kept_at, kept = self._scripts.get(ask.url, (0.0, None))
            if kept is not None and ask.posted is None and monotonic() - kept_at < KEPT_S:
                return kept
            answer = await fetch(ask)
            if answer.failure is None and ask.posted is None and urlsplit(ask.url).path.endswith(".js"):
                self._keep(ask.url, answer)
            return answer

        return fetched

    def _keep(self, url: str, answer: Answer) -> None:
        if sum(len(kept.body) for _, kept in self._scripts.values()) + len(answer.body) > KEPT_BYTES:
            self._scripts.clear()
        self._scripts[url] = monotonic(), answer

    async def close(self) -> None:
        """Stop the browser, if one was started."""
        last, self._start = self._start, None
        if last is not None:
            with suppress(BrowserError):
                await (await last).stop()


async def start(path: str = "") -> Engine:
    """A browser, started. Raises BrowserError where Playwright or a Chromium is missing."""
    try:
        room = import_module("crawler.chromium.program")
    except ImportError:
        raise BrowserError(INSTALL) from None
    engine: Engine = await room.start(path)
    return engine
