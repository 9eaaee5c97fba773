"""The eyes of these tests see: what is planted is found."""

import pytest
from playwright.sync_api import Browser

from tests.e2e.people import faults

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium")]
BAD = """<!doctype html><html><head><title>x</title></head><body><main><h1>x</h1>
<p style="color:#ccc;background:#fff">看不清的字</p><input name="q">
<div style="width:1000px">宽</div></main></body></html>"""


def test_what_is_planted_is_found(chrome: Browser) -> None:
    page = chrome.new_page()
    page.set_content(BAD)
    found = faults(page)
    kinds = {one.partition(" ")[0] for one in found}
    assert kinds == {"color-contrast", "html-has-lang", "label", "618", "208"}
    page.close()
