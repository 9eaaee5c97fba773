"""Columns that the registry tells how to read: on the first page, on the pages back, behind a stub."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.work import Work
from domain.looks import Observation, PlannedLook
from domain.overrides import ListOverride
from domain.readings import ListReading, PageState
from domain.units import Column, ColumnKind, Registry, SubjectKind
from tests.crawler.crawling import Job, crawl, settings
from tests.crawler.pages import days_back, listing
from tests.site import Page, Site

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
TOLD = ListOverride(rows="#own > li", date="em", reason="张三核对")


def two_lists(own: list[date], following: str = "") -> Page:
    """A long list of others' news, and the column's own short one."""
    page = listing(days_back(date(2026, 11, 19), 12), following=following, etag=True)
    rows = "".join(f"<li><a href='/own/{day}.html'>动态{day:%m%d}</a><em>{day}</em></li>" for day in own)
    return replace(page, body=page.body.replace("<ul", f"<ul id='own'>{rows}</ul><p>转发</p><ul", 1))


@pytest.fixture(scope="module")
def seen() -> dict[str, Observation]:
    site = Site()
    site.pages |= {
        "/told/": two_lists(days_back(date(2026, 11, 2), 4), "/told/2.html"),
        "/told/2.html": two_lists(days_back(date(2026, 10, 1), 4)),
        "/stub/": Page(body='<html><head><meta http-equiv="refresh" content="0;url=/told/"></head></html>'),
        "/changed/": listing(days_back(date(2026, 11, 19), 8), etag=True),
        "/plain/": listing(days_back(date(2026, 11, 19), 8), etag=True),
    }
    with site:
        columns = tuple(
            Column(
                id=name, name="通知公告", kind=ColumnKind.NEWS, url=site.url(f"/{name}/"), unit_id="u",
                reading=None if name == "plain" else TOLD,
            )
            for name in ("told", "stub", "changed", "plain")
        )  # fmt: skip
        plan = tuple(
            PlannedLook(
                subject_id=one.subject_id, kind=SubjectKind.COLUMN, url=one.url, unit_id="u",
                window_days=30 if one.id == "told" else 0,
            )
            for one in columns
        )  # fmt: skip
        work = Work(
            plan=plan, seen=frozenset(), registry=Registry(columns=columns),
            hosts=frozenset({"127.0.0.1"}), as_of=NOW,
        )  # fmt: skip
        items = crawl(Job(work, settings()))
    return {item.subject_id: item for item in items if isinstance(item, Observation)}


def days(look: Observation) -> list[date | None]:
    assert isinstance(look.reading, ListReading)
    return [row.published_on for row in look.reading.rows]


def test_pages_back_are_read_by_the_same_selectors(seen: dict[str, Observation]) -> None:
    look = seen["column:told"]
    assert days(look) == [*days_back(date(2026, 11, 2), 4), *days_back(date(2026, 10, 1), 4)]
    assert look.window_covered
    assert "单位表的 reading" in look.why


def test_the_page_behind_a_stub_is_read_by_them(seen: dict[str, Observation]) -> None:
    assert days(seen["column:stub"]) == days_back(date(2026, 11, 2), 4)


def test_a_page_they_no_longer_fit_is_unknown(seen: dict[str, Observation]) -> None:
    look = seen["column:changed"]
    assert look.state is PageState.FAILED
    assert "#own > li" in look.why
    assert days(look) == []


def test_no_later_look_may_be_answered_unmodified(seen: dict[str, Observation]) -> None:
    assert "ETag" not in seen["column:told"].headers
    assert "ETag" in seen["column:plain"].headers
