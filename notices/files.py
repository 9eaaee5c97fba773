"""The finished files of a month's notice, in memory: name and bytes."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from domain.notices import MonthReport
from domain.quarters import QuarterReport
from notices.compose import compose
from notices.letter import Picture, document_name
from notices.quarter import compose_quarter, quarter_name
from notices.render_docx import TEMPLATES, Template, render_docx
from notices.render_xlsx import render_form, render_xlsx
from notices.unit_notice import compose_unit, unit_parts
from notices.wording import clean

NOTICE = "整改通知书"
LONGEST_NAME = 40
"""Characters of a unit's name in a file name: 255 bytes is what file systems hold."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')


def documents(report: MonthReport, own: Path | None = None) -> Mapping[str, bytes]:
    """The 通报 (.docx) with its annexes (.xlsx), then each unit's 整改通知书 and form in a folder.

    By path below the output folder. `own`: folder of the office's templates, if it has one.
    Raises InputError for a template that cannot be used.
    """
    return {
        f"{document_name(report)}.docx": render_docx(compose(report), report.made_at, Template.MONTHLY, own),
        f"{document_name(report, '附件')}.xlsx": render_xlsx(report),
        **dict(_units(report, own)),
    }


def _units(report: MonthReport, own: Path | None) -> Iterator[tuple[str, bytes]]:
    folder = PurePosixPath(document_name(report, what=NOTICE))
    for part in unit_parts(report):
        stem = f"{part.order:02} {safe(part.unit)}"
        letter = compose_unit(report, part)
        yield (
            str(folder / f"{stem} {NOTICE}.docx"),
            render_docx(letter, report.made_at, Template.UNIT, own),
        )
        yield str(folder / f"{stem} 整改反馈表.xlsx"), render_form(report, part)


def quarter_document(
    report: QuarterReport, own: Path | None = None, picture: Picture | None = None
) -> Mapping[str, bytes]:
    """The quarterly 检查通报 (.docx)."""
    letter = compose_quarter(report, picture)
    return {f"{quarter_name(report)}.docx": render_docx(letter, report.made_at, Template.QUARTER, own)}


def shipped_templates() -> Mapping[str, bytes]:
    """The templates as shipped, to be edited in Word or WPS."""
    return {kind.value: (TEMPLATES / kind.value).read_bytes() for kind in Template}


def safe(name: str) -> str:
    """A unit's name as part of a file name, on any system."""
    return _FORBIDDEN.sub("_", clean(name))[:LONGEST_NAME].strip("._") or "单位"
