"""Apple's store: the public look-up, China only; its JSON comes as text/javascript (sources.md §4.4)."""

from crawler.answers import Answer, Ask
from crawler.apps.base import delisted, reading, unclear
from crawler.extract.json_object import json_object
from domain.readings import PackageReading
from domain.stores import Store
from domain.units import App

STORE = Store.APPLE


class AppleStore:
    """The adapter named `apple`."""

    def ask(self, app: App, *, urgent: bool) -> Ask:
        return Ask(url=app.package_url, urgent=urgent, any_content=True)

    def said(self, app: App, answer: Answer) -> PackageReading:
        found = json_object(answer.body)
        results = found.get("results") if found else None
        if found is None or not isinstance(results, list) or type(found.get("resultCount")) is not int:
            return unclear(STORE, "返回的不是查询结果")
        if found["resultCount"] == 0 and not results:
            return delisted(STORE)
        if any(isinstance(one, dict) and _is(app, one) for one in results):
            return reading("ok", "在苹果应用商店（中国区）可以查到")
        return unclear(STORE, "返回的是另一个应用")


def _is(app: App, result: dict[str, object]) -> bool:
    names = {str(result.get("trackId")), str(result.get("bundleId")).lower()}
    return app.listing.lower() in names
