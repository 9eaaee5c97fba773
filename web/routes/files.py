"""Attachments of an event's appeals and reports, to keep, never to open in the console's own page."""

from urllib.parse import quote

from fastapi import APIRouter, Response

from app.event_files import event_file
from domain.users import STAFF, Role
from web.access import Own, allow
from web.deps import Asked
from web.withheld import KEEPS_SECRETS

routes = APIRouter(dependencies=[KEEPS_SECRETS])


@routes.get("/events/{event_id}/files/{sha256}")
@allow(*STAFF, Role.UNIT, own=Own.EVENT)
def file(ask: Asked, event_id: int, sha256: str) -> Response:
    found = event_file(ask.office, event_id, sha256)
    said = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {"Content-Disposition": said, "X-Content-Type-Options": "nosniff"}
    return Response(found.data, media_type="application/octet-stream", headers=headers)
