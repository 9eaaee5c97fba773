"""The console in a real Chromium: with its scripts, its policy, and a keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from domain.events import EventState
from domain.users import Role
from tests.chromium import browser
from tests.web.office import NAMES, PASSWORD, Console

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(240)]
SIZES = {"laptop": (1366, 768), "phone": (390, 844)}


@pytest.fixture(scope="module")
def chrome(chromium: None) -> Iterator[Browser]:
    with browser() as started:
        yield started


def entered(chrome: Browser, console: Console, size: str, role: Role = Role.OFFICE) -> Page:
    """A page of somebody who logged in by keyboard alone."""
    width, height = SIZES[size]
    page = chrome.new_page(base_url=console.address, viewport={"width": width, "height": height})
    page.goto("/login")
    page.keyboard.type(NAMES[role])
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/" if role is not Role.UNIT else "**/units/czj")
    return page


@pytest.mark.parametrize("size", SIZES)
def test_no_page_overflows_or_breaks_the_policy(chrome: Browser, shown: Console, size: str) -> None:
    page = entered(chrome, shown, size)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/units", "/units/czj", "/events", f"/events/{shown.event_of('czj')}"):
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{path} at {size} is {over} px too wide"
        assert page.evaluate("typeof htmx") == "object"
    assert said == []
    page.close()


def test_a_finding_is_withdrawn_by_hand(chrome: Browser, console: Console) -> None:
    event_id = console.event_of("czj")
    page = entered(chrome, console, "laptop")
    page.goto(f"/events/{event_id}")
    page.fill("textarea[name=reason]", "网站当晚停机")
    page.click("button[value=withdraw]")
    page.wait_for_selector("text=网站当晚停机")
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.WITHDRAWN
    page.close()


def test_a_saved_page_runs_nothing_and_asks_for_nothing(chrome: Browser, shown: Console) -> None:
    page = entered(chrome, shown, "laptop")
    event = shown.office.archive.event(shown.event_of("czj"))
    assert event is not None
    got: list[str] = []
    page.on("requestfinished", lambda request: got.append(request.url))
    page.goto(f"/events/{event.id}/looks/{event.sightings[0].observation_id}/page")
    assert page.title() == "工作动态"  # its script would have changed it
    assert page.inner_text("b") == "旧闻"
    assert [
        url for url in got if not url.endswith(("/page", "/icon.svg"))
    ] == []  # the icon: of the page before
    page.close()
