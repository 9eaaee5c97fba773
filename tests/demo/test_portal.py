"""The portal over real HTTP: several loopback hosts on one port, ranges, validators, faults by the night."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from socket import AF_INET, SOCK_STREAM, socket

import httpx
import pytest

from demo.nights import NIGHTS
from demo.plant import EVERY_HOST, HOSTS, plant
from demo.portal import free_port, served
from demo.site import Portal
from demo.world import Answer, Fault, ListPage, Package


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    with served(Portal(plant(5, free_port(5, EVERY_HOST)))) as portal:
        yield portal


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def column(portal: Portal, fault: Fault) -> ListPage:
    return next(page for page in portal.world.lists if page.fault is fault)


def package(portal: Portal, fault: Fault) -> Package:
    found = (thing for thing in portal.world.things if isinstance(thing, Package))
    return next(one for one in found if one.fault is fault)


def test_every_host_answers_on_the_one_port(portal: Portal, http: httpx.Client) -> None:
    for host in HOSTS:
        assert "欢迎" in http.get(portal.world.url(host, "/")).text
    assert "Disallow: /closed/" in http.get(portal.world.url(HOSTS[0], "/robots.txt")).text


def test_column_gone_after_the_first_night(portal: Portal, http: httpx.Client) -> None:
    page = column(portal, Fault.NEWS_GONE_LATER)
    statuses = []
    for night in NIGHTS:
        portal.now = night
        statuses.append(http.get(portal.world.url(page.host, page.path)).status_code)
    portal.now = NIGHTS[0]
    assert statuses == [200, 404, 404]


def test_challenge_with_status_521(portal: Portal, http: httpx.Client) -> None:
    page = column(portal, Fault.NEWS_CHALLENGE_521)
    assert http.get(portal.world.url(page.host, page.path)).status_code == 521
    assert page.answers[0] is Answer.CHALLENGE_521


def test_unchanged_page_is_not_sent_again(portal: Portal, http: httpx.Client) -> None:
    page = column(portal, Fault.NEWS_DAY_14)
    url = portal.world.url(page.host, page.path)
    tag = http.get(url).headers["ETag"]
    assert http.get(url, headers={"If-None-Match": tag}).status_code == 304
    assert http.get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_package_by_ranges_is_a_whole_archive(portal: Portal, http: httpx.Client) -> None:
    one = package(portal, Fault.NONE)
    url = portal.world.url(one.host, one.path)
    head = http.get(url, headers={"Range": "bytes=0-65535"})
    assert head.status_code == 206
    assert len(head.content) == 65_536
    size = int(head.headers["Content-Range"].rpartition("/")[2])
    rest = http.get(url, headers={"Range": f"bytes=65536-{size - 1}"})
    assert size > 100_000
    with zipfile.ZipFile(BytesIO(head.content + rest.content)) as archive:
        assert archive.testzip() is None
        assert "AndroidManifest.xml" in archive.namelist()


def test_web_page_instead_of_a_package(portal: Portal, http: httpx.Client) -> None:
    one = package(portal, Fault.APP_HTML)
    answer = http.get(portal.world.url(one.host, one.path), headers={"Range": "bytes=0-65535"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_seeds_port_is_taken_when_free_and_another_when_busy() -> None:
    port = free_port(4321, HOSTS)
    with socket(AF_INET, SOCK_STREAM) as taken:
        taken.bind((HOSTS[2], port))
        taken.listen()
        assert free_port(4321, HOSTS) != port
