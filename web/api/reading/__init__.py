"""What programs read."""

from fastapi import APIRouter

from web.api.reading import appeals, events, files, months, proposals, units, work

routes = APIRouter()
for part in (units, events, appeals, proposals, months, files, work):
    routes.include_router(part.routes)
