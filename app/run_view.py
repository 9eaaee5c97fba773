"""Runs as people look at them: how each ended, how much answered, and what did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.naming import subject_named
from app.office import Office
from app.paging import PAGE, Paged, cut
from app.words import PAGE_STATES
from domain.looks import Look, Run
from domain.records import RunProgress

MOST_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run. `took` None: it is at work, or died."""

    run: Run
    progress: RunProgress

    @property
    def took(self) -> timedelta | None:
        return self.run.finished_at - self.run.started_at if self.run.finished_at is not None else None

    @property
    def answered(self) -> float | None:
        """Share of looks that got an answer, 0..1; None before the first."""
        done = self.progress.done
        return (done - self.progress.failed) / done if done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A look without an answer. `said`: its state in words."""

    look: Look
    name: str
    unit: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDetail:
    """A run with the looks that got no answer; `missing`: how many there are, not all are in `failures`."""

    view: RunView
    failures: Sequence[Unanswered]
    missing: int


def run_list(office: Office, asked: int = 1) -> Paged[RunView]:
    """A page of all runs, the newest first."""
    total = office.archive.run_count()
    at, pages = cut(total, asked)
    runs = office.archive.runs(PAGE, first=(at - 1) * PAGE)
    progress = office.archive.progress_of([run.id for run in runs])
    rows = [RunView(run=run, progress=progress[run.id]) for run in runs]
    return Paged(rows=rows, total=total, at=at, pages=pages)


def run_detail(office: Office, run_id: int) -> RunDetail:
    """Raises InputError for an unknown number."""
    run = office.archive.run(run_id)
    failed, missing = office.archive.unanswered_in_run(run_id, MOST_SHOWN)
    units = {unit.id: unit.name for unit in office.registry.units}
    shown = [
        Unanswered(
            look=look, name=subject_named(office, look.subject_id)[0], unit=units.get(look.unit_id or "", ""),
            said=PAGE_STATES[look.state],
        )
        for look in failed
    ]  # fmt: skip
    view = RunView(run=run, progress=office.archive.progress(run_id))
    return RunDetail(view=view, failures=shown, missing=missing)
