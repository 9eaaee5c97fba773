"""Is there a Chromium for the tests that need one?"""

import asyncio

import pytest

from crawler.browser import BrowserError, start


async def _missing() -> str:
    try:
        engine = await start()
    except BrowserError as error:
        return str(error)
    await engine.stop()
    return ""


MISSING = asyncio.run(_missing())
needs_chromium = pytest.mark.skipif(bool(MISSING), reason=f"no Chromium: {MISSING}")
