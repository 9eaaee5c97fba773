"""What programs read."""

from fastapi import APIRouter

from web.api.reading import admin, appeals, events, files, months, proposals, register, units, work

routes = APIRouter()
for part in (units, events, appeals, proposals, months, files, work, register, admin):
    routes.include_router(part.routes)
