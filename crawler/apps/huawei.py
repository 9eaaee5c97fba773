"""Huawei AppGallery: the interface its own web pages ask, JSON posted and answered (sources.md §4.4)."""

import json
from collections.abc import Mapping

from crawler.answers import Answer, Ask
from crawler.apps.base import GONE, delisted, reading, unclear
from crawler.extract.json_object import json_object
from domain.readings import PackageReading
from domain.stores import Store
from domain.units import App

STORE = Store.HUAWEI
JSON = {"Content-Type": "application/json; charset=UTF-8"}


class HuaweiStore:
    """The adapter named `huawei`."""

    def ask(self, app: App, *, urgent: bool) -> Ask:
        wanted = {"pkgName": app.listing, "locale": "zh_CN", "countryCode": "CN"}
        return Ask(
            url=app.package_url, posted=json.dumps(wanted), headers=JSON, urgent=urgent, any_content=True
        )

    def said(self, app: App, answer: Answer) -> PackageReading:
        """Gone only where the store says so in words; an answer without a version is left to a person."""
        found = json_object(answer.body)
        if not found:
            return unclear(STORE, "返回的不是查询结果")
        code, said = str(found.get("rtnCode", "")), str(found.get("rtnDesc") or "").strip()
        if GONE.search(said):
            return delisted(STORE)
        if code not in {"", "0"}:
            return unclear(STORE, f"返回错误（rtnCode {code[:20]}）")
        if (found.get("pkgName") or app.listing) != app.listing:
            return unclear(STORE, "返回的是另一个应用")
        if not found.get("version"):
            return unclear(STORE, "没有版本信息，可能已下架，须人工核对")
        return _listed(found, app)


def _listed(found: Mapping[str, object], app: App) -> PackageReading:
    if found.get("pkgName") != app.listing:
        return unclear(STORE, "没有说明是哪个应用")
    if str(found.get("isShelves", 1)) == "0":
        return unclear(STORE, "有这个应用，但可能已下架")
    return reading("ok", "在华为应用市场可以查到")
