"""The main path without a mouse: Tab, Enter and typing; and one always sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.events import EventState
from domain.users import Role
from tests.e2e.people import at_browser
from tests.web.office import NAMES, PASSWORD, Console

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(240)]
FOCUSED = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    return {
        text: (one.labels && one.labels.length ? one.labels[0].innerText : one.innerText || '').trim(),
        href: one.getAttribute('href') || '', body: one === document.body,
        seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
            && box.width > 0 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight,
    };
}"""
Focus = dict[str, str]


def test_a_finding_is_confirmed_without_a_mouse(chrome: Browser, suspected: Console) -> None:
    event_id = suspected.event_of("czj")
    with at_browser(chrome, suspected) as page:
        page.goto("/login")
        page.keyboard.type(NAMES[Role.OFFICE])  # the first field has the focus
        tab_to(page, lambda one: one["text"].startswith("密码"))
        page.keyboard.type(PASSWORD)
        tab_to(page, lambda one: one["text"] == "登录")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=退出")
        tab_to(page, lambda one: one["text"] == "跳到正文")
        page.keyboard.press("Enter")  # past the menu
        tab_to(page, lambda one: one["href"] == "/events?show=waits")
        page.keyboard.press("Enter")
        page.wait_for_url("**/events?show=waits")
        tab_to(page, lambda one: one["href"] == f"/events/{event_id}")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/events/{event_id}")
        tab_to(page, lambda one: one["text"].startswith("理由"))
        page.keyboard.type("已核对栏目页面")
        tab_to(page, lambda one: one["text"] == "认定")
        page.keyboard.press("Space")
        expect(page.get_by_role("heading", level=1)).to_contain_text("已确认")
    event = suspected.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.CONFIRMED


def tab_to(page: Page, wanted: Callable[[Focus], bool]) -> None:
    """Press Tab until there; every stop on the way is seen."""
    passed: list[Focus] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if not one["body"]:
            assert one["seen"], f"the focus is not seen: {one}"
        if wanted(one):
            return
        passed.append(one)
    raise AssertionError(f"never reached; passed {passed}")
