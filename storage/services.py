"""送达 and 签收 of notices at units: only ever added to, the newest of each step counts."""

from typing import Any

from sqlalchemy import select

from domain.records import Service, ServiceStep
from storage.log import append
from storage.part import Part
from storage.tables import ServiceRow


class Services(Part):
    def record_service(self, service: Service) -> None:
        """Add one step; logged under the notice."""
        with self._db.write() as session:
            session.add(ServiceRow(**service_values(service)))
            values = service_values(service)
            append(
                session, "service.recorded", f"notice:{service.notice_id}", values, actor=service.by,
                at=service.at,
            )  # fmt: skip

    def services(self, notice_id: int) -> list[Service]:
        """Every step recorded for a notice, in order."""
        query = select(ServiceRow).where(ServiceRow.notice_id == notice_id).order_by(ServiceRow.id)
        with self._db.read() as session:
            return [service_of(row) for row in session.scalars(query)]


def service_values(service: Service) -> dict[str, Any]:
    return {
        "notice_id": service.notice_id, "unit_id": service.unit_id, "step": service.step.value,
        "on": service.on, "person": service.person, "note": service.note, "by": service.by,
        "at": service.at,
    }  # fmt: skip


def service_of(row: ServiceRow) -> Service:
    return Service(
        notice_id=row.notice_id, unit_id=row.unit_id, step=ServiceStep(row.step), on=row.on,
        person=row.person, by=row.by, at=row.at, note=row.note,
    )  # fmt: skip
