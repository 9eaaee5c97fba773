"""The browser as the crawler sees it: started when the first page needs it, few pages at once, never waited
for longer than a page may take.

Playwright is used directly, not through scrapy-playwright: that one renders inside a download slot, where a
page's own scripts would wait for the slot their page holds; its browser fetches redirects and scripts past
the guard, robots.txt and the delay; and it starts with every crawl, needed or not. Here the browser has no
network at all: each request of a page is handed to the fetcher of its visit, as if a spider had asked.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol

from crawler.answers import Answer, Ask, Fetch

INSTALL = "需要浏览器（安装 zwgk[browser]）"
SCRIPTS_KEPT = 32_000_000
"""Bytes of scripts kept for the run: a site's pages share theirs, which are asked for once."""


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
    _engine: Engine | None = None
    _refused: str = ""
    _scripts: dict[str, Answer] = field(default_factory=dict)
    _places: asyncio.Semaphore = field(init=False)
    _urgent: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.pages)

    async def render(self, order: Order) -> Rendered:
        """The page after its scripts have run. Raises BrowserError, never anything else of the browser's."""
        if self.off:
            raise BrowserError("浏览器已在设置中关闭（browser: off）")
        try:
            async with self._place(order):
                engine = await self._started()
                return await engine.render(self._with_kept_scripts(order))
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
        async with self._starting:
            if self._refused:
                raise BrowserError(self._refused)
            if self._engine is not None and self._engine.broken:
                engine, self._engine = self._engine, None
                await engine.stop()
            if self._engine is None:
                try:
                    self._engine = await start(self.path)
                except BrowserError as error:
                    self._refused = str(error)
                    raise
        return self._engine

    def _with_kept_scripts(self, order: Order) -> Order:
        async def fetch(ask: Ask) -> Answer:
            if (kept := self._scripts.get(ask.url)) is not None and ask.posted is None:
                return kept
            answer = await order.fetch(ask)
            self._keep(ask, answer)
            return answer

        return Order(
            url=order.url, answer=order.answer, fetch=fetch, may_open=order.may_open,
            limit_s=order.limit_s, max_bytes=order.max_bytes, urgent=order.urgent,
        )  # fmt: skip

    def _keep(self, ask: Ask, answer: Answer) -> None:
        is_script = "javascript" in answer.content_type and "?" not in ask.url
        if answer.failure is not None or ask.posted is not None or not is_script:
            return
        if sum(len(kept.body) for kept in self._scripts.values()) + len(answer.body) > SCRIPTS_KEPT:
            self._scripts.clear()
        self._scripts[ask.url] = answer

    async def close(self) -> None:
        """Stop the browser, if one was started."""
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.stop()


async def start(path: str = "") -> Engine:
    """A browser, started. Raises BrowserError where Playwright or a Chromium is missing."""
    try:
        room = import_module("crawler.chromium")
    except ImportError:
        raise BrowserError(INSTALL) from None
    engine: Engine = await room.start(path)
    return engine
