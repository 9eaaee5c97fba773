"""Lists: conditional looks, paging back, dates from documents, frames; one crawl, judged by observation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.work import Work
from domain.looks import Observation, PlannedLook, Validators
from domain.readings import DateSource, ListReading, PageState
from domain.units import Column, ColumnKind, Registry, SubjectKind
from tests.crawler.crawling import Job, crawl, settings
from tests.crawler.pages import days_back, document, listing
from tests.site import Page, Site, redirect

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)
TODAY = date(2026, 11, 20)
SHELL = Page(body='<html><head><meta http-equiv="refresh" content="0;url=/fresh/"></head></html>')


def column(site: Site, name: str) -> Column:
    return Column(
        id=name, name="通知公告", kind=ColumnKind.NEWS, url=site.url(f"/{name}/"), unit_id="u", clock="14d"
    )  # fmt: skip


def titled(page: Page, name: str) -> Page:
    """The list as another column's."""
    return Page(body=page.data.decode().replace("通知公告", name))


def rising(folder: str, first: int, pages: int) -> dict[str, Page]:
    """A list from old to new over several pages; the last row of the last page is of yesterday."""
    days = list(reversed(days_back(TODAY - timedelta(days=1), pages * 5, step=9)))
    return {
        f"/{folder}/{f'{number + first}.html' if number else ''}": listing(
            days[number * 5 : number * 5 + 5], folder=f"/{folder}-{number}",
            following=f"/{folder}/{number + first + 1}.html" if number < pages - 1 else "",
        )
        for number in range(pages)
    }  # fmt: skip


def mixed(page: Page, abroad: str) -> Page:
    """The list with its first and third row leading to another host."""
    body = page.data.decode()
    for number in (1, 3):
        body = body.replace(f"/in/{number}.html", f"{abroad}/{number}.html")
    return Page(body=body)


@pytest.fixture(scope="module")
def site() -> Site:
    site = Site()
    recent, old = days_back(TODAY, 10), days_back(date(2026, 10, 1), 10)
    site.pages |= {
        "/fresh/": listing(recent, etag=True),
        "/late/": listing(old, folder="/late"),
        "/late/1.html": document(date(2026, 11, 19)),
        "/undated/": listing([None] * 8, folder="/undated", following="/undated/p2.html"),
        **{f"/undated/{n}.html": document(date(2026, 11, n)) for n in range(1, 9)},
        "/dateless/": listing([None] * 4, folder="/dateless", following="/dateless/p2.html"),
        **{f"/dateless/{n}.html": document(None) for n in range(1, 5)},
        "/issued/": listing([None] * 4, folder="/issued", following="/issued/p2.html"),
        **{f"/issued/{n}.html": document(None, issued=date(2026, 11, n)) for n in range(1, 5)},
        "/abroad/": listing(
            [None] * 4, folder=f"http://localhost:{site.port}/out", following="/abroad/p2.html"
        ),
        "/mixed/": mixed(
            listing([None] * 10, folder="/in", following="/mixed/p2.html"),
            f"http://localhost:{site.port}/out",
        ),
        **{f"/in/{n}.html": document(date(2026, 11, n)) for n in range(1, 7)},
        **{f"/out/{n}.html": document(date(2026, 11, 19)) for n in range(1, 7)},
        "/framed/": Page(body="<html><body><iframe src='/inside/' height='900'></iframe></body></html>"),
        "/inside/": listing(recent, etag=True),
        "/framed-abroad/": Page(
            body=f"<html><body><iframe src='http://localhost:{site.port}/fresh/'></iframe></body></html>"
        ),
        "/long/": listing(recent, folder="/a", following="/long/2.html"),
        "/long/2.html": listing(days_back(date(2026, 10, 25), 10), folder="/b", following="/long/3.html"),
        "/long/3.html": listing(days_back(date(2026, 10, 1), 10), folder="/c", following="/long/4.html"),
        "/deep/": listing(recent, folder="/d0", following="/deep/2.html"),
        **{
            f"/deep/{n}.html": listing(recent, folder=f"/d{n}", following=f"/deep/{n + 1}.html")
            for n in range(2, 9)
        },
        "/short/": listing(recent),
        "/shell/": SHELL,
        "/partly/": listing([None, None, *old], folder="/partly"),
        **{f"/partly/{n}.html": document(date(2026, 11, 15 + n)) for n in (1, 2)},
        "/fresh-partly/": listing([None, *recent], folder="/fresh-partly"),
        **rising("rising", 1, 3),
        **rising("rising-deep", 1, 6),
        "/pinned/": listing(
            [date(2020, 1, 1), date(2021, 1, 1), *old], folder="/p", following="/pinned/2.html"
        ),
        "/pinned/2.html": listing(old, folder="/q"),
        "/renamed/": redirect("/new/address.html"),
        "/new/address.html": listing(recent, folder="/new"),
        "/elsewhere/": redirect("/zwgk/"),
        "/stub-elsewhere/": Page(body=SHELL.data.decode().replace("/fresh/", "/zwgk/")),
        "/zwgk/": titled(listing(old, folder="/zwgk"), "政务公开"),
    }
    return site


@pytest.fixture(scope="module")
def seen(site: Site) -> dict[str, Observation]:
    windows = {"long": 30, "deep": 30, "short": 30}
    with site:
        names = (
            "fresh", "late", "undated", "dateless", "long", "deep", "short", "shell", "issued", "abroad",
            "mixed", "framed", "framed-abroad", "partly", "fresh-partly", "rising", "rising-deep", "pinned",
            "renamed", "elsewhere", "stub-elsewhere",
        )  # fmt: skip
        registered = tuple(column(site, name) for name in names)
        plan = tuple(
            PlannedLook(
                subject_id=one.subject_id, kind=SubjectKind.COLUMN, url=one.url, unit_id="u",
                window_days=windows.get(one.id, 0),
            )
            for one in registered
        )  # fmt: skip
        work = Work(
            plan=plan, seen=frozenset(), registry=Registry(columns=registered),
            hosts=frozenset({"127.0.0.1"}), as_of=NOW,
        )  # fmt: skip
        items = crawl(Job(work, settings(undated_budget=3, page_budget=4, browser="off")))
        found = {item.subject_id: item for item in items if isinstance(item, Observation)}
        again = PlannedLook(
            subject_id="column:fresh", kind=SubjectKind.COLUMN, url=site.url("/fresh/"),
            validators=Validators(etag=found["column:fresh"].headers["ETag"]),
        )  # fmt: skip
        second = Work(plan=(again,), seen=frozenset(), registry=work.registry, hosts=work.hosts, as_of=NOW)
        [not_modified, *_] = [i for i in crawl(Job(second, settings())) if isinstance(i, Observation)]
    return found | {"304": not_modified}


def rows(look: Observation) -> ListReading:
    assert isinstance(look.reading, ListReading)
    return look.reading


def test_unmodified_page_is_an_observation_of_its_own(seen: dict[str, Observation]) -> None:
    look = seen["304"]
    assert (look.http_status, look.conditional, look.state) == (304, True, PageState.OK)
    assert look.reading is None
    assert not seen["column:fresh"].conditional


def test_judged_time_is_the_simulated_one(seen: dict[str, Observation]) -> None:
    look = seen["column:fresh"]
    assert NOW <= look.fetched_at < datetime(2026, 11, 20, 1, 2, tzinfo=UTC)
    assert look.wall_at.tzinfo is not None


def test_undated_list_is_dated_by_its_first_documents(site: Site, seen: dict[str, Observation]) -> None:
    reading = rows(seen["column:undated"])
    assert reading.state is PageState.OK
    assert reading.newest_on(NOW) == date(2026, 11, 3)
    assert {row.date_source for row in reading.rows if row.published_on} == {DateSource.PAGE}
    assert site.count("/undated/3.html") == 1
    assert site.count("/undated/4.html") == 0  # the budget


def test_list_whose_documents_show_no_date_stays_undated(seen: dict[str, Observation]) -> None:
    assert seen["column:dateless"].state is PageState.UNDATED


def test_issued_date_alone_dates_no_row(site: Site, seen: dict[str, Observation]) -> None:
    assert site.count("/issued/1.html") == 1
    assert seen["column:issued"].state is PageState.UNDATED
    assert all(row.published_on is None for row in rows(seen["column:issued"]).rows)


def test_documents_of_other_hosts_are_not_opened_to_date_a_list(
    site: Site, seen: dict[str, Observation]
) -> None:
    assert seen["column:abroad"].state is PageState.UNDATED
    mixed = seen["column:mixed"]
    assert mixed.state is PageState.OK, mixed.why
    assert rows(mixed).newest_on(NOW) == date(2026, 11, 5)  # the second, fourth and fifth are opened
    assert {asked.host for asked in site.asked} == {f"127.0.0.1:{site.port}"}
    assert not [path for path in site.paths() if path.startswith("/out/")]


@pytest.mark.parametrize(("folder", "most"), [("undated", 3), ("dateless", 3), ("issued", 3), ("in", 3)])
def test_budget_of_documents_holds(site: Site, seen: dict[str, Observation], folder: str, most: int) -> None:
    opened = [path for path in site.paths() if path.startswith(f"/{folder}/") and path[-5:] == ".html"]
    assert 0 < len(opened) <= most


def test_late_list_records_the_other_date_of_its_newest_document(seen: dict[str, Observation]) -> None:
    first = rows(seen["column:late"]).rows[0]
    assert first.published_on == date(2026, 10, 1)
    assert date(2026, 11, 19) in [other.on for other in first.others]


def test_list_in_time_opens_no_document(site: Site, seen: dict[str, Observation]) -> None:
    assert site.count("/1.html") == 0


def test_list_is_paged_back_until_the_window_is_covered(site: Site, seen: dict[str, Observation]) -> None:
    assert seen["column:long"].window_covered
    assert len(rows(seen["column:long"]).rows) == 20
    assert site.count("/long/3.html") == 0


def test_budget_of_pages_leaves_the_window_uncovered(site: Site, seen: dict[str, Observation]) -> None:
    assert not seen["column:deep"].window_covered
    assert len(rows(seen["column:deep"]).rows) == 40
    assert site.count("/deep/5.html") == 0


def test_single_page_without_pager_proves_no_window(seen: dict[str, Observation]) -> None:
    assert not seen["column:short"].window_covered


def test_list_in_a_frame_of_a_registered_host_is_read(seen: dict[str, Observation]) -> None:
    look = seen["column:framed"]
    assert (look.state, len(rows(look).rows)) == (PageState.OK, 10)
    assert str(look.final_url).endswith("/inside/")
    assert "ETag" not in look.headers  # it would be sent to the outer page


def test_frame_of_another_host_is_not_opened(seen: dict[str, Observation]) -> None:
    assert seen["column:framed-abroad"].state is PageState.SHELL


def test_stub_is_followed_to_its_page(seen: dict[str, Observation]) -> None:
    look = seen["column:shell"]
    assert look.state is PageState.OK
    assert str(look.final_url).endswith("/fresh/")
    assert "ETag" not in look.headers


def test_rows_without_a_date_beside_a_late_newest_one_are_dated_by_their_documents(
    seen: dict[str, Observation],
) -> None:
    look = seen["column:partly"]
    assert rows(look).newest_on(NOW) == date(2026, 11, 17)
    assert rows(look).rows[0].date_source is DateSource.PAGE
    assert "2条的日期取自所链接的文件页面" in look.why


def test_rows_without_a_date_are_left_alone_while_the_list_is_in_time(
    site: Site, seen: dict[str, Observation]
) -> None:
    assert seen["column:fresh-partly"].state is PageState.OK
    assert site.count("/fresh-partly/1.html") == 0


def test_list_from_old_to_new_is_read_to_its_last_page(seen: dict[str, Observation]) -> None:
    look = seen["column:rising"]
    assert (look.state, rows(look).newest_on(NOW)) == (PageState.OK, date(2026, 11, 19))
    assert not look.window_covered  # none was asked for


def test_list_from_old_to_new_beyond_the_budget_is_not_known(
    site: Site, seen: dict[str, Observation]
) -> None:
    look = seen["column:rising-deep"]
    assert look.state is PageState.FAILED
    assert "从旧到新" in look.why
    assert site.count("/rising-deep/5.html") == 0


def test_rows_pinned_above_newer_ones_turn_no_list_round(site: Site, seen: dict[str, Observation]) -> None:
    assert rows(seen["column:pinned"]).newest_on(NOW) == date(2026, 10, 1)
    assert site.count("/pinned/2.html") == 0


def test_column_at_a_new_address_under_its_name_is_read(seen: dict[str, Observation]) -> None:
    assert seen["column:renamed"].state is PageState.OK


@pytest.mark.parametrize("name", ["elsewhere", "stub-elsewhere"])
def test_page_that_leads_to_another_column_is_gone(name: str, seen: dict[str, Observation]) -> None:
    look = seen[f"column:{name}"]
    assert (look.state, look.reading) == (PageState.SOFT_404, None)  # none of its rows is this column's
    assert "/zwgk/" in look.why
