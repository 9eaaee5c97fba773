"""A page as the lines a reader sees: text between block boundaries and `<br>`, in document order. Pure."""

import re
from dataclasses import dataclass

from lxml import etree

from crawler.extract.tree import Element, texts

MAX_TEXTS = 20_000
"""Text nodes read of a page; real documents have some hundreds."""
MAX_CLIMB = 40
"""Elements climbed from a text to its block: deeper inline nesting is no layout."""

_TEXTS = etree.XPath(f"(/html/body/descendant::text()[normalize-space()])[position() <= {MAX_TEXTS}]")
_SILENT = frozenset({"script", "style", "option", "noscript", "textarea", "template"})
_BLOCK_TAGS = (
    "html body div p td th tr table tbody thead tfoot li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article"
    " header footer nav form fieldset center blockquote pre main aside figure figcaption caption"
)
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_INNER = etree.XPath("(.//text()[not(parent::script or parent::style)])[position() <= 200]")
_BLANKS = " \t\r\n\f\v"
_SPACE = re.compile(f"[{_BLANKS}]+")
_UNSEEN = re.compile("[\u200b-\u200d\ufeff\ue000-\uf8ff]+")


@dataclass(slots=True)
class Line:
    """One line: `text` with its blanks kept but for line feeds, `starts` where its inline parts begin."""

    block: Element
    after_break: bool
    text: str
    bare: str  # `text` without any blanks
    linked: int  # characters of link text
    starts: list[int]

    def add(self, text: str, seen: str, linked: int) -> None:
        self.starts.append(len(self.text))
        self.text += text
        self.bare += seen
        self.linked += linked

    @property
    def is_link(self) -> bool:
        """Nothing but link text."""
        return self.linked >= len(self.bare)


def read_lines(root: Element) -> list[Line]:
    """The page's lines; those without a visible character are left out."""
    lines: list[Line] = []
    current: Line | None = None
    for text in texts(_TEXTS, root):
        block, is_break, in_link = text.getparent(), False, False
        if block is not None and text.is_tail:
            is_break, block = block.tag == "br", block.getparent()
        if block is None or block.tag in _SILENT:
            continue
        if block.tag not in _BLOCKS:
            block, in_link = _block_of(block)
        seen = bare(text)
        folded = seen if len(seen) == len(text) else _folded(text)
        linked = len(seen) if in_link else 0
        if current is None or block is not current.block or is_break:
            current = Line(block, is_break, folded, seen, linked, [0])
            lines.append(current)
        else:
            current.add(folded, seen, linked)
    return [line for line in lines if line.bare]


def _folded(text: str) -> str:
    """Line feeds, tabs and runs of blanks as one blank; most stand at the ends, where no search is needed."""
    inner = text.strip(_BLANKS)
    if "\n" in inner or "  " in inner or "\t" in inner:
        return _SPACE.sub(" ", text)
    if len(inner) == len(text):
        return inner
    before = " " if text[0] in _BLANKS else ""
    behind = " " if inner and text[-1] in _BLANKS else ""
    return f"{before}{inner}{behind}"


def bare(text: str) -> str:
    """The text without blanks of any sort (nbsp, ideographic, zero-width) and without icon letters."""
    squeezed = "".join(text.split())
    return squeezed if squeezed.isprintable() else _UNSEEN.sub("", squeezed)


def _block_of(element: Element) -> tuple[Element, bool]:
    in_link = False
    for _ in range(MAX_CLIMB):
        if element.tag in _BLOCKS:
            break
        in_link = in_link or element.tag == "a"
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element, in_link


def is_inside(element: Element, container: Element) -> bool:
    """Whether the element is the container or one of the elements in it (looked for MAX_CLIMB steps up)."""
    current: Element | None = element
    for _ in range(MAX_CLIMB):
        if current is None or current is container:
            break
        current = current.getparent()
    return current is container


def text_of(element: Element, limit: int = 600) -> str:
    """The visible text in the element, blanks folded, cut at `limit` characters."""
    if not len(element):
        return _SPACE.sub(" ", element.text or "").strip()[:limit]
    pieces, size = [], 0
    for piece in texts(_INNER, element):
        pieces.append(piece)
        size += len(piece)
        if size > limit * 4:
            break
    return _SPACE.sub(" ", "".join(pieces)).strip()[:limit]
