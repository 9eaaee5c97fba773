"""管理 and 单位表 in a real Chromium, on a laptop and a phone."""

import pytest
from playwright.sync_api import Browser

from domain.users import Role
from tests.app.test_discover import HOME, LIST
from tests.site import Page, Site
from tests.web.office import Console
from tests.web.test_browser import SIZES, chrome, entered

__all__ = ["chrome"]  # the fixture
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(240)]
PAGES = (
    "/admin/users", "/admin/log", "/admin/runs", "/admin/runs/1", "/admin/schedule", "/admin/sources",
    "/admin/doctor", "/admin/settings", "/admin/backup", "/password", "/register/part/units",
    "/register/part/columns", "/register/part/accounts/new", "/register/part/columns/object/czj-dt",
    "/register/exemptions", "/register/import", "/register/discover", "/register/try/czj-dt",
)  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_no_page_is_too_wide(chrome: Browser, shown: Console, size: str) -> None:
    page = entered(chrome, shown, size, Role.ADMIN)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        page.goto(path)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, f"{path} at {size} is {over} px too wide"
    assert said == []
    page.close()


def test_columns_are_found_tried_and_registered_on_the_page(chrome: Browser, console: Console) -> None:
    with Site() as site:
        site.pages |= {"/": Page(body=HOME), "/dt/": Page(body=LIST), "/tzgg/": Page(body=LIST)}
        page = entered(chrome, console, "laptop")
        page.goto("/register/discover")
        page.fill("input[name=url]", site.url("/"))
        page.select_option("select[name=depth]", "0")
        page.click("text=开始查找")
        page.wait_for_selector("input[name=pick-0]", timeout=60_000)
        page.click("button:has-text('试读') >> nth=0")
        page.wait_for_selector("#tried-0 >> text=最新日期 2026-11-15", timeout=60_000)
        page.click("text=登记选中的")
        page.wait_for_selector("text=都是试运行")
        page.close()
