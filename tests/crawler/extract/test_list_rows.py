"""What a row keeps beside its title and date; pagers and interfaces."""

from datetime import UTC, date, datetime

import pytest

from crawler.extract.list_page import read_list
from crawler.extract.list_rows import absolute, key_of_title
from domain.readings import DateSource, ListReading, PageState

SEEN_AT = datetime(2026, 11, 24, tzinfo=UTC)
BASE = "http://www.example.gov.cn/zwgk/"


def read(rows: str) -> ListReading:
    return read_list(f"<ul>{rows}</ul>".encode(), BASE, seen_at=SEEN_AT)


def row(number: int, url: str, day: str) -> str:
    return f'<li><a href="{url}">关于做好第{number}项工作的通知</a><span>{day}</span></li>'


def test_another_day_in_the_address_is_kept_beside_the_rows_own() -> None:
    reading = read("".join(row(n, f"./202611/t2026112{n}_1.html", "2026-10-01") for n in range(3)))
    first = reading.rows[0]
    assert (first.published_on, first.date_source) == (date(2026, 10, 1), DateSource.ROW)
    assert [(one.on, one.source) for one in first.others] == [(date(2026, 11, 20), DateSource.URL)]


def test_the_date_in_an_address_never_stands_for_a_missing_one() -> None:
    page = "<p>当前位置：<a href='/'>首页</a> &gt; <a href='./'>通知公告</a></p><ul>" + "".join(
        f'<li><a href="./202611/t2026112{n}_1.html">关于做好第{n}项重点工作的通知</a></li>' for n in range(4)
    )
    reading = read_list(page.encode(), BASE, seen_at=SEEN_AT)
    assert reading.state is PageState.UNDATED
    assert [one.published_on for one in reading.rows] == [None] * 4
    assert reading.rows[0].others[0].source is DateSource.URL


def test_the_key_is_the_address_or_a_digest_of_the_title() -> None:
    linked = read("".join(row(n, f"{n}.html#top", "2026-10-01") for n in range(3))).rows[1]
    assert linked.key == linked.url == BASE + "1.html"
    by_script = read("".join(row(n, "javascript:;", "2026-10-01") for n in range(3))).rows[1]
    assert by_script.url is None
    assert by_script.key == key_of_title(by_script.title)


def test_future_dates_are_kept_but_are_not_the_newest() -> None:
    reading = read(
        row(1, "1.html", "2027-01-01") + row(2, "2.html", "2026-10-01") + row(3, "3.html", "2026-09-01")
    )
    assert [one.published_on for one in reading.rows][0] == date(2027, 1, 1)
    assert reading.newest_on(SEEN_AT) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./a.html", BASE + "a.html"),
        ("../x/a.html#p", "http://www.example.gov.cn/x/a.html"),
        ("//other.example.cn/a", "http://other.example.cn/a"),
        ("?id=3", BASE + "?id=3"),
        ("javascript:open(1)", None),
        ("mailto:a@example.cn", None),
        ("#", None),
        ("http://[bad", None),
        ("ftp://example.cn/a", None),
    ],
)
def test_addresses(href: str, url: str | None) -> None:
    assert absolute(href, BASE) == url


def test_without_a_base_addresses_stay_as_written() -> None:
    assert absolute("./a.html", "") == "./a.html"
