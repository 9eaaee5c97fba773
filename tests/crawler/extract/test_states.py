"""States of pages without a list; the saved pages of tests/fixtures/lists hold one of each."""

from datetime import UTC, datetime

import pytest

from crawler.extract import states
from crawler.extract.list_page import read_list
from crawler.extract.page_tree import parse
from crawler.extract.wall_signatures import SIGNATURES, Signature
from domain.readings import ListReading, PageState

SEEN_AT = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = "".join(
    f'<li><a href="/c/{n}.html">关于做好第{n}项工作的通知</a><span>2026-10-{n:02}</span></li>'
    for n in range(1, 9)
)


def read(text: str, status: int = 200) -> ListReading:
    return read_list(text.encode(), "http://www.example.gov.cn/a/", seen_at=SEEN_AT, status=status)


def answer(text: str, status: int = 200) -> states.Answer:
    return states.Answer(text, parse(text), status)


@pytest.mark.parametrize("one", SIGNATURES, ids=lambda one: f"{one.name} {one.marks[0]}")
def test_every_signature_names_its_wall_on_an_empty_page(one: Signature) -> None:
    page = f"<html><head><script>{' '.join(one.marks)}</script></head><body></body></html>"
    assert states.blocked(answer(page))
    assert read(page).state is PageState.BLOCKED


@pytest.mark.parametrize("one", SIGNATURES, ids=lambda one: f"{one.name} {one.marks[0]}")
def test_no_signature_blocks_a_page_with_content(one: Signature) -> None:
    page = f"<html><body><script>{' '.join(one.marks)}</script><ul>{ROWS}</ul></body></html>"
    assert read(page).state is PageState.OK


@pytest.mark.parametrize("status", [412, 418, 429, 521])
def test_a_status_that_is_a_challenge_blocks_an_empty_page(status: int) -> None:
    assert read("<html></html>", status).state is PageState.BLOCKED


@pytest.mark.parametrize("status", [400, 403, 404, 410, 500, 503])
def test_other_errors_are_failures_whatever_they_show(status: int) -> None:
    reading = read(f"<ul>{ROWS}</ul>", status)
    assert (reading.state, reading.rows) == (PageState.FAILED, ())
    assert str(status) in reading.why


def test_not_found_in_a_row_title_is_no_soft_404() -> None:
    titles = ROWS.replace("第3项工作", "页面不存在问题整改")
    assert read(f"<ul>{titles}</ul>").state is PageState.OK


def test_a_hidden_not_found_box_is_no_soft_404() -> None:
    assert read(f'<ul>{ROWS}</ul><p style="display:none">页面不存在</p>').state is PageState.OK


def test_a_login_box_beside_a_list_is_no_login_page() -> None:
    assert read(f'<form><input type="password">登录</form><ul>{ROWS}</ul>').state is PageState.OK


def test_nothing_at_all_failed() -> None:
    assert read("").state is PageState.FAILED
    assert read("  \n ").state is PageState.FAILED
