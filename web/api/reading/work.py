"""The machine's own work: checks, runs, sources, tasks, the schedule, the log."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.checks import check_state
from app.contract.runs import (
    CheckProgress,
    RunList,
    RunWhole,
    progress_json,
    run_json,
    run_whole_json,
    schedule_json,
    source_json,
)
from app.run_view import run_detail
from app.scheduler import schedule_of
from app.sources import sources
from domain.clock import day_end
from domain.users import STAFF, Role
from web.access import CHECKERS, Own, allow, staff
from web.api.answers import PREFIX, CheckId, Paged, given
from web.api.published import reads
from web.api.waiting import kept
from web.deps import Asked

routes = APIRouter(prefix=PREFIX, tags=["监测运行"])


@routes.get(
    "/checks/{check_id}", operation_id="getCheck", responses=reads(CheckProgress, 404, 422),
    summary="即时检查到了哪一步，结论（report 同 zwgk check）",
)  # fmt: skip
@allow(*STAFF, Role.UNIT, own=Own.CHECK)
def check(ask: Asked, check_id: CheckId) -> Response:
    return given(progress_json(check_state(ask.office, check_id)))


@routes.get(
    "/runs", operation_id="listRuns", responses=reads(RunList, 422, paged=True),
    summary="监测：起止、结果、覆盖率，新的在前",
)  # fmt: skip
@staff()
def runs(ask: Asked, at: Paged) -> Response:
    archive = ask.office.archive
    chosen = archive.runs(at.size, first=at.first)
    progress = archive.progress_of([run.id for run in chosen])
    shown = RunList(runs=[run_json(run, progress[run.id]) for run in chosen])
    return given(shown, headers=at.headers(ask.request, archive.run_count()))


@routes.get(
    "/runs/{run_id}", operation_id="getRun", responses=reads(RunWhole, 404, 422),
    summary="一次监测：哪些没有得到答复，为什么",
)  # fmt: skip
@allow(*CHECKERS)
def run(ask: Asked, run_id: Annotated[int, Path(description="监测的编号", ge=1, le=2**31)]) -> Response:
    return given(run_whole_json(run_detail(ask.office, run_id)))


@routes.get(
    "/sources", operation_id="listSources", responses=reads("Sources", 422, 503, paged=True),
    summary="新媒体账号的来源是否正常（同 zwgk sources）",
)  # fmt: skip
@staff()
def health(ask: Asked, at: Paged) -> Response:
    found = kept(ask, sources)
    shown = {"sources": [source_json(one) for one in at.of(found)]}
    return given(shown, headers=at.headers(ask.request, len(found)))


@routes.get(
    "/tasks", operation_id="listTasks", responses=reads("Tasks", 422, paged=True),
    summary="待办（同 zwgk tasks）",
)  # fmt: skip
@staff()
def tasks(
    ask: Asked, at: Paged, closed: Annotated[bool, Query(description="也列出已办结的")] = False
) -> Response:
    rows = ask.office.archive.tasks(open_only=not closed)
    return given({"tasks": at.of(rows)}, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/schedule", operation_id="listSchedule", responses=reads("Schedule", 422, paged=True),
    summary="各监测对象下次何时监测、为什么（同 zwgk schedule）",
)  # fmt: skip
@allow(*CHECKERS)
def schedule(
    ask: Asked, at: Paged, as_of: Annotated[date | None, Query(description="截至哪天；不写则此刻")] = None
) -> Response:
    moment = day_end(as_of) if as_of else ask.office.now()
    rows = schedule_of(ask.office, moment)
    shown = {"as_of": moment, "entries": schedule_json(ask.office, at.of(rows), moment)}
    return given(shown, headers=at.headers(ask.request, len(rows)))


@routes.get(
    "/verify", operation_id="verifyLog", responses=reads("Verified"),
    summary="从头核对日志的哈希链（同 zwgk verify）",
)  # fmt: skip
@allow(*CHECKERS)
def verify(ask: Asked) -> Response:
    return given(asdict(ask.office.archive.verify()))
