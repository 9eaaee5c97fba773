"""The log of everything people and the program did, for whoever supervises."""

from app.office import Office
from app.paging import PAGE, Paged, cut
from domain.queries import LogQuery
from domain.records import LogEntry


def log_page(office: Office, query: LogQuery, asked: int = 1) -> Paged[LogEntry]:
    """A page of the log, newest first."""
    _, total = office.archive.log_page(query, first=0, count=0)
    at, pages = cut(total, asked)
    rows, total = office.archive.log_page(query, first=(at - 1) * PAGE, count=PAGE)
    return Paged(rows=rows, total=total, at=at, pages=pages)
