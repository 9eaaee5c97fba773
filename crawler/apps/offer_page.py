"""An app by the page that offers it: the addresses found there are tried, by link or by QR code.

Broken only when everything the page offers is a package's own address, each of them is broken as a
registered link would be, and no picture was left unread. Stores and pages behind a QR code only acquit.
"""

import base64
import binascii
from dataclasses import dataclass, replace

from crawler.answers import Answer, Ask
from crawler.apps.catalog import STORES
from crawler.apps.listing import try_listing
from crawler.apps.offers import Offer, offer_of, read_offers
from crawler.apps.package import try_package
from crawler.apps.qr import MOST_BYTES, read_qr
from crawler.observe import Read
from crawler.visit import Visit
from domain.readings import PackageReading, PageState
from domain.stores import Store, listing_address
from domain.units import App

PICTURES, OFFERS = 5, 3
"""How many pictures of a page are opened, how many of its addresses tried; one of each on the phone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One address as tried."""

    offer: Offer
    answer: Answer
    reading: PackageReading


async def try_page(visit: Visit, app: App) -> tuple[Answer, Read]:
    """Open the page and try what it offers; never raises."""
    page = await visit.fetch(Ask(url=visit.look.url, urgent=visit.urgent))
    if page.failure is not None or page.status != 200:
        why = page.failure.why if page.failure else f"HTTP {page.status}"
        state = page.failure.state if page.failure else PageState.FAILED
        return page, _unknown(f"提供应用的网页没有打开（{why}），未能核对", state)
    found, unread = await _offers(visit, page)
    if not found:
        return page, _unknown("网页上没有找到下载链接、应用商店链接或能识别的二维码，须人工核对")
    most = 1 if visit.urgent else OFFERS
    tried = [await _try(visit, app, offer) for offer in found[:most]]
    fine = next((one for one in tried if one.reading.verdict == "ok"), None)
    if fine is not None:
        return page, _read(fine)
    untold = [one for one in tried if not (one.offer.direct and one.reading.verdict == "broken")]
    if untold or unread or len(found) > most:
        why = "；".join(dict.fromkeys(one.reading.why for one in tried))
        return page, _unknown(f"网页上的下载方式没有全部核对清楚（{why}），须人工核对")
    return tried[0].answer, _read(tried[0])


async def _offers(visit: Visit, page: Answer) -> tuple[list[Offer], bool]:
    """The page's addresses, each once; was a picture left that may be a way to the app?"""
    offered = read_offers(page.body, page.final_url or page.url, page.content_type)
    most = 1 if visit.urgent else PICTURES
    found, unread = {one.url: one for one in offered.links}, len(offered.pictures) > most
    for picture in offered.pictures[:most]:
        offer = offer_of(read_qr(await _picture(visit, picture)))
        unread = unread or offer is None
        if offer is not None:
            found.setdefault(offer.url, offer)
    return list(found.values()), unread


async def _picture(visit: Visit, url: str) -> bytes:
    if url.startswith("data:"):
        head, _, data = url.partition(",")
        try:
            return base64.b64decode(data[: MOST_BYTES * 2], validate=False) if ";base64" in head else b""
        except (binascii.Error, ValueError):
            return b""
    if not visit.may_open(url):
        return b""
    answer = await visit.fetch(Ask(url=url, urgent=visit.urgent, any_content=True))
    return answer.body if answer.failure is None and answer.status == 200 else b""


async def _try(visit: Visit, app: App, offer: Offer) -> Tried:
    if offer.store is not None and offer.store in STORES:
        address = listing_address(offer.store, offer.listing)
        there = replace(app, store=offer.store, listing=offer.listing, package_url=address, page_url="")
        answer, read = await try_listing(visit, there)
    else:
        answer, read = await try_package(replace(visit, look=replace(visit.look, url=offer.url)))
    assert isinstance(read.reading, PackageReading)
    return Tried(offer=offer, answer=answer, reading=read.reading)


def _read(tried: Tried) -> Read:
    """`listing` stays false: what is broken here is a package's own address, seen on the unit's page."""
    how = "下载链接" if tried.offer.store in {Store.APK, None} else "应用商店链接"
    why = f"网页上的{how}：{tried.reading.why}"
    hops = (tried.offer.url, *tried.reading.hops)
    reading = replace(tried.reading, why=why, hops=hops, listing=False)
    return Read(state=PageState.OK, why=why, reading=reading)


def _unknown(why: str, state: PageState = PageState.FAILED) -> Read:
    return Read(state=state, why=why, reading=PackageReading(verdict="unknown", why=why))
