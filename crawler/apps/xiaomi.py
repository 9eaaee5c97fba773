"""Xiaomi's store: the detail page as its server sends it (sources.md §4.4)."""

from crawler.answers import Answer, Ask
from crawler.apps.shop_page import said_by_page
from domain.readings import PackageReading
from domain.stores import Store
from domain.units import App


class XiaomiStore:
    """The adapter named `xiaomi`."""

    def ask(self, app: App, *, urgent: bool) -> Ask:
        return Ask(url=app.package_url, urgent=urgent)

    def said(self, app: App, answer: Answer) -> PackageReading:
        return said_by_page(Store.XIAOMI, app, answer, mark="小米应用商店")
