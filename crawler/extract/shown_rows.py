"""Whether an unlabelled date is a list's or a data table's, and not the document's. Pure."""

import re
from collections.abc import Sequence
from itertools import islice

from crawler.extract.dates import FoundDate, parse_date
from crawler.extract.lines import Line, bare, text_of
from crawler.extract.tree import Element

LINKED = 10
"""Link text of so many characters beside a date: another document's row."""
ROWS, ROWS_WITHIN = 2, 12
"""So many other days beside links in so many lines behind a date make it a list's."""
TEXT_LINES = 2
"""So many lines that end a sentence are a text; rows have one at most, their abstract."""

_NAMED = re.compile(r"([\u4e00-\u9fff]{1,12})(?:时间|日期|期限|时限)\s*[:：]?\s*$")
_PUBLISHING = re.compile(
    r"发布|公布|公开|公示|发表|刊|登载|挂网|网|上传|录入|添加|创建|更新|推送|信息|文章|新闻|稿|本文"
)
"""What stands before 时间 or 日期 when the date may be that of publication, in whatever spelling."""


def is_named_otherwise(text: str) -> bool:
    """Whether a text ends with the name of another date than that of publication (来信时间：, 开始日期)."""
    named = _NAMED.search(text)
    return named is not None and _PUBLISHING.search(named[1]) is None


def is_row(lines: Sequence[Line], at: int, found: FoundDate) -> bool:
    """Whether the date in this line is one of several of its sort."""
    return _is_list_row(lines, at, found) or _is_data_row(lines, at, found)


def _is_list_row(lines: Sequence[Line], at: int, found: FoundDate) -> bool:
    """Links with other days beside them follow soon, and no text of several sentences stands before them."""
    days, sentences = set(), 0
    for number in range(at + 1, min(at + ROWS_WITHIN, len(lines))):
        sentences += lines[number].bare.endswith("。")
        if sentences >= TEXT_LINES:
            break
        one = parse_date(lines[number].bare)
        if one and max(beside.linked for beside in lines[number - 1 : number + 2]) >= LINKED:
            days.add(one.on)
    return len(days - {found.on}) >= ROWS


def _is_data_row(lines: Sequence[Line], at: int, found: FoundDate) -> bool:
    """A cell below another with another day or below the name of another date (受理日期), in its column."""
    cell = lines[at].block
    row = cell.getparent()
    table = row.getparent() if row is not None and cell.tag in ("td", "th") else None
    if row is None or table is None or len(row) < 2:
        return False
    column = row.index(cell)
    return any(
        _speaks_against(other, column, found) for other in islice(table, 2 * ROWS_WITHIN) if other is not row
    )


def _speaks_against(row: Element, column: int, found: FoundDate) -> bool:
    text = text_of(row[column], 80) if column < len(row) else ""
    one = parse_date(text)
    return (one is not None and one.on != found.on) or is_named_otherwise(bare(text))
