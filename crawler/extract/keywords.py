"""关键词 of a document: what is shown, else the meta tag's words unless they are the site's boilerplate."""

import re
from collections.abc import Sequence

from crawler.extract.facts import Facts
from crawler.extract.layout import Layout
from crawler.extract.lines import Line, bare
from crawler.extract.meta import Meta

_GENERIC_WORDS = (
    "政务公开 信息公开 政府信息公开 在线办事 办事服务 政务服务 网上办事 公众参与 互动交流 政民互动 新闻中心"
    " 政府 人民 人民政府 市政府 县政府 区政府 政府门户 政府网站 门户网站 政务网 政务 新闻 首页 走进 投资 旅游"
    " 电子政务 公共服务 便民服务 网站首页 通知公告 政务动态 工作动态 要闻 政府文件 政策法规"
)
_GENERIC = frozenset(_GENERIC_WORDS.split())
_SITE = re.compile(r"门户|网站|政府网|政务网|信息网|人民政府$|官网")
_PLACE = re.compile(r"^(?:中国)?([\u4e00-\u9fff]{2,6}?)(?:省|市|县|区|旗|州|盟)")
_OF_PLACE = re.compile(
    r"(?:省|市|县|区|旗|州|盟)?(?:(?:人民)?政府|[省市县区旗州盟]?委|政务|公开|信息|门户|网站?|新闻|要闻|发布|概况"
    r"|旅游|文化|经济|投资|招商|生活|服务|[\u4e00-\u9fff]{1,8}(?:局|厅|办|委|委员会|办公室)){0,3}"
)
"""What follows a place's name in words of a whole site: 某某, 某某市, 某某市政府网, 某某旅游, 某某发改委."""
MAX_PLACE_WORD = 20
_SPLIT = re.compile(r"[\s,，;；、|/]+")
_EDGES = " ,，;；、|"


def read_keywords(lines: Sequence[Line], layout: Layout, facts: Facts, meta: Meta) -> str | None:
    """主题词 as shown; else those of the meta tags that speak of this document."""
    if shown := facts.value("keywords"):
        return shown
    names = {
        bare(name) for key in ("sitename", "columnname", "columntype") for name in meta.values.get(key, ())
    }
    text = _text(lines, layout)
    for value in (one.strip(_EDGES) for one in meta.values.get("keywords", ())):
        words = _words(value)
        of_page = any(word in text for word in words) or _runs(value, text)
        if of_page and not _is_sitewide(value, words, names):
            return value
    for value in (one.strip(_EDGES) for one in meta.values.get("columnkeywords", ())):
        words = _words(value)  # some templates put the document's words under the column's name
        known = 0 if _SITE.search(value) else sum(word in text for word in words)
        if known >= 2 and known * 2 > len(words) and not _is_sitewide(value, words, names):
            return value
    return None


def _words(value: str) -> list[str]:
    return [word for word in _SPLIT.split(value) if word]


def _text(lines: Sequence[Line], layout: Layout) -> str:
    first = max(layout.headline.first, 0)
    return (layout.headline.text or "") + "".join(line.bare for line in lines[first : layout.end])[:20_000]


def _is_sitewide(value: str, words: Sequence[str], names: set[str]) -> bool:
    if bare(value) in names or any(word in names for word in words) or any("门户" in word for word in words):
        return True
    places = _places(words, names)
    generic = sum(
        word in _GENERIC or _SITE.search(word) is not None or _is_of_place(word, places) for word in words
    )
    return generic * 2 >= len(words)


def _places(words: Sequence[str], names: set[str]) -> set[str]:
    """The names of the site's place: in the site's name, or what several of the words begin with."""
    places = {found[1] for name in names if (found := _PLACE.match(name))}
    for word in words:
        short = word[:-1] if word[-1] in "省市县区旗州盟" else word
        if 2 <= len(short) <= 4 and sum(other.startswith(short) for other in words if other != word) >= 2:
            places.add(short)
    return places


def _is_of_place(word: str, places: set[str]) -> bool:
    word = word.removeprefix("中国")
    return len(word) <= MAX_PLACE_WORD and any(
        word.startswith(place) and _OF_PLACE.fullmatch(word[len(place) :]) for place in places
    )


def _runs(value: str, text: str) -> bool:
    """A run of words without separators is compared by pairs of characters."""
    pairs = {value[at : at + 2] for at in range(len(value) - 1)}
    return bool(pairs) and sum(pair in text for pair in pairs) * 2 >= len(pairs)
