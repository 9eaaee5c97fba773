"""Closing what may hang, and what Playwright says when something fails."""

import asyncio
from collections.abc import Coroutine

from playwright.async_api import Error

STOP_S = 5.0


async def ended(closing: Coroutine[object, object, None]) -> bool:
    """Wait for something to close, not for ever. False: it did not."""
    try:
        await asyncio.wait_for(closing, STOP_S)
    except TimeoutError:
        return False
    except Error:
        return True
    return True


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:120]
