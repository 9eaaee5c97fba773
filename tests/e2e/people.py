"""People at a real browser, and what every page they come to must be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from domain.users import Role
from tests.web.office import NAMES, PASSWORD, Console

LAPTOP, PHONE = (1366, 768), (390, 844)
TABLET = (800, 1024)  # where tables are not stacked yet and scroll in their own frame
GRAVE = {"serious", "critical"}
PATIENCE_MS = 60_000


@contextmanager
def at_browser(chrome: Browser, console: Console, role: Role | None = None) -> Iterator[Page]:
    """Somebody's window, logged in with the role; nobody's without one."""
    width, height = LAPTOP
    context = chrome.new_context(base_url=console.address, viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    if role is not None:
        page.goto("/login")
        page.get_by_label("用户名").fill(NAMES[role])
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_selector("text=退出")
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands: too wide for a screen, or not accessible."""
    found: list[str] = []
    for width, height in (PHONE, TABLET, LAPTOP):
        page.set_viewport_size({"width": width, "height": height})
        if (width, height) != LAPTOP:  # laid out as on a tablet
            found += [one for one in _barriers(page) if one not in found]
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            found.append(f"{over} px too wide at {width}×{height}")
    return found


def _barriers(page: Page) -> Iterator[str]:
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    for one in violations:
        if one["impact"] in GRAVE:
            nodes = "; ".join(f"{node['target']} {node['html'][:160]}" for node in one["nodes"][:4])
            yield f"{one['id']} ({one['impact']}, {len(one['nodes'])}×): {nodes}"
