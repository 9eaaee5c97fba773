"""The finished files of a month's notice, in memory: name and bytes."""

from collections.abc import Mapping
from pathlib import Path

from domain.notices import MonthReport
from notices.compose import compose, document_name
from notices.render_docx import render_docx
from notices.render_xlsx import render_xlsx


def documents(report: MonthReport, template: Path | None = None) -> Mapping[str, bytes]:
    """The 通报 (.docx) and its annexes (.xlsx) by file name. `template`: the office's own, if it has one.

    Raises InputError for a template that cannot be used.
    """
    return {
        f"{document_name(report)}.docx": render_docx(compose(report), report.made_at, template),
        f"{document_name(report, '附件')}.xlsx": render_xlsx(report),
    }
