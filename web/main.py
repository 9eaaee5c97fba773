"""The application: routes, static files, safety headers, errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from app.boards import Boards
from app.deployment import Deployment
from app.portal_looks import Searches
from app.works import Works
from app.workshop import Here, Workshop
from web import refusals
from web.api import documents, reading, writing
from web.deps import own_form
from web.guard import Guard
from web.pages import environment
from web.routes import (
    admin,
    appeals,
    attest,
    checks,
    discover,
    events,
    exports,
    feedback,
    files,
    home,
    log,
    logins,
    notice_files,
    notice_items,
    notices,
    own,
    proposals,
    readings,
    register,
    register_files,
    registrations,
    scores,
    units,
    users,
    works,
)

ROUTES: tuple[APIRouter, ...] = (
    logins.routes, home.routes, units.routes, events.routes, checks.routes, notices.routes,
    notice_items.routes, notice_files.routes, scores.routes, works.routes, own.routes, feedback.routes,
    appeals.routes, proposals.routes, attest.routes, files.routes, exports.routes, admin.routes,
    users.routes, log.routes, register.routes, register_files.routes, registrations.routes, readings.routes,
    discover.routes, reading.routes, writing.routes, documents.routes,
)  # fmt: skip


def create_app(folder: Path, workshop: Workshop | None = None, wait_s: float | None = None) -> FastAPI:
    """The console over a deployment folder. Raises ConfigError or StorageError when it cannot be opened.

    `workshop`: where scores and drafts are worked out (here); `wait_s`: how long pages wait for scores at
    most, None until they are whole.
    """
    deployment, workshop = Deployment(folder), workshop or Here()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with _every().lifespan_context(app):
            yield
        app.state.searches.close()
        app.state.boards.close()
        workshop.close()
        deployment.close()

    app = FastAPI(
        title="zwgk", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(own_form)], routes=[*_every().routes],
    )  # fmt: skip
    app.state.deployment, app.state.templates = deployment, environment()
    app.state.workshop, app.state.boards = workshop, Boards(workshop, wait_s)
    app.state.searches = Searches()
    app.state.works = Works()
    refusals.install(app)
    app.mount("/static", StaticFiles(packages=[("web", "static")]), name="static")
    app.mount("/htmx", StaticFiles(packages=[("js_lib_htmx", "static/htmx")]), name="htmx")
    app.add_middleware(Guard)
    return app


@cache
def _every() -> APIRouter:
    """The routes of all consoles of a process: what each takes is worked out once."""
    every = APIRouter(dependencies=[Depends(own_form)])
    for routes in ROUTES:
        every.include_router(routes)
    return every
