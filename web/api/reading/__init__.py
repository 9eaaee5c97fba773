"""What programs read."""

from fastapi import APIRouter

from web.api.reading import appeals, events, files, months, units, work

routes = APIRouter()
for part in (units, events, appeals, months, files, work):
    routes.include_router(part.routes)
