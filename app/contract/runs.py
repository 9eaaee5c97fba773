"""The machine's own work: runs, checks, sources of accounts, the schedule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from app.checks import CheckState
from app.contract.checks import check_json
from app.contract.shape import Schema
from app.naming import subjects_named
from app.office import Office
from app.run_view import MOST_SHOWN, RunDetail
from app.sources import SourceHealth
from domain.looks import Run, RunKind, RunOutcome
from domain.records import DueRow, FileRef, RunProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    id: int
    kind: RunKind
    started_at: datetime
    finished_at: Annotated[datetime | None, "null：还在进行"]
    outcome: RunOutcome
    planned: int
    done: int
    failed: Annotated[int, "没有得到答复的"]
    coverage: Annotated[str | None, "得到答复的比例，0 至 1；null：还没有看过"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunList:
    runs: Annotated[Sequence[RunRow], "新的在前"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFailed:
    look: Annotated[int, "监测记录的编号"]
    subject: str
    name: str
    unit_name: Annotated[str, "空：各单位共用"]
    url: str
    at: datetime
    status: Annotated[int | None, "HTTP 状态；null：没有应答"]
    said: Annotated[str, "怎么没有得到答复"]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWhole:
    run: RunRow
    looks: Annotated[int, "看了几次"]
    missing: Annotated[int, "没有得到答复的一共几次"]
    failures: Annotated[Sequence[LookFailed], f"其中的前 {MOST_SHOWN} 次"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAsked:
    check: Annotated[int, "即时检查的编号；同一单位正在检查时就是那一次的"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookMade:
    look: Annotated[int, "监测记录的编号"]
    files: Annotated[Sequence[FileRef], "附件；内容用 /looks/{look_id}/files/{sha256} 下载"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckProgress:
    check: int
    unit: str
    asked_at: datetime
    done: bool
    seen: int
    planned: int
    error: Annotated[str, "没有完成的原因；空：没有差错"]
    report: Annotated[Mapping[str, Any] | None, "结论（同 zwgk check）；null：还没有", Schema("CheckReport")]


def run_json(run: Run, progress: RunProgress) -> RunRow:
    done = progress.done
    return RunRow(
        id=run.id, kind=run.kind, started_at=run.started_at, finished_at=run.finished_at,
        outcome=run.outcome, planned=progress.planned, done=done, failed=progress.failed,
        coverage=f"{(done - progress.failed) / done:.4f}" if done else None,
    )  # fmt: skip


def run_whole_json(one: RunDetail) -> RunWhole:
    failures = [
        LookFailed(
            look=f.look.id, subject=f.look.subject_id, name=f.name, unit_name=f.unit, url=f.look.url,
            at=f.look.at, status=f.look.http_status, said=f.said, why=f.look.why,
        )
        for f in one.failures
    ]  # fmt: skip
    run = run_json(one.view.run, one.view.progress)
    return RunWhole(run=run, looks=one.view.progress.done, missing=one.missing, failures=failures)


def progress_json(state: CheckState) -> CheckProgress:
    return CheckProgress(
        check=state.row.id, unit=state.unit.id, asked_at=state.row.asked_at, done=state.done, seen=state.seen,
        planned=state.planned, error=state.row.error,
        report=check_json(state.report) if state.report else None,
    )  # fmt: skip


def source_json(one: SourceHealth) -> dict[str, Any]:
    """As `zwgk sources` has it."""
    facts = {name: getattr(one, name) for name in SourceHealth.__dataclass_fields__}
    return {**facts, "failing": one.failing_since is not None}


def schedule_json(office: Office, rows: Sequence[DueRow], at: datetime) -> list[dict[str, Any]]:
    """The entries of `zwgk schedule`."""
    names = subjects_named(office, {row.subject_id for row in rows})
    owners = {subject.subject_id: subject.unit_id for subject in office.registry.subjects}
    return [
        {
            "subject": row.subject_id, "name": names[row.subject_id][0],
            "unit": owners.get(row.subject_id), "due_at": row.due_at, "overdue": row.due_at <= at,
            "why": row.reason,
        }
        for row in rows
    ]  # fmt: skip
