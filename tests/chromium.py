"""A real Chromium for tests that look at pages as people do."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

from crawler.chromium.program import programs


@contextmanager
def browser() -> Iterator[Browser]:
    """Playwright's own Chromium, else the system's."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch()
        except Error:
            started = playwright.chromium.launch(executable_path=next(programs(), None))
        yield started
        started.close()
