"""Whether a script is to fill a list's empty place. Pure.

Nearly every page of a portal loads scripts: what a menu, a share button or a counter needs says nothing.
"""

import re
from itertools import islice

from crawler.extract.page_tree import Element, Page

_FETCHES = re.compile(
    r"\$\.(?:ajax|get|post|getJSON)\s*\(|axios|fetch\s*\(|XMLHttpRequest|new\s+Vue|createApp|dataproxy|jpage"
    r"|avalon\.|layui\.|juicer|template\s*\(|Handlebars|React\.|ReactDOM|webpackJsonp|__NUXT__|__INITIAL_STATE__",
)
MAX_SCRIPT = 50_000
"""Characters looked at of an inline script."""
MAX_SCRIPTS = 200
"""Scripts looked at of a page."""
_TOOL = re.compile(
    r"jquery|zepto|bootstrap|layer|layui|laydate|laypage|swiper|slide|slick|carousel|marquee|gundong|lazyload"
    r"|axios|echarts|lodash|underscore|modernizr|respond|html5|polyfill|qrcode|share|weixin|weibo|traditional|big5"
    r"|jian_?fan|barrier|accessib|toolbar|analytic|tongji|jiucuo|createpage|superfish|cookie|pinyin"
    r"|(?:^|[._-])(?:vue|react|react-dom|angular|moment|require|sea|shiv|es5|json2|migrate|easing|owl|wow|aos"
    r"|animate|focus|banner|scroll|wx|wxshare|print|font|fontsize|zoom|md5|base64|crypto|sm[234]|s2t|tw_?cn|zh"
    r"|aria|wza|slh|elder|esd\w*|voice|tts|audio|video|player|login|sso|search|nav|menu|head|header|top|foot"
    r"|footer|bottom|tabs?|weather|calendar|date|clock|hm|h|stat|webstat\w*|count|counter|trace|ta|push|png|ie"
    r"|skin|style|theme)\d*(?:[._-]|$)",
    re.I,
)
"""Names of libraries, tools and what only a page's frame needs."""
_OTHERS = re.compile(r"//[^/]*(?:baidu|cnzz|51\.la|google|qq\.com|conac|jiathis|bdimg|weibo|umeng)", re.I)
"""Hosts whose scripts count visits and share pages."""
_LISTS = re.compile(
    r"list|data|news|article(?!count|detail|hit|read)|info|xxgk|zwgk|channel|column|ajax|api|query|(?<!down)load(?!ed)|render|chunk|bundle"
    r"|^app(?:[._-]|$)|^lb(?:[._-]|$)",
    re.I,
)
"""Names of scripts that fill lists, wherever a page loads them."""


def fetches(page: Page) -> bool:
    """Whether a script in the page asks for data."""
    return any(_FETCHES.search(script[:MAX_SCRIPT]) for script in page.scripts())


def filler_of(page: Page, place: Element) -> str:
    """The script that is to fill an empty list, in Chinese, or "".

    One that asks for data; one in the page that names the place; one of the portal's own, where it is called
    after lists, stands beside the place, or the place has an id to be found by.
    """
    if fetches(page):
        return "行由脚本取得"
    ids = _ids(place)
    if ids and any(_is_named(ids, script[:MAX_SCRIPT]) for script in page.scripts()):
        return "行由脚本填入"
    holder = place.getparent()
    for el in islice(page.root.iter("script"), MAX_SCRIPTS):
        name = _own_name(el)
        if name and (ids or el.getparent() in (place, holder) or _LISTS.search(name)):
            return f"行可能由脚本 {name[:40]} 填入"
    return ""


def _ids(place: Element) -> frozenset[str]:
    """The ids by which a script may find a place: its own and its parts'."""
    return frozenset(name for el in (place, *place) if (name := (el.get("id") or "").strip()))


def _is_named(ids: frozenset[str], script: str) -> bool:
    return any(f"{mark}{name}{end}" in script for name in ids for mark in "\"'#" for end in "\"' ")


def _own_name(script: Element) -> str:
    """The file name of a script of the portal's own, "" for a tool's and one in the page."""
    src = (script.get("src") or "").strip().partition("?")[0][:300]
    name = src.rstrip("/").rpartition("/")[2]
    return "" if src.startswith("data:") or _TOOL.search(name) or _OTHERS.search(src) else name
