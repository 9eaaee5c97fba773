"""Years of days shown without one."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.list_page import read_list
from crawler.extract.list_years import from_rows, latest_before, nearest
from crawler.extract.path_dates import day_in_path, moment_in_path

LATEST = date(2026, 11, 25)
SEEN_AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("./201710/t20171019_398276.html", date(2017, 10, 19)),
        ("/art/2026/1/5/art_12_3.html", date(2026, 1, 5)),
        ("//www.example.gov.cn/2026-09/07/c_1790481801044829.htm", date(2026, 9, 7)),
        ("../../c/2020-12-23/478627.html", date(2020, 12, 23)),
        ("/content/101294297018357792768.html", None),
        ("/item/24067.aspx", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert day_in_path(url) == day


def test_a_month_in_an_address_is_enough_to_choose_a_year() -> None:
    assert moment_in_path("/202512/abc.html") == date(2025, 12, 15)
    assert nearest(1, 3, date(2025, 12, 15), LATEST) == date(2026, 1, 3)


def test_the_nearest_year_is_never_after_the_look() -> None:
    assert nearest(12, 30, date(2026, 11, 20), LATEST) == date(2025, 12, 30)


def test_rows_go_on_over_new_year() -> None:
    assert from_rows([date(2026, 1, 9), (1, 2), (12, 30), (11, 4)], LATEST) == [
        date(2026, 1, 9), date(2026, 1, 2), date(2025, 12, 30), date(2025, 11, 4)
    ]  # fmt: skip


def test_rows_before_the_first_known_one_get_its_year() -> None:
    assert from_rows([(10, 3), date(2025, 9, 1)], LATEST) == [date(2025, 10, 3), date(2025, 9, 1)]


def test_without_any_year_nothing_is_guessed() -> None:
    assert from_rows([(10, 3), (9, 1), None], LATEST) == [None, None, None]


def test_the_29th_of_february_is_looked_for_years_back() -> None:
    assert latest_before(2, 29, date(2026, 3, 1)) == date(2024, 2, 29)


@given(st.dates(date(2001, 1, 1), date(2026, 11, 24)), st.integers(-40, 40))
def test_a_day_near_its_moment_comes_back(day: date, shift: int) -> None:
    moment = date.fromordinal(day.toordinal() + shift)
    assert nearest(day.month, day.day, moment, LATEST) == day or (day.month, day.day) == (2, 29)


MADE = '<meta name="others" content="页面生成时间 2026-03-25 10:00:00">'


def newest(days: list[str], head: str = MADE) -> date | None:
    rows = "".join(
        f'<li><a href="/a/{n}.html">关于做好第{n}项重点工作的通知</a><span>{day}</span></li>'
        for n, day in enumerate(days)
    )
    page = f"<head>{head}</head><p>当前位置：<a href='/'>首页</a> &gt; 通知公告</p><ul>{rows}</ul>"
    return read_list(page.encode(), "", seen_at=SEEN_AT).newest_on(SEEN_AT)


def test_rows_in_order_get_the_year_the_page_was_made_in() -> None:
    assert newest(["03-21", "03-02", "01-11", "12-29"]) == date(2026, 3, 21)


@pytest.mark.parametrize(
    "days",
    [
        ["12-29", "03-21", "03-20", "03-02"],  # pinned, or a year without an entry
        ["03-02", "03-21", "02-11", "03-20"],  # in no order
        ["03-21", "2025-12-01", "03-20", "03-02"],
    ],
)
def test_where_two_years_would_do_none_is_taken(days: list[str]) -> None:
    assert newest(days) is None


def test_an_address_far_from_the_shown_day_tells_no_year() -> None:
    rows = "".join(
        f'<li><a href="./201710/t2017102{n}_1.html">关于做好第{n}项工作的通知</a><span>03-2{n}</span></li>'
        for n in range(3)
    )
    page = f"<p>当前位置：<a href='/'>首页</a> &gt; 通知公告</p><ul>{rows}</ul>"
    assert read_list(page.encode(), "", seen_at=SEEN_AT).newest_on(SEEN_AT) is None


@pytest.mark.parametrize(
    ("outer", "row"),
    [("ul", "li"), ("div", "div"), ("div", "p"), ("dl", "dd"), ("table", "tr"), ("section", "article")],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_year_of_one_row_belongs_to_the_years_beside_it(outer: str, row: str, wrapped: bool) -> None:
    """Taken for a rival list, the newest row (the only one of a January) would be lost, or the whole list."""
    cell = "td" if row == "tr" else "div"
    rows = {2026: ["01-05"], 2025: ["12-30", "11-02", "06-01", "03-09"], 2024: ["12-28"]}
    parts = []
    for year, days in rows.items():
        links = [f'<a href="./t{year}{day}.html">{year}年{day}号通知</a> <i>{day}</i>' for day in days]
        shown = "".join(f"<{row}><{cell}>{link}</{cell}></{row}>" for link in links)
        parts.append(f"<h3>{year}年</h3><{outer}>{shown}</{outer}>")
    body = "".join(f"<div>{part}</div>" if wrapped else part for part in parts)
    side = "".join(
        f'<li><a href="/zt/{n}.html">专题专栏第{n}期</a><i>2026-01-0{n}</i></li>' for n in (1, 2, 3)
    )
    page = f"<div><h2>通知公告</h2><div>{body}</div></div><div class=side><h4>热门</h4><ul>{side}</ul></div>"
    reading = read_list(page.encode(), "http://www.example.gov.cn/tzgg/", seen_at=SEEN_AT, status=200)
    found = [(one.published_on.year, f"{one.published_on:%m-%d}") for one in reading.rows if one.published_on]
    assert found == [(year, day) for year, days in rows.items() for day in days], reading.why


YEAR_FILTERS = [
    "<div><span>2026年</span><span>2025年</span><span>2024年</span></div>",
    "<ul><li>2024</li><li>2025</li><li>2026</li></ul>",
    "<p><em>2026年度</em> <em>2025年度</em></p>",
    "<div>" + "".join(f"<b>{year}年</b>" for year in range(2026, 2006, -1)) + "</div>",
    "<div><span>2026年</span><span>2025年</span></div>" + "<i>全部栏目</i>" * 11,  # the last alone is near
]


@pytest.mark.parametrize("years", YEAR_FILTERS)
def test_years_to_choose_from_are_no_headings(years: str) -> None:
    assert _months_and_days(years) == [None] * 4


def test_with_a_filter_above_the_page_still_tells_its_year() -> None:
    head = '<meta name="others" content="页面生成时间 2026-11-20 10:00:00">'
    assert _months_and_days(YEAR_FILTERS[0], head)[0] == date(2026, 11, 7)


def test_a_heading_alone_gives_its_year_also_when_it_is_said_twice() -> None:
    assert _months_and_days("<h2>2025年</h2>")[0] == date(2025, 11, 7)
    assert _months_and_days("<h2>2025年</h2><p>2025年度</p>")[0] == date(2025, 11, 7)


@pytest.mark.parametrize(
    "above",
    ["<h3>2025年</h3>", YEAR_FILTERS[0] + "<h3>2025年</h3>", "<h3>2026年</h3><ul></ul><h3>2025年</h3>"],
)
def test_headings_of_groups_are_told_from_a_filter_above_them(above: str) -> None:
    """A year without a row yet stands directly above the next one, and is no filter either."""
    days = _months_and_days(above, below="<h3>2024年</h3>")
    assert days[:5] == [date(2025, 11, 7), date(2025, 11, 5), date(2025, 10, 30), date(2025, 10, 21)] + [
        date(2024, 11, 7)
    ]


def test_a_newer_year_below_is_no_group_of_the_filter_above() -> None:
    assert _months_and_days(YEAR_FILTERS[0], below="<h3>2025年</h3>")[:4] == [None] * 4


def _months_and_days(above: str, head: str = "", below: str = "") -> list[date | None]:
    rows = "".join(
        f'<li><a href="/a/{n}.html">关于做好第{n}项重点工作的通知</a><span>{day}</span></li>'
        for n, day in enumerate(["11-07", "11-05", "10-30", "10-21"])
    )
    again = f"{below}<ul>{rows.replace('/a/', '/b/')}</ul>" if below else ""
    where = "<p>当前位置：<a href='/'>首页</a> &gt; 通知公告</p>"
    page = f"<head>{head}</head>{where}<div>{above}<ul>{rows}</ul>{again}</div>"
    return [row.published_on for row in read_list(page.encode(), "", seen_at=SEEN_AT).rows]
