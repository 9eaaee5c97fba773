"""A column's own list beside blocks that weigh more, and columns of two blocks: the right one, or none."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.list_page import read_list
from domain.readings import ListReading, PageState

SEEN_AT = datetime(2026, 10, 8, 4, 0, tzinfo=UTC)
FRESH, STALE = date(2026, 10, 7), date(2026, 8, 20)
TRAIL = '<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="./">工作动态</a></div>'
PAGER = '<div class="page"><span>共 12 页</span><a href="index_1.html">下一页</a></div>'
MORE = '<a href="/tzgg/">更多&gt;&gt;</a>'
ABOUT = ["秋季农业生产", "重点项目建设", "安全生产检查", "教师节慰问", "防汛抗旱工作", "招商引资推介"]


def rows(count: int, newest: date, path: str = "/dt", css: str = "list") -> str:
    days = [newest - timedelta(at) for at in range(count)]
    shown = "".join(
        f'<li><a href="{path}/{at}.html">我镇召开{ABOUT[at % 6]}推进会议</a><span>{day}</span></li>'
        for at, day in enumerate(days)
    )
    return f'<ul class="{css}">{shown}</ul>'


def block(heading: str, shown: str) -> str:
    return f'<div class="box"><h3>{heading}</h3>{shown}</div>'


def read(body: str, trail: str = TRAIL) -> ListReading:
    page = (
        f"<html><head><title>工作动态_示例镇人民政府</title></head><body>{trail}"
        f'<div class="main"><div class="tit"><h2>工作动态</h2></div>{body}</div></body></html>'
    )
    return read_list(page.encode(), "http://www.example.gov.cn/dt/", seen_at=SEEN_AT)


def newest(reading: ListReading) -> date | None:
    return reading.newest_on(SEEN_AT)


OWN = f'<div class="left">{rows(1, FRESH)}</div>'


@pytest.mark.parametrize("count", [4, 5, 6, 8, 15])
@pytest.mark.parametrize("heading", [f"通知公告{MORE}", f'<a href="/tzgg/">通知公告</a>{MORE}'])
def test_a_new_columns_one_row_is_read_above_another_columns_block(heading: str, count: int) -> None:
    reading = read(OWN + block(heading, rows(count, STALE, "/tzgg", "zc")))
    assert (len(reading.rows), newest(reading)) == (1, FRESH), reading.why


def test_the_one_row_of_a_column_is_read_even_where_the_block_below_is_newer() -> None:
    own = f'<div class="left">{rows(1, STALE)}</div>'
    assert newest(read(own + block(f"通知公告{MORE}", rows(6, FRESH, "/tzgg", "zc")))) == STALE


@pytest.mark.parametrize("names", ["通知公告", "通知公告/政策文件", "通知公告/政策文件/规划计划/人事信息"])
def test_a_headline_above_several_blocks_is_no_columns_list(names: str) -> None:
    """Of a channel's front page nothing is charged, however old its headline."""
    below = [block(f"{one}{MORE}", rows(6, FRESH, f"/{at}")) for at, one in enumerate(names.split("/"))]
    found = read(f'<div class="left">{rows(1, STALE)}</div>{"".join(below)}')
    assert newest(found) == (STALE if len(below) == 1 else None), found.why


@given(
    own=st.integers(1, 4),
    others=st.integers(1, 15),
    heading=st.sampled_from(["政策法规", f"通知公告{MORE}", "通知公告"]),
    css=st.sampled_from(["list", "zc"]),
    pager=st.sampled_from(["", PAGER]),
    trail=st.sampled_from([TRAIL, ""]),
)
def test_a_fresh_column_is_never_read_as_the_old_block_below_it(
    own: int, others: int, heading: str, css: str, pager: str, trail: str
) -> None:
    body = rows(own, FRESH) + block(heading, rows(others, STALE, "/tzgg", css)) + pager
    reading = read(body, trail)
    assert newest(reading) in (FRESH, None), reading.why


@pytest.mark.parametrize("href", ["/dt/lead.html", "https://mp.weixin.qq.com/s/abc"])
@pytest.mark.parametrize("between", ["", "<h3>往期回顾</h3>"])
@pytest.mark.parametrize("day", [FRESH, STALE])
def test_an_enlarged_first_row_is_one_of_the_list_it_stands_above(href: str, between: str, day: date) -> None:
    lead = (
        f'<div class="a"><div class="b"><h3><a href="{href}">全镇召开秋季农业生产工作会议</a></h3>'
        f"<p>会议强调，要抓好秋收工作，确保颗粒归仓，各村要压实责任，加强调度。</p><i>{day}</i></div></div>"
    )
    usual = date(2026, 9, 28)
    reading = read(f'{lead}{between}<div class="c"><div class="d">{rows(15, usual)}</div></div>{PAGER}')
    assert (len(reading.rows), newest(reading)) == (16, max(day, usual)), reading.why


def test_an_enlarged_row_that_the_list_repeats_is_one_row() -> None:
    lead = (
        f'<div class="a"><h3><a href="/dt/0.html">全镇召开秋季农业生产工作会议</a></h3><i>{FRESH}</i></div>'
    )
    between = "<p>会议强调，要抓好秋收工作，确保颗粒归仓，各村要压实责任，加强调度。</p>"
    reading = read(f'{lead}{between}<div class="c"><div class="d">{rows(15, FRESH)}</div></div>{PAGER}')
    assert len(reading.rows) == len({row.key for row in reading.rows}) == 15


YEARS = [("2025年", "2026年"), ("2025年度", "2026年度"), ("2026年", "2025年"), ("【2025年】", "【2026年】")]


@pytest.mark.parametrize(("first", "second"), YEARS)
def test_years_under_each_other_are_one_list_whichever_stands_first(first: str, second: str) -> None:
    days = [FRESH if "2026" in one else date(2025, 9, 1) for one in (first, second)]
    reading = read(block(first, rows(4, days[0])) + block(second, rows(3, days[1], "/dt/n")))
    assert (len(reading.rows), newest(reading)) == (7, FRESH), reading.why


HALVES = ["部门文件/转发文件", "上级文件/本级文件", "通知/公告", "2025年文件/2026年文件", "2025年/2026年"]


@pytest.mark.parametrize("names", HALVES)
@pytest.mark.parametrize(("old", "new"), [(4, 4), (8, 2), (8, 4), (6, 3), (15, 1)])
@pytest.mark.parametrize("css", ["list", "list2"])
@pytest.mark.parametrize("pager", ["", PAGER])
def test_the_older_half_of_a_column_is_never_taken_for_the_whole(
    names: str, old: int, new: int, css: str, pager: str
) -> None:
    upper, lower = names.split("/")
    body = block(upper, rows(old, date(2025, 9, 1), ".")) + block(lower, rows(new, FRESH, "./n", css))
    assert newest(read(body + pager)) in (FRESH, None)


def test_the_newer_half_of_a_column_is_read() -> None:
    body = block("工作动态", rows(8, FRESH)) + block("转发文件", rows(4, date(2025, 9, 1), "/dt/n"))
    assert newest(read(body)) == FRESH


@pytest.mark.parametrize("heading", [f"通知公告{MORE}", "通知公告"])
@pytest.mark.parametrize("css", ["list", "zc"])
def test_a_newer_block_below_a_whole_list_leaves_the_list_readable(heading: str, css: str) -> None:
    """A pager ends the column's list, and "更多" tells another column's, made alike or not."""
    usual = date(2026, 9, 28)
    other = block(heading, rows(6, FRESH, "/tzgg", css))
    reading = read(f'<div class="box">{rows(15, usual)}{PAGER}</div>{other}')
    assert (reading.state, newest(reading)) == (PageState.OK, usual), reading.why
    if MORE in heading:
        assert newest(read(f'<div class="box">{rows(15, usual)}</div>{other}')) == usual
