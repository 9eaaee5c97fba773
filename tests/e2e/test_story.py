"""One month on the console: found, confirmed, closed, told, answered, appealed, points given back."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Page, expect

from domain.events import EventState
from domain.users import Role
from tests.e2e.people import at_browser, faults
from tests.web.noticed import at
from tests.web.office import Console

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("chromium"), pytest.mark.timeout(300)]
MONTH = "/notices/2026-10"
PNG = b"\x89PNG\r\n\x1a\n\x00"


def test_a_month_from_the_finding_to_the_points_given_back(
    chrome: Browser, suspected: Console, tmp_path: Path
) -> None:
    console, event_id = suspected, suspected.event_of("czj")
    with at_browser(chrome, console, Role.OFFICE) as page:
        confirm(page, event_id)
        console.office.archive.advance(at("2026-11-04 09:00"))
        close(page)
        issue(page)
        letter = download(page, tmp_path)
        assert lost(page) > 0
    assert "财政局" in "\n".join(one.text for one in Document(str(letter)).paragraphs)
    with at_browser(chrome, console, Role.UNIT) as page:
        report(page)
        appeal(page)
    with at_browser(chrome, console, Role.REVIEW) as page:
        withdraw(page)
        assert lost(page) == 0
    event = console.office.archive.event(event_id)
    assert event is not None
    assert event.state is EventState.WITHDRAWN
    assert (event.decisions[0].by, event.appeals[0].decided_by) == ("zhang某", "li某")
    assert [one.files[0].name for one in console.office.archive.feedback(event_id=event_id)] == ["截图.png"]
    assert console.office.archive.verify().ok


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def confirm(page: Page, event_id: int) -> None:
    page.goto("/events?show=waits")
    follow(page, str(event_id))
    page.get_by_label("理由").fill("已核对栏目页面")
    press(page, "认定")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已确认")
    assert faults(page) == []


def close(page: Page) -> None:
    page.goto("/notices")
    follow(page, "2026-10")
    follow(page, "结账……")
    expect(page.get_by_role("heading", level=1)).to_contain_text("请核对后确认")
    assert faults(page) == []
    press(page, "确认结账")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已结账")


def issue(page: Page) -> None:
    follow(page, "印发……")
    assert faults(page) == []
    page.get_by_label("文号的序号").fill("12")
    page.get_by_label("印发（成文）日期").fill("2026-11-04")
    press(page, "下一步")
    expect(page.get_by_role("main")).to_contain_text("2026-11-18")  # ten working days
    assert faults(page) == []
    press(page, "确认印发")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已印发")


def download(page: Page, folder: Path) -> Path:
    follow(page, "下载（重印）")
    link = page.get_by_role("link", name=re.compile(r"日常监控情况通报.*\.docx$"))
    with page.expect_download() as begun:
        link.click()
    saved = folder / begun.value.suggested_filename
    begun.value.save_as(saved)
    return saved


def lost(page: Page) -> Decimal:
    """The unit's points lost, once the page shows them counted anew."""
    page.goto("/scores/czj")
    for _ in range(100):
        if not page.get_by_text("正在重新统计").count():
            break
        page.reload()
    figure = page.locator(".figure", has=page.get_by_text("扣分", exact=True))
    return Decimal(figure.locator("b").inner_text())


def report(page: Page) -> None:
    follow(page, "填报")
    assert faults(page) == []
    page.get_by_label("整改情况").fill("已发布 3 条")
    page.get_by_label("完成日期").fill(str(date(2026, 11, 3)))
    page.get_by_label("责任人").fill("赵六")
    page.get_by_label("电话").fill("0477-6212345")
    attach(page, "截图.png")
    press(page, "提交")
    expect(page.get_by_role("main")).to_contain_text("0477-6212345")
    assert faults(page) == []


def attach(page: Page, name: str) -> None:
    page.get_by_label("附件").set_input_files({"name": name, "mimeType": "image/png", "buffer": PNG})


def appeal(page: Page) -> None:
    page.goto("/")
    follow(page, "申诉")
    assert faults(page) == []
    page.get_by_label("理由").fill("当晚平台停机，有证明")
    attach(page, "停机证明.png")
    press(page, "提交申诉")
    expect(page.get_by_role("main")).to_contain_text("待决定")


def withdraw(page: Page) -> None:
    page.goto("/appeals?show=open")
    follow(page, "工作动态")
    expect(page.get_by_role("main")).to_contain_text("停机证明.png")
    assert faults(page) == []
    page.get_by_label("理由").fill("证明属实")
    press(page, "撤销")
    expect(page.get_by_role("heading", level=1)).to_contain_text("撤销")
