"""A unit's pictures: who may see them, what they show, and that pages and prints contain them."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser

from app.office import open_office
from domain.users import Role
from tests.chromium import browser
from tests.web.office import Console, opened
from tests.web.test_browser import SIZES, entered

TEXT = ".//{http://www.w3.org/2000/svg}text"
PATHS = ("/units/{}/timeline.svg", "/units/{}/timeline.svg?narrow=1", "/units/{}/lost.svg")


@pytest.fixture(scope="module")
def chrome(chromium: None) -> Iterator[Browser]:
    with browser() as started:
        yield started


def words(svg: bytes) -> set[str | None]:
    return {text.text for text in ElementTree.parse(BytesIO(svg)).iterfind(TEXT)}


def test_staff_and_the_unit_itself_see_the_year(shown: Console) -> None:
    for role in (Role.OFFICE, Role.READER, Role.UNIT):
        with shown.client(role) as client:
            answer = client.get("/units/czj/timeline.svg")
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["cache-control"] == "no-store"
        assert {"工作动态", "通知公告", "1月", "更新", "今天"} < words(answer.content)


def test_another_unit_gets_nothing(shown: Console) -> None:
    with shown.client(Role.UNIT) as client:
        for path in (*PATHS, "/units/{}/timeline"):
            answer = client.get(path.format("jyj"))
            assert answer.status_code == 404
            assert "教育" not in answer.text
            assert client.get(path.format("nobody")).status_code == 404


def test_the_points_lost_by_month(shown: Console) -> None:
    with shown.client(Role.OFFICE) as client:
        answer = client.get("/units/czj/lost.svg")
        listed = client.get("/units").text
    assert {"扣分", "10月", "2"} < words(answer.content)
    assert 'aria-label="10月扣2分"' in listed


def test_the_same_as_a_table(shown: Console) -> None:
    with shown.client(Role.UNIT) as client:
        text = client.get("/units/czj/timeline").text
    assert "2026-10-09 至 2026-10-09" not in text  # one day is one day
    assert "2026-10-08" in text  # suspected on the first night
    assert "10月扣2分" in text
    assert "2026-09-02" in text


def test_a_decision_changes_the_picture(console: Console) -> None:
    page = f"/events/{console.event_of('czj')}"
    with console.client(Role.OFFICE) as client:
        before = client.get("/units/czj/timeline.svg").text
        assert client.get("/units/czj/timeline.svg").text == before
        client.post(f"{page}/decisions", page, kind="withdraw", reason="系统误判")
        after = client.get("/units/czj/timeline.svg").text
    assert "已确认的问题2026-10-09" in before
    assert "已确认的问题2026-10-09" not in after


def test_an_earlier_year_can_be_chosen(shown: Console, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(shown.office.settings.dir, tmp_path / "office"))
    office = open_office(folder)
    with office.archive:
        office.archive.advance(datetime(2027, 2, 3, 1, 0, tzinfo=UTC))
    with opened(folder) as console, console.client(Role.UNIT) as client:
        own, now = client.get("/own/czj").text, client.get("/units/czj/timeline").text
        before = client.get("/units/czj/timeline?year=2026").text
        picture = client.get("/units/czj/timeline.svg?year=2026")
        lost = client.get("/units/czj/lost.svg?year=2026&narrow=1")
        unknown = client.get("/units/czj/timeline?year=1999")
    assert 'href="/units/czj/timeline?year=2026"' in own
    assert "2027年监测时间轴" in now
    assert "2026-09-02" not in now  # the newest item
    assert "2026-10-08" in before
    assert "/units/czj/timeline.svg?year=2026" in before
    assert "今天" in words(picture.content)  # in the legend
    assert "10月" in words(lost.content)
    assert "2026年" in lost.text
    assert unknown.status_code in {404, 409}


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_show_them_at_any_width(chrome: Browser, shown: Console, size: str) -> None:
    page = entered(chrome, shown, size)
    for path, count in (("/units/czj", 2), ("/own/czj", 2), ("/units/czj/timeline", 2)):
        page.goto(path)
        images = page.locator("img.picture")
        assert images.count() == count
        for image in images.all():
            image.scroll_into_view_if_needed()
            page.wait_for_function(
                "image => image.complete && image.naturalWidth", arg=image.element_handle()
            )
            assert ("narrow" in image.evaluate("image => image.currentSrc")) == (size == "phone")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()


@pytest.mark.browser
def test_they_are_printed_with_the_page(chrome: Browser, shown: Console) -> None:
    page = entered(chrome, shown, "laptop")
    page.goto("/units/czj")
    page.pdf(format="A4")
    page.wait_for_function("[...document.images].every(image => image.naturalWidth > 0)")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
