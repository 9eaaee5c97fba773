"""Writes a notice into its Word template (GB/T 9704). The only module that knows docxtpl.

The shipped template holds the fixed words and the layout; an office may put its own beside its settings
as templates/monthly.docx, edited in Word or WPS, with the same {{ }} fields.
"""

import unicodedata
from dataclasses import fields
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from domain.errors import InputError
from notices.compose import Letter

TEMPLATE = Path(__file__).parent / "templates" / "monthly.docx"
DATE_STYLE, SIGNATURE_STYLE = "公文日期", "公文署名"
FROM_EDGE = 2.0
"""Characters between the right edge and the longer of signature and date."""
TWIPS = 320
"""One character of 3号 (16 pt)."""


def render_docx(letter: Letter, made_at: datetime, template: Path | None = None) -> bytes:
    """The letter as .docx. Raises InputError when the template is damaged or names an unknown field."""
    path = template or TEMPLATE
    try:
        document = DocxTemplate(path)
        document.render(
            {field.name: getattr(letter, field.name) for field in fields(letter)},
            SandboxedEnvironment(undefined=StrictUndefined, autoescape=True),
        )
    except (TemplateError, BadZipFile, PackageNotFoundError, KeyError) as error:
        raise InputError(
            f"通报模板 {path} 不能使用：{error}。请对照自带模板 {TEMPLATE} 改正，或者移走它以使用自带模板。"
        ) from error
    _centre_date(document, letter)
    _describe(document, letter, made_at)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _centre_date(document: DocxTemplate, letter: Letter) -> None:
    """Signature and date stand centred on each other, whichever of them is the longer."""
    sender, day = _width(letter.sender), _width(letter.date)
    for paragraph in document.docx.paragraphs:
        shorter_by = {DATE_STYLE: sender - day, SIGNATURE_STYLE: day - sender}.get(paragraph.style.name)
        if shorter_by is not None:
            characters = FROM_EDGE + max(0.0, shorter_by / 2)
            indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
            indent.set(qn("w:rightChars"), str(round(characters * 100)))
            indent.set(qn("w:right"), str(round(characters * TWIPS)))


def _width(text: str) -> float:
    """In characters; Latin letters and digits take half."""
    return sum(1 if unicodedata.east_asian_width(char) in "WF" else 0.5 for char in text)


def _describe(document: DocxTemplate, letter: Letter, made_at: datetime) -> None:
    about = document.docx.core_properties
    about.title = f"{letter.banner}关于{letter.month}政府网站栏目和政务新媒体日常监控情况的通报"
    about.author = letter.sender
    about.created = about.modified = made_at.astimezone(UTC).replace(tzinfo=None)
