"""What tests may need of the machine."""

import asyncio

import pytest

from crawler.browser import BrowserError, start


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skips where no Chromium starts; .ci/run takes that for a failure."""
    try:
        asyncio.run(_tried())
    except BrowserError as error:
        pytest.skip(f"no Chromium: {error}")


async def _tried() -> None:
    await (await start()).stop()
