"""Writes a letter into its Word template (GB/T 9704). The only module that knows docxtpl.

The shipped templates hold the fixed words and the layout; an office may put its own beside its settings
as templates/monthly.docx, unit.docx or quarter.docx, edited in Word or WPS, with the same {{ }} fields.
"""

import unicodedata
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from domain.errors import InputError
from notices.letter import Letter, Picture

TEMPLATES = Path(__file__).parent / "templates"
DATE_STYLE, SIGNATURE_STYLE, MARK_STYLE = "公文日期", "公文署名", "发文机关标志"
DATE_FROM_EDGE = 4.0
"""Characters between the right edge and the date, where the signature centred on it leaves room."""
TWIPS = 320
"""One character of 3号 (16 pt)."""
MARK_PT, TEXT_PT, TEXT_MM = 28, 442, 156
"""Size of the 发文机关标志, and the width it must keep within: that of the text."""


class Template(StrEnum):
    """The kinds of document, by the file name of their template."""

    MONTHLY = "monthly.docx"
    UNIT = "unit.docx"
    QUARTER = "quarter.docx"

    def path(self, own: Path | None) -> Path:
        """The office's template in the folder `own` if there is one, else the shipped one."""
        mine = own / self.value if own else None
        return mine if mine and mine.is_file() else TEMPLATES / self.value


def render_docx(letter: Letter, made_at: datetime, kind: Template, own: Path | None = None) -> bytes:
    """The letter as .docx. `own`: folder of the office's templates.

    Raises InputError when the template is damaged or names an unknown field.
    """
    path = kind.path(own)
    try:
        document = DocxTemplate(path)
        values = {name: _placed(document, value) for name, value in context(letter).items()}
        document.render(values, SandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    except (TemplateError, BadZipFile, PackageNotFoundError, KeyError) as error:
        raise InputError(
            f"公文模板 {path} 不能使用：{error}。"
            "请对照自带模板（zwgk month templates --out 文件夹）改正，或者移走它以使用自带模板。"
        ) from error
    _centre_date(document, letter)
    _fit_mark(document, letter)
    _describe(document, letter, made_at)
    _say_pictures(document, letter)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def context(letter: Letter) -> dict[str, object]:
    """The fields a template of this kind can name."""
    own = {field.name: getattr(letter, field.name) for field in fields(letter) if field.name != "more"}
    return {**own, **letter.more}


def _placed(document: DocxTemplate, value: object) -> object:
    """A picture as the template takes it; anything else as it is."""
    if not isinstance(value, Picture):
        return value
    return InlineImage(document, BytesIO(value.png), width=Mm(TEXT_MM))


def _centre_date(document: DocxTemplate, letter: Letter) -> None:
    """The date 4 characters from the edge, the signature centred on it; both move left for a long name."""
    sender, day = _width(letter.sender), _width(letter.date)
    date_from = max(DATE_FROM_EDGE, (sender - day) / 2)
    indents = {DATE_STYLE: date_from, SIGNATURE_STYLE: date_from + (day - sender) / 2}
    for paragraph in document.docx.paragraphs:
        characters = indents.get(paragraph.style.name)
        if characters is not None:
            indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
            indent.set(qn("w:rightChars"), str(round(characters * 100)))
            indent.set(qn("w:right"), str(round(characters * TWIPS)))


def _fit_mark(document: DocxTemplate, letter: Letter) -> None:
    """A long name is set smaller, so that the red head stays one line."""
    fitting = TEXT_PT / max(_width(letter.sender), 1)
    if fitting >= MARK_PT:
        return
    for paragraph in document.docx.paragraphs:
        if paragraph.style.name == MARK_STYLE:
            for run in paragraph.runs:
                run.font.size = Pt(int(fitting))


def _width(text: str) -> float:
    """In characters; Latin letters and digits take half."""
    return sum(1 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)


def _describe(document: DocxTemplate, letter: Letter, made_at: datetime) -> None:
    about = document.docx.core_properties
    about.title = f"{letter.banner}{letter.title}"
    about.author = about.last_modified_by = letter.sender
    about.created = about.modified = made_at.astimezone(UTC).replace(tzinfo=None)


def _say_pictures(document: DocxTemplate, letter: Letter) -> None:
    """What a picture shows, for those who do not see it."""
    texts = [value.text for value in letter.more.values() if isinstance(value, Picture)]
    shapes = document.docx.inline_shapes
    for shape, text in zip(shapes, texts, strict=False):
        shape._inline.docPr.set("descr", text)
