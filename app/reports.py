"""The reports of issued notices: what was printed, read once, for it never changes."""

from app.office import Office
from domain.notices import MonthReport
from domain.records import NoticeRow
from notices.frozen import thaw


def issued_report(office: Office, row: NoticeRow) -> MonthReport:
    """The report as issued. Kept by the whole row: a notice whose issue was rolled back is another one."""
    known = office.reports.get(row)
    if known is None:
        known = office.reports[row] = thaw(MonthReport, office.archive.notice_report(row.id))
    return known
