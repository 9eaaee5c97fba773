"""What is due when and why, with the names of what it is about."""

from dataclasses import dataclass

from app.naming import subject_named
from app.office import Office
from app.paging import Paged, paged
from app.scheduler import schedule_of
from domain.records import DueRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView:
    """`unit`: "" for what all units share."""

    row: DueRow
    name: str
    unit: str
    overdue: bool


def schedule_page(office: Office, asked: int = 1) -> Paged[DueView]:
    """A page of the schedule, the next first."""
    at = office.now()
    units = {unit.id: unit.name for unit in office.registry.units}
    owners = {subject.subject_id: subject.unit_id for subject in office.registry.subjects}
    page = paged(schedule_of(office, at), asked)
    rows = [
        DueView(
            row=row, name=subject_named(office, row.subject_id)[0], overdue=row.due_at <= at,
            unit=units.get(owners.get(row.subject_id) or "", ""),
        )
        for row in page.rows
    ]  # fmt: skip
    return Paged(rows=rows, total=page.total, at=page.at, pages=page.pages)
