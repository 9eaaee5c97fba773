# ruff: noqa: E501 - pages written out in one line
"""Whatever bytes come: an answer, in bounded time, never an exception."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.extract.list_page import read_list
from crawler.extract.list_rows import MAX_ROWS
from domain.readings import ListReading, PageState

SEEN_AT = datetime(2026, 11, 24, tzinfo=UTC)
ROW = b'<li><a href="/a/1.html">title title title</a><span>2020-01-01</span></li>'
MARKUP = """<ul> </ul> <li> </li> </a> <table><tr><td> </td></tr></table> <span> </span> <script> </script> <!-- -->
<record><![CDATA[ ]]></record> <div><p </div> <br> <dl><dt> <dd> </body></html> <h3>2025年</h3> { [{ }] "title":"a"
2026-01-05 [01-05] 2026年1月5日 05 2026-01 公示 当前位置： 下一页 暂无信息 404 昨天 3天前 &nbsp 关于做好工作的通知"""
TAGS = (
    '<a href="./t20260101_1.html">',
    'createPageHTML(3, 0, "index", "html")',
    "<div class=nav>",
    "<div style=display:none>",
    "<iframe src=x>",
)
PIECES = st.sampled_from([*MARKUP.split(), *TAGS, "\x00", "\ufffd", "\ud800"])


def read(body: bytes, status: int = 200) -> ListReading:
    return read_list(body, "http://www.example.gov.cn/a/", seen_at=SEEN_AT, status=status)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000), st.sampled_from([200, 404, 412, 500, 521]))
def test_any_bytes_give_an_answer(body: bytes, status: int) -> None:
    assert read(body, status).why


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=80))
def test_any_markup_gives_rows_that_say_where_their_date_stood(pieces: list[str]) -> None:
    reading = read("".join(pieces).encode("utf-8", "surrogatepass"))
    assert reading.why
    assert all((row.published_on is None) == (row.date_source is None) for row in reading.rows)
    assert all(row.title and row.key for row in reading.rows)
    if reading.state not in (PageState.OK, PageState.UNDATED):
        assert not reading.rows


BAIT = {
    "deep": b"<div>" * 100_000 + b"<a href=x>hello title</a> 2020-01-01" + b"</div>" * 100_000,
    "million rows": b"<ul>" + ROW * 1_000_000 + b"</ul>",
    "ten megabytes of text": b"<p>" + "新".encode() * 3_400_000,
    "ten megabytes of digits": b"<p>" + b"2020-01-0" * 1_100_000,
    "digits apart": b"<b>1</b>" * 100_000,
    "blanks in a date": b"<p>2020" + b" " * 5_000_000 + b"-01-01",
    "blanks in a label": ("<p>时" + " " * 200_000 + "间：2020-01-01</p>").encode() * 10,
    "open records": b"<record><![CDATA[" * 200_000,
    "open brackets": b"<script>" + b"[{" * 500_000 + b"</script>",
    "open anchors": b"<a href=/a/1.html>hello title 2020-01-01" * 50_000,
    "rows in each other": b'<ul><li><a href="/a/1.html">hello title</a><span>2020-01-01</span>' * 40_000,
    "lists of two": b"<div><ul>" + (ROW * 2 + b"</ul><ul>") * 15_000,
    "hollow lists": b"<div class=list>" + b"<ul></ul>" * 100_000,
    "blocks with headings": ("<h2>通知公告</h2><p>政策解读</p><ul>".encode() + ROW * 3 + b"</ul>") * 8_000,
    "enlarged rows": (b"<div><h3>" + ROW + b"</h3></div><ul>" + ROW * 3 + b"</ul>") * 6_000,
    "headers only": "<table><tr><th>序号</th><th>标题</th></tr></table>".encode() * 20_000,
    "header rows": b"<table>" + "<tr><th>序号</th><th>标题</th></tr>".encode() * 30_000,
    "tooltips": (
        '<li><a href=/1.html title="x\n更新时间：2020-01-02 10:00">关于做好工作的通知</a>' * 20_000
    ).encode(),
    "trails": ("<ol class=breadcrumb><li><a href=/>首页</a></ol>" * 20_000).encode(),
    "templates": (b"<p>" + b"{{" * 200 + b"</p>") * 10_000,
}


@pytest.mark.parametrize("name", BAIT)
def test_bait_takes_bounded_time(name: str) -> None:
    assert read(BAIT[name]).why


def test_a_page_that_was_cut_says_so() -> None:
    assert "10 MB" in read(b"<ul>" + ROW * 200_000 + b"</ul>").why


def test_a_flat_page_of_many_rows_is_read() -> None:
    """Rows that nothing closes: reading them was quadratic once and ran into the tests' time limit."""
    page = b"<ul>" + b"".join(b"<li><a href=/%d>title</a>2024-01-05" % at for at in range(60_000))
    assert len(read(page).rows) == MAX_ROWS
