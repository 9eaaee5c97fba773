"""An empty A4 page after GB/T 9704: margins, header mark, page numbers, and paragraphs in their styles."""

from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from notices.layout.styles import LINE, add_styles, child, font_run, font_table

TEXT_MM = 156
"""Width of the text area (版心)."""
UNUSED = ("/thumbnail", "/stylesWithEffects", "/numbering", "/customXml")
"""Parts of the library's blank document that no official document needs."""


class Paper:
    """A document that is filled from top to bottom."""

    def __init__(self) -> None:
        self.document: Any = Document()
        self._body = self.document.element.body
        add_styles(self.document)
        _clean(self.document)
        _page(self.document)

    def line(self, style: str, text: str, *, before: float | None = None, keep: bool = False) -> Any:
        """A paragraph; `before`: space above in points, else the style's."""
        made = self.document.add_paragraph(style=style)
        if text:
            made.add_run(text)
        if before is not None:
            made.paragraph_format.space_before = Pt(before)
        if keep:
            made.paragraph_format.keep_with_next = True
        return made

    def led(self, style: str, font: str, head: str, text: str) -> Any:
        """A paragraph led by words in another font."""
        made = self.document.add_paragraph(style=style)
        first = made.add_run(head)
        first._r.insert(0, font_run(font))
        made.add_run(text)
        return made

    def code(self, *statements: str) -> None:
        """Statements of the template, each in a paragraph that disappears."""
        for statement in statements:
            self.document.add_paragraph(f"{{%p {statement} %}}", style="公文正文")

    def new_page(self, style: str, text: str) -> Any:
        made = self.line(style, text)
        made.paragraph_format.page_break_before = True
        return made


def _clean(document: Any) -> None:
    """Our font table for that of the library's blank document, without its picture and remarks."""
    package = document.part.package
    fonts = [part for part in package.iter_parts() if part.partname == "/word/fontTable.xml"]
    fonts[0]._blob = font_table()
    for rels in (package.rels, document.part.rels):
        for key, relation in list(rels.items()):
            if relation.reltype.endswith(UNUSED):
                del rels[key]
    about = document.core_properties
    about.author = about.comments = about.title = about.keywords = ""


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(15), Mm(21)
    for old in page._sectPr.xpath("w:docGrid"):
        page._sectPr.remove(old)
    page._sectPr.append(child("w:docGrid", type="lines", linePitch=str(round(LINE * 20))))
    document.settings.odd_and_even_pages_header_footer = True
    for header in (page.header, page.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = document.styles["标记"]
        header.paragraphs[0].add_run("{{ banner }}")
    for footer, style in ((page.footer, "页码单"), (page.even_page_footer, "页码双")):
        footer.is_linked_to_previous = False
        footer.paragraphs[0].style = document.styles[style]
        _number(footer.paragraphs[0])


def _number(paragraph: Any) -> None:
    """— 1 —, with the page for 1."""
    paragraph.add_run("— ")
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.text = " PAGE "
            run._r.append(code)
        elif kind == "1":
            run.text = "1"
        else:
            run._r.append(child("w:fldChar", fldCharType=kind))
    paragraph.add_run(" —")
