"""Whose turn an address is: one request at a time, and someone on the phone goes first."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

from scrapy.core.downloader import Downloader


class Turns:
    """One line an address. Nightly requests wait while an on-demand check is at the address."""

    def __init__(self) -> None:
        self._one: dict[str, asyncio.Lock] = {}
        self._urgent: Counter[str] = Counter()
        self._calm = asyncio.Condition()
        self._asked_outside: dict[str, float] = {}

    @asynccontextmanager
    async def urgent(self, address: str) -> AsyncIterator[None]:
        """While inside, nightly requests to the address wait."""
        self._urgent[address] += 1
        try:
            yield
        finally:
            self._urgent[address] -= 1
            async with self._calm:
                self._calm.notify_all()

    @asynccontextmanager
    async def turn(self, address: str, *, urgent: bool) -> AsyncIterator[None]:
        """Wait for the address to be free; inside, nobody else asks it."""
        lock = self._one.setdefault(address, asyncio.Lock())
        while True:
            if not urgent:
                async with self._calm:
                    await self._calm.wait_for(lambda: not self._urgent[address])
            await lock.acquire()
            if urgent or not self._urgent[address]:
                break
            lock.release()  # someone called while we stood in line
        try:
            yield
        finally:
            lock.release()

    async def keep_delay(self, downloader: Downloader, address: str, *, outside: bool) -> None:
        """Keep the address's delay between requests inside and outside Scrapy's downloader.

        `outside`: the request about to be made is not Scrapy's (httpx), so its slot is told of it here;
        Scrapy keeps the delay between its own.
        """
        last = self._asked_outside.get(address, float("-inf"))
        slot = downloader.slots.get(address)
        if outside and slot is not None:
            last = max(last, slot.lastseen)
        await asyncio.sleep(max(0.0, last + _delay_s(downloader, address) - monotonic()))
        if outside:
            self._asked_outside[address] = monotonic()
            if slot is not None:
                slot.lastseen = monotonic()


def _delay_s(downloader: Downloader, address: str) -> float:
    usual = downloader.settings.getfloat("DOWNLOAD_DELAY")
    return float(downloader.per_slot_settings.get(address, {}).get("delay", usual))
