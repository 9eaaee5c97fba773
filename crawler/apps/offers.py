"""What a page offers of an app: download links, store pages, pictures that may be QR codes. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml import etree

from crawler.extract.charset import as_utf8
from crawler.extract.tree import Element, elements, parse
from domain.stores import Store

_LINKS, _PICTURES = etree.XPath("(//a[@href])[position() <= 2000]"), etree.XPath("(//img)[position() <= 500]")
_TEXT = etree.XPath("string()")
_TOLD = re.compile(r"二维码|扫码|扫一扫|扫描|下载|安卓|android|\bapp|qr|erwei|ewm|apk", re.IGNORECASE)
_APPLE = re.compile(r"/id(\d{5,12})(?:/|$)")
_PACKAGE = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An address an app may be had from. `store` None: a QR code's address of no known kind."""

    url: str
    store: Store | None
    listing: str = ""

    @property
    def direct(self) -> bool:
        """A package's own address: only such a one can be found broken."""
        return self.store is Store.APK


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Links in page order, each once; addresses of pictures (also `data:`) that may show a QR code."""

    links: tuple[Offer, ...]
    pictures: tuple[str, ...]


def read_offers(body: bytes, url: str, content_type: str = "") -> Offered:
    """Never raises: a page that cannot be read offers nothing."""
    root = parse(as_utf8(body, content_type))
    if root is None:
        return Offered(links=(), pictures=())
    links = (offer_of(_absolute(url, link.get("href", ""))) for link in elements(_LINKS, root))
    known = {one.url: one for one in links if one is not None and one.store is not None}
    return Offered(links=tuple(known.values()), pictures=tuple(dict.fromkeys(_pictures(root, url))))


def offer_of(url: str) -> Offer | None:
    """What an address is; None for what is no web address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    if parts.path.lower().endswith(".apk"):
        return Offer(url=url, store=Store.APK)
    store, listing = _in_store(host, parts.path, parts.query)
    return Offer(url=url, store=store, listing=listing)


def _in_store(host: str, path: str, query: str) -> tuple[Store | None, str]:
    """Store and listing of a store's page. Huawei's pages carry a number that its adapter cannot ask for."""
    if host in {"apps.apple.com", "itunes.apple.com"} and (found := _APPLE.search(path)):
        return Store.APPLE, found[1]
    if host == "sj.qq.com" and path.startswith("/appdetail/"):
        store, listing = Store.TENCENT, path.removeprefix("/appdetail/").strip("/")
    elif host == "app.mi.com" and path == "/details":
        store, listing = Store.XIAOMI, parse_qs(query).get("id", [""])[0]
    else:
        return None, ""
    return (store, listing) if _PACKAGE.fullmatch(listing) else (None, "")


def _pictures(root: Element, url: str) -> Iterator[str]:
    for picture in elements(_PICTURES, root):
        source = picture.get("src", "").strip()
        parent = picture.getparent()
        beside = str(_TEXT(parent))[:500] if parent is not None else ""
        told = " ".join((source[:200], *(picture.get(name, "") for name in ("alt", "title", "class", "id"))))
        if source and (_TOLD.search(told) or _TOLD.search(beside)):
            yield source if source.startswith("data:image/") else _absolute(url, source)


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""
