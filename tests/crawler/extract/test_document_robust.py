"""Hostile and broken pages: no exception, no quadratic reading (it runs into the tests' time limit); and that
layout noise does not change a reading."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.document import read_document
from domain.readings import LABELS, DateSource, DocumentReading, LabelState, PageState

TAGS = "<div> </div> <p> <td> </tr> <table> <h1> </h1> <a> <br> <script> <title> <select> <!-- --> <li> <b>"
FACTS = "发布日期： 来源： 索引号 文号：无 2024-01-05 【 】 ， 。 ：：： &nbsp; &#0; 关于开展检查的通知"
META = "<meta name=PubDate content='2024-01-05'>"
WORDS = st.sampled_from([*TAGS.split(), *FACTS.split(), META, "\x00", "\ud800"])


@given(st.binary(max_size=600), st.text(max_size=60))
def test_arbitrary_bytes_never_raise(body: bytes, url: str) -> None:
    assert isinstance(read_document(body, url), DocumentReading)


@settings(max_examples=150)
@given(st.lists(WORDS, max_size=60), st.sampled_from([200, 403, 404, 503]))
def test_arbitrary_markup_never_raises(words: list[str], status: int) -> None:
    reading = read_document("".join(words).encode("utf-8", "surrogatepass"), "", status=status)
    assert reading.why
    assert (reading.state is PageState.OK) == bool(reading.labels)


MILLION = 1_000_000
HOSTILE = {
    "deep": "<div>" * 100_000 + "文",
    "deep_inline": "<b>" * 100_000 + "2024-01-05" + "</b>" * 100_000,
    "deep_tables": "<table><tr><td>" * 50_000 + "索引号",
    "ten_megabytes": "<p>关于开展检查的通知2024-01-05</p>" * 220_000,
    "many_cells": "<table>" + "<tr><td>索引号</td><td></td></tr>" * 100_000,
    "one_row": "<table><tr>" + "<td>文号</td>" * 100_000,
    "one_line": "来源：" * MILLION,
    "colons": "<h1>通知</h1><div>" + ":" * MILLION,
    "digits": "<h1>通知</h1><div>" + "2024-1" * MILLION,
    "blanks": "<h1>通知</h1><div>发" + " " * MILLION + "布",
    "brackets": "<h1>通知</h1><div>" + "[【" * MILLION,
    "metas": "<meta name=keywords content='"
    + "甲," * 20_000
    + "'>"
    + "<meta name=pubdate content=x>" * 50_000,
    "tags": "<title>" + "<" * MILLION,
    "meta_soup": "<h1>通知</h1><meta name=ArticleTitle content='" + "&lt;" * MILLION + "'>",
    "spans": "<h1>" + "<span>发</span>" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_bounded(name: str) -> None:
    reading = read_document(HOSTILE[name].encode(), "http://127.0.0.1/" + "2024/" * 1000)
    assert isinstance(reading, DocumentReading)


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x00", b"<!-- -->", b"<html></html>"])
def test_nothing_is_failed(body: bytes) -> None:
    reading = read_document(body, "")
    assert reading.state is not PageState.OK
    assert reading.published_on is None


ARTICLE = (
    "<html><head><title>关于开展检查的通知</title></head><body><h1>关于开展检查的通知</h1>"
    "<div>发布日期：{}　来源：财政局</div>"
    "<p>各有关单位要认真组织，按时完成任务，并将结果报送办公室。</p></body></html>"
)
DAYS = st.dates(date(1995, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(["{}-{}-{}", "{}年{}月{}日", "{}/{:02}/{:02}"]))
def test_the_labelled_date_is_read_in_every_form(day: date, form: str) -> None:
    reading = read_document(ARTICLE.format(form.format(day.year, day.month, day.day)).encode(), "")
    assert (reading.published_on, reading.date_source, reading.source) == (day, DateSource.PAGE, "财政局")


def test_an_error_status_is_never_a_document() -> None:
    body = ARTICLE.format("2024-01-05").encode()
    assert read_document(body, "", status=200).state is PageState.OK
    reading = read_document(body, "", status=404)
    assert reading.state is PageState.FAILED
    assert "404" in reading.why
    assert reading.published_on is None


def test_the_six_labels_are_always_answered() -> None:
    reading = read_document(ARTICLE.format("2024-01-05").encode(), "")
    assert set(LABELS) <= set(reading.labels)
    assert reading.labels["doc_number"] is LabelState.ABSENT
