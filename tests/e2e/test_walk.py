"""Every page of the console, by whom it is for: accessible, and no wider than a laptop or a phone."""

from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import Browser, Page

from domain.users import Role
from tests.e2e.people import at_browser, faults
from tests.web.office import Console
from tests.web.test_access import examples, filled, routes_of
from web.access import rule_of
from web.main import create_app

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(300)]
WALKERS = (Role.OFFICE, Role.ADMIN, Role.UNIT, Role.REVIEW, Role.READER)
NOT_OURS = "/looks/"  # pages saved from watched sites: shown as they were
UNFINISHED = "……</h1>"
FEWEST = {None: 1, Role.OFFICE: 35, Role.ADMIN: 5, Role.UNIT: 12}  # so that the walk never becomes empty


def pages(told: Console, walker: Role | None) -> Iterator[str]:
    """Every address for somebody: a unit sees all it may; of the others the first who may sees it for all."""
    app = create_app(told.office.settings.dir)
    routes = list(routes_of(app))
    app.state.deployment.close()
    values = examples(told, "czj")
    for route in sorted(routes, key=lambda one: one.path):
        rule = rule_of(route.endpoint)
        if rule is None or "GET" not in (route.methods or ()) or NOT_OURS in route.path:
            continue
        first = None if rule.public else next(role for role in WALKERS if role in rule.roles)
        if walker is first or (walker is Role.UNIT and not rule.public and Role.UNIT in rule.roles):
            yield filled(route.path, values)


def is_page(page: Page, path: str) -> bool:
    """Not a file, a piece of a page, or the way to another page. Waits until its work is done."""
    for _ in range(200):
        answer = page.request.get(path, max_redirects=0)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return False
        text = answer.text()
        if UNFINISHED not in text:
            return answer.status == 200 and text.lstrip().startswith("<!doctype")
    raise AssertionError(f"{path} is never done")


@pytest.mark.parametrize("walker", [None, *WALKERS])
def test_every_page_is_accessible_and_narrow_enough(
    chrome: Browser, told: Console, walker: Role | None
) -> None:
    paths = [*pages(told, walker)]
    if not paths:
        return  # another sees all that this one may
    seen, wrong = [], []
    with at_browser(chrome, told, walker) as page:
        for path in filter(partial(is_page, page), paths):
            page.goto(path)
            seen.append(path)
            wrong += [f"{path}: {fault}" for fault in faults(page)]
    assert wrong == []
    assert len(seen) >= FEWEST.get(walker, 0), seen


def test_so_are_the_pages_that_refuse(chrome: Browser, told: Console) -> None:
    with at_browser(chrome, told) as page:
        page.goto("/login")
        page.get_by_label("用户名").fill("zhang")
        page.get_by_label("密码").fill("wrong")
        page.get_by_role("button", name="登录").click()
        page.wait_for_selector("[role=alert]")
        assert faults(page) == []
    with at_browser(chrome, told, Role.UNIT) as page:
        for path, status in (("/events/999999", 404), ("/scores", 403)):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == status
            assert faults(page) == []
