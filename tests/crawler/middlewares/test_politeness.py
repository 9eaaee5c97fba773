"""robots.txt, one line an address, rests that a site asks for, the breaker: against real local sites."""

import itertools
import socket
from datetime import date

import pytest

from crawler.pipelines import HostDone
from crawler.work import Check, Work
from domain.looks import LookKind, Observation, PlannedLook
from domain.units import Registry, SubjectKind
from tests.crawler.crawling import Job, columns, crawl, settings
from tests.crawler.pages import listing
from tests.site import Page, Site

LIST = listing([date(2026, 11, day) for day in (20, 19, 18)])
HOSTS = frozenset({"127.0.0.1", "localhost"})
ROBOTS = Page(body="User-agent: *\nDisallow: /closed/\n\nUser-agent: other\nDisallow: /\n", kind="text/plain")


def work(*urls: str) -> Work:
    return Work(plan=columns(*urls), seen=frozenset(), registry=Registry(), hosts=HOSTS)


def looks(items: list[Observation | HostDone]) -> dict[str, Observation]:
    return {item.url: item for item in items if isinstance(item, Observation)}


def gaps(site: Site) -> list[float]:
    moments = sorted(asked.at for asked in site.asked)
    return [later - sooner for sooner, later in itertools.pairwise(moments)]


def test_robots_are_obeyed_and_asked_once() -> None:
    with Site() as site:
        site.pages |= {"/robots.txt": ROBOTS, "/open/": LIST, "/closed/": LIST, "/closed/2/": LIST}
        seen = looks(crawl(Job(work(*map(site.url, ("/open/", "/closed/", "/closed/2/"))), settings())))
    assert seen[site.url("/open/")].state == "ok"
    assert seen[site.url("/closed/")].why.startswith("robots.txt 不允许")
    assert site.count("/closed/") == 0
    assert site.count("/robots.txt") == 1


def test_approved_exception_is_looked_at_and_named() -> None:
    exception = {"host": "127.0.0.1", "path": "/closed/", "reason": "上级监测", "approver": "王某"}
    with Site() as site:
        site.pages |= {"/robots.txt": ROBOTS, "/closed/": LIST}
        job = Job(work(site.url("/closed/")), settings(robots_exceptions=(exception,)))
        [look] = looks(crawl(job)).values()
    assert look.state == "ok"
    assert "上级监测" in look.why
    assert "王某" in look.why


@pytest.mark.parametrize(("status", "state"), [(404, "ok"), (403, "ok"), (500, "failed"), (503, "failed")])
def test_robots_refused_allows_and_failing_denies(status: int, state: str) -> None:
    with Site() as site:
        site.pages |= {"/robots.txt": Page(status=status), "/open/": LIST}
        [look] = looks(crawl(Job(work(site.url("/open/")), settings()))).values()
    assert look.state == state


def test_hosts_of_one_address_share_one_line() -> None:
    with Site() as site:
        site.pages |= {f"/{n}/": LIST for n in range(3)}
        urls = [site.url(f"/{n}/", host) for n in range(3) for host in ("127.0.0.1", "localhost")]
        job = Job(work(*urls), settings(delay_s=0.25, allow_private=("127.0.0.1",)))
        items = crawl(job)
    assert all(look.state == "ok" for look in looks(items).values())
    assert len(items) == len(urls) + 1  # judged once: one address, one host
    assert max(asked.open_at_once for asked in site.asked) == 1
    assert min(gaps(site)) >= 0.24


def test_crawl_delay_and_retry_after_are_honoured() -> None:
    robots = Page(body="User-agent: zwgk\nCrawl-delay: 0.4\n", kind="text/plain")
    with Site() as site:
        busy = Page(status=429, headers={"Retry-After": "1"})
        site.pages |= {"/robots.txt": robots, "/a/": LIST, "/busy/": busy, "/b/": LIST}
        crawl(Job(work(*map(site.url, ("/a/", "/busy/", "/b/"))), settings()))
    assert site.paths() == ["/a/", "/busy/", "/b/"]
    to_busy, to_next = gaps(site)[-2:]
    assert to_busy >= 0.39
    assert to_next >= 0.98


def test_dead_host_is_not_asked_again_and_others_go_on() -> None:
    with Site() as site, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))  # bound, not listening: refuses
        dead = [f"http://127.0.0.1:{probe.getsockname()[1]}/{n}/" for n in range(6)]
        site.pages["/ok/"] = LIST
        seen = looks(crawl(Job(work(*dead, site.url("/ok/")), settings())))
    assert seen[site.url("/ok/")].state == "ok"
    whys = [seen[url].why for url in dead]
    assert "拒绝连接" in whys[0]
    assert all("本次不再访问" in why and "拒绝连接" in why for why in whys[3:])


def test_check_passes_before_nightly_looks_of_its_address() -> None:
    with Site() as site:
        site.pages |= {f"/{n}/": LIST for n in range(12)} | {"/urgent/": LIST, "/urgent2/": LIST}
        asked = tuple(
            PlannedLook(subject_id=path, kind=SubjectKind.COLUMN, url=site.url(path), check_id=7)
            for path in ("/urgent/", "/urgent2/")
        )
        nightly = work(*(site.url(f"/{n}/") for n in range(12)))
        items = crawl(Job(nightly, settings(delay_s=0.3), checks=(Check(id=7, looks=asked),), after=2))
    order = site.paths()
    assert len(order) == 14
    assert order.index("/urgent2/") == order.index("/urgent/") + 1
    assert order.index("/urgent2/") < 8
    done = [item for item in items if isinstance(item, HostDone)]
    assert [item.check_id for item in done] == [7, None]
    on_demand = [item for item in items if isinstance(item, Observation) and item.check_id == 7]
    assert {look.look for look in on_demand} == {LookKind.ON_DEMAND}
