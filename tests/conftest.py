"""What tests may need of the machine."""

import asyncio

import pytest
from hypothesis import HealthCheck, settings

from crawler.browser import BrowserError, start

settings.register_profile("zwgk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("zwgk")  # a busy machine is no mistake of the program


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skips where no Chromium starts; .ci/run takes that for a failure."""
    try:
        asyncio.run(_tried())
    except BrowserError as error:
        pytest.skip(f"no Chromium: {error}")


async def _tried() -> None:
    await (await start()).stop()
