"""Which redirects lead to the column itself, and which elsewhere."""

from datetime import UTC, datetime

import pytest

from crawler.answers import Answer, _home_instead
from crawler.moved import elsewhere, led_elsewhere, says_it_is

NOW = datetime(2026, 11, 20, tzinfo=UTC)
COLUMN = "http://www.x.gov.cn/czj/dt/"


def answer(body: str, url: str = COLUMN, final: str | None = None) -> Answer:
    return Answer(
        url=url, final_url=final or url, fetched_at=NOW, wall_at=NOW, elapsed_s=0, status=200,
        headers={"Content-Type": "text/html; charset=utf-8"}, body=body.encode(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "got",
    [
        "https://www.x.gov.cn/czj/dt/", "http://x.gov.cn:8080/czj/dt", "http://www.x.gov.cn//czj/dt/index.html",
        "http://www.x.gov.cn/czj/dt/index.shtml?v=3", "http://www.x.gov.cn/czj/dt;jsessionid=0A1B",
        "http://www.x.gov.cn/CZJ/dt.html", "http://www.x.gov.cn/czj/dt/list.aspx#1",
    ],
)  # fmt: skip
def test_ordinary_redirects_lead_to_the_same_place(got: str) -> None:
    assert not elsewhere(COLUMN, got)


@pytest.mark.parametrize(
    "got",
    [
        "http://www.x.gov.cn/", "http://www.x.gov.cn/czj/", "http://www.x.gov.cn/czj/tzgg/",
        "http://www.x.gov.cn/czj/dt/2026/", "http://czj.x.gov.cn/czj/dt/",
    ],
)  # fmt: skip
def test_other_paths_and_hosts_are_other_places(got: str) -> None:
    assert elsewhere(COLUMN, got)


def test_a_parameter_may_be_added_but_none_lost() -> None:
    asked = "http://www.x.gov.cn/list.jsp?cid=12"
    assert not elsewhere(asked, f"{asked}&sid=9")
    assert not elsewhere(asked, "http://www.x.gov.cn/list.jsp?sid=9&cid=12")
    assert elsewhere(asked, "http://www.x.gov.cn/list.jsp?cid=13")
    assert elsewhere(asked, "http://www.x.gov.cn/list.jsp")


@pytest.mark.parametrize(
    "body",
    [
        "<title>工作动态_某某旗人民政府</title>",
        "<meta name='ColumnName' content='财政局工作动态'><body>x</body>",
        "<title>某某旗</title><div>当前位置：<a href='/'>首页</a> &gt; <a href='/dt/'>工作动态</a></div>",
    ],
)  # fmt: skip
def test_a_page_says_which_column_it_is(body: str) -> None:
    page = answer(f"<html>{body}</html>")
    assert says_it_is(page, "工作动态")
    assert says_it_is(page, "财政局工作动态")
    assert not says_it_is(page, "通知公告")


def test_a_block_of_the_home_page_does_not_make_it_the_column() -> None:
    home = answer("<html><title>某某旗人民政府</title><div><h2>工作动态</h2></div></html>")
    assert not says_it_is(home, "工作动态")
    assert not says_it_is(answer("<html><title>公开</title></html>"), "政府信息公开")
    assert not says_it_is(answer('{"rows": []}'), "工作动态")


def test_a_frame_stands_where_it_likes_but_a_stub_sends_on() -> None:
    inner = answer("<html><title>政务公开</title></html>", "http://www.x.gov.cn/zwgk/")
    frame = answer("<html><body><iframe src='/zwgk/' height='900'></iframe></body></html>")
    stub = answer("<html><head><meta http-equiv='refresh' content='0;url=/zwgk/'></head></html>")
    assert not led_elsewhere(COLUMN, frame, inner)
    assert led_elsewhere(COLUMN, stub, inner)
    assert led_elsewhere(COLUMN, answer("", final="http://www.x.gov.cn/zwgk/"), inner)


@pytest.mark.parametrize("got", ["/", "/index.php", "/home.html", "/default.aspx", "/main.htm"])
def test_home_pages_of_a_host(got: str) -> None:
    assert _home_instead(COLUMN, f"http://www.x.gov.cn{got}")
    assert not _home_instead("http://www.x.gov.cn/", f"http://www.x.gov.cn{got}")


@pytest.mark.parametrize("got", ["/czj/index.php", "/index.php?cid=5", "/maintenance.html", "/home/dt.html"])
def test_other_pages_are_no_home_page(got: str) -> None:
    assert not _home_instead(COLUMN, f"http://www.x.gov.cn{got}")
