"""Tencent's store: the detail page as its server sends it (sources.md §4.4)."""

import re

from crawler.answers import Answer, Ask
from crawler.apps.shop_page import said_by_page
from domain.readings import PackageReading
from domain.stores import Store
from domain.units import App

GONE = re.compile(r"找不到|已下架|应用不存在")
"""Its page of a missing app says 找不到 with status 200."""


class TencentStore:
    """The adapter named `yingyongbao`."""

    def ask(self, app: App, *, urgent: bool) -> Ask:
        return Ask(url=app.package_url, urgent=urgent)

    def said(self, app: App, answer: Answer) -> PackageReading:
        return said_by_page(Store.TENCENT, app, answer, gone=GONE, mark="应用宝")
