"""What programs may do for a user, by the rules of the pages; recorded under the user's own name."""

from fastapi import APIRouter

from web.api.writing import (
    admin,
    appeals,
    confirming,
    deeds,
    notices,
    proposals,
    register,
    searches,
    workbook,
)

routes = APIRouter()
for part in (deeds, confirming, appeals, proposals, notices, register, searches, workbook, admin):
    routes.include_router(part.routes)
