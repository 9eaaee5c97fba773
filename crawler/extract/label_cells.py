"""The value of a label that fills its line or cell: in its element, behind it, in the next cell, below it."""

import re
from collections.abc import Sequence

from crawler.extract.lines import Line, bare, is_inside, text_of
from crawler.extract.tree import Element
from crawler.extract.words import label_of

MAX_VALUE = 300
"""Longer is no value but the text of the document."""
MIN_LABELS, MAX_CELLS = 2, 40
"""Cells of a row of labels over a row of values."""
_ROW_GROUPS = ("thead", "tbody", "tfoot")
_NO_CELLS = ("br", "script", "style", "wbr", "input")
_HEAD = re.compile(r"\s*(?:[^:：]{2,40}[:：]|[\[【［][^\]】］]{2,40}[\]】］])")


def value_elsewhere(lines: Sequence[Line], at: int) -> str:
    """The value of a label that fills its line: in its element, behind it, in the next cell, a row below."""
    block = lines[at].block
    if at + 1 < len(lines) and is_inside(lines[at + 1].block, block):
        return _unless_label(lines[at + 1].text)
    if block.tag not in ("td", "th") and _is_pair(block, lines[at].bare):
        return ""  # <li><span>文号</span><b></b></li>
    cell = _whole_cell(block, lines[at].bare)
    if cell.tail and bare(cell.tail):
        return _unless_label(cell.tail)
    beside = _next(cell)
    text = text_of(beside, MAX_VALUE + 1) if beside is not None else ""
    if beside is None or label_of(bare(text)) is not None:
        return _below(cell)
    return _value_of(beside, text)


def _is_pair(block: Element, label: str) -> bool:
    """An element for the label and another for the value, which is empty."""
    inner = [one for one in block if one.tag not in _NO_CELLS]
    return len(inner) > 1 and bare(text_of(inner[0], 80)) == label


def _value_of(element: Element, text: str) -> str:
    """The element's text, or "" when a label opens it (then the label before it is empty)."""
    if len(element) and label_of(bare(text_of(element[0], 80))) is not None:
        return ""
    return _unless_label(text)


def _unless_label(text: str) -> str:
    """The text, or "" when it begins with another label of its own (then this one is empty)."""
    head = _HEAD.match(text)
    if label_of(bare(text)) is not None or (head and label_of(bare(head.group())) is not None):
        return ""
    return text.strip()


def _whole_cell(block: Element, label: str) -> Element:
    """The outermost element that holds nothing but the label: <td><p>文号</p></td> is the td."""
    for _ in range(4):
        parent = block.getparent()
        if parent is None or _next(block) is not None or bare(text_of(parent, 80)) != label:
            break
        block = parent
    return block


def _next(element: Element) -> Element | None:
    following = element.getnext()
    while following is not None and following.tag in _NO_CELLS:
        following = following.getnext()
    return following


def _below(cell: Element) -> str:
    """A row of labels over a row of values: the cell of the same number in the next row."""
    row = cell.getparent()
    below = _next_row(row) if row is not None and MIN_LABELS <= len(row) <= MAX_CELLS else None
    if row is None or below is None or len(below) != len(row):
        return ""
    if not all(label_of(bare(text_of(one, 80))) for one in row):
        return ""
    value = below[row.index(cell)]
    return _value_of(value, text_of(value, MAX_VALUE + 1))


def _next_row(row: Element) -> Element | None:
    """The row below, also where one stands in a <thead> and the other behind it."""
    below = _next(row)
    group = row.getparent()
    if below is None and group is not None and group.tag in _ROW_GROUPS:
        below = _next(group)
        if below is not None and below.tag in _ROW_GROUPS and len(below):
            below = below[0]
    return below if below is not None and below.tag == row.tag else None
