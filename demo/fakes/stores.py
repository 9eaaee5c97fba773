"""App stores: Apple's look-up, 应用宝, Huawei, Xiaomi; how each says that it has no such app (§4.4)."""

import json
from collections.abc import Callable, Mapping

from demo.reply import Asked, Reply, as_json
from demo.world import Answer, Package

HUAWEI = "/edge/webedge/appinfo"
SHOP = (
    "<!DOCTYPE html><html><head><title>{name}-{shop}</title></head><body><div class='AppInfo_x5bpu'>"
    "<h1>{name}</h1><p>版本号</p><p>2.3.1</p><p>更新时间</p><p>2026-09-01</p><p>包名 {listing}</p>"
    "<p>{shop}</p></div></body></html>"
)
NO_APP = (
    "<!DOCTYPE html><html><head><title>{shop}</title></head><body><p>{shop}</p><p>{said}</p></body></html>"
)


def listing(package: Package, asked: Asked, answer: Answer) -> Reply:
    """The store's own word of the package; `GONE` is no status there but a text or a count."""
    return STORES[package.store](package, asked, answer is not Answer.GONE)


def is_asked(package: Package, asked: Asked) -> bool:
    """Is it this listing that the request is about?"""
    path, _, query = package.path.partition("?")
    if package.store == "huawei":
        return asked.path == path and posted_name(asked) == package.listing
    return asked.path == path and (not query or package.listing in asked.query.values())


def posted_name(asked: Asked) -> str:
    try:
        return str(json.loads(asked.posted)["pkgName"])
    except (ValueError, KeyError, TypeError):
        return ""


def _apple(package: Package, asked: Asked, there: bool) -> Reply:
    """Asked without the country it answers for another one's store; JSON comes as text/javascript."""
    found = {
        "wrapperType": "software", "kind": "software", "trackId": 6_762_150_416, "bundleId": package.listing,
        "trackName": package.name, "version": "1.0.5", "fileSizeBytes": "31457280",
        "currentVersionReleaseDate": "2026-09-09T01:12:17Z", "formattedPrice": "免费",
    }  # fmt: skip
    results = [found] if there and asked.query.get("country") == "cn" else []
    said = {"resultCount": len(results), "results": results}
    return as_json(said, content_type="text/javascript; charset=utf-8")


def _huawei(package: Package, asked: Asked, there: bool) -> Reply:
    if not there:
        return as_json({"rtnCode": 2, "rtnDesc": "应用不存在"})
    said: Mapping[str, object] = {
        "appId": "C1164531384803416384", "name": package.name, "pkgName": package.listing, "version": "2.3.1",
        "versionCode": 231, "size": 31_457_280, "releaseDate": 1_763_700_000_000, "isShelves": 1,
        "downCount": "10000", "rateNum": "3", "price": "0", "targetSdk": "30",
    }  # fmt: skip
    return as_json(said)


def _page(shop: str, said: str) -> Callable[[Package, Asked, bool], Reply]:
    def page(package: Package, asked: Asked, there: bool) -> Reply:
        form = SHOP if there else NO_APP
        text = form.format(name=package.name, listing=package.listing, shop=shop, said=said)
        return Reply(200, text.encode())

    return page


STORES: Mapping[str, Callable[[Package, Asked, bool], Reply]] = {
    "apple": _apple,
    "yingyongbao": _page("应用宝", "找不到你要的应用"),
    "huawei": _huawei,
    "xiaomi": _page("小米应用商店", "抱歉，该应用不存在"),
}
