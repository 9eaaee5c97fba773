"""Explanations of lists: told by the code that decides, and of use for writing an override."""

from datetime import date
from pathlib import Path

import pytest

from crawler.extract.list_explained import ListExplanation, explain_list
from crawler.extract.list_page import read_list
from crawler.extract.list_reading import Look
from domain.clock import local_day
from domain.overrides import ListOverride
from domain.readings import ListReading
from tests.crawler.extract.test_list_fixtures import CASES, SEEN_AT, read

TODAY = local_day(SEEN_AT)


def explained(name: str) -> tuple[ListReading, ListExplanation]:
    [folder] = [case for case in CASES if case.name == name]
    _, expected = read(folder)
    [page] = folder.glob("page.*")
    return explain_list(page.read_bytes(), Look(expected["base_url"], TODAY, expected["status"]))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_an_explanation_goes_with_the_reading_it_explains(folder: Path) -> None:
    reading, _ = read(folder)
    again, told = explained(folder.name)
    assert again == reading
    assert told.decision
    winners = [one for one in told.candidates if one.role == "winner"]
    assert len(winners) <= 1
    if winners:
        assert told.candidates[0] is winners[0]
        assert winners[0].rows == len(reading.rows)
        assert told.doubt is None
    assert all(one.place and one.titles and one.reasons for one in told.candidates)


def test_the_winners_selector_reads_the_same_rows_when_registered() -> None:
    """Where it selects as many elements as there are rows; that is so for nearly all lists."""
    alike = winners = 0
    for folder in CASES:
        reading, told = explained(folder.name)
        winner = next((one for one in told.candidates if one.role == "winner"), None)
        winners += winner is not None
        if winner is None or winner.selects != winner.rows:
            continue
        _, expected = read(folder)
        body = next(folder.glob("page.*")).read_bytes()
        override = ListOverride(rows=winner.rows_selector, reason="试读")
        by_selector = read_list(body, expected["base_url"], seen_at=SEEN_AT, override=override)
        assert by_selector.next_url == reading.next_url, folder.name
        assert (by_selector.state, by_selector.rows) == (reading.state, reading.rows), folder.name
        alike += 1
    assert alike * 10 >= winners * 8


def rows_of(name: str, href: str) -> str:
    return "".join(f"<li><a href='{href}{n}.html'>{name}{n}</a>2026-11-0{n}</li>" for n in (1, 2, 3, 4))


def test_the_reasons_against_a_list_are_named() -> None:
    assert explained("two_equal_lists")[1].doubt == "channel"
    assert explained("article_page")[1].doubt == "unsure"
    page = f"<html><head><title>404 页面不存在</title></head><ul>{rows_of('工作动态', 'a')}</ul></html>"
    _, told = explain_list(page.encode(), Look("", TODAY, 200))
    assert (told.doubt, told.candidates[0].role) == ("denied", "heaviest")
    assert "404" in told.decision


def test_a_rival_is_told_from_the_others() -> None:
    heavy, light = rows_of("工作动态一二三四", "a"), rows_of("工作动态", "b")
    page = f"<div class=l><ul>{heavy}</ul></div><p>旁边</p><ol>{light}</ol>"
    _, told = explain_list(page.encode(), Look("", TODAY, 200))
    assert told.doubt == "rival"
    assert [(one.place, one.role) for one in told.candidates] == [("ul", "heaviest"), ("ol", "rival")]
    assert "%" in told.candidates[1].why


def test_it_tells_how_missing_years_were_settled() -> None:
    assert explained("mmdd_meta")[1].years == (
        "1 行没有写年份，取自网页的生成时间",
        "5 行没有写年份，取自前后各行的年份",
    )
    assert explained("year_groups")[1].years == ("9 行没有写年份，取自列表上方的年份标题",)
    assert "不算日期" in explained("mmdd_unknown")[1].years[0]


def test_it_tells_form_of_dates_charset_and_pager() -> None:
    _, told = explained("title_attr_date")
    assert (told.date_forms[0].form, told.date_forms[0].rows) == ("在标签属性里", 7)
    assert explained("gbk_declared_gb2312")[1].charset == "gb18030"
    assert "没有声明" in explained("gb18030_undeclared")[1].charset_why
    _, told = explained("pager_next_link")
    assert told.next_url
    assert any("下一页" in one for one in told.pagers)


def test_an_override_is_explained_beside_the_answer_without_it() -> None:
    [folder] = [case for case in CASES if case.name == "three_rows_long_sidebar"]
    body = next(folder.glob("page.*")).read_bytes()
    override = ListOverride(rows="div.right_box li", reason="试读")
    reading, told = explain_list(body, Look("", TODAY, 200, override))
    assert (len(reading.rows), told.by_override, told.automatic_state) == (10, True, "ok")
    assert told.candidates[0].rows == 3
    assert max(row.published_on or date.min for row in reading.rows) > date(2026, 1, 1)


@pytest.mark.parametrize("body", [b"", b"\x00\xff", b"<", b"[]", b"{}", b"<html></html>", b"<div>" * 3000])
def test_whatever_the_bytes_there_is_an_explanation(body: bytes) -> None:
    _, told = explain_list(body, Look("", TODAY, 200, ListOverride(rows="li")))
    assert told.decision
