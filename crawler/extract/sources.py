"""来源 of a document: what is shown with the headline, what the meta tags say, what the text says."""

import re
from collections.abc import Sequence

from crawler.extract.dates import first_date
from crawler.extract.facts import Facts
from crawler.extract.labels import clean_value
from crawler.extract.layout import Layout
from crawler.extract.lines import Line, bare
from crawler.extract.meta import Meta
from crawler.extract.words import DECLARED_NONE

MAX_SOURCE = 60
_WORDS = (
    "打印 分享 下载 收藏 关闭 我要纠错 内容纠错 纠错 字体 字号 保存 浏览 点击 阅读 访问 作者 编辑 责任编辑"
    " 责编 编审 扫一扫 语音 朗读 听全文 播报 繁体 大 中 小 返回 复制链接 微信 微博 转载 发布时间"
)
_TOOLS = re.compile(rf"(?:^|[\s|｜【\[（(])(?:{_WORDS.replace(' ', '|')}|A[+-]|\+)(?![\u4e00-\u9fff]{{3}})")
_WIDE_BLANK = re.compile(r"[ \u00a0\u3000\u2002\u2003]{3,}|[|｜丨]")
_IN_TEXT = re.compile(
    r"^[（(【\[]?\s*(?:(?:信息|文章|稿件|新闻|资料|图文|本文|内容|文稿)?来源(?:于)?|稿源|转自)\s*[:：]\s*(.{2,40})$"
)
_CUT = re.compile(r"(?:\.{2,}|…+)[】\])）]?$")


def read_source(
    lines: Sequence[Line], layout: Layout, facts: Facts, meta: Meta
) -> tuple[str | None, list[str]]:
    """The source shown with the headline, else the meta tag's, else the one below the text; and conflicts."""
    shown, named = _shown_source(facts), meta.first("contentsource", "content-source", "source", "mediaid")
    if shown and named and _CUT.search(shown) and named.startswith(_CUT.sub("", shown)[:-1]):
        shown = named
    if shown and named and bare(shown) != bare(named):
        return shown, [f"来源：页面显示“{shown}”，元数据为“{named}”"]
    return shown or named or _text_source(lines, layout), []


def _shown_source(facts: Facts) -> str | None:
    for pair in facts.by_name.get("source", ()):
        value = _cut_source(pair.value)
        if value and value not in DECLARED_NONE:
            return value
    return None


def _cut_source(value: str) -> str:
    """A source up to the next fact on its line: a date, the font sizes, wide blanks, a closing bracket."""
    value = _WIDE_BLANK.split(value.strip(), maxsplit=1)[0]
    if found := first_date(value[:200]):
        value = value[: found.start]
    if tool := _TOOLS.search(value):
        value = value[: tool.start()]
    value = clean_value(value).rstrip("【[（( -—")
    return value if len(value) <= 2 * MAX_SOURCE else ""


def _text_source(lines: Sequence[Line], layout: Layout) -> str | None:
    """（来源：某某） in the first or the last lines of the text."""
    text = lines[layout.start : layout.end]
    for line in [*text[-4:], *text[:2]]:
        match = _IN_TEXT.match(line.text.strip())
        value = _cut_source(match.group(1)) if match else ""
        if value and len(value) <= MAX_SOURCE and not re.search(r"[，。；]", value):
            return value
    return None
