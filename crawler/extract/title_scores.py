"""How much speaks for a line being a document's headline: wording, heading, place. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.extract.dates import first_date
from crawler.extract.lines import Line, bare
from crawler.extract.tree import Element
from crawler.extract.words import LABELS, label_of

MAX_TITLE = 200
"""Longer is no title."""
LINKED = 10
"""Link text of so many characters beside a date: a row of a list."""

MAX_WORDS, MAX_CLASSED, MAX_FACTS = 8, 2, 4
"""What the wording, the class and the facts behind a headline add at most."""

_CLASS = re.compile(r"tit|bt\b|headline|biaoti|\bbt|subject|caption|name", re.I)
_NEAR = re.compile(r"(?:19|20)\d\d ?[-/.年] ?\d|来\s*源|发\s*布|时\s*间|日\s*期|字\s*[体号]|浏览|作者")
_NO_TITLE = re.compile(
    r"当前.{0,2}位置|所在.{0,2}位置|^首页|[>＞»]|版权所有|备案|网站标识码|主办单位|扫一扫|上一篇|下一篇|^附件"
)
SITE_NAME = re.compile(
    r"^[^，。、：关于]{2,20}(?:人民政府|政府网|网站|门户|信息网|政务网|公众网|公开网|委员会|[局厅办院])"
    r"(?:门户网站|网站|网)?$"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_LABELLED_DATE = re.compile(r"(?:时间|日期)[:：](?:19|20)\d\d[-/.年]")
_NOT_TITLE = re.compile(rf"[，。；]|号$|{_NEAR.pattern}")
_HEADINGS: dict[object, int] = {"h1": 4, "h2": 3, "h3": 3, "h4": 2, "h5": 1, "caption": 2}


def norm(text: str) -> str:
    """Text for comparison: no blanks, one width, one case."""
    return unicodedata.normalize("NFKC", bare(text)).lower()


@dataclass(frozen=True, slots=True)
class TitleScores:
    """What the headline should read like, each as `norm` gives it."""

    named: str  # the meta tag's title
    page_title: str  # <title>
    labelled: frozenset[str]  # values of 名称, 标题
    value_lines: frozenset[int]  # lines that are values of an information table
    wording: str  # all of them in one

    def fitting(self, lines: Sequence[Line]) -> list[int]:
        """Lines neither too short nor too long, and no links unless they read exactly like the title."""
        return [
            at
            for at, line in enumerate(lines)
            if 2 <= len(line.bare) <= MAX_TITLE
            and (line.linked * 3 <= len(line.bare) * 2 or line.bare.lower() == self.named)
        ]

    def of(self, lines: Sequence[Line], at: int, best: float = 0) -> float:
        """A fitting line's score; 0 or less when nothing speaks for it, or not enough to exceed `best`."""
        line = lines[at]
        heading = _HEADINGS.get(line.block.tag, 0)
        if heading + MAX_WORDS + MAX_CLASSED + MAX_FACTS <= best:
            return 0
        score = words = self._wording(lines, at) if self._is_known(line.bare) else 0
        score += heading
        if score + MAX_CLASSED + MAX_FACTS <= best:
            return 0
        score += MAX_CLASSED if _is_classed(line.block) else 0
        if score == 0 or score + MAX_FACTS <= best or label_of(line.bare) or _NO_TITLE.search(line.text):
            return 0
        if words == 0:
            score -= self._without_wording(lines, at)
        return score + self._place(lines, at) - at / 10_000

    def _without_wording(self, lines: Sequence[Line], at: int) -> int:
        """What a heading loses that no wording speaks for: the logo's, 最新公告."""
        is_logo = SITE_NAME.match(lines[at].bare) is not None and last_line(lines, at) == at
        return (4 if is_logo else 0) + (3 if len(lines[at].bare) < 6 else 0)

    def _place(self, lines: Sequence[Line], at: int) -> int:
        line = lines[at]
        score = (
            _facts_follow(lines, at) - (4 if _is_linked(line) else 0) - (6 if _is_hidden(line.block) else 0)
        )
        return score - 4 if at in self.value_lines else score  # the value of 名称 in the information table

    def _is_known(self, text: str) -> bool:
        """A quick look before comparing in earnest: does a piece of the text stand in the wording?

        Three pieces, because a character of another width (“（” for “(”) hides one.
        """
        if len(text) < 6:
            return 0 < len(self.named) <= 6
        wording = self.wording
        return text[:4].lower() in wording or text[2:6].lower() in wording or text[-4:].lower() in wording

    def _wording(self, lines: Sequence[Line], at: int) -> float:
        line = lines[at]
        text = norm(_without_tail(line) if len(line.starts) > 1 and _NEAR.search(line.text) else line.bare)
        if named := self._as_named(lines, at, text):
            return named
        if len(text) < 6 or (SITE_NAME.match(text) and last_line(lines, at) == at):
            return 0
        if text in self.labelled or norm(joined(lines, at, last_line(lines, at))) in self.labelled:
            return 6
        if text in self.page_title:
            return 5 if self.page_title.startswith(text) else 2
        return 5 if len(self.page_title) >= 8 and text.startswith(self.page_title) else 0

    def _as_named(self, lines: Sequence[Line], at: int, text: str) -> float:
        if not self.named:
            return 0
        if text.startswith(self.named):
            return 8
        if len(text) < 6 or not self.named.startswith(text):
            return 0
        whole = norm(joined(lines, at, last_line(lines, at)))
        return 8 if whole.startswith(self.named) else 4 * len(text) / len(self.named)


def _is_linked(line: Line) -> bool:
    return line.linked * 3 > len(line.bare) * 2


def _is_classed(block: Element) -> bool:
    names = (block.get("class"), block.get("id"))
    return any(name and _CLASS.search(name) for name in names)


def _is_hidden(block: Element) -> bool:
    current: Element | None = block
    for _ in range(3):
        if current is None:
            return False
        if _HIDDEN.search(current.get("style") or ""):
            return True
        current = current.getparent()
    return False


def above_facts(lines: Sequence[Line]) -> int:
    """The first line that looks like a title over its facts, -1 when none does. For pages that name no title.

    Either it is centred, or the very next line carries a label and a date (发布时间：2023-11-04 点击：12).
    """
    return next(
        (at for at, line in enumerate(lines) if _may_be_title(line) and _is_over_facts(lines, at)), -1
    )


def _may_be_title(line: Line) -> bool:
    if not 8 <= len(line.bare) <= MAX_TITLE or line.linked or SITE_NAME.match(line.bare):
        return False
    return not _NO_TITLE.search(line.text) and not _NOT_TITLE.search(line.bare)


def _is_over_facts(lines: Sequence[Line], at: int) -> bool:
    block, below = lines[at].block, lines[at + 1].bare if at + 1 < len(lines) else ""
    if block.get("align") == "center" or _CENTRED.search(block.get("style") or ""):
        return _facts_follow(lines, at) == MAX_FACTS
    return _LABELLED_DATE.search(below) is not None and len(below) <= 80


def _facts_follow(lines: Sequence[Line], at: int) -> int:
    """Behind a headline stands a short line with a date, a source or the font sizes, or the text itself."""
    for step, line in enumerate(lines[at : at + 8]):
        tail = line.text if step else line.text[line.starts[1] :] if len(line.starts) > 1 else ""
        is_sentence = step > 0 and "，" in tail and len(line.bare) >= 40
        if is_sentence or len(line.bare) > 120:
            return 2 if step in (1, 2) else 0
        if line.linked < LINKED and _NEAR.search(tail):
            return 4 if step <= 3 else 2
    return 0


def last_line(lines: Sequence[Line], first: int) -> int:
    """A title broken by <br> goes on in the same element; a line with a date or a label is no part."""
    last = first
    for at in range(first + 1, min(first + 5, len(lines))):
        line = lines[at]
        if line.block is not lines[first].block or not line.after_break or _NEAR.search(line.text):
            break
        if len(line.bare) > 80 or sum(len(one.bare) for one in lines[first : at + 1]) > MAX_TITLE:
            break
        last = at
    return last


def joined(lines: Sequence[Line], first: int, last: int) -> str:
    return " ".join(_without_tail(line) for line in lines[first : last + 1]).strip()


def _without_tail(line: Line) -> str:
    """The line up to an inline part that holds a date or begins with a label (<h2>… <small>(2024-05-11)."""
    text = line.text
    for start in line.starts[1:]:
        part = text[start:]
        head = bare(part[:12]).split("：")[0].split(":")[0]
        dated = first_date(part[:60])
        if head in LABELS or (dated and not bare(part[: dated.start]).strip("[(（【")):
            return " ".join(text[:start].split())
    return " ".join(text.split())
