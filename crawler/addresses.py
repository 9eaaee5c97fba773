"""Host names and the addresses behind them: what may be reached, and which hosts count as one.

Two hosts behind one address share one line of requests (design.md §8). With a proxy configured for an
address, names are not resolved here: the proxy does that, and the host name stands for the address.
"""

import asyncio
import ipaddress
import socket
from collections import Counter
from collections.abc import Collection
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from crawler.failures import LookRefusedError

DNS_TIMEOUT_S = 8.0
ASK_AGAIN = 3  # failed look-ups of a name before it counts as unknown for the whole run
LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal")


class UnresolvedError(LookRefusedError):
    """The name has no address, or nobody answered in time."""


class AddressBook:
    """Names resolved once a run, checked, and kept. `allow_private`: host names or addresses let through."""

    def __init__(self, allow_private: Collection[str] = ()) -> None:
        self._allowed = frozenset(name.lower().strip("[]") for name in allow_private)
        self._proxies = getproxies()
        self._known: dict[str, str | LookRefusedError] = {}
        self._misses: Counter[str] = Counter()
        self._locks: dict[str, asyncio.Lock] = {}

    async def address_of(self, url: str) -> str:
        """The address whose line of requests the URL belongs to.

        Raises LookRefusedError for other schemes, private or loopback addresses not allowed by name,
        and names without an address.
        """
        host = checked_host(url)
        async with self._locks.setdefault(host, asyncio.Lock()):
            found = self._known.get(host) or await self._find(host, proxied=self.proxied(url))
            self._misses[host] += isinstance(found, UnresolvedError)
            if not isinstance(found, UnresolvedError) or self._misses[host] >= ASK_AGAIN:
                self._known[host] = found
        if isinstance(found, LookRefusedError):
            raise type(found)(found.why)
        return found

    async def line_of(self, url: str) -> str:
        """As address_of, but a host that cannot be reached gets a line of its own instead of an error."""
        try:
            return await self.address_of(url)
        except LookRefusedError:
            return f"host:{host_of(url) or url}"

    def proxied(self, url: str) -> bool:
        """Will the request go through a proxy of the environment?"""
        parts = urlsplit(url)
        return parts.scheme in self._proxies and not proxy_bypass(parts.hostname or "")

    async def _find(self, host: str, *, proxied: bool) -> str | LookRefusedError:
        addresses = [host] if _literal(host) else []
        if not addresses and not proxied:
            try:
                addresses = await resolve(host)
            except OSError as error:
                return UnresolvedError(f"域名无法解析（{host}）：{_short(error)}")
        local_name = host == LOCAL_NAMES[0] or host.endswith(LOCAL_NAMES[1:])
        private = local_name or any(not _public(address) for address in addresses)
        if private and not self._allowed.intersection({host, *addresses}):
            return LookRefusedError(f"{host} 是内网或本机地址，未经允许不访问（设置 allow_private）")
        return addresses[0] if addresses else host


def host_of(url: str | None) -> str | None:
    """The host of an http or https URL, lower case; None for anything else, however broken."""
    try:
        return checked_host(url or "")
    except LookRefusedError:
        return None


def checked_host(url: str) -> str:
    """The URL's host, lower case. Raises LookRefusedError unless http or https with a host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise LookRefusedError(f"网址格式不正确：{url}") from None
    if parts.scheme not in {"http", "https"}:
        raise LookRefusedError(f"只访问 http 和 https 网址，不访问 {parts.scheme or '这个网址'}")
    if not host:
        raise LookRefusedError(f"网址没有主机名：{url}")
    return host.lower().rstrip(".")


async def resolve(host: str) -> list[str]:
    """All IPv4 addresses of a name, smallest first so that shared hosts agree. Raises OSError."""
    loop = asyncio.get_running_loop()
    asked = loop.getaddrinfo(host, None, family=socket.AF_INET, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.wait_for(asked, DNS_TIMEOUT_S)
    except TimeoutError:
        raise OSError("域名服务器没有及时应答") from None
    except UnicodeError:
        raise OSError("域名格式不正确") from None
    return sorted({str(info[4][0]) for info in found}, key=ipaddress.ip_address)


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _public(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


def _short(error: OSError) -> str:
    return error.strerror or str(error) or type(error).__name__
