"""Fetching parts of a download link with httpx: every redirect checked, never more read than asked for."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx

from crawler.addresses import checked_host
from crawler.visit import Visit

MAX_HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


class PartError(Exception):
    """No clear answer for a part; `why` says so to the office."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some bytes of a file. `total`: its size as declared; `hops`: the addresses redirected through."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes
    total: int | None
    hops: tuple[str, ...] = ()


@dataclass(slots=True)
class Ranges:
    """Asks for ranges. Public addresses only; the address that was checked is the one connected to."""

    visit: Visit
    client: httpx.AsyncClient
    hops: list[str] = field(default_factory=list)

    async def get(self, url: str, wanted: str, most: int) -> Part:
        """At most `most` bytes of a range ("0-65535", "-500"), through at most five redirects.

        Raises PartError (too many redirects), LookRefusedError (private address), httpx.HTTPError.
        """
        for _ in range(MAX_HOPS + 1):
            part, location = await self._once(url, wanted, most)
            if location is None:
                return part
            url = urljoin(url, location)
            self.hops.append(url)
        raise PartError(f"下载链接跳转超过{MAX_HOPS}次")

    async def _once(self, url: str, wanted: str, most: int) -> tuple[Part, str | None]:
        host = checked_host(url)
        address = await self.visit.book.address_of(url)
        await self.visit.pause(address)
        target, extensions = httpx.URL(url), {}
        headers = {"Range": f"bytes={wanted}", "Accept-Encoding": "identity"}
        if not self.visit.book.proxied(url):
            headers["Host"] = target.netloc.decode("ascii")
            target, extensions = target.copy_with(host=address), {"sni_hostname": host}
        async with self.client.stream("GET", target, headers=headers, extensions=extensions) as response:
            location = response.headers.get("Location") if response.status_code in REDIRECTS else None
            body = b"" if location else await _read(response, most)
            found = Part(
                status=response.status_code, url=url, headers=dict(response.headers), body=body,
                total=_total(response), hops=tuple(self.hops),
            )  # fmt: skip
            return found, location


async def _read(response: httpx.Response, most: int) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


def _total(response: httpx.Response) -> int | None:
    """The file's whole size: Content-Range's last number, or Content-Length of a full answer."""
    said = response.headers.get("Content-Range", "").rpartition("/")[2]
    if response.status_code == 200:
        said = response.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else None
