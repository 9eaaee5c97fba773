"""What programs may do for a user, by the rules of the pages; recorded under the user's own name."""

from fastapi import APIRouter

from web.api.writing import admin, appeals, deeds, notices, proposals, register

routes = APIRouter()
for part in (deeds, appeals, proposals, notices, register, admin):
    routes.include_router(part.routes)
