"""The download link of an app, against a local server: what is broken, what tells nothing."""

import asyncio
import io
import socket
import zipfile
from collections.abc import Iterator
from threading import Event

import pytest

from crawler.addresses import AddressBook
from crawler.answers import Answer
from crawler.apps.package import try_package
from crawler.stamp import Stamp
from crawler.visit import Limits, Visit
from domain.looks import PlannedLook
from domain.readings import PackageReading
from domain.units import SubjectKind
from tests.site import Page, Site, redirect

APK = "application/vnd.android.package-archive"


def package(size: int, *, manifest: bool = True, files: int = 1) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        if manifest:
            made.writestr("AndroidManifest.xml", b"\3\0\x08\0")
        made.writestr("classes.dex", b"x" * size)
        for number in range(files):
            made.writestr(f"res/{'long' * 20}/{number}.xml", b"")
    return buffer.getvalue()


SMALL, LARGE, MANY = package(100), package(300_000), package(200_000, files=2000)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def tried(
    url: str, *, seconds: float = 5, allowed: tuple[str, ...] = ("127.0.0.1",)
) -> tuple[Answer, PackageReading]:
    async def never(ask: object) -> Answer:
        raise AssertionError(ask)

    async def at_once(address: str) -> None:
        return None

    async def run() -> tuple[Answer, PackageReading]:
        visit = Visit(
            look=PlannedLook(subject_id="app:a", kind=SubjectKind.APP, url=url), fetch=never,
            book=AddressBook(allowed), pause=at_once, stamp=Stamp(), hosts=frozenset(),
            limits=Limits(account_s=seconds),
        )  # fmt: skip
        answer, read = await try_package(visit)
        assert isinstance(read.reading, PackageReading)
        return answer, read.reading

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (Page(body=SMALL, kind=APK, ranges=True), "ok"),
        (Page(body=SMALL, kind=APK), "ok"),
        (Page(body=LARGE, kind=APK, ranges=True), "ok"),
        (Page(body=MANY, kind=APK, ranges=True), "ok"),
        (Page(body=LARGE, kind="text/html"), "ok"),  # no ranges, wrong type: head and size speak
        (Page(body=LARGE[:200_000], kind=APK, ranges=True), "broken"),
        (Page(body=SMALL[:100], kind=APK, ranges=True), "broken"),
        (Page(body=package(300_000, manifest=False), kind=APK, ranges=True), "broken"),
        (Page(body=package(10, manifest=False), kind=APK), "broken"),
        (Page(body="<!DOCTYPE html><html><head></head><body>下载页</body></html>"), "broken"),
        (Page(body="<html><head><title>请登录</title></head></html>", kind=APK), "broken"),
        (Page(body='{"code": 404}', kind="application/json"), "broken"),
        (Page(body=b"", kind=APK, ranges=True), "broken"),
        (Page(body=b"", kind=APK), "broken"),
        (Page(status=404), "broken"),
        (Page(status=410), "broken"),
        (Page(status=403), "unknown"),
        (Page(status=412), "unknown"),
        (Page(status=429), "unknown"),
        (Page(status=500), "unknown"),
        (Page(status=416), "unknown"),
        (Page(body=b"\x1f\x8b\x08rest", kind="application/gzip"), "unknown"),
        (Page(body=package(80_000), kind=APK), "unknown"),
    ],
)
def test_verdicts(site: Site, page: Page, verdict: str) -> None:
    site.pages["/a.apk"] = page
    _, reading = tried(site.url("/a.apk"))
    assert (reading.verdict, bool(reading.why)) == (verdict, True)


def test_only_head_and_tail_are_asked_for(site: Site) -> None:
    site.pages["/a.apk"] = Page(body=LARGE, kind=APK, ranges=True)
    answer, reading = tried(site.url("/a.apk"))
    wanted = [asked.headers["Range"] for asked in site.asked]
    assert wanted == ["bytes=0-65535", f"bytes={len(LARGE) - 65557}-{len(LARGE) - 1}"]
    assert reading.size_bytes == len(LARGE)
    assert (answer.status, len(answer.body)) == (206, 65_536)


def test_redirects_are_followed_and_kept(site: Site) -> None:
    site.pages |= {"/go": redirect("/mid", 301), "/mid": redirect(site.url("/a.apk"), 307),
                   "/a.apk": Page(body=SMALL, kind=APK, ranges=True)}  # fmt: skip
    answer, reading = tried(site.url("/go"))
    assert reading.verdict == "ok"
    assert reading.hops == (site.url("/mid"), site.url("/a.apk"))
    assert answer.final_url == site.url("/a.apk")


def test_endless_redirects_tell_nothing(site: Site) -> None:
    site.pages["/go"] = redirect("/go")
    _, reading = tried(site.url("/go"))
    assert (reading.verdict, len(site.asked)) == ("unknown", 6)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/", "http://localhost/", "file:///etc/passwd", "http://[::1"]
)
def test_redirect_to_a_private_address_or_another_scheme_is_refused(site: Site, target: str) -> None:
    site.pages["/go"] = redirect(target)
    allowed = ("127.0.0.1",) if "localhost" not in target else ("other",)
    _, reading = tried(site.url("/go") if "localhost" not in target else target, allowed=allowed)
    assert reading.verdict == "unknown"


def test_slow_refused_and_unknown_hosts_tell_nothing(site: Site) -> None:
    site.pages["/slow"] = Page(wait=Event())
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        refused = f"http://127.0.0.1:{probe.getsockname()[1]}/a.apk"
        for url in (
            site.url("/slow"),
            refused,
            "http://nowhere.invalid/a.apk",
            f"https://127.0.0.1:{site.port}/",
        ):
            answer, reading = tried(url, seconds=0.5)
            assert (reading.verdict, answer.status) == ("unknown", None)


def test_answer_that_breaks_off_tells_nothing(site: Site) -> None:
    site.pages["/a.apk"] = Page(body=SMALL, kind=APK, cut=50)
    _, reading = tried(site.url("/a.apk"))
    assert reading.verdict == "unknown"
