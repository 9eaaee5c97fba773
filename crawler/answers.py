"""Asking for one page: whatever happens, an Answer comes back, stamped."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.extract.file_kinds import file_kind
from crawler.failures import NoAnswer, bad_status, no_answer
from crawler.stamp import Stamp
from domain.looks import Validators
from domain.readings import PageState


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for an address. `failure` None: status 200, or 304 to a conditional request."""

    url: str
    fetched_at: datetime  # judged time
    wall_at: datetime
    elapsed_s: float
    status: int | None = None
    final_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    conditional: bool = False
    failure: NoAnswer | None = None
    note: str = ""  # an approved robots exception that was used

    @property
    def unmodified(self) -> bool:
        return self.conditional and self.status == 304

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """How an address is asked for. `urgent`: someone waits on the phone; no retries then.

    `posted`: what is posted as a form, None for GET. `headers`: more of them, as a page's script would send.
    """

    url: str
    posted: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: Validators | None = None
    urgent: bool = False
    timeout_s: float | None = None
    any_content: bool = False  # False: what is not a page (PDF, picture, archive) is no answer


Fetch = Callable[[Ask], Awaitable[Answer]]


class Fetcher:
    """Fetches through Scrapy's downloader with all its middlewares."""

    def __init__(self, crawler: Crawler, stamp: Stamp) -> None:
        self._crawler = crawler
        self._stamp = stamp

    async def __call__(self, ask: Ask) -> Answer:
        """Ask once. Never raises: a failure is an Answer that says why."""
        started = monotonic()
        try:
            longest_s = self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
            request = _request(ask, longest_s)
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  (the one edge: every failure is an observation)
            judged, wall = self._stamp.moments()
            return Answer(
                url=ask.url, fetched_at=judged, wall_at=wall,
                elapsed_s=monotonic() - started, conditional=_conditional(ask), failure=no_answer(error),
            )  # fmt: skip
        judged, wall = self._stamp.moments()
        return Answer(
            url=ask.url, fetched_at=judged, wall_at=wall,
            elapsed_s=_elapsed_s(response, started), status=response.status, final_url=response.url,
            headers=_headers(response), body=response.body, conditional=_conditional(ask),
            failure=_failure(response, ask), note=response.meta.get("excused", ""),
        )  # fmt: skip


def _request(ask: Ask, longest_s: float) -> Request:
    headers = dict(ask.headers)
    if ask.posted is not None:
        headers.setdefault("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
    if ask.validators is not None:
        if ask.validators.etag:
            headers["If-None-Match"] = ask.validators.etag
        if ask.validators.last_modified:
            headers["If-Modified-Since"] = ask.validators.last_modified
    timeout_s = longest_s if ask.timeout_s is None else min(ask.timeout_s, longest_s)
    meta: dict[str, object] = {"dont_retry": ask.urgent, "download_timeout": timeout_s}
    return Request(
        ask.url, method="GET" if ask.posted is None else "POST", body=ask.posted or "", headers=headers,
        meta=meta, callback=NO_CALLBACK, dont_filter=True,
    )  # fmt: skip


def _conditional(ask: Ask) -> bool:
    return ask.validators is not None and bool(ask.validators.etag or ask.validators.last_modified)


def _elapsed_s(response: Response, started: float) -> float:
    """Time on the wire, without waiting for the slot."""
    return float(response.meta.get("download_latency", monotonic() - started))


def _headers(response: Response) -> dict[str, str]:
    names = {b"Etag": "ETag", b"Www-Authenticate": "WWW-Authenticate"}
    return {
        names.get(name, name.decode("latin-1")): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }


def _failure(response: Response, ask: Ask) -> NoAnswer | None:
    if response.status == 304 and _conditional(ask):
        return None
    if response.status != 200:
        return bad_status(response.status)
    if _home_instead(ask.url, response.url):
        return NoAnswer(PageState.SOFT_404, "被重定向到网站首页，栏目页面可能已不存在")
    if not ask.any_content and (kind := _not_a_page(response)):
        return NoAnswer(PageState.FAILED, f"返回的不是网页（{kind}）")
    return None


def _home_instead(asked: str, got: str) -> bool:
    """A page that redirects to the host's home page is gone; to another one: crawler/moved.py."""
    return _path(got) == "/" and _path(asked) != "/"


HOME = re.compile(r"(?:(?:index|default|home|main)\.\w{2,5})?", re.I)


def _path(url: str) -> str:
    path = url.split("://", 1)[-1].partition("/")[2].partition("#")[0]
    return "/" if HOME.fullmatch(path) else f"/{path}"


PAGES = ("text/", "html", "xml", "json", "javascript")


def _not_a_page(response: Response) -> str:
    """What kind of file came instead of a page, or nothing. Content goes before the declared type."""
    if kind := file_kind(response.body):
        return kind
    declared = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    if not declared or any(word in declared for word in PAGES) or response.body.lstrip()[:1] in b"<{[":
        return ""
    return declared.partition(";")[0].strip()
