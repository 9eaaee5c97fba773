"""What the spiders share: one address given on the command line, looked at, shown, not stored."""

from collections.abc import AsyncIterator
from typing import ClassVar

from scrapy import Spider

from crawler.addresses import checked_host
from crawler.answers import Fetcher
from crawler.browser import Browser
from crawler.failures import LookRefusedError
from crawler.middlewares.guard import GuardMiddleware
from crawler.stamp import Stamp
from crawler.visit import Limits, Visit
from domain.errors import InputError
from domain.looks import Observation, PlannedLook
from domain.units import SubjectKind


class LookSpider(Spider):
    """`scrapy crawl NAME -a url=…`: one look at one address, as the nightly run would make it."""

    kind: ClassVar[SubjectKind]

    def __init__(self, url: str = "", source: str = "rss", name: str | None = None) -> None:
        super().__init__(name)
        if not url:
            raise InputError("请给出网址：scrapy crawl 名称 -a url=http://…")
        try:
            host = checked_host(url)
        except LookRefusedError as error:
            raise InputError(error.why) from None
        self.allowed_domains = [host]
        self.look = PlannedLook(
            subject_id=f"{self.kind}:adhoc", kind=self.kind, url=url, source=source, reason="命令行"
        )

    async def see(self, visit: Visit) -> list[Observation]:
        """Make the visit; each spider says how."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Observation]:
        guard = self.crawler.get_downloader_middleware(GuardMiddleware)
        assert guard is not None
        stamp, browser = Stamp(), browser_of(self)
        visit = Visit(
            look=self.look, fetch=Fetcher(self.crawler, stamp), book=guard.book, pause=_at_once, stamp=stamp,
            hosts=frozenset(self.allowed_domains), limits=limits_of(self), browser=browser,
        )  # fmt: skip
        try:
            observations = await self.see(visit)
        finally:
            await browser.close()
        for observation in observations:
            yield observation


def limits_of(spider: Spider) -> Limits:
    """The visit limits of the spider's settings."""
    settings = spider.crawler.settings
    return Limits(
        pages=settings.getint("ZWGK_PAGE_BUDGET"),
        undated=settings.getint("ZWGK_UNDATED_BUDGET"),
        account_s=settings.getfloat("ZWGK_ACCOUNTS_TIMEOUT_S"),
        browser_s=settings.getfloat("ZWGK_BROWSER_PAGE_S"),
        max_bytes=settings.getint("DOWNLOAD_MAXSIZE"),
        user_agent=settings["USER_AGENT"],
    )


def browser_of(spider: Spider) -> Browser:
    """The browser of the spider's settings, not started yet."""
    settings = spider.crawler.settings
    return Browser(
        path=settings["ZWGK_BROWSER_PATH"],
        pages=settings.getint("ZWGK_BROWSER_PAGES"),
        off=settings["ZWGK_BROWSER"] == "off",
    )


async def _at_once(address: str) -> None:
    """A single look has nobody to wait for."""
