"""Only registered hosts, only public addresses, one slot an address (design.md §8)."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import dnscache

from crawler.addresses import AddressBook, checked_host
from crawler.failures import LookRefusedError


class GuardMiddleware:
    """Refuses what must not be asked and puts the rest in the slot of its address.

    Also sees every redirect, which is a request of its own. The address that was checked is the one
    connected to: it goes into the resolver's cache, so a name cannot change between check and connection.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.book = AddressBook(crawler.settings.getlist("ZWGK_ALLOW_PRIVATE"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GuardMiddleware":
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        host = checked_host(request.url)
        registered = getattr(self.crawler.spider, "allowed_domains", None) or ()
        if host not in registered:
            raise LookRefusedError(f"跳转到未登记的网站 {host}，未跟随；地址如已变更请更新登记")
        address = await self.book.address_of(request.url)
        if not self.book.proxied(request.url):
            dnscache[host] = address
        request.meta["download_slot"] = address
