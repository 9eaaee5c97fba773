"""A host that does not answer several times running is not asked again in this run."""

from collections import Counter

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import NO_CONNECTION, LookRefusedError, no_answer


class HostDeadError(LookRefusedError):
    """The breaker is open for this host."""


class BreakerMiddleware:
    """Counts consecutive attempts without connection per host; any answer closes the breaker."""

    def __init__(self, crawler: Crawler) -> None:
        self.limit = crawler.settings.getint("ZWGK_BREAKER")
        self.failed: Counter[str] = Counter()
        self.why: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BreakerMiddleware":
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        host = urlparse_cached(request).netloc
        if self.failed[host] >= self.limit:
            raise HostDeadError(f"网站连续{self.failed[host]}次无应答（{self.why[host]}），本次不再访问")

    def process_response(self, request: Request, response: Response) -> Response:
        self.failed.pop(urlparse_cached(request).netloc, None)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, NO_CONNECTION):
            host = urlparse_cached(request).netloc
            self.failed[host] += 1
            self.why[host] = no_answer(exception).why
