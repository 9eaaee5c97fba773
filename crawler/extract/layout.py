"""Where a document's text lies, so that dates and labels in it are not taken for the document's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.headline import Headline
from crawler.extract.lines import Line, is_inside
from crawler.extract.tree import Element

SENTENCE = re.compile(r"[，。；！？、]")
_FOOT = re.compile(r"主办单位|^主办|版权所有|ICP备|网站标识码|公网安备")
_OTHERS = re.compile(
    r"相关(?:政策|文件|解读|文档|链接|阅读|新闻|报道|信息|内容|稿件|文章|推荐)|(?:延伸|推荐|扩展)阅读|上一[篇条]|下一[篇条]"
    r"|(?:网友|用户|最新|精彩)(?:评论|留言)"
)
_ENDS = ("。", "！", "？")
_LEVELS = (1.0, 0.98, 0.9, 0.8)
"""A text's weight for its block and the elements around it: the innermost that holds nearly all wins."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Line numbers: the headline, and [start, end) of the text behind it; start == end when there is none."""

    headline: Headline
    start: int
    end: int
    others: int
    """The line behind the text where other documents begin (相关文件), or the page's number of lines."""


def find_body(lines: Sequence[Line], headline: Headline, labelled: frozenset[int]) -> Layout:
    """The element that holds most of the sentences behind the headline, from its first sentence on.

    `labelled`: lines in which a label stands; without a sentence beside them they are facts, no text.
    """
    after = headline.last + 1
    weights: dict[Element, float] = {}
    for line in lines[after:]:
        if not line.is_link and is_sentence(line):
            _weigh(weights, line)
    if not weights:
        foot = next((at for at in range(after, len(lines)) if _FOOT.search(lines[at].bare)), len(lines))
        others = _others(lines, after)
        return Layout(headline, min(foot, others), min(foot, others), others)
    body = max(weights, key=lambda element: weights[element])
    behind = range(after, len(lines))
    start = next(at for at in behind if is_inside(lines[at].block, body))
    end = next(at for at in reversed(behind) if is_inside(lines[at].block, body)) + 1
    holds_title = headline.first >= 0 and is_inside(lines[headline.first].block, body)
    if holds_title or start == after:
        inside = (at for at in range(start, end) if is_inside(lines[at].block, body))
        start = next((at for at in inside if begins_text(lines[at], at in labelled)), end)
    return Layout(headline, start, end, _others(lines, end))


def _others(lines: Sequence[Line], first: int) -> int:
    behind = range(first, len(lines))
    return next(
        (at for at in behind if len(lines[at].bare) <= 20 and _OTHERS.match(lines[at].bare)), len(lines)
    )


def is_sentence(line: Line) -> bool:
    return len(line.bare) >= 15 and (SENTENCE.search(line.bare) is not None or len(line.bare) >= 40)


def begins_text(line: Line, is_labelled: bool) -> bool:
    """A sentence, or the line of those addressed (各苏木镇人民政府：), and no line of facts.

    Colons make a line one of facts, unless it ends a sentence without a label (主持人：大家好。).
    """
    if len(line.bare) >= 15 and not is_labelled and line.bare.endswith(_ENDS):
        return True
    if len(line.bare) >= 25 and SENTENCE.search(line.bare):
        return re.search(r"^[\s\S]{0,12}[:：]|[:：][\s\S]{0,30}[:：]", line.bare) is None
    return 4 <= len(line.bare) <= 120 and line.bare.endswith(("：", ":")) and len(line.bare) > 8


def _weigh(weights: dict[Element, float], line: Line) -> None:
    current: Element | None = line.block
    for share in _LEVELS:
        if current is None or current.tag in ("body", "html"):
            break
        weights[current] = weights.get(current, 0) + share * len(line.bare)
        current = current.getparent()
