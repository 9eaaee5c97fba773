"""Through the real crawl: columns counted by the year are read whole and back to its first day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.office import open_office
from app.scores import score_unit
from domain.scores import ClauseScore
from tests.app.deployment import deploy
from tests.cli.office import TITLES, Cli
from tests.site import Page, Site

DAYS = (
    ("2027-01-06", "2027-01-05", "2027-01-04", "2027-01-03"),
    ("2026-11-02", "2026-06-01", "2026-03-01", "2025-12-30"),
    ("2025-10-01", "2025-09-01", "2025-08-01", "2025-07-01"),
)
KIND = 'id: czj-jd, name: 政策解读, kind: 政策解读, url: "{}"'


def page(days: tuple[str, ...], following: str = "") -> Page:
    rows = "".join(
        f'<li><a href="/jd/{day}.html">一图读懂{title}</a><span>{day[:10]}</span></li>'
        for day, title in zip(days, TITLES, strict=True)
    )
    pager = f'<div class="page"><a href="{following}">下一页</a></div>' if following else ""
    head = "<html><head><title>政策解读</title></head>"
    return Page(body=f"{head}<body><ul class='list'>{rows}</ul>{pager}</body></html>")


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def crawled(site: Site, folder: Path, *nights: str) -> ClauseScore:
    deploy(folder, [KIND.format(site.url("/jd/"))]).archive.close()
    cli = Cli(folder)
    for night in nights:
        assert cli("crawl", "--as-of", night).code == 0
    office = open_office(folder)
    sheet = score_unit(office, "czj", date(2027, 1, 31), 2026)
    office.archive.close()
    return next(one for one in sheet.clauses if one.clause_id == "A1-15")


def test_an_item_on_the_second_page_is_found(site: Site, tmp_path: Path) -> None:
    site.pages["/jd/"] = page(DAYS[0], "/jd/index_1.html")
    site.pages["/jd/index_1.html"] = page(DAYS[1], "/jd/index_2.html")
    site.pages["/jd/index_2.html"] = page(DAYS[2])
    found = crawled(site, tmp_path / "office", "2027-01-10T02:00")
    assert (found.state.value, found.proposed) == ("judged", 0)


def test_a_year_without_items_is_proposed_where_the_list_was_read_back(site: Site, tmp_path: Path) -> None:
    site.pages["/jd/"] = page(DAYS[0], "/jd/index_1.html")
    site.pages["/jd/index_1.html"] = page(DAYS[2])
    found = crawled(site, tmp_path / "office", "2027-01-10T02:00", "2027-01-11T02:00")
    assert (found.state.value, found.proposed) == ("proposed", 3)


def test_a_list_that_cannot_be_followed_back_accuses_nobody(site: Site, tmp_path: Path) -> None:
    site.pages["/jd/"] = page(DAYS[0])
    found = crawled(site, tmp_path / "office", "2027-01-10T02:00", "2027-01-11T02:00")
    assert (found.state.value, found.proposed) == ("pending", 0)
    assert "不能断定没有发布" in found.why


def test_a_year_may_take_more_pages_than_half_a_one(site: Site, tmp_path: Path) -> None:
    """Sixteen pages lead back to the only item of the year."""
    site.pages["/jd/"] = page(DAYS[0], "/jd/1.html")
    for number in range(1, 15):
        day = f"2027-01-{16 - number:02}"
        site.pages[f"/jd/{number}.html"] = page(
            tuple(f"{day}?{number}{n}" for n in range(4)), f"/jd/{number + 1}.html"
        )
    site.pages["/jd/15.html"] = page(DAYS[1], "/jd/16.html")
    site.pages["/jd/16.html"] = page(DAYS[2])
    found = crawled(site, tmp_path / "office", "2027-01-20T02:00")
    assert (found.state.value, found.proposed) == ("judged", 0)
