"""The console's downloads, made in memory: months, quarters, the year sheet. All take seconds."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from app.county_picture import picture_if_any
from app.month_files import Extra, Printed, printed
from app.months import own_templates
from app.office import Office
from app.quarters import quarter_report, year_so_far
from app.year import year_workbook
from domain.notices import MonthReport
from domain.quarters import Quarter, QuarterIssue
from domain.scores import ScoreSheet
from notices.files import documents, quarter_document
from notices.letter import Picture


def month_prints(office: Office, report: MonthReport, *, pdf: bool) -> Printed:
    """Every file of a month's notice, and all of them in one archive. Nothing is scored."""
    return printed(documents(report, own_templates(office)), Extra(pdf=pdf, packed=True))


Draw: TypeAlias = Callable[[Quarter, Sequence[MonthReport]], tuple[Picture | None, str]]


def quarter_prints(
    office: Office, quarter: Quarter, given: QuarterIssue | None, *, pdf: bool, draw: Draw = picture_if_any
) -> Printed:
    """The quarter's document. Raises RefusedError as `app.quarters.quarter_report` does."""
    report = quarter_report(office, quarter, given)
    picture, no_picture = draw(quarter, year_so_far(office, quarter))
    made = printed(quarter_document(report, own_templates(office), picture), Extra(pdf=pdf))
    return replace(made, no_picture=no_picture)


def year_prints(office: Office, sheets: Sequence[ScoreSheet], day: date) -> Printed:
    """A score year's workbook as of the day, with places only where the settings ask for them."""
    data = year_workbook(office, list(sheets), as_of=day, ranked=office.settings.ranking)
    year = sheets[0].year if sheets else day.year
    mark = "【模拟】" if office.archive.simulation else ""
    return Printed(files={f"{mark}{year}年度得分表（截至{day}）.xlsx": data})
