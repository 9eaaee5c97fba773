"""A page as the lines a reader sees: text between block boundaries and `<br>`, in document order. Pure."""

import re
from dataclasses import dataclass, field

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
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN = re.compile("[\u200b-\u200d\ufeff\ue000-\uf8ff]+")


@dataclass(slots=True)
class Line:
    """One line: `text` with its blanks kept but for line feeds, `starts` where its inline parts begin."""

    block: Element
    after_break: bool = False
    linked: int = 0  # characters of link text
    text: str = ""
    starts: list[int] = field(default_factory=list)
    bare: str = ""  # `text` without any blanks

    def add(self, text: str, in_link: bool) -> None:
        self.starts.append(len(self.text))
        self.text += text
        self.linked += len(bare(text)) if in_link else 0

    @property
    def is_link(self) -> bool:
        """Nothing but link text."""
        return self.linked >= len(self.bare)


def read_lines(root: Element) -> list[Line]:
    """The page's lines; those without a visible character are left out."""
    lines: list[Line] = []
    current: Line | None = None
    for text in texts(_TEXTS, root):
        parent, is_break = text.getparent(), False
        if parent is not None and text.is_tail:
            is_break, parent = parent.tag == "br", parent.getparent()
        if parent is None or parent.tag in _SILENT:
            continue
        block, in_link = _block_of(parent)
        if current is None or block is not current.block or is_break:
            current = Line(block, after_break=is_break)
            lines.append(current)
        plain = str(text)
        if "\n" in plain or "  " in plain or "\t" in plain:
            plain = _SPACE.sub(" ", plain)
        current.add(plain, in_link)
    for line in lines:
        line.bare = bare(line.text)
    return [line for line in lines if line.bare]


def bare(text: str) -> str:
    """The text without blanks of any sort (nbsp, ideographic, zero-width) and without icon letters."""
    squeezed = "".join(text.split())
    return _UNSEEN.sub("", squeezed) if _UNSEEN.search(squeezed) else squeezed


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
    pieces, size = [], 0
    for piece in texts(_INNER, element):
        pieces.append(piece)
        size += len(piece)
        if size > limit * 4:
            break
    return _SPACE.sub(" ", "".join(pieces)).strip()[:limit]
