"""What comes out of the printer: no menu, no buttons, nothing cut off, who printed it and when."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from domain.users import Role
from tests.chromium import browser
from tests.e2e.people import at_browser
from tests.web.office import Console

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PORTRAIT, LANDSCAPE = 702, 1046
"""Pixels of A4 between the margins."""
CLICKABLE = "nav, button, .button, form, .take, .tabs"


@pytest.fixture(scope="module")
def chrome(chromium: None) -> Iterator[Browser]:
    with browser() as started:
        yield started


def test_pages_on_paper(chrome: Browser, told: Console) -> None:
    event = told.event_of("czj")
    paths = (
        f"/events/{event}", "/events", "/notices/2026-10", "/scores", "/scores/czj", "/appeals",
        "/quarters/2026Q4",
    )  # fmt: skip
    with at_browser(chrome, told, Role.OFFICE) as page:
        page.emulate_media(media="print")
        for path in paths:
            page.set_viewport_size({"width": LANDSCAPE if path == "/scores" else PORTRAIT, "height": 1000})
            page.goto(path)
            assert [one for one in page.locator(CLICKABLE).all() if one.is_visible()] == [], path
            assert page.locator("h1").is_visible()
            assert "zhang某 打印于 2026-11-04" in page.locator(".printed").inner_text()
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
        page.goto("/scores")
        style = "([name, key]) => getComputedStyle(document.querySelector(name))[key]"
        assert page.evaluate(style, ["body", "page"]) == "wide"
        assert page.evaluate(style, [".matrix thead", "display"]) == "table-header-group"
        assert page.evaluate(style, [".matrix", "overflowY"]) == "visible"
