"""管理: runs, schedule, sources, doctor, settings, backup. Users and the log have modules of their own."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import FileResponse, RedirectResponse
from starlette.background import BackgroundTask

from app.backups import copy_for_download, drop
from app.health import examine
from app.run_view import run_detail, run_list
from app.schedule_view import schedule_page
from app.sources import sources
from app.works import Going
from config.origins import shown_settings
from domain.users import Role
from web.access import CHECKERS, allow
from web.deps import Asked
from web.pages import page
from web.working import asked_for, wait_page

routes = APIRouter()
Number = Annotated[int, Query(alias="page")]


@routes.get("/admin")
@allow(*CHECKERS)
def admin(ask: Asked) -> Response:
    return RedirectResponse(
        "/admin/users" if ask.user.role is Role.ADMIN else "/admin/runs", HTTPStatus.SEE_OTHER
    )


@routes.get("/admin/runs")
@allow(*CHECKERS)
def runs(ask: Asked, number: Number = 1) -> Response:
    return page(ask.request, "admin/runs.html", found=run_list(ask.office, number))


@routes.get("/admin/runs/{run_id}")
@allow(*CHECKERS)
def run(ask: Asked, run_id: int) -> Response:
    return page(ask.request, "admin/run.html", found=run_detail(ask.office, run_id))


@routes.get("/admin/schedule")
@allow(*CHECKERS)
def schedule(ask: Asked, number: Number = 1) -> Response:
    settings = ask.office.settings
    return page(
        ask.request, "admin/schedule.html", found=schedule_page(ask.office, number), settings=settings
    )


@routes.get("/admin/sources")
@allow(*CHECKERS)
def account_sources(ask: Asked) -> Response:
    """From every look at every account: seconds of work after a year."""
    found = asked_for(ask, "sources", sources)
    if isinstance(found, Going):
        return wait_page(ask, found, "账号来源", "/admin/runs")
    return page(ask.request, "admin/sources.html", found=found.result)


@routes.get("/admin/doctor")
@allow(Role.ADMIN)
def doctor(ask: Asked) -> Response:
    """Only offers it: trying everything takes seconds."""
    return page(ask.request, "admin/doctor.html", points=None)


@routes.post("/admin/doctor")
@allow(Role.ADMIN)
def examined(ask: Asked) -> Response:
    points = examine(ask.office.settings.dir)
    return page(ask.request, "admin/doctor.html", points=points)


@routes.get("/admin/settings")
@allow(Role.ADMIN)
def settings(ask: Asked) -> Response:
    trouble = ask.request.app.state.deployment.trouble
    rows = shown_settings(ask.office.settings)
    return page(ask.request, "admin/settings.html", rows=rows, trouble=trouble)


@routes.get("/admin/backup")
@allow(Role.ADMIN)
def backup(ask: Asked) -> Response:
    return page(ask.request, "admin/backup.html")


@routes.post("/admin/backup")
@allow(Role.ADMIN)
def take_backup(ask: Asked) -> Response:
    """The copy, sent as it is read; removed afterwards."""
    copy = copy_for_download(ask.office, by=ask.user.person)
    return FileResponse(
        copy, filename=copy.name, media_type="application/vnd.sqlite3", background=BackgroundTask(drop, copy)
    )
