"""What a page is seen to offer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.apps.offers import offer_of, read_offers
from domain.stores import Store

PAGE = "http://www.example.gov.cn/app/index.html"


@pytest.mark.parametrize(
    ("url", "store", "listing"),
    [
        ("http://a.test/x/zwgk.APK?v=2", Store.APK, ""),
        ("https://apps.apple.com/cn/app/some-name/id1234567890", Store.APPLE, "1234567890"),
        ("https://sj.qq.com/appdetail/cn.gov.example", Store.TENCENT, "cn.gov.example"),
        ("https://app.mi.com/details?id=cn.gov.example&ref=1", Store.XIAOMI, "cn.gov.example"),
        ("https://app.mi.com/details?id=../../x", None, ""),
        ("https://appgallery.huawei.com/app/C100", None, ""),
        ("https://a.test/download", None, ""),
    ],
)
def test_addresses_are_known(url: str, store: Store | None, listing: str) -> None:
    offer = offer_of(url)
    assert offer is not None
    assert (offer.store, offer.listing) == (store, listing)


@pytest.mark.parametrize(
    "url", ["", "weixin://x", "javascript:;", "http://", "http://[::1", "WIFI:S:x;;", "a.apk"]
)
def test_what_is_no_web_address_is_no_offer(url: str) -> None:
    assert offer_of(url) is None


def test_links_and_likely_pictures_of_a_page() -> None:
    body = """<html><body><a href="zwgk.apk">安卓版</a><a href="zwgk.apk">再次</a>
    <a href="/about.html">关于</a>
    <a href="https://apps.apple.com/cn/app/id1234567890">苹果版</a><div><img src="/i/logo.png"></div>
    <div><p>扫一扫</p></div><div><img src="/i/1.png" alt="二维码"></div>
    <div><img src="2.png"><p>扫码下载</p></div>
    <img src="data:image/png;base64,AAAA" class="qr"></body></html>"""
    offered = read_offers(body.encode(), PAGE)
    assert [one.url for one in offered.links] == [
        "http://www.example.gov.cn/app/zwgk.apk", "https://apps.apple.com/cn/app/id1234567890",
    ]  # fmt: skip
    assert offered.pictures == (
        "http://www.example.gov.cn/i/1.png",
        "http://www.example.gov.cn/app/2.png",
        "data:image/png;base64,AAAA",
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    read_offers(b"<html><body><a href='" + body + b"'>x</a><img alt=qr src='" + body + b"'>", PAGE)
