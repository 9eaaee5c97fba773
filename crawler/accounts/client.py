"""Asking a platform's interface with a unit's own key: outside Scrapy, whose logs and caches keep addresses.

The answer names the address without its query. The same guard, turn and delay as for every request; robots
rules do not apply to an interface that is asked with its owner's key.
"""

import asyncio
import ipaddress
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit, urlunsplit

import httpx

from crawler.addresses import checked_host
from crawler.answers import Answer, Ask, Fetch
from crawler.failures import LookRefusedError, NoAnswer, bad_status
from crawler.visit import Visit
from domain.readings import PageState

for _noisy in ("httpx", "httpcore"):  # they log addresses, queries and all
    logging.getLogger(_noisy).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Got:
    status: int | None = None
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: NoAnswer | None = None


def quiet_fetch(visit: Visit) -> Fetch:
    """A Fetch for asks whose address or body holds a secret. It never raises and never follows."""

    async def fetch(ask: Ask) -> Answer:
        async with visit.alone():
            started = monotonic()
            got = await _tried(visit, ask)
        judged, wall = visit.stamp.moments()
        address = bare(ask.url)
        return Answer(
            url=address, final_url=address, fetched_at=judged, wall_at=wall, elapsed_s=monotonic() - started,
            status=got.status, headers=got.headers, body=got.body, failure=got.failure,
        )  # fmt: skip

    return fetch


def bare(url: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


async def _tried(visit: Visit, ask: Ask) -> _Got:
    try:
        async with asyncio.timeout(visit.limits.account_s):
            return await _asked(visit, ask)
    except (TimeoutError, httpx.TimeoutException):
        why = "接口在规定时间内没有响应（超时）"
    except LookRefusedError as error:
        why = error.why
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        certificate = "CERTIFICATE_VERIFY" in str(error).upper()
        why = "接口的 HTTPS 证书校验未通过" if certificate else f"接口连接失败（{type(error).__name__}）"
    return _Got(failure=NoAnswer(PageState.FAILED, why))


async def _asked(visit: Visit, ask: Ask) -> _Got:
    """Ask the address that was checked. Raises LookRefusedError, httpx.HTTPError, TimeoutError."""
    host = checked_host(ask.url)
    if not visit.may_open(ask.url):
        raise LookRefusedError(f"{host} 不是登记的网站，没有访问")
    address, proxied = await visit.book.address_of(ask.url), visit.book.proxied(ask.url)
    target, extensions = httpx.URL(ask.url), {}
    if target.scheme != "https" and not _inside(address):
        raise LookRefusedError("凭据只能经 https 发送，请把账号的 url 改成 https")
    headers = {"Accept-Encoding": "identity", **ask.headers}
    if not proxied:
        headers["Host"] = target.netloc.decode("ascii")
        target, extensions = target.copy_with(host=address), {"sni_hostname": host}
    method, content = ("GET", None) if ask.posted is None else ("POST", ask.posted.encode())
    timeout, agent = httpx.Timeout(visit.limits.account_s), {"User-Agent": visit.limits.user_agent}
    async with (
        httpx.AsyncClient(timeout=timeout, headers=agent, follow_redirects=False) as client,
        client.stream(method, target, headers=headers, content=content, extensions=extensions) as response,
    ):
        return await _read(response, visit.limits.max_bytes)


def _inside(address: str) -> bool:
    """An address of this machine or network, which the deployment has allowed by name."""
    try:
        return not ipaddress.ip_address(address).is_global
    except ValueError:
        return False


async def _read(response: httpx.Response, most: int) -> _Got:
    status = response.status_code
    if status != 200:
        moved = NoAnswer(PageState.FAILED, f"接口要求跳转到别处（HTTP {status}），没有跟随")
        return _Got(status=status, failure=moved if 300 <= status < 400 else bad_status(status))
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return _Got(status=status, failure=NoAnswer(PageState.FAILED, "接口返回的内容经过压缩，未读取"))
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > most:
            why = "接口返回的内容超过大小上限，未读取"
            return _Got(status=status, failure=NoAnswer(PageState.FAILED, why))
    kind = response.headers.get("Content-Type", "")
    return _Got(status=status, body=bytes(body), headers={"Content-Type": kind} if kind else {})
