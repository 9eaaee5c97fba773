"""一起认定 by keyboard and pointer: ticked on the list, looked at, decided."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from domain.events import EventState
from domain.users import Role
from tests.e2e.people import at_browser, faults
from tests.web.office import fill_held, opened

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(300)]


def test_two_of_a_page_are_confirmed_together(chrome: Browser, tmp_path: Path) -> None:
    fill_held(tmp_path / "office")
    with opened(tmp_path / "office") as console, at_browser(chrome, console, Role.OFFICE) as page:
        page.goto("/events?show=waits&unit=czj")
        page.get_by_role("link", name="本页全选").click()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(3)
        assert faults(page) == []
        page.get_by_role("button", name="勾选的一起认定……").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("选了 3 件")
        page.get_by_role("checkbox").first.press("Space")  # this one is left out
        page.get_by_label("共同的理由", exact=True).fill("逐件核对")
        assert faults(page) == []
        page.get_by_role("button", name="认定勾选的事件").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("认定 2 件")
        assert faults(page) == []
        states = sorted(event.state for event in console.office.archive.events(unit_id="czj"))
        assert states == sorted([EventState.CONFIRMED, EventState.CONFIRMED, EventState.SUSPECTED])
