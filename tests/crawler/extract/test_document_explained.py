"""Explanations of documents: what was considered, what was chosen, and why the rest was not."""

from pathlib import Path

import pytest

from crawler.extract.document import read_document
from crawler.extract.document_explained import DocumentExplanation, explain_document
from domain.readings import DateSource, DocumentReading, LabelState, PageState

CASES = sorted((Path(__file__).parents[2] / "fixtures" / "documents").iterdir())
URL = "http://www.example.com/art/2019/3/7/art_1.html"


def explained(name: str, url: str = "") -> tuple[DocumentReading, DocumentExplanation]:
    [folder] = [case for case in CASES if case.name == name]
    return explain_document(next(folder.glob("page.*")).read_bytes(), url)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_what_is_marked_as_chosen_is_what_was_read(folder: Path) -> None:
    body = next(folder.glob("page.*")).read_bytes()
    for url in ("", URL):
        reading, told = explain_document(body, url)
        assert reading == read_document(body, url)
        if reading.state is not PageState.OK:
            assert not told.titles
            continue
        chosen = [day for day in told.dates if day.chosen]
        assert [(day.on, day.source) for day in chosen] == (
            [(reading.published_on, reading.date_source)] if reading.published_on else []
        )
        assert all(day.why for day in told.dates)
        assert sum(title.chosen for title in told.titles) <= 1


def test_dates_stand_in_the_order_of_trust_with_their_places() -> None:
    _, told = explained("page_beats_meta_beats_url", URL)
    assert [day.source for day in told.dates][:3] == [DateSource.PAGE, DateSource.META, DateSource.URL]
    assert [day.chosen for day in told.dates][:3] == [True, False, False]
    assert "以页面为准" in told.dates[1].why
    assert told.dates[0].text


def test_a_copied_meta_date_and_an_issuing_date_say_why_they_do_not_count() -> None:
    _, told = explained("copied_tags_date_another_document")
    assert any("不是本页标题" in day.why for day in told.dates if day.source is DateSource.META)
    _, told = explained("issued_is_not_published")
    assert any("不" in day.why for day in told.dates if day.source is None)


def test_labels_have_their_state_and_raw_text() -> None:
    _, told = explained("declared_none_and_empty")
    states = {one.state for one in told.labels if one.used}
    assert {LabelState.DECLARED_NONE, LabelState.EMPTY, LabelState.VALUE} <= states
    assert all(":" not in one.spelling and "：" not in one.spelling for one in told.labels)


def test_titles_and_text_have_their_places() -> None:
    _, told = explained("clock_with_source_in_line")
    assert [(one.place, one.chosen) for one in told.titles][:1] == [("heading", True)]
    assert told.titles[0].score is not None
    assert told.body is not None
    assert told.body.place == "div#zoom"
    assert told.body.chars > 100


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<", b"<html></html>", b"<div>" * 3000])
def test_whatever_the_bytes_there_is_an_explanation(body: bytes) -> None:
    _, told = explain_document(body, "")
    assert told.charset_why
