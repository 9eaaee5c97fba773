"""Direct check of an app's download link: ranges of the package, nothing more (sources.md §4.4).

Broken only by what the file itself says: 404/410, a page instead of a package, a package cut off or
without manifest. Server errors, firewalls, timeouts and refused ranges tell nothing.
"""

import asyncio
from time import monotonic
from typing import Literal

import httpx

from crawler.answers import Answer
from crawler.apps.ranges import Part, PartError, Ranges
from crawler.apps.zips import START, TAIL, ending, package_in, whole
from crawler.extract.document import read_document
from crawler.failures import LookRefusedError, bad_status
from crawler.observe import Read
from crawler.visit import Visit
from domain.readings import PackageReading, PageState

HEAD = 65_536
SMALLEST = 100_000  # bytes; less is no package when its end cannot be seen
DIRECTORY_MOST = 4_000_000  # bytes of a central directory that are read
TEXTUAL = ("html", "text", "json", "xml")
CUT_OFF = "安装包不完整（文件尾缺少目录），无法安装"
NO_MANIFEST = "文件不是安卓安装包（缺少 AndroidManifest.xml）"

Verdict = Literal["ok", "broken", "unknown"]


async def try_package(visit: Visit) -> tuple[Answer, Read]:
    """Try the link; never raises. The answer's body is the file's head, as evidence."""
    started = monotonic()
    part: Part | None = None
    try:
        async with asyncio.timeout(visit.limits.account_s), _client(visit) as client:
            ranges = Ranges(visit, client)
            part = await ranges.get(visit.look.url, f"0-{HEAD - 1}", HEAD)
            verdict, why = await _judged(ranges, part)
    except (TimeoutError, httpx.TimeoutException):
        verdict, why = "unknown", "下载链接在规定时间内没有响应（超时）"
    except (LookRefusedError, PartError) as error:
        verdict, why = "unknown", error.why
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        verdict, why = "unknown", _connection(error)
    judged, wall = visit.stamp.moments()
    size = part.total if part else None
    reading = PackageReading(verdict=verdict, why=why, size_bytes=size, hops=part.hops if part else ())
    answer = Answer(
        url=visit.look.url, fetched_at=judged, wall_at=wall, elapsed_s=monotonic() - started,
        status=part.status if part else None, final_url=part.url if part else None,
        headers=part.headers if part else {}, body=part.body if part else b"",
    )  # fmt: skip
    state = PageState.FAILED if verdict == "unknown" else PageState.OK
    return answer, Read(state=state, why=why, reading=reading)


def _client(visit: Visit) -> httpx.AsyncClient:
    timeout = httpx.Timeout(visit.limits.account_s)
    return httpx.AsyncClient(timeout=timeout, headers={"User-Agent": visit.limits.user_agent})


async def _judged(ranges: Ranges, part: Part) -> tuple[Verdict, str]:
    if part.status in {404, 410}:
        return "broken", f"下载链接已失效（HTTP {part.status}）"
    if part.status == 416 and part.headers.get("content-range", "").endswith("*/0"):
        return "broken", "下载的文件是空的"
    if part.status not in {200, 206}:
        return "unknown", bad_status(part.status).why
    return await _by_content(ranges, part) if part.body.startswith(START) else _no_archive(part)


async def _by_content(ranges: Ranges, part: Part) -> tuple[Verdict, str]:
    if part.total is not None and part.total <= len(part.body):
        return _verdict(whole(part.body))
    return _head_only(part) if part.status == 200 else await _by_tail(ranges, part)


def _no_archive(part: Part) -> tuple[Verdict, str]:
    """What stands where the package should be."""
    declared = part.headers.get("content-type", "").lower()
    page = part.body[:2000].lstrip().lower()
    if page.startswith((b"<!doctype html", b"<html")) or (b"<html" in page and b"<head" in page):
        reading = read_document(part.body, part.url, content_type=declared)
        if reading.state is PageState.BLOCKED:
            return "unknown", "下载链接被网站防护拦截"
        return "broken", "下载链接打开的是网页，不是安装包"
    if not part.body:
        return "broken", "下载的文件是空的"
    if any(word in declared for word in TEXTUAL) or page.startswith((b"{", b"<")):
        return "broken", "下载链接返回的是文字信息，不是安装包"
    return "unknown", "下载的文件不是常见的安装包格式，须人工核对"


def _head_only(part: Part) -> tuple[Verdict, str]:
    """The server sends the whole file whatever is asked: its head and size must do."""
    if part.total is not None and part.total < SMALLEST:
        return "unknown", "服务器不支持分段下载，文件很小，未能核对是否完整"
    return "ok", "安装包可以下载（服务器不支持分段，只核对了文件头）"


async def _by_tail(ranges: Ranges, head: Part) -> tuple[Verdict, str]:
    if head.total is None:
        return "unknown", "服务器没有给出文件大小，未能核对是否完整"
    start = max(0, head.total - TAIL)
    tail = await ranges.get(head.url, f"{start}-{head.total - 1}", TAIL)
    if tail.status != 206 or len(tail.body) != head.total - start:
        return "unknown", "安装包开头正常，但未能取得文件尾，无法核对是否完整"
    end = ending(tail.body)
    if end is None:
        return "broken", CUT_OFF
    if end.offset is None or end.offset >= start:
        return _verdict("ok" if package_in(tail.body) else "no_manifest")
    last = min(end.offset + end.size, end.offset + DIRECTORY_MOST) - 1
    directory = await ranges.get(head.url, f"{end.offset}-{last}", DIRECTORY_MOST)
    if directory.status != 206:
        return "unknown", "安装包开头和结尾正常，但未能取得目录"
    return _verdict("ok" if package_in(directory.body) else "no_manifest")


def _verdict(found: Literal["ok", "truncated", "no_manifest"]) -> tuple[Verdict, str]:
    if found == "ok":
        return "ok", "安装包可以下载，文件完整"
    return "broken", CUT_OFF if found == "truncated" else NO_MANIFEST


def _connection(error: Exception) -> str:
    if "CERTIFICATE_VERIFY" in str(error).upper():
        return "下载链接的 HTTPS 证书校验未通过"
    return f"下载链接连接失败（{type(error).__name__}）"
