"""Lists read by registered selectors: what they select is read, what they miss is unknown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.list_page import read_list
from crawler.extract.override import MAX_ELEMENTS
from domain.overrides import ListOverride
from domain.readings import ListReading, PageState

BASE = "http://www.example.com/dt/"
SEEN_AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
WANTED = "".join(
    f"<li><b>动态</b><a href='{n}.html'>本单位工作动态第{n}条</a><em>点击{n}</em><span>{day}</span></li>"
    for n, day in enumerate(("2026-11-02", "2026-10-21", "2026-10-09"), start=1)
)
TEMPTING = "".join(
    f"<li><a href='/zt/{n}.html'>市里转发的长长的专题新闻标题第{n}条</a><span>2026-11-2{n}</span></li>"
    for n in range(1, 9)
)
PAGE = f"<html><body><ul class='zt'>{TEMPTING}</ul><div id='own'><ul>{WANTED}</ul></div></body></html>"


def read(page: str, rows: str, status: int = 200, **told: str) -> ListReading:
    override = ListOverride(rows=rows, reason="张三核对", **told)
    return read_list(page.encode(), BASE, seen_at=SEEN_AT, status=status, override=override)


def days(reading: ListReading) -> list[date | None]:
    return [row.published_on for row in reading.rows]


def test_the_rows_selected_are_read_and_not_the_heaviest_list() -> None:
    without = read_list(PAGE.encode(), BASE, seen_at=SEEN_AT)
    assert len(without.rows) == 8
    reading = read(PAGE, "#own li")
    assert reading.state is PageState.OK
    assert [row.title for row in reading.rows] == [f"本单位工作动态第{n}条" for n in (1, 2, 3)]
    assert [row.url for row in reading.rows] == [f"{BASE}{n}.html" for n in (1, 2, 3)]
    assert days(reading) == [date(2026, 11, 2), date(2026, 10, 21), date(2026, 10, 9)]
    assert "#own li" in reading.why
    assert "单位表的 reading" in reading.why


@pytest.mark.parametrize("rows", ["div.list > ul > li", "#own li li", "a:hover", "table tr"])
def test_selectors_that_find_nothing_are_unknown_never_empty(rows: str) -> None:
    reading = read(PAGE, rows)
    assert (reading.state, reading.rows) == (PageState.FAILED, ())
    assert rows in reading.why


def test_an_empty_column_is_not_taken_for_empty_when_the_selector_finds_nothing() -> None:
    page = "<html><body><div class='list'>暂无信息</div></body></html>"
    assert read_list(page.encode(), BASE, seen_at=SEEN_AT).state is PageState.EMPTY
    assert read(page, "div.list li").state is PageState.FAILED


@pytest.mark.parametrize(
    ("page", "state"),
    [
        ("<html><head><meta http-equiv='refresh' content='0;url=/new/'></head></html>", PageState.SHELL),
        ("<html><body><iframe src='/list.html'></iframe></body></html>", PageState.SHELL),
        ("<html><head><title>404 页面不存在</title></head><body>x</body></html>", PageState.SOFT_404),
        ("<html><body><form>用户名<input><input type=password></form></body></html>", PageState.LOGIN),
    ],
)
def test_a_page_that_says_what_it_is_keeps_its_state(page: str, state: PageState) -> None:
    assert read(page, "ul > li").state is state


def test_rows_on_a_page_that_is_not_found_do_not_count() -> None:
    page = PAGE.replace("<html>", "<html><head><title>404 页面不存在</title></head>")
    assert read(page, "#own li").state is PageState.SOFT_404


def test_an_error_of_the_server_is_no_list() -> None:
    assert read(PAGE, "#own li", status=503).state is PageState.FAILED


def test_title_and_date_are_read_where_they_are_told_to_stand() -> None:
    rows = "".join(
        f"<li><a href='{n}.html'><h4>标题{n}</h4><p>摘要摘要摘要摘要摘要摘要摘要摘要</p></a>"
        f"<i>办理时限 2026-12-0{n}</i><u>2026-11-0{n}</u></li>"
        for n in (1, 2, 3)
    )
    reading = read(f"<ul class=x>{rows}</ul>", "ul.x > li", title="h4", date="u")
    assert [row.title for row in reading.rows] == ["标题1", "标题2", "标题3"]
    assert days(reading) == [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)]
    assert reading.rows[0].url == f"{BASE}1.html"


def test_a_date_pattern_reads_forms_no_reader_knows() -> None:
    rows = "".join(f"<li><a href='{n}.html'>工作动态{n}</a> <i>26年11月{n}号刊</i></li>" for n in (1, 2, 3))
    pattern = r"(?P<year>\d\d)年(?P<month>\d+)月(?P<day>\d+)号"
    reading = read(f"<ul>{rows}</ul>", "ul > li", date="i", date_pattern=pattern)
    assert days(reading) == [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3)]
    assert days(read(f"<ul>{rows}</ul>", "ul > li", date_pattern=pattern)) == days(reading)


def test_a_pattern_without_a_year_takes_it_from_address_or_neighbours() -> None:
    rows = "".join(
        f"<li><a href='/2025/t2025120{n}_1.html'>工作动态{n}</a><i>12月0{n}</i></li>" for n in (3, 2, 1)
    )
    pattern = r"(?P<month>\d+)月(?P<day>\d+)"
    reading = read(f"<ul>{rows}</ul>", "ul > li", date="i", date_pattern=pattern)
    assert days(reading) == [date(2025, 12, 3), date(2025, 12, 2), date(2025, 12, 1)]


@pytest.mark.parametrize("written", ["13月40日", "〇月〇日", "", "月日"])
def test_what_is_no_day_gives_no_date_and_a_list_whose_dates_are_missed_is_unknown(written: str) -> None:
    rows = "".join(f"<li><a href='{n}.html'>工作动态{n}</a><i>{written}</i></li>" for n in (1, 2, 3))
    pattern = r"(?P<month>\d+)月(?P<day>\d+)日"
    reading = read(f"<ul>{rows}</ul>", "ul > li", date="i", date_pattern=pattern)
    assert reading.state is PageState.FAILED
    assert "0 行" in reading.why


def test_a_date_selector_that_misses_most_rows_does_not_accuse() -> None:
    rows = WANTED.replace("<span>2026-11-02</span>", "<div>2026-11-02</div>")
    rows = rows.replace("<span>2026-10-21</span>", "<div>2026-10-21</div>")
    reading = read(f"<ul>{rows}</ul>", "ul > li", date="span")
    assert reading.state is PageState.FAILED
    assert "3 行中只有 1 行" in reading.why


def test_rows_without_any_date_are_undated_so_that_their_documents_are_looked_at() -> None:
    rows = "".join(f"<li><a href='{n}.html'>工作动态{n}</a></li>" for n in (1, 2, 3))
    reading = read(f"<ul>{rows}</ul>", "ul > li")
    assert (reading.state, len(reading.rows)) == (PageState.UNDATED, 3)


def test_a_template_for_a_script_is_no_row() -> None:
    page = "<html><body><ul><li v-for='x in xs'><a>{{x.title}}</a></li></ul></body></html>"
    assert read(page, "ul > li").state is PageState.SHELL


@pytest.mark.parametrize("rows", ["#own ul", "body", "ul.zt", "html"])
def test_a_selector_that_stops_at_the_list_is_told_to_go_on_to_the_rows(rows: str) -> None:
    reading = read(PAGE, rows)
    assert reading.state is PageState.FAILED
    assert "整个列表" in reading.why


def test_words_before_the_list_do_not_label_a_date_found_by_pattern() -> None:
    rows = "".join(f"<p><a href='{n}.html'>动态第{n}条</a>11月0{n}日</p>" for n in (3, 2, 1))
    page = f"<title>2026</title><div>会议活动{rows}</div><div>2026年</div>"
    reading = read(page, "div > p", date_pattern=r"(?P<month>\d+)月(?P<day>\d+)日")
    assert "3 行有日期" in reading.why


def test_elements_that_are_no_rows_are_left_out_and_told() -> None:
    block = "<li>" + "".join(f"<a href='/nav/{n}.html'>分类导航第{n}项</a>" for n in range(20)) + "</li>"
    reading = read(f"<ul>{WANTED}<li class=line></li>{block}</ul>", "ul > li")
    assert len(reading.rows) == 3
    assert "另有 2 个元素不是条目" in reading.why


def test_rows_without_elements_of_their_own_for_titles_may_be_links() -> None:
    rows = "".join(f"<a href='{n}.html'>工作动态第{n}条 <span>2026-11-0{n}</span></a>" for n in (1, 2))
    reading = read(f"<div class=x>{rows}</div>", "div.x > a")
    assert [(row.title, row.published_on) for row in reading.rows] == [
        ("工作动态第1条", date(2026, 11, 1)),
        ("工作动态第2条", date(2026, 11, 2)),
    ]


def test_dates_in_attributes_are_read_where_none_is_shown() -> None:
    rows = "".join(f"<li data-time='2026-11-0{n}'><a href='{n}.html'>工作动态{n}</a></li>" for n in (1, 2))
    assert days(read(f"<ul>{rows}</ul>", "ul > li")) == [date(2026, 11, 1), date(2026, 11, 2)]


def test_rows_inside_data_islands_and_the_page_behind_are_found() -> None:
    records = "".join(f"<record><![CDATA[{row}</li>]]></record>" for row in WANTED.split("</li>")[:3])
    page = f"<html><body><div id=x><script type='text/xml'><datastore>{records}</datastore></script></div>"
    pager = "<a href='index_2.html'>下一页</a></body></html>"
    reading = read(page + pager, "div.record > li")
    assert len(reading.rows) == 3
    assert reading.next_url == f"{BASE}index_2.html"


def test_markup_inside_an_interface_answer_is_read_and_plain_json_is_refused() -> None:
    answer = '{"html": "<ul>' + WANTED.replace('"', "'") + '</ul>"}'
    assert len(read(answer, "ul > li").rows) == 3
    refused = read('{"list": [{"title": "工作动态", "date": "2026-11-02"}]}', "ul > li")
    assert refused.state is PageState.FAILED
    assert "JSON" in refused.why


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"rows": "div >"}, "div >"),
        ({"rows": "ul > li", "title": "x|a"}, "x|a"),
        ({"rows": "ul > li", "date": "::text"}, "::text"),
        ({"rows": "ul > li", "date_pattern": "(?P<month>"}, "date_pattern"),
        ({"rows": "ul > li", "date_pattern": r"\d+"}, "0 行"),
    ],
)
def test_what_cannot_be_used_is_unknown_and_named(told: dict[str, str], said: str) -> None:
    reading = read(PAGE, **told)
    assert reading.state is PageState.FAILED
    assert said in reading.why


def test_huge_and_deep_pages_are_not_searched() -> None:
    for page in ("<p>x</p>" * (MAX_ELEMENTS + 1), "<div>" * 1500 + PAGE):
        reading = read(page, "#own li")
        assert reading.state is PageState.FAILED
        assert "网页过大" in reading.why


@given(st.text(max_size=200), st.sampled_from(["li", "*", "a, b", "ul > li:nth-child(2n)", "[title]"]))
def test_any_markup_gives_a_reading(text: str, rows: str) -> None:
    pattern = r"(?P<month>\d+).(?P<day>\d+)"
    for page in (text, f"<ul><li>{text}</li></ul>{PAGE}"):
        assert read(page, rows, title="a, b", date="span, *", date_pattern=pattern).why
        assert read(page, rows).state is not PageState.EMPTY
