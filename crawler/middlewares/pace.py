"""Slowing a slot down when its site asks: Retry-After and robots' Crawl-delay, both capped."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from time import monotonic

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.stamp import Stamp


class PaceMiddleware:
    """After 429 or 503 the address rests as long as asked (at most `ZWGK_REST_MAX_S`)."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest_s = crawler.settings.getfloat("ZWGK_REST_MAX_S")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PaceMiddleware":
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        if response.status in {429, 503}:
            asked = response.headers.get("Retry-After")
            rest_s = retry_after_s((asked or b"").decode("latin-1"), Stamp())
            rest(self.crawler.engine.downloader, request.meta["download_slot"], min(rest_s, self.longest_s))
        return response


def retry_after_s(value: str, stamp: Stamp) -> float:
    """Seconds a Retry-After header asks for; it gives seconds or a date. 0 when it cannot be read."""
    value = value.strip()
    if value.isdecimal():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - stamp.wall()).total_seconds())


def rest(downloader: Downloader, address: str, seconds: float) -> None:
    """Let no request of the address start before so many seconds have passed."""
    slot = downloader.slots.get(address)
    if slot is not None and seconds > 0:
        slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)


def slow_down(downloader: Downloader, address: str, delay_s: float) -> None:
    """Keep at least so many seconds between the requests of an address, also after its slot was dropped."""
    usual = downloader.settings.getfloat("DOWNLOAD_DELAY")
    delay = max(delay_s, usual, downloader.per_slot_settings.get(address, {}).get("delay", 0.0))
    downloader.per_slot_settings[address] = {"delay": delay}
    if address in downloader.slots:
        downloader.slots[address].delay = delay
