"""Dates of a page in their places: which rows of a list they date."""

from datetime import UTC, date, datetime

import pytest

from crawler.extract.list_page import read_list
from crawler.extract.page_tree import parse
from crawler.extract.row_dates import find_dates_on

SEEN_AT = datetime(2026, 10, 8, 4, 0, tzinfo=UTC)
TODAY = date(2026, 10, 8)
TITLES = [
    "全县秋季农业生产工作会议召开",
    "县政府办公室组织开展集中学习",
    "关于开展安全生产大检查的通知",
    "县教育体育局举办教师节表彰活动",
    "全县防汛抗旱工作推进会召开",
]
CELL = "<li><a href='./a_{n}.html'>{title}</a><span>{day}</span></li>"
BEFORE = "<li><span>{day}</span><a href='./a_{n}.html'>{title}</a></li>"
LINE = "<tr><td><a href='./a_{n}.html'>{title}</a></td><td>{day}</td></tr>"
OLD = ["2026-09-03", "2026-09-02", "2026-09-01"]


def days(shown: list[str], row: str = CELL, above: str = "") -> list[date | None]:
    rows = "".join(
        row.format(n=n, title=title, day=day)
        for n, (title, day) in enumerate(zip(TITLES, shown, strict=False))
    )
    box = "table" if row == LINE else "ul"
    where = f"{above}<p>当前位置：<a href='/'>首页</a> &gt; 工作动态</p>"
    page = f"<html><body>{where}<{box} class='list'>{rows}</{box}></body></html>"
    reading = read_list(page.encode(), "http://www.example.gov.cn/dt/", seen_at=SEEN_AT)
    return [one.published_on for one in reading.rows]


def found_on(html: str) -> list[date | None]:
    page = parse(f"<html><body>{html}</body></html>")
    assert page is not None
    return [one.mark.on for one in find_dates_on(page, TODAY)]


@pytest.mark.parametrize("row", [CELL, BEFORE, LINE])
@pytest.mark.parametrize(
    ("form", "on"),
    [
        ("昨日", date(2026, 10, 7)),
        ("今日 00:20", TODAY),
        ("1周前", date(2026, 10, 1)),
        ("半小时前", TODAY),
        ("10-07 (周三)", date(2026, 10, 7)),
        ("2026-10-07 星期三", date(2026, 10, 7)),
        ("26年10月7日", date(2026, 10, 7)),
        ("2026年10-07", date(2026, 10, 7)),
        ("2026年10月7日10时", date(2026, 10, 7)),
        ("10:32", TODAY),
    ],
)
def test_a_fresh_row_in_another_form_is_dated_beside_older_ones(row: str, form: str, on: date) -> None:
    assert days([form, *OLD], row)[0] == on


def test_dates_with_weekdays_are_read_where_the_list_shows_several() -> None:
    shown = ["2026年10月7日 星期三", "2026年10月6日 星期二", "2026年9月30日 星期三"]
    first = CELL.replace("<li>", "<li class='on'>")
    assert days(shown) == [date(2026, 10, 7), date(2026, 10, 6), date(2026, 9, 30)]
    assert days(shown, first) == days(shown)


@pytest.mark.parametrize(
    "clock",
    [
        "<ul class='top'><li><a href='/app/'>移动客户端下载</a><i>2026年10月8日 星期四</i></li></ul>",
        "<div><i>2026-10-08 星期四</i><a href='/login/'>登录系统平台</a></div>",
        "<div><i>10月8日 星期四</i><a href='/a/'>移动客户端下载</a></div>" * 2,
    ],
)
def test_the_clock_of_a_page_head_dates_no_row(clock: str) -> None:
    assert days(OLD, above=clock) == [date.fromisoformat(day) for day in OLD]


@pytest.mark.parametrize("times", [1, 2])
def test_one_day_with_its_weekday_is_a_clock_however_often_it_is_shown(times: int) -> None:
    assert found_on("<div><i>2026年10月8日 星期四</i></div>" * times) == []
    assert found_on("<div><i>2026-10-08</i></div>" * times) == [TODAY] * times


def test_a_weekday_in_a_title_makes_no_clock_of_its_row() -> None:
    assert found_on("<li><a href='/1'>周三下午部分区域停水公告 2026-10-07</a></li>") == [date(2026, 10, 7)]


@pytest.mark.parametrize(
    "row",
    [
        CELL.replace("</li>", "<span>10:32</span></li>"),
        CELL.replace("<span>", "<span>10:32</span><span>"),
        LINE.replace("</tr>", "<td>05:32</td></tr>"),
        LINE.replace("<td>{day}</td>", "<td><b>{day}</b></td><td><b>05:32</b></td>"),
        LINE.replace("</tr>", "<td>县政府办</td><td>05:32</td></tr>"),
        CELL.replace("<a ", "<b>05:32</b><a "),
    ],
)
def test_a_time_beside_a_date_adds_none(row: str) -> None:
    assert found_on("".join(row.format(n=0, title="通知", day=day) for day in OLD)) == [
        date.fromisoformat(day) for day in OLD
    ]
    assert days(OLD, row) == [date.fromisoformat(day) for day in OLD]


def test_a_time_alone_is_no_date_where_the_list_shows_none_in_such_cells() -> None:
    """Lengths of films, hours of an agenda; 00:00 is what a lost time looks like."""
    assert not any(days(["05:32", "03:10", "12:41"]))
    assert days(["00:00", *OLD])[0] is None
    film = CELL.replace("<span>{day}", "<b>05:32</b><span>{day}")
    assert days(["", *OLD], film)[0] is None
