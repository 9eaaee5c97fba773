"""The year sheet of all units: what notices/ writes, put together from sheets, events and marks."""

from collections.abc import Iterator
from datetime import date

from app.naming import subject_named
from app.office import Office
from domain.clock import Month, day_end, local_day
from domain.notices import MonthReport
from domain.scores import ScoreSheet
from domain.yearbook import Assessed, Charged, YearBook
from notices.frozen import thaw
from notices.year_sheet import render_year


def year_workbook(
    office: Office, sheets: list[ScoreSheet], *, as_of: date | None = None, ranked: bool = False
) -> bytes:
    """The workbook of these sheets, all of one score year."""
    return render_year(year_book(office, sheets, as_of=as_of, ranked=ranked))


def year_book(
    office: Office, sheets: list[ScoreSheet], *, as_of: date | None = None, ranked: bool = False
) -> YearBook:
    """Sheets with what stands behind them."""
    day = as_of or local_day(office.now())
    year = sheets[0].year if sheets else day.year
    registry = office.registry
    units = tuple(
        Assessed(unit=unit, rubric=office.rubric_for(unit), sheet=sheet)
        for sheet in sheets
        for unit in (registry.unit(sheet.unit_id),)
    )
    marks = tuple(mark for mark in office.archive.marks(year=year) if mark.at < day_end(day))
    return YearBook(
        office=office.settings.office_name, year=year, as_of=day, made_at=office.now(), units=units,
        charged=_charged(office, sheets), marks=marks, ranked=ranked, simulation=office.archive.simulation,
    )  # fmt: skip


def _charged(office: Office, sheets: list[ScoreSheet]) -> tuple[Charged, ...]:
    """The events behind the occurrences, each by its number and month.

    A closed month's charge is told as its notice told it; the event itself tells of its newest look.
    """
    hits = {
        (hit.event_id, hit.month) for sheet in sheets for score in sheet.clauses for hit in score.occurrences
    }
    told = {key: text for month in {month for _, month in hits} for key, text in _told(office, month)}
    found = []
    for event_id, month in sorted(hits):
        event = office.archive.event(event_id)
        if event is not None:
            name, _ = subject_named(office, event.subject_id)
            more = event.measured if event.measured not in event.why else ""
            detail = told.get((event_id, month)) or "，".join(filter(None, (event.why, more)))
            found.append(Charged(event_id=event_id, month=month, subject=name, detail=detail))
    return tuple(found)


def _told(office: Office, month: Month) -> Iterator[tuple[tuple[int, Month], str]]:
    closed = office.archive.closed_month(month)
    for item in thaw(MonthReport, closed.report).items if closed else ():
        yield (item.event_id, month), item.detail
