"""What stands above a list: its column's name, a side bar's heading, another column's. Pure."""

import re
from collections.abc import Sequence
from enum import Enum

from crawler.extract.landmarks import Landmarks
from crawler.extract.list_groups import Group
from crawler.extract.page_tree import Element, Page, Text, is_within

NEAR = 5
"""Runs of text before a list in which its heading is looked for."""
FAR = 40
"""Runs of text between the trail and a list in which the column's own heading is looked for."""
MAX_HEADING = 16

_BESIDE = re.compile(
    r"^\W*(?:(?:热门|热点|推荐|相关|精彩|图片|焦点|随机|点击|阅读|浏览|本周|本月|一周)?"
    r"(?:排行榜?|热点|热词|排名|推荐|链接|阅读|文章|新闻|资讯|信息|更新|关注|点击|专题|图片|浏览|发布)|猜你喜欢|来信选登|"
    r"信件选登|领导信箱|\S{0,4}信箱|最新(?:来信|信件|留言)|网民留言|热门|推荐|相关|焦点图|滚动新闻|友情链接)\W*$"
)
_LATEST = re.compile(r"^\W*最[新近](?:文章|新闻|资讯|信息|更新|关注|发布|动态|公开)?\W*$")
"""Over side bars, but over columns' lists, too."""
_MORE = re.compile(r"^\W*(?:更\s*多|more)\W*$", re.I)
_HEADING = re.compile(
    r"^(?!.*(?:标题|名称|题名|时间|日期|序号|索引|文号|机构|查询|搜索|检索|排序|全部|关键|共|第|按|类型|分类|年份|"
    r"月份|主题|部门|地区|列表|公开|目录|内容|选择|确定|显示|当前|首页|您|暂无|没有))\W*[\u4e00-\u9fff]{2,12}\W*$"
)
"""Words that may head a list, unlike those of a table's header, a filter or a search form."""


class Heading(Enum):
    """What the nearest heading says a list is."""

    NONE = "no heading that tells"
    OWN = "the column's name"
    BESIDE = "a side bar's"
    OTHER = "another's, right behind the trail"
    LATEST = "the newest of something"
    ELSEWHERE = "another's, behind the column's own heading"


def heading_of(page: Page, group: Group, ended: int, marks: Landmarks) -> Heading:
    """The heading of a list. `ended`: where the list before it ends, -1 for none."""
    start = group.start
    near = _short(page.texts[max(0, start - NEAR, ended + 1) : start])
    own = max((at for at, one in enumerate(near) if said(one) in marks.names), default=-1)
    if any(_BESIDE.match(said(one)) for one in near[max(own + 1, len(near) - 2) :]):
        return Heading.BESIDE
    is_latest = any(_LATEST.match(said(one)) for one in near[own + 1 :])
    if not is_latest and not any(_is_other(one, marks) and _is_before(one, group) for one in near[own + 1 :]):
        return Heading.OWN if own >= 0 else Heading.NONE
    trail = -1 if marks.trail is None else marks.trail
    far = _short(page.texts[max(0, start - FAR, ended + 1, trail + 1) : start])
    if any(said(one) in marks.names and _is_titled(one.el) for one in far):
        return Heading.ELSEWHERE
    if is_latest:
        return Heading.LATEST
    return Heading.OTHER if ended < trail else Heading.NONE


def has_more(page: Page, start: int, end: int, ended: int) -> bool:
    """Whether "更多" stands at a list's edge: a block of a front page."""
    before = _short(page.texts[max(0, start - NEAR, ended + 1) : start])[-3:]
    after = _short(page.texts[end + 1 : end + 4])
    return any(_MORE.match(said(one)) for one in (*before, *after))


class Gap(Enum):
    """What stands between a column's own list and a list below it."""

    NOTHING = "no heading: the lower one goes on"
    HEADING = 'a heading or "更多": the lower one may be another\'s'
    OTHERS_BLOCK = "another's heading with \"更多\": the lower one is another's"


def gap_between(page: Page, own: Group, group: Group, names: frozenset[str]) -> Gap:
    """What tells a list from the column's own list above it; `names`: what the column calls itself."""
    rows = [entry.box for entry in own.entries if entry.box is not None]
    texts = _short(page.texts[max(own.end + 1, group.start - FAR) : group.start])
    texts = [one for one in texts if not any(is_within(one.el, row) for row in rows[-1:])]
    heads = [one for one in texts if _heads(one, names) and "往期" not in one.text and _is_before(one, group)]
    more = [one for one in texts if _MORE.match(said(one))]
    if not heads and not more:
        return Gap.NOTHING
    near = group.start - NEAR
    is_block = any(one.index >= near for one in heads) and any(one.index >= near for one in more)
    return Gap.OTHERS_BLOCK if is_block else Gap.HEADING


def _heads(text: Text, names: frozenset[str]) -> bool:
    """A heading that has nothing in common with the column's names, be it a link to its own column."""
    one = said(text)
    if not _HEADING.match(one) or any(one in name or name in one for name in names):
        return False
    return text.link is None or _is_titled(text.el)


def has_more_above(page: Page, start: int) -> bool:
    """Whether "更多" stands right before a list, as in a block's heading."""
    return any(_MORE.match(said(one)) for one in _short(page.texts[max(0, start - NEAR) : start])[-3:])


def said(text: Text) -> str:
    return text.text.strip()


def _short(texts: Sequence[Text]) -> list[Text]:
    return [text for text in texts if len(said(text)) <= MAX_HEADING]


_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend"})
_TITLED = re.compile(r"tit|head|name|caption|column|(?:^|[\s_-])(?:hd|bt|lm|mc)(?:$|[\s_-])", re.I)


def _is_titled(el: Element) -> bool:
    """Whether an element or one near above is a heading by its tag or name."""
    one: Element | None = el
    for _ in range(3):
        if one is None:
            return False
        if one.tag in _HEADING_TAGS or _TITLED.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
            return True
        one = one.getparent()
    return False


def _is_before(text: Text, group: Group) -> bool:
    """Outside the rows' own container: no part of a row or of a table's header."""
    if text.el.tag in _HEADING_TAGS:
        return True
    box = group.parent
    above = box.getparent()
    return not is_within(text.el, above if box.tag == "tbody" and above is not None else box)


def _is_other(text: Text, marks: Landmarks) -> bool:
    """A heading that has nothing in common with the column's names."""
    return text.link is None and _heads(text, marks.names)
