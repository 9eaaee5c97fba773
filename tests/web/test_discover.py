"""找栏目 and 试读: the console asks, a child process looks at the web site."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from config.load import load_registry
from domain.users import Role
from tests.app.test_discover import HOME, LIST, XXGK
from tests.site import Page, Site
from tests.web.office import Client, Console

START = "/register/discover"


@pytest.fixture
def portal() -> Iterator[Site]:
    with Site() as site:
        site.pages |= {
            "/": Page(body=HOME), "/xxgk/": Page(body=XXGK), "/dt/": Page(body=LIST),
            "/tzgg/": Page(body=LIST),
        }  # fmt: skip
        yield site


def searched(client: Client, site: Site, **more: str) -> tuple[str, str]:
    """Where the search is shown, and the page when it is done."""
    answer = client.post(START, START, url=site.url("/"), **more)
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    while "正在查找" in (text := client.get(where).text):
        continue
    return where, text


def test_a_portal_is_searched_tried_and_registered(console: Console, portal: Site, folder: Path) -> None:
    with console.client(Role.OFFICE) as client:
        where, text = searched(client, portal, tries="true")
        assert "工作动态" in text
        assert "15 行，最新 2026-11-15" in text
        assert "在其他网站" in text
        nothing = client.post(where, where)
        wrong = client.post(where, where, **chosen(0, name="工作动态", kind="动态", clock="14 weeks"))
        saved = client.post(where, where, **chosen(0, name="门户动态", kind="动态", clock="14d"))
        again = client.post(where, where, **chosen(0, name="门户动态", kind="动态", clock="14d"))
    assert "一个也没有选" in nothing.text
    assert "14 weeks" in wrong.text
    assert 'class="why"' in wrong.text
    assert "已登记 1 个栏目" in saved.text
    assert "已经登记过了" in again.text
    [made] = [one for one in load_registry(folder).columns if one.name == "门户动态"]
    assert made.shared
    assert made.monitored_from is None
    assert made.url == portal.url("/dt/")


def test_a_search_that_cannot_begin_or_finds_nothing(console: Console, portal: Site) -> None:
    portal.pages["/"] = Page(body="", status=404)
    with console.client(Role.ADMIN) as client:
        _, text = searched(client, portal)
        empty = client.post(START, START, url=" ")
        unknown = client.get(f"{START}/nothing")
    assert "没有读到" in text
    assert "请填写网址" in empty.text
    assert unknown.status_code == 404


def test_a_private_address_is_not_asked(console: Console, portal: Site, folder: Path) -> None:
    settings = folder / "zwgk.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("127.0.0.1", "127.0.0.9"), encoding="utf-8"
    )
    with console.client(Role.OFFICE) as client:
        _, text = searched(client, portal)
        tried = client.post("/register/try", START, url=portal.url("/dt/"))
    assert "内网" in text
    assert "内网" in tried.text
    assert portal.asked == []


def test_an_address_and_a_column_are_tried_with_the_explanation(
    console: Console, portal: Site, folder: Path
) -> None:
    [path] = (folder / "units").glob("*.yaml")
    text = path.read_text(encoding="utf-8").replace("http://127.0.0.1:9/dt/", portal.url("/dt/"))
    path.write_text(text, encoding="utf-8")
    with console.client(Role.OFFICE) as client:
        address = client.post("/register/try", START, url=portal.url("/tzgg/"))
        page = client.get("/register/try/czj-dt")
        column = client.post("/register/try/czj-dt", "/register/try/czj-dt")
        unread = client.post("/register/try/czj-tz", "/register/try/czj-tz")
    assert "关于做好第1项重点工作的通知" in address.text
    assert "自动识别" in page.text
    assert "最新日期 2026-11-15" in column.text
    assert "怎样读出来的" in column.text
    assert "没有读到" in unread.text


def chosen(number: int, **typed: str) -> dict[str, str]:
    return {f"pick-{number}": "1", **{f"{key}-{number}": value for key, value in typed.items()}}


def test_nobody_else_may_ask_for_it(shown: Console) -> None:
    with shown.client(Role.READER) as client:
        answer: httpx.Response = client.post("/register/try", url="http://127.0.0.1/")
    assert answer.status_code == 403
