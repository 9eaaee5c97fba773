"""App stores that can be watched: names as in the registry, where each is asked (sources.md §4.4)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Store(StrEnum):
    """Where an app is had from; `apk`: a direct download link, no store."""

    APK = "apk"
    APPLE = "apple"
    TENCENT = "yingyongbao"
    HUAWEI = "huawei"
    XIAOMI = "xiaomi"


STORE_NAMES: Mapping[Store, str] = MappingProxyType(
    {
        Store.APPLE: "苹果应用商店（中国区）",
        Store.TENCENT: "应用宝",
        Store.HUAWEI: "华为应用市场",
        Store.XIAOMI: "小米应用商店",
    }
)

_ADDRESSES: Mapping[Store, str] = MappingProxyType(
    {
        Store.APPLE: "https://itunes.apple.com/lookup?{key}={listing}&country=cn",
        Store.TENCENT: "https://sj.qq.com/appdetail/{listing}",
        Store.HUAWEI: "https://web-drcn.hispace.dbankcloud.com/edge/webedge/appinfo",
        Store.XIAOMI: "https://app.mi.com/details?id={listing}",
    }
)


def listing_address(store: Store, listing: str) -> str:
    """Where the store is asked about a listing: a bundle id, package name or Apple's trackId.

    `listing` must be letters, digits, dots, hyphens and underscores. Raises KeyError for `apk`.
    """
    return _ADDRESSES[store].format(listing=listing, key="id" if listing.isdecimal() else "bundleId")
