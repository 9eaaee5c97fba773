"""robots.txt after RFC 9309, with approved exceptions as data (design.md §8).

4xx: everything is allowed. 5xx or unreachable: nothing is (asked again with the next look, until the
breaker opens). A redirect to a host that is not registered counts as no robots.txt.
"""

import asyncio
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.addresses import UnresolvedError
from crawler.failures import NO_CONNECTION, LookRefusedError, no_answer
from crawler.middlewares.breaker import HostDeadError
from crawler.middlewares.pace import slow_down

PRODUCT = "zwgk"
FETCH_PRIORITY = 1000
LARGEST = 512_000  # bytes of a robots.txt that are read: RFC 9309 §2.5 asks for 500 KiB at least


class RobotsMiddleware:
    """Asks a site's robots.txt once a run before its first page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.exceptions: Sequence[Mapping[str, str]] = crawler.settings.getlist("ZWGK_ROBOTS_EXCEPTIONS")
        self.longest_delay_s = crawler.settings.getfloat("ZWGK_CRAWL_DELAY_MAX_S")
        self._rules: dict[str, Protego] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("robots"):
            return
        excused = self._excused(request.url)
        if excused is not None:
            request.meta["excused"] = excused
            return
        rules = await self._rules_of(request)
        if not rules.can_fetch(request.url, PRODUCT):
            raise LookRefusedError("robots.txt 不允许抓取本页（如需监测，请网站放行或登记例外）")
        asked_s = rules.crawl_delay(PRODUCT)
        if asked_s:
            address = request.meta["download_slot"]
            slow_down(self.crawler.engine.downloader, address, min(float(asked_s), self.longest_delay_s))

    def _excused(self, url: str) -> str | None:
        parts = urlsplit(url)
        for one in self.exceptions:
            if one["host"] == parts.hostname and (parts.path or "/").startswith(one["path"]):
                return f"robots.txt 例外：{one['reason']}，批准人{one['approver']}"
        return None

    async def _rules_of(self, request: Request) -> Protego:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        async with self._locks.setdefault(site, asyncio.Lock()):
            if site not in self._rules:
                self._rules[site] = await self._fetched(f"{site}/robots.txt", request)
        return self._rules[site]

    async def _fetched(self, url: str, asked_by: Request) -> Protego:
        meta = {"robots": True} | {
            name: asked_by.meta[name] for name in ("download_timeout", "dont_retry") if name in asked_by.meta
        }
        request = Request(url, priority=FETCH_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except (HostDeadError, UnresolvedError):
            raise
        except NO_CONNECTION as error:
            why = no_answer(error).why
            raise LookRefusedError(f"{why}（robots.txt 也无法取得，按规范不访问）") from error
        except IgnoreRequest:
            return Protego.parse("")
        if response.status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        text = response.body[:LARGEST].decode("utf-8", "replace") if response.status < 300 else ""
        return Protego.parse(text)
