"""The application: routes, static files, safety headers, errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from app.board import Boards
from app.deployment import Deployment
from web import refusals
from web.api import documents, reading, writing
from web.deps import own_form
from web.guard import Guard
from web.pages import environment
from web.routes import checks, events, exports, home, logins, units

ROUTES: tuple[APIRouter, ...] = (
    logins.routes, home.routes, units.routes, events.routes, checks.routes,
    exports.routes, reading.routes, writing.routes, documents.routes,
)  # fmt: skip


def create_app(folder: Path) -> FastAPI:
    """The console over a deployment folder. Raises ConfigError or StorageError when it cannot be opened."""
    deployment = Deployment(folder)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        deployment.close()

    app = FastAPI(
        title="zwgk", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan,
        dependencies=[Depends(own_form)],
    )  # fmt: skip
    app.state.deployment, app.state.boards, app.state.templates = deployment, Boards(), environment()
    refusals.install(app)
    for routes in ROUTES:
        app.include_router(routes)
    app.mount("/static", StaticFiles(packages=[("web", "static")]), name="static")
    app.mount("/htmx", StaticFiles(packages=[("js_lib_htmx", "static/htmx")]), name="htmx")
    app.add_middleware(Guard)
    return app
