"""A unit checked while one looks on: a real site, a real crawl, the verdicts on the page by themselves."""

import threading
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.office import open_office
from app.users import add_user
from domain.users import Role
from tests.cli.office import FIRST_NIGHT, deployed, portal
from tests.e2e.people import PATIENCE_MS, at_browser, faults
from tests.site import Site
from tests.web.office import PASSWORD, opened

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(240)]


def test_a_unit_is_checked_and_the_page_tells_the_verdicts(chrome: Browser, tmp_path: Path) -> None:
    with Site() as site:
        portal(site)
        cli = deployed(tmp_path / "office", site)
        assert cli("crawl", "--as-of", FIRST_NIGHT).code == 0
        office = open_office(cli.folder)
        with office.archive:
            add_user(office, "zhang", role=Role.OFFICE, password=PASSWORD)
        with opened(cli.folder) as console, at_browser(chrome, console, Role.OFFICE) as page:
            page.goto("/units/czj")
            page.get_by_role("button", name="现在检查").click()
            expect(page.locator("#check h2")).to_contain_text("检查完成", timeout=PATIENCE_MS)
            expect(page.locator("#check")).to_contain_text("不合格")
            assert faults(page) == []
            for thread in threading.enumerate():
                if thread.name.startswith("check "):
                    thread.join(120)
