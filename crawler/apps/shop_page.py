"""Reading a store's detail page by the texts a person sees: class names change with every release. Pure."""

import re

from crawler.answers import Answer
from crawler.apps.base import GONE, delisted, reading, unclear
from crawler.extract.charset import as_utf8
from crawler.extract.document import read_document
from crawler.extract.lines import read_lines
from crawler.extract.tree import parse
from domain.readings import PackageReading, PageState
from domain.stores import STORE_NAMES, Store
from domain.units import App

LABELS = re.compile(r"版本号|更新时间|当前版本|版本[:：]")
BUSY = re.compile(r"繁忙|稍后|网络异常|维护|频繁|验证码|服务器")
SHORT = 800  # characters of a page that only says something is missing; texts of an app are longer


def shown(answer: Answer) -> str:
    """The visible text without blanks, lines kept apart; scripts are not text."""
    root = parse(as_utf8(answer.body, answer.content_type))
    return "\n".join(line.bare for line in read_lines(root)) if root is not None else ""


def said_by_page(
    store: Store, app: App, answer: Answer, *, gone: re.Pattern[str] = GONE, mark: str
) -> PackageReading:
    """Gone only when the store's own page (it names itself, `mark`) is short, without an app's labels, and
    says so. A gateway's or firewall's page and an empty one tell nothing."""
    text = shown(answer)
    labelled, missing = LABELS.search(text), gone.search(text)
    if labelled and not missing and app.listing.encode() in answer.body:
        return reading("ok", f"在{STORE_NAMES[store]}可以查到")
    if labelled:
        what = "页面可能写有已下架等字样" if missing else "页面没有说明是哪个应用"
        return unclear(store, what)
    if read_document(answer.body, "", content_type=answer.content_type).state is PageState.BLOCKED:
        return unclear(store, "拦截了查看")
    if missing and mark in text and not BUSY.search(text) and len(text) <= SHORT:
        return delisted(store)
    return unclear(store, "页面上没有应用的版本和更新时间")
